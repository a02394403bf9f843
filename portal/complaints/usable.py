"""A letter that went in a form its reader could not use: that is written down, and it goes again in another (5.10, rulings 14, 51)."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from portal.access import Viewer
from portal.complaints.caring import asked_for, keep_to, standing_forms
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Letter
from portal.complaints.people import Party
from portal.complaints.recording import calendar_of, record, session_of
from portal.complaints.sending import ISSUED, STOPPED, WAITING, mark_issued, queue_mail
from portal.rules import care
from portal.rules.steps import Happening, RuleBroken, Step
from portal.rules.usable import open_letters
from portal.rules.words import N_


class Way(NamedTuple):
    """One way to send a letter again: how it goes, in what form (none: as it is), in words, and whether that is done by saying so."""

    channel: str
    form: str | None
    words: str
    at_once: bool = False

    @property
    def reaching(self) -> care.Way:
        """How it reaches them, as the table of what they asked for has it."""
        return {"post": care.Way.POST, "email": care.Way.EMAIL, "phone": care.Way.CALL, "hand": care.Way.MEETING}[self.channel]


WAYS = {
    "large_print": Way("post", "large_print", N_("By post, in large print")),
    "paper": Way("post", None, N_("By post, on paper as it is")),
    "made_elsewhere": Way("post", "other_format", N_("By post, in braille, on audio, in Easy Read or on coloured paper, made elsewhere")),
    "email": Way("email", None, N_("By email, as it is")),
    "file": Way("email", "file", N_("By email, with a file in the form that they asked for")),
    "read_out": Way("phone", "read_out", N_("Read out to them by phone"), at_once=True),
    "in_person": Way("hand", "read_out", N_("Gone through with them in person"), at_once=True),
}
HOW = {
    ("email", None): N_("By email"), ("post", None): N_("By post"), ("page", None): N_("On their page"), ("hand", None): N_("By hand"),
    ("email", "file"): N_("By email, with a file in the form that they asked for"), ("page", "file"): N_("On their page, with a file in the form that they asked for"),
    ("post", "large_print"): N_("By post, in large print"),
    ("post", "other_format"): N_("By post, in braille, on audio, in Easy Read or on coloured paper"),
    ("phone", "read_out"): N_("Read out by phone"), ("hand", "read_out"): N_("Gone through in person"),
}  # fmt: skip
"""How a copy goes or went, by its channel and its form."""
AGAIN = "again"
MADE_WITHIN = 5
"""How many working days somebody has who has a letter made elsewhere, or finds another way for it to reach them."""
BY_ITSELF = frozenset({"large_print", "other_format"})
"""The forms that are printed or made one by one."""
NOT_OURS = frozenset({"large_print", "email", "file"})
"""What the portal cannot make of a letter that went outside it: the words are not here."""


def ways_for(complaint: Complaint, letter: Letter) -> dict[str, Way]:
    """The ways in which a letter can go again: those that are safe for them, and in which it has not gone or waits already."""
    party, outside = _reader(letter), went_outside(complaint, letter)
    if party.person.died_on:
        return {}
    files = standing_forms(complaint, letter, party).keys() & care.MAKES["file"]
    used = {(issue.channel, issue.form) for issue in letter.issues} - {("post", "other_format")}
    return {
        name: way for name, way in WAYS.items()
        if (way.channel == "hand" or way.channel in party.channels) and (way.channel, way.form) not in used and not (outside and name in NOT_OURS) and (way.form != "file" or files)
    }  # fmt: skip


def ways_not_safe(letter: Letter) -> list[Way]:
    """The ways that are not safe for them, so that none of them is open; none of somebody who has died."""
    party = _reader(letter)
    return [] if party.person.died_on else [way for way in WAYS.values() if way.channel != "hand" and way.channel not in party.channels]


def usable_copies(letter: Letter, party_id: int | None = None) -> list[Issue]:
    """The copies of a letter that have gone, to this party if one is given, and that nobody has said are of no use."""
    return [issue for issue in letter.issues if issue.state == ISSUED and issue.usable and party_id in (None, issue.party_id)]


def how(issue: Issue) -> str:
    """How a copy goes or went, in words to be translated."""
    return HOW.get((issue.channel, issue.form), issue.channel)


def sent_again(letter: Letter) -> list[Issue]:
    """The copies that went, or wait to go, because those before them were of no use."""
    return [issue for issue in letter.issues if issue.again and issue.usable and issue.state in (ISSUED, WAITING)]


def on_its_way(letter: Letter) -> list[Issue]:
    """The copies that wait to go, each in a way that is safe for whoever it is to."""
    return [issue for issue in letter.issues if issue.state == WAITING and issue.party.is_safe(issue.channel)]


def said_unusable(complaint: Complaint, letter: Letter) -> Happening | None:
    """The last time somebody said that a letter was of no use, while nothing better has gone; or nothing."""
    return open_letters(complaint.happenings).get(letter.number)


def made_by(complaint: Complaint, letter: Letter) -> date:
    """The day by which a letter that we cannot make ourselves in a form they can use reaches them so: five working days after it was written, or after we heard that they cannot use it (J)."""
    heard = said_unusable(complaint, letter)
    since = heard.on if heard and heard.step is Step.FOUND_UNUSABLE else letter.written_on
    return calendar_of(session_of(complaint), complaint.division).add(since, MADE_WITHIN)


def may_not_be_posted(complaint: Complaint, letter: Letter) -> bool:
    """Whether what its reader asked for could only be made elsewhere and posted, and post is not safe for them."""
    party = _reader(letter)
    left = asked_for(complaint, party) & care.MAKES["other_format"] - standing_forms(complaint, letter, party).keys()
    return bool(left) and "post" not in party.channels


def to_send(complaint: Complaint, *, kinds: Collection[str] = (), stage: int | None = None) -> tuple[str, str] | None:
    """The newest letter (of these kinds and this stage, if they are given) that still has to reach them, and the way it is to go.

    The way is `AGAIN` where it went in a form they cannot use and no other is on its way; nothing where all have reached them.
    """
    found = None
    for letter in complaint.letters:
        if (kinds and letter.kind not in kinds) or stage not in (None, letter.stage):
            continue
        ways = [issue.channel for issue in letter.issues if issue.state not in (ISSUED, STOPPED)]
        ways = ways or ([AGAIN] if said_unusable(complaint, letter) else [])
        found = (letter.kind, ways[-1]) if ways else found
    return found


def find_unusable(complaint: Complaint, letter: Letter, *, by: Viewer, copies: Collection[int] | None = None) -> None:
    """Write down that copies of a letter (all that have gone, unless said) were in a form that their reader could not use.

    Whatever the letter met is owed again, from the day it goes in another form; no date that it told moves later (rulings 51,
    52). RuleBroken where none of them has gone.
    """
    meant = [issue for issue in usable_copies(letter) if copies is None or issue.id in copies]
    numbers = sorted(one.number for one in complaint.happenings for issue in meant if one.number and _is_issue(one, issue))
    record(complaint, Step.FOUND_UNUSABLE, by=by, stage=letter.stage, details={"letter": letter.number, "events": numbers})
    for issue in meant:
        issue.usable = False


def send_again(
    complaint: Complaint, letter: Letter, way: str, *, by: Viewer, copies: Collection[int] | None = None, on: date | None = None,
    kept: Collection[str] = (), why_not: str = "",
) -> Issue:  # fmt: skip
    """Let a letter go again in another form; what has not been written down to be of no use is so now.

    `on` is the day it was read out or gone through, today unless said. `kept` says to which of their wishes and limits it keeps
    beside those that its form meets, `why_not` why not to the others (5.10). RuleBroken where they have a copy that they can use,
    for a way that is not safe for them or that it went before, and for a wish not kept without a reason.
    """
    if usable_copies(letter):
        find_unusable(complaint, letter, by=by, copies=copies)
    if said_unusable(complaint, letter) is None:
        raise RuleBroken("5.10", N_("They have a copy of this letter that they can use, or none has gone yet."))
    if way not in ways_for(complaint, letter):
        raise RuleBroken("5.10", N_("That way is not safe for them, or the letter has gone to them in that form before."))
    form = WAYS[way].form
    met = {*kept, *(standing_forms(complaint, letter, _reader(letter)) if form == "file" else care.MAKES[form])}
    keep_to(complaint, WAYS[way].reaching, by=by, kept=met, why=why_not, party=_reader(letter), details={"letter": letter.number})
    return send_as(complaint, letter, WAYS[way], by=by, on=on)


def send_as(complaint: Complaint, letter: Letter, way: Way, *, by: Viewer, on: date | None = None) -> Issue:
    """Let a letter go once more in this way: what is done by saying so has gone, and the rest waits for the worker or for a stamp."""
    register, party = session_of(complaint), _reader(letter)
    again = 1 + max(issue.again or 0 for issue in letter.issues)
    issue = Issue(letter=letter, party=party, channel=way.channel, state=WAITING, usable=True, form=way.form, again=again)
    register.add(issue)
    if way.at_once:
        if on and on < letter.written_on:
            raise RuleBroken("5.12", N_("That is before the day the letter was written."))
        mark_issued(complaint, issue, by=by, on=on)
    elif way.channel == "email":
        queue_mail(register, "letter", complaint=complaint, issue=issue)
    register.flush()
    return issue


def _reader(letter: Letter) -> Party:
    """Whoever a letter went to last."""
    return letter.issues[-1].party


def _is_issue(one: Happening, issue: Issue) -> bool:
    """Whether this is the event of that copy's going."""
    said = one.details
    return one.step is Step.ISSUED and (said.get("letter"), said.get("channel"), said.get("again", 0)) == (issue.letter.number, issue.channel, issue.again or 0)


def went_outside(complaint: Complaint, letter: Letter) -> bool:
    """Whether it went outside the portal, so that its words are in a file and not here."""
    return any(one.details.get("outside") and one.details.get("letter") == letter.number for one in complaint.happenings)
