"""Counting a complaint's dates again, after the calendar they were counted by has changed (ruling 19)."""

from dataclasses import dataclass
from datetime import date

from portal.access import Viewer
from portal.complaints.events import WORKED_OUT
from portal.complaints.models import Complaint
from portal.complaints.recording import record, refresh
from portal.rules.steps import Step


@dataclass(frozen=True, slots=True)
class Moved:
    """A complaint whose next date is another one now."""

    reference: str
    was: date | None
    now: date | None


def recount(complaint: Complaint, *, by: Viewer) -> Moved | None:
    """Work out again what the queue needs; what moved, or None. What changed is an event, so that the record still agrees."""
    before = {name: getattr(complaint, name) for name in WORKED_OUT}
    refresh(complaint)
    if before == {name: getattr(complaint, name) for name in WORKED_OUT}:
        return None
    was: date | None = before["next_due"]
    details = {"was": was.isoformat() if was else None, "now": complaint.next_due.isoformat() if complaint.next_due else None}
    record(complaint, Step.DATES_RECOUNTED, by=by, stage=complaint.stage, details=details)
    return Moved(complaint.reference, was, complaint.next_due) if was != complaint.next_due else None
