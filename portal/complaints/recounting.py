"""Counting a complaint's dates again, after the calendar they were counted by has changed (ruling 19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import sessionmaker

from portal import db
from portal.access import MACHINE, Viewer
from portal.complaints import holidays, machine
from portal.complaints.events import WORKED_OUT
from portal.complaints.models import Complaint
from portal.complaints.recording import calendar_of, edition_of, record, refresh, session_of
from portal.complaints.sending import facts_of, keep
from portal.complaints.settings import ExtraHoliday
from portal.db import Register
from portal.letters.compose import compose
from portal.rules import deadlines
from portal.rules.deadlines import Deadline
from portal.rules.reading import beginning
from portal.rules.steps import Step

TELLS = {Step.ACKNOWLEDGED: "acknowledge_by", Step.RESPONDED: "answer_by", Step.UPDATED: "news_by"}
"""The dates a resident waits for, and what an event calls the one that its letter tells."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A complaint whose next date is another one now."""

    reference: str
    was: date | None
    now: date | None


def recount(complaint: Complaint, *, by: Viewer, because: Sequence[ExtraHoliday] = ()) -> Moved | None:
    """Work out again what the queue needs; what moved, or None. What changed is an event, so that the record still agrees.

    A date that no letter told moves with the calendar, and the resident is told; one that a letter told never moves later.
    """
    before = {name: getattr(complaint, name) for name in WORKED_OUT}
    refresh(complaint)
    if before == {name: getattr(complaint, name) for name in WORKED_OUT}:
        return None
    was, now = before["next_due"], complaint.next_due
    owed = _theirs_that_moved(complaint, before["next_step"], was)
    details = {"was": was.isoformat() if was else None, "now": now.isoformat() if now else None}
    details |= {"holidays": [each.day.isoformat() for each in because]} if because else {}
    details |= {TELLS[owed.step]: owed.due_on.isoformat()} if owed else {}
    record(complaint, Step.DATES_RECOUNTED, by=by, stage=owed.stage if owed else complaint.stage, details=details)
    if owed and was:
        _tell(complaint, owed, was, because, by=by)
    return Moved(complaint.reference, was, now) if was != now else None


def _theirs_that_moved(complaint: Complaint, step: str | None, was: date | None) -> Deadline | None:
    """The date that moved, where it is one that the resident waits for and no letter has told them as it is now."""
    days = calendar_of(session_of(complaint), complaint.division)
    owed = deadlines.next_deadline(complaint.happenings, edition_of(complaint), days)
    if owed is None or was is None or owed.due_on == was or complaint.next_step != step or step != owed.step or owed.step not in TELLS:
        return None
    told = owed.step is not Step.UPDATED and owed.told == owed.due_on
    return None if told else owed


def _tell(complaint: Complaint, owed: Deadline, was: date, because: Sequence[ExtraHoliday], *, by: Viewer) -> None:
    began = beginning(complaint.happenings, owed.stage)
    facts = facts_of(complaint, stage=owed.stage, received_on=began.asked_on if began else complaint.received_on)
    days = [{"day": each.day.isoformat(), "name": each.name} for each in because]
    draft = {"waits_for": owed.step.value, "was": was.isoformat(), "now": owed.due_on.isoformat(), "holidays": days}
    keep(complaint, compose("date_moved", facts.with_draft(draft)), by=by)


def recount_everybody(sessions: sessionmaker[Register]) -> tuple[int, list[Moved]]:
    """Count every open complaint again, each in a transaction of its own; how many there were, and what moved.

    What is counted twice, by two workers or after a restart, has not moved the second time.
    """
    with sessions() as register:
        because = list(holidays.uncounted(register))
        everyone = machine.complaint_ids(register)
        register.expunge_all()
    moved = [one for complaint_id in everyone if (one := _recount(sessions, complaint_id, because))]
    if because:
        with sessions() as register, db.transaction(register):
            holidays.counted(register, [each.id for each in because])
    return len(everyone), moved


def recount_if_asked(sessions: sessionmaker[Register]) -> int | None:
    """Count everybody again where a bank holiday was added since that was last done; how many moved, None if none was."""
    with sessions() as register:
        if not holidays.uncounted(register):
            return None
    return len(recount_everybody(sessions)[1])


def _recount(sessions: sessionmaker[Register], complaint_id: int, because: Sequence[ExtraHoliday]) -> Moved | None:
    with sessions() as register, db.transaction(register):
        complaint = machine.locked_complaint(register, complaint_id)
        return recount(complaint, by=MACHINE, because=[each for each in because if each.division == complaint.division])
