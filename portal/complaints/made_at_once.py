"""“I cannot read this”: a letter that we can make ourselves in the form they say goes in it at once, and nobody has to press (5.10, rulings 14, 51)."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from portal import clock
from portal.access import MACHINE, Viewer
from portal.complaints.caring import asked_for, print_size, standing_forms
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Letter
from portal.complaints.people import Adjustment, Party
from portal.complaints.sending import WAITING, ways_of
from portal.complaints.usable import Way, find_unusable, send_as, usable_copies, went_outside
from portal.complaints.wishes import ASKED_WITH, whole
from portal.rules import care

PAPER, FILE = "large_print", "file"
"""The forms that we make by ourselves: print on paper, and a file."""


def cannot_read(
    complaint: Complaint, letter: Letter, *, by: Viewer, wish: Mapping[str, Any], copies: Collection[int] | None = None, made: Collection[str] = ()
) -> None:
    """Their reader says that copies of a letter (all that went to them, unless said) are of no use, and what they could use.

    `wish` is asked for as an adjustment, so it holds for later letters too; no event holds it. The letter goes again at once, each
    way that reaches them in which everything they ticked can be made: as files that are among those `made` already, and on paper
    in the size they need. What cannot be made so is a task for staff. RuleBroken where nothing has gone, or it was said before.
    """
    theirs = [issue for issue in usable_copies(letter, by.party_id) if copies is None or issue.id in copies]
    find_unusable(complaint, letter, by=by, copies=[issue.id for issue in theirs])
    party, asked = theirs[0].party, whole(wish)
    if party.person.died_on:
        return
    ways = [] if went_outside(complaint, letter) else list(_ways(complaint, letter, party, asked, theirs, made))
    _ask_for(complaint, party, asked)
    for way in ways:
        _send(complaint, letter, way)


def forms_to_make(complaint: Complaint, letter: Letter, party: Party, wish: Mapping[str, Any]) -> list[str]:
    """The files to make before a letter goes at once in the forms that they tick now; none where only paper reaches them."""
    asked = whole(wish)
    files = standing_forms(complaint, letter, party, asked)
    return [form for kind, form in files.items() if kind in asked["kinds"]] if ways_of(party) != ["post"] else []


def _ways(
    complaint: Complaint, letter: Letter, party: Party, asked: Mapping[str, Any], theirs: Collection[Issue], made: Collection[str]
) -> Iterator[Way]:
    """Each way that reaches them now in which all they tick can be made, and is not what was of no use to them just now."""
    before, after = standing_forms(complaint, letter, party), standing_forms(complaint, letter, party, asked)
    useless = set(before.values()) if any(issue.form == FILE for issue in theirs) else set()
    kinds, files = frozenset(asked["kinds"]), {kind for kind, form in after.items() if form in made and form not in useless}
    for channel in ways_of(party):
        wanted = care.forms_wanted(care.Way(channel), kinds)
        if channel != "post":
            wanted |= kinds & care.MAKES[FILE]
        if wanted and channel == "post" and wanted <= care.MAKES[PAPER] and _is_new_print(party, asked, theirs):
            yield Way(channel, PAPER, "")
        if wanted and channel != "post" and wanted <= files:
            yield Way(channel, FILE, "", at_once=channel == "page")


def _is_new_print(party: Party, asked: Mapping[str, Any], theirs: Collection[Issue]) -> bool:
    """Whether we print in the size they need, and that is not the size that was of no use to them just now."""
    had = print_size(party) if any(issue.form == PAPER for issue in theirs) else None
    return print_size(party, asked) not in (None, had)


def _send(complaint: Complaint, letter: Letter, way: Way) -> None:
    """Let it go in this way: a copy that waits to go that way as it is goes in the new form instead, and one that waits in it is enough."""
    waiting = {issue.form: issue for issue in letter.issues if (issue.channel, issue.state) == (way.channel, WAITING)}
    if way.form in waiting:
        return
    if plain := waiting.get(None):
        plain.form, plain.usable, plain.again = way.form, True, 1 + max(issue.again or 0 for issue in letter.issues)
    else:
        send_as(complaint, letter, way, by=MACHINE)


def _ask_for(complaint: Complaint, party: Party, asked: Mapping[str, Any]) -> None:
    """Keep what they could use beside what they asked for before, sealed, unless they had asked for just that (5.10)."""
    said = {name: asked[name] for name in ASKED_WITH if asked.get(name)}
    known = frozenset() if said or asked.get("words") else asked_for(complaint, party)
    kinds = [kind for kind in asked["kinds"] if kind not in known]
    if kinds or asked.get("words"):
        wish = {"kinds": kinds, "words": asked.get("words", ""), "span": "always", **said}
        party.person.adjustments.append(Adjustment(complaint_id=complaint.id, wish=wish, decision="asked", asked_on=clock.today()))
