"""All that whoever is looking may see of a complaint, gathered once: the page and the file to keep say the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from flask import g

from portal import clock
from portal.access import Viewer
from portal.complaints import disclosing
from portal.complaints.messages import words_of
from portal.complaints.models import Complaint
from portal.complaints.naming import writer_of
from portal.complaints.papers import Attachment, Letter
from portal.complaints.people import READ, Party
from portal.complaints.wishes import CONTACT_KINDS
from portal.i18n import Lazy, comma, gettext, money
from portal.i18n import lazy_gettext as _l
from portal.resident import findings, standing
from portal.resident.acting import Acting, acting_for
from portal.resident.case import files_of, letters_for, party_here
from portal.resident.home import home
from portal.resident.letters import sent_for
from portal.resident.messages import thread_here, writers
from portal.resident.questions import BY_NAME
from portal.resident.spoken import may_read, own_words
from portal.resident.story import Entry, story
from portal.resident.telling import told_by
from portal.resident.ways import Way, ways_of
from portal.rules.steps import Step

IN_THEIR_WORDS: dict[Step, Lazy] = {
    Step.ESCALATED: _l("You asked for stage 2."),
    Step.MEANING_QUERIED: _l("You told us we had it wrong."),
    Step.RECEIPT_QUERIED: _l("You told us that we have the wrong day."),
    Step.ISSUE_RAISED: _l("You told us of something new."),
    Step.ACTION_DISPUTED: _l("You told us that this is not done."),
}
"""What else a resident writes to us beside the complaint and the messages, each with the words that its page has for it."""

DECIDED: dict[str, Lazy] = {
    "asked": _l("You asked for this. We have not decided yet."),
    "agreed": _l("We agreed to this."),
    "declined": _l("We did not agree to this, and wrote to you why."),
}

REACHED = frozenset({"channels", "email", "phone", "post", "since", "stopped"})
"""What is not for safety alone of how to reach somebody."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of somebody on one day, and what they were about."""

    on: date
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What would make it easier for them, in their own words, and what came of it."""

    words: str
    decided: str
    asked_on: date
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Everything:
    """What one person may see of one complaint, no more than its pages would show them one by one.

    Nothing that is there for their safety, nothing of what only staff write, nothing of anybody else's.
    """

    words: str
    answers: list[tuple[str, str]]
    ways: list[Way]
    has_safety_note: bool
    letters: list[Letter]
    messages: list[Said]
    files: list[Attachment]
    may_act: bool = False
    has_it: str = ""
    next: standing.NextDate | None = None
    points: list[findings.Understood] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    disabilities: list[disclosing.Known] = field(default_factory=list)
    offers: list[standing.Offered] = field(default_factory=list)
    promises: list[standing.Promise] = field(default_factory=list)
    contacts: list[Said] = field(default_factory=list)
    acting: list[Acting] = field(default_factory=list)
    happened: list[Entry] = field(default_factory=list)


def everything(complaint: Complaint) -> Everything:
    """All of it, for the resident or for whoever acts for them: of them, only what their authority covers (rulings 5, 9)."""
    party = party_here(complaint)
    return _for_another(complaint, party) if home().is_for_another else _own(complaint, party)


def _own(complaint: Complaint, party: Party) -> Everything:
    matched, letters = party.is_matched, letters_for(complaint)
    definition = complaint.definition() if matched else None
    return Everything(
        words=complaint.words, answers=[(str(title), said) for title, said in told_by(party, complaint) if title is not BY_NAME["reach"].title],
        ways=ways_of(party), has_safety_note=has_safety_note(party), letters=letters[::-1], messages=_messages(complaint),
        files=[*files_of(complaint), *(each for each in complaint.files if each.id in sent_for(complaint))],
        has_it=_has_it(complaint) if matched else "", next=standing.next_date(complaint),
        points=findings.points(complaint, letters) if definition else [], outcomes=[each.words for each in definition.outcomes] if definition else [],
        said=list(_said(complaint)), wishes=_wishes(complaint, party), disabilities=disclosing.known(complaint),
        offers=standing.offers(complaint) if matched else [], promises=standing.promises(complaint) if matched else [],
        contacts=list(_contacts(complaint)) if matched else [], acting=acting_for(complaint),
        happened=story(complaint, today=clock.today(), is_matched=matched)[::-1],
    )  # fmt: skip


def _for_another(complaint: Complaint, party: Party) -> Everything:
    """What they told us themselves; where it was shown that they may, where it stands, and the letters."""
    reads = READ in party.scopes
    definition = complaint.definition() if reads else None
    return Everything(
        words=own_words(complaint, party), answers=[], ways=ways_of(party),
        has_safety_note=has_safety_note(party), letters=[one for one in complaint.letters if may_read(complaint, party, one)],
        messages=_messages(complaint), files=files_of(complaint), next=standing.next_date(complaint) if reads else None,
        points=[findings.Understood(each.words) for each in definition.points] if definition else [],
        said=list(_said(complaint, by=g.viewer)), may_act=bool(party.scopes),
    )  # fmt: skip


def _has_it(complaint: Complaint) -> str:
    writer = writer_of(complaint, complaint.handler)
    return ", ".join(filter(None, (writer.name, writer.job_title))) if writer else ""


def _said(complaint: Complaint, by: Viewer | None = None) -> Iterator[Said]:
    """What they wrote on other days, oldest first: all that was written by or for the resident, or by one party alone."""
    found = [one for one in complaint.happenings if one.step in IN_THEIR_WORDS and (by is None or one.by == by.name)]
    words = words_of(complaint, found)
    for one in found:
        if said := words.get(one.number or 0):
            yield Said(one.on, str(IN_THEIR_WORDS[one.step]), said)


def _messages(complaint: Complaint) -> list[Said]:
    """The messages as their page shows them, oldest first, each under whoever wrote it."""
    others = writers(complaint)
    return [
        Said(clock.day_of(one.at), others.get(one.by) or (gettext("You") if one.number else gettext("We wrote back")), one.words)
        for one in thread_here(complaint)
    ]


def _contacts(complaint: Complaint) -> Iterator[Said]:
    """The calls, visits and meetings that are shown to them (ruling 17)."""
    for one in complaint.contacts:
        if one.shown_to_resident:
            yield Said(one.happened_on, f"{gettext(CONTACT_KINDS[one.kind])}: {one.who}", one.words)


def _wishes(complaint: Complaint, party: Party) -> list[Wish]:
    return [
        Wish(BY_NAME["easier"].says(one.wish), str(DECIDED.get(one.decision, "")), one.asked_on, one.review_on)
        for one in party.person.adjustments
        if one.complaint_id == complaint.id
    ]


def has_safety_note(party: Party) -> bool:
    """Whether they told us more of how to reach them safely than the ways: that we have it is said, never what it is."""
    return any(value for name, value in party.contact.items() if name not in REACHED)


def offered(one: standing.Offered) -> str:
    """What was offered, in a few words: its kind, and how much."""
    return f"{one.kind}{comma()} {money(one.pence)}" if one.pence else one.kind
