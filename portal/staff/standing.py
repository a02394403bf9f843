"""How a complaint stands, for whoever works on it: what is owed next with its sum, and whether a step could be taken now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g
from markupsafe import Markup

from portal import clock, i18n
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.complaints.recording import allowed_steps, calendar_of, deadlines_of, session_of
from portal.complaints.usable import to_send
from portal.i18n import gettext as _
from portal.rules import deadlines
from portal.rules.deadlines import Deadline, WorkingDay
from portal.rules.reading import first
from portal.rules.steps import Step
from portal.staff import wording

TONES = {"late": "late", "due_soon": "due-soon", "on_time": "on-time"}


BEGAN: dict[Step, Callable[[], str]] = {
    Step.RECEIVED: lambda: _("Received"),
    Step.ACKNOWLEDGED: lambda: _("Acknowledged"),
    Step.ESCALATED: lambda: _("Stage 2 asked for"),
    Step.RESPONDED: lambda: _("Stage 1 answered"),
    Step.DIRECTED: lambda: _("The Ombudsman directed us"),
    Step.REFUSAL_UNDONE: lambda: _("Refusal undone"),
    Step.ACTION_PROMISED: lambda: _("Promised"),
    Step.ACTION_REDATED: lambda: _("New date given"),
    Step.UPDATED: lambda: _("Last news"),
    Step.REMEDY_ACCEPTED: lambda: _("They accepted it"),
    Step.COMPLETED: lambda: _("The outside letter was recorded"),
    Step.VOIDED: lambda: _("The letter was set aside"),
    Step.AUTHORITY_ENDED: lambda: _("The resident stopped them"),
    Step.DATA_ASKED: lambda: _("They asked for it"),
    Step.CALL_ASKED: lambda: _("They asked us to ring"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """What is owed next: the sentence, the date, how it stands, both clocks in words, and the sum."""

    owed: Markup
    due_on: date
    how: str
    tone: str
    clocks: str
    days: list[WorkingDay]
    began: str


def next_owed(complaint: Complaint, step: Step | None = None) -> Next | None:
    """The soonest thing still owed, or (of one step) the soonest of those; or nothing."""
    owed = [
        one for one in deadlines_of(complaint)
        if one.met_on is None and not one.overtaken and step in (None, one.step)
    ]  # fmt: skip
    soonest = min(owed, key=lambda one: one.due_on, default=None)
    if soonest is None:
        return None
    today, days = clock.today(), calendar_of(session_of(complaint), complaint.division)
    is_day = soonest.step in (Step.ACTION_PROMISED, Step.DATA_SENT)
    return Next(
        owed=owed_words(complaint, complaint.resident.name),
        due_on=soonest.due_on,
        how=wording.how_soon(soonest.due_on, today, days),
        tone=TONES[soonest.state(today)],
        clocks="" if is_day else _clocks(soonest),
        days=[] if is_day else deadlines.working(soonest, days),
        began=BEGAN[soonest.since](),
    )


def owed_words(complaint: Complaint, name: str) -> Markup:
    """What is owed next to somebody, the verb first; the name may be marked up, where it is not somebody else who is rung."""
    if complaint.next_step == Step.CALL_ASKED:
        soonest = min((one for one in deadlines_of(complaint) if one.step is Step.CALL_ASKED and not one.met_on and not one.overtaken), key=lambda one: one.due_on)
        return wording.to_make_sure(who_asked(complaint, soonest.action).name)
    return wording.owed(complaint.next_step, complaint.next_stage, name, to_send(complaint))


def who_asked(complaint: Complaint, call: Any) -> Party:
    """Whoever asked for the call with this number: somebody who acts for the resident, or the resident (or their estate)."""
    asked = next(one for one in complaint.happenings if one.step is Step.CALL_ASKED and one.details.get("call") == call)
    return next((each for each in complaint.parties if each.id == asked.details.get("party")), complaint.addressee)


def _clocks(owed: Deadline) -> str:
    """Both clocks, where there are two (ruling 30)."""
    if owed.extended:
        return _("Extended. The Code’s date was %(day)s.", day=i18n.day(owed.code_due or owed.due_on))
    counted = min((day for day in (owed.code_due, owed.backstop) if day), default=owed.due_on)
    if owed.told == owed.due_on < counted:
        return _("We told them this day, so it stays. Counted now, the Code’s date is %(day)s.", day=i18n.day(counted))
    if owed.backstop is None:
        return ""
    if owed.code_due is None:
        return _("This is the backstop. The Code’s date is counted from the day we acknowledge.")
    return _("The Code’s date is %(code)s. The backstop is %(backstop)s.", code=i18n.day(owed.code_due), backstop=i18n.day(owed.backstop))


def may_send(complaint: Complaint, step: Step) -> bool:
    """Whether this viewer could take the step now, as far as order goes."""
    return bool(allowed_steps(complaint, g.viewer, among=[step]))


def unanswered_since(complaint: Complaint) -> date | None:
    """The day on which the answer of the stage before was due, where that was never given: the delay is a point (ruling 37)."""
    before = complaint.stage - 1
    if before < 1 or first(complaint.happenings, Step.RESPONDED, before):
        return None
    return next((one.due_on for one in deadlines_of(complaint) if one.step is Step.RESPONDED and one.stage == before), None)
