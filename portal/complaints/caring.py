"""What somebody asked for and how it is safe to reach them, kept to whenever something goes to them (5.10, ruling 14)."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import CareOverride, Letter
from portal.complaints.people import Party, holds_in
from portal.complaints.recording import record, session_of
from portal.letters.paper.forms import can_be_made
from portal.rules.care import MAKES, Way, forms_wanted, unmet
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

OURS = "en"
"""The language that a letter is in where we have not theirs, or nobody said which it is."""
PRINT_SIZES = (16, 18, 20, 24, 28)
"""The sizes of large print that we print, in points; what is larger is made elsewhere."""
LARGE = 18
"""The size of large print for somebody who did not say which."""
MUST_GO = frozenset({"receipt"})
"""The letters that go as they can be made, and are owed in no other form: they come the moment somebody complains."""
WAY_OF = {"call": Way.CALL, "visit": Way.VISIT, "meeting": Way.MEETING, "letter": Way.POST, "email": Way.EMAIL}
"""The way of each kind of contact that is written down."""
NOT_KEPT = N_("They asked for something that this does not keep to. Keep to it, or write why not.")


Wish = Mapping[str, Any]


def asked_for(complaint: Complaint, party: Party) -> frozenset[str]:
    """The kinds of thing a party asked for that hold in this complaint: agreed, or not decided yet; never what was declined.

    What they wrote in their own words alone is something else.
    """
    found: set[str] = set()
    for one in party.person.adjustments:
        if one.decision != "declined" and holds_in(complaint.id, one.complaint_id, one.wish):
            kinds = set(one.wish.get("kinds", ())) - {"nothing"}
            found |= kinds or ({"other"} if one.wish.get("words") else set())
    return frozenset(found)


def limits_of(party: Party) -> frozenset[str]:
    """The limits on reaching a party safely, as they stand now."""
    said, channels = party.contact, party.channels
    limits = {f"not_{way}" for way in ("email", "post", "phone") if not party.is_safe(way)} | (set() if party.takes_texts else {"not_texts"})
    limits |= {"website_only"} if channels == ["portal"] else set()
    if party.is_safe("phone"):
        limits |= {"times"} if said.get("times") else set()
        limits |= {"no": {"no_voicemail"}, "first_name": {"short_voicemail"}}.get(said.get("voicemail", ""), set())
        limits |= {"say_nothing"} if said.get("say_who") == "no" else set()
    return frozenset(limits)


def holding(complaint: Complaint, party: Party) -> frozenset[str]:
    """All that a party asked for and every limit on reaching them, by name."""
    return asked_for(complaint, party) | limits_of(party)


def print_size(party: Party, *more: Wish) -> int | None:
    """The size of large print to use, in points: the smallest we have that is as large as they asked last; None where we have none. `more` is what they ask for now."""
    for typed in reversed(_said_of(party, more, "large_print", "print_size", "words")):
        sizes = [int(number) for number in re.findall(r"(?<!\d)[1-9]\d(?!\d)", typed) if 12 <= int(number) <= 72]
        if sizes:
            return next((size for size in PRINT_SIZES if size >= max(sizes)), None)
    return LARGE


def braille_grade(party: Party, *more: Wish) -> int:
    """The grade of braille to use: 2, unless they asked for 1 and not for 2 since. `more` is what they ask for now."""
    for typed in reversed(_said_of(party, more, "braille", "braille", "words")):
        if found := re.search(r"^([12])\b|grade (1|one|2|two)\b|uncontracted", typed, re.IGNORECASE):
            return 2 if (found[1] or found[2] or "").lower() in ("2", "two") else 1
    return 2


def _said_of(party: Party, more: Iterable[Wish], kind: str, *names: str) -> list[str]:
    """What a party said of one kind of thing each time they asked for it and it was not declined, oldest first."""
    wishes = [*(one.wish for one in party.person.adjustments if one.decision != "declined"), *more]
    return [" ".join(str(wish.get(name) or "") for name in names) for wish in wishes if kind in wish.get("kinds", ())]


def standing_forms(complaint: Complaint, letter: Letter, party: Party, *more: Wish) -> dict[str, str]:
    """The files in which a letter waits for a party because of what they asked for once: each wish, with the name of its form.

    `more` is what they ask for now, and nobody has kept yet.
    """
    asked = asked_for(complaint, party).union(*(wish.get("kinds", ()) for wish in more))
    size = print_size(party, *more)
    wanted = {"large_print": f"print-{size}" if size else "", "plain_text": "text", "braille": f"braille-{braille_grade(party, *more)}"}
    return {wish: form for wish, form in wanted.items() if wish in asked and form and can_be_made(form, letter.body, letter.language)}


def forms_of(complaint: Complaint, letter: Letter, party: Party, channels: Iterable[str]) -> list[tuple[str, str | None, bool]]:
    """How a letter goes to a party: each channel, the form it is made in, and whether they can use that (ruling 14).

    What we cannot make ourselves goes on time in what we can, and once more in what they asked for: that waits for somebody
    to have it made. Where post is not safe for them, it is owed until it has been gone through with them.
    """
    asked = asked_for(complaint, party) - (set() if letter.language.split("_")[0] == OURS else {"language"})
    files = frozenset(standing_forms(complaint, letter, party)) & asked
    found: list[tuple[str, str | None, bool]] = []
    for channel in channels:
        wanted = forms_wanted(Way(channel), asked)
        form, met = _made_for(channel, wanted, files, party)
        found.append((channel, form, letter.kind in MUST_GO or wanted <= met))
    left = frozenset().union(*(forms_wanted(Way(channel), asked) for channel, _form, usable in found if not usable))
    left -= {wish for channel, form, _usable in found if form == "file" for wish in files}
    if left and "post" in party.channels and left <= MAKES["other_format"]:
        found.append(("post", "other_format", True))
    return found


def _made_for(channel: str, wanted: frozenset[str], files: frozenset[str], party: Party) -> tuple[str | None, frozenset[str]]:
    """The form in which a letter goes a way, and the wishes that it meets: on paper in large print; elsewhere beside the files that wait with it."""
    if channel == "post":
        form = "large_print" if "large_print" in wanted and print_size(party) else None
        return form, MAKES[form]
    met = wanted & files & MAKES["file"]
    return ("file", met) if met else (None, frozenset())


def keep_to(
    complaint: Complaint, way: Way, *, by: Viewer, kept: Collection[str] = (), why: str = "", party: Party | None = None,
    details: dict[str, Any] | None = None,
) -> bool:  # fmt: skip
    """Let something go to a party (the resident unless said) this way, if it keeps to what they asked and to what is safe.

    `kept` names what whoever does it says was kept to. Whether all was. Where it was not, it goes only with a reason, and
    that is an event; RuleBroken without one.
    """
    left = unmet(way, holding(complaint, party or complaint.addressee), kept)
    if left:
        override(complaint, way, left, why, by=by, details=details)
    return not left


def override(complaint: Complaint, way: Way, not_kept: list[str], why: str, *, by: Viewer, details: dict[str, Any] | None = None) -> None:
    """Write down that something asked for was not kept to, and why: what it was and why are sealed. RuleBroken without a reason."""
    if not why.strip():
        raise RuleBroken("5.10", NOT_KEPT)
    row = CareOverride(complaint_id=complaint.id, said={"not_kept": not_kept, "why": why.strip()}, at=clock.now())
    session_of(complaint).add(row)
    session_of(complaint).flush()
    said = {"override": row.id, "way": str(way), "reason": True} | (details or {})
    record(complaint, Step.ADJUSTMENT_OVERRIDDEN, by=by, stage=complaint.stage, details=said)


def what_was_not_kept(complaint: Complaint, number: int) -> tuple[list[str], str]:
    """What one override was of, and why, by its number in the event; nothing where it is none of this complaint's."""
    row = session_of(complaint).get(CareOverride, number)
    if row is None or row.complaint_id != complaint.id:
        return [], ""
    return list(row.said.get("not_kept", ())), str(row.said.get("why", ""))
