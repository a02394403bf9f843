"""Everything that is held, asked for by the person it is about; found, read by somebody and sent by a day (ruling 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import exists
from sqlalchemy.orm import selectinload

from portal import clock
from portal.access import Viewer
from portal.complaints.bodies import body
from portal.complaints.landlord import landlord_of
from portal.complaints.messages import words_of
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.complaints.queries import visible
from portal.complaints.record import Event
from portal.complaints.recording import record, session_of
from portal.complaints.sending import facts_of, keep
from portal.db import Register
from portal.letters.compose import compose
from portal.rules.data_asked import GROUNDS, due_of, extension_of, months_after, open_request
from portal.rules.reading import as_day, each
from portal.rules.steps import Happening, History, Step
from portal.rules.words import N_

TOLD_BY = {
    "phone": N_("By phone"),
    "letter": N_("In a letter or an email"),
    "person": N_("To somebody here, in person"),
}
"""How a request came that staff write down."""

SENT_BY = {
    "post": N_("By post"),
    "email": N_("By email, locked with a password sent another way"),
    "hand": N_("Given to them in person"),
    "other": N_("Another way they asked for"),
}
"""How everything goes to them; the portal sends none of it, for a person reads it first."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: when they asked, what for in particular, the day by which it goes, and when and how it went, or why it does not.

    `first_due_on` is the day they were told first, and `longer` why more time was taken since ("" while they were not told that);
    `is_written` says whether more time was taken at all.
    """

    asked_on: date
    first_due_on: date
    due_on: date
    words: str
    by_staff: bool
    longer: str
    is_written: bool
    sent_on: date | None
    how: str
    left_out: str
    refused_on: date | None
    refused: str

    @property
    def waits(self) -> bool:
        """Whether it still has to go."""
        return self.sent_on is None and self.refused_on is None


def ask_for_data(complaint: Complaint, words: str, *, by: Viewer, on: date | None = None, told: str = "") -> date:
    """They ask for everything that we hold; answers the day by which it goes. `words`: what in particular, if anything.

    RuleBroken while an earlier request waits.
    """
    asked_on = on or clock.today()
    due = months_after(asked_on, landlord_of(session_of(complaint)).data_months)
    number = 1 + sum(one.step is Step.DATA_ASKED for one in complaint.recorded)
    details = {"request": number, "due": due.isoformat()} | ({"told": told} if told else {})
    record(complaint, Step.DATA_ASKED, by=by, stage=complaint.stage, on=asked_on, details=details, words={"words": words})
    return due


def take_down_data_asked(complaint: Complaint, words: str, *, by: Viewer, on: date, told: str) -> date:
    """Staff write down that they asked, on a day and in a way: it counts from then, and a letter tells them the day (ruling 17)."""
    due = ask_for_data(complaint, words, by=by, on=on, told=told)
    _tell(complaint, "data_asked", open_request(complaint.happenings), {"words": words, "due": due}, by=by)
    return due


def say_data_sent(complaint: Complaint, *, by: Viewer, on: date, how: str, left_out: str) -> None:
    """It went, on a day and in a way; `left_out` says what was kept back and why. RuleBroken where nobody waits for it."""
    waiting = open_request(complaint.happenings)
    details = {"request": waiting.details["request"] if waiting else None, "how": how}
    record(complaint, Step.DATA_SENT, by=by, stage=complaint.stage, on=on, details=details, words={"words": left_out})


def extend_data(complaint: Complaint, *, by: Viewer, due_on: date, reason: str) -> None:
    """Take more time for a complex request, once, and tell them so, with why. RuleBroken after the first month, or for longer than the law gives."""
    waiting = open_request(complaint.happenings)
    first = due_of(complaint.happenings, waiting) if waiting else due_on
    details = {"request": waiting.details["request"] if waiting else None, "due": due_on.isoformat(), "reason": bool(reason.strip())}
    record(complaint, Step.DATA_EXTENDED, by=by, stage=complaint.stage, details=details, words={"words": reason})
    _tell(complaint, "data_extended", waiting, {"words": reason, "due": due_on, "first": first}, by=by)


def refuse_data(complaint: Complaint, *, by: Viewer, ground: str, reason: str) -> None:
    """Refuse a request, on one of the two grounds there are, and tell them why and who else looks at it. RuleBroken without ground or reason."""
    waiting = open_request(complaint.happenings)
    details = {"request": waiting.details["request"] if waiting else None, "ground": ground, "reason": bool(reason.strip())}
    record(complaint, Step.DATA_REFUSED, by=by, stage=complaint.stage, details=details, words={"words": reason})
    outside = body(session_of(complaint), "information")
    _tell(complaint, "data_refused", waiting, {"words": reason, "ground": GROUNDS[ground], "body": outside.details if outside else {}}, by=by)


def _tell(complaint: Complaint, kind: str, asked: Happening | None, draft: dict[str, Any], *, by: Viewer) -> None:
    """Write to them about what they asked for on a day."""
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    keep(complaint, compose(kind, replace(facts, told_on=asked.on if asked else None, draft=draft)), by=by)


def requests_of(complaint: Complaint) -> list[Request]:
    """Every request, oldest first."""
    past = complaint.happenings
    about = {step: {one.details["request"]: one for one in each(past, step)} for step in (Step.DATA_EXTENDED, Step.DATA_SENT, Step.DATA_REFUSED)}
    asked = list(each(past, Step.DATA_ASKED))
    words = words_of(complaint, [*asked, *(one for found in about.values() for one in found.values())])
    return [_request(past, one, {step: found.get(one.details["request"]) for step, found in about.items()}, words) for one in asked]


def _request(past: History, asked: Happening, since: Mapping[Step, Happening | None], words: Mapping[int, str]) -> Request:
    longer, sent, refused = (since[step] for step in (Step.DATA_EXTENDED, Step.DATA_SENT, Step.DATA_REFUSED))

    def said(one: Happening | None) -> str:
        return words.get(one.number or 0, "") if one else ""

    return Request(
        asked_on=asked.on, first_due_on=as_day(asked.details["due"]), due_on=due_of(past, asked), words=said(asked), by_staff=asked.by.startswith("staff:"),
        longer=said(longer) if extension_of(past, asked) else "", is_written=longer is not None, sent_on=sent.on if sent else None, how=sent.details["how"] if sent else "", left_out=said(sent),
        refused_on=refused.on if refused else None, refused=said(refused),
    )  # fmt: skip


def open_of(complaint: Complaint) -> Request | None:
    """The one that waits, if one does."""
    return next((one for one in requests_of(complaint) if one.waits), None)


MOST_OPEN = 500
"""Requests on the list of those that wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that waits: whose, since when, by what day it goes, and whether more time was taken for it."""

    complaint: Complaint
    asked_on: date
    due_on: date
    is_longer: bool


def all_waiting(register: Register, viewer: Viewer) -> list[Waiting]:
    """Every request that waits, soonest first; MOST_OPEN, and one more if there is more. Only what is open is looked through."""
    asked = exists().where(Event.complaint_id == Complaint.id, Event.step == Step.DATA_ASKED)
    drawn = visible(viewer).where(Complaint.next_due.is_not(None), asked).order_by(Complaint.id).limit(MOST_OPEN + 1)
    found = register.scalars(drawn.options(selectinload(Complaint.events), selectinload(Complaint.handler), selectinload(Complaint.parties).selectinload(Party.person)))
    open_ones = [(one, waiting) for one in found if (waiting := open_request(one.happenings))]
    rows = [Waiting(one, waiting.on, due_of(one.happenings, waiting), extension_of(one.happenings, waiting) is not None) for one, waiting in open_ones]
    return sorted(rows, key=lambda row: (row.due_on, row.complaint.id))
