"""Everything that is held, asked for by the person it is about; found, read by somebody and sent by a day (ruling 9)."""

from dataclasses import dataclass, replace
from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.landlord import landlord_of
from portal.complaints.messages import words_of
from portal.complaints.models import Complaint
from portal.complaints.recording import record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.data_asked import months_after, open_request
from portal.rules.reading import as_day, each
from portal.rules.steps import Step
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
    """One request: when they asked, what for in particular, the day by which it goes, and when and how it went."""

    asked_on: date
    due_on: date
    words: str
    by_staff: bool
    sent_on: date | None
    how: str
    left_out: str


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
    facts = replace(facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day), told_on=on, draft={"words": words, "due": due})
    keep(complaint, compose("data_asked", facts), by=by)
    return due


def say_data_sent(complaint: Complaint, *, by: Viewer, on: date, how: str, left_out: str) -> None:
    """It went, on a day and in a way; `left_out` says what was kept back and why. RuleBroken where nobody waits for it."""
    waiting = open_request(complaint.happenings)
    details = {"request": waiting.details["request"] if waiting else None, "how": how}
    record(complaint, Step.DATA_SENT, by=by, stage=complaint.stage, on=on, details=details, words={"words": left_out})


def requests_of(complaint: Complaint) -> list[Request]:
    """Every request, oldest first."""
    asked = list(each(complaint.happenings, Step.DATA_ASKED))
    sent = {one.details["request"]: one for one in each(complaint.happenings, Step.DATA_SENT)}
    words = words_of(complaint, [*asked, *sent.values()])
    return [
        Request(
            asked_on=one.on, due_on=as_day(one.details["due"]), words=words.get(one.number or 0, ""), by_staff=one.by.startswith("staff:"),
            sent_on=went.on if (went := sent.get(one.details["request"])) else None, how=went.details["how"] if went else "",
            left_out=words.get(went.number or 0, "") if went else "",
        )
        for one in asked
    ]  # fmt: skip


def open_of(complaint: Complaint) -> Request | None:
    """The one that waits, if one does."""
    return next((one for one in requests_of(complaint) if one.sent_on is None), None)
