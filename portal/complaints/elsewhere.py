"""What was opened by somebody of another team, week by week, with the reason they wrote: for managers to read (I1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.queries import visible
from portal.complaints.record import ReadEvent
from portal.db import Register

ASKED = "staff.why"
"""The page on which why was asked; to see it is not to read the complaint."""

WEEKS_BACK = 8
"""For how many weeks that are over a list is still told of, where nothing could be told when each was."""

MOST = 500
"""Lines of one week."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One complaint that somebody of another team read in a week for one reason: since when, and how many pages of it."""

    name: str
    role: str
    complaint_id: int
    reference: str
    since: datetime
    pages: int
    reason: str


def monday_of(day: date) -> date:
    """The Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


EXPLAINED = ReadEvent.reason.is_not(None) & (ReadEvent.route != ASKED)


def _in_week(monday: date) -> ColumnElement[bool]:
    begins, ends = clock.beginning_of(monday), clock.beginning_of(monday + timedelta(days=7))
    return (ReadEvent.at >= begins) & (ReadEvent.at < ends) & EXPLAINED


def opened_in(register: Register, viewer: Viewer, monday: date) -> Sequence[Opened]:
    """What was opened in the week that begins on this day, of what the viewer may see, oldest first; MOST lines and one more, if there are more."""
    since = func.min(ReadEvent.at)
    reason = func.coalesce(ReadEvent.reason, "")
    asked = (
        select(Staff.name, ReadEvent.role, Complaint.id, Complaint.reference, since, func.count(), reason)
        .join(Staff, Staff.id == ReadEvent.staff_id)
        .join(Complaint, Complaint.id == ReadEvent.complaint_id)
        .where(_in_week(monday), Complaint.id.in_(visible(viewer).with_only_columns(Complaint.id)))
        .group_by(Staff.id, Staff.name, ReadEvent.role, Complaint.id, Complaint.reference, reason)
        .order_by(since, Complaint.id)
        .limit(MOST + 1)
    )
    return [Opened(*row) for row in register.execute(asked)]


def is_any_before(register: Register, monday: date) -> bool:
    """Whether anything was opened in a week before the one that begins on this day."""
    return bool(register.scalar(select(exists().where(ReadEvent.at < clock.beginning_of(monday), EXPLAINED))))


def weeks_to_tell(register: Register) -> list[date]:
    """The Mondays of the weeks that are over and in which something was opened, the last eight at most, oldest first. For the worker alone."""
    this = monday_of(clock.today())
    over = [this - timedelta(weeks=back) for back in range(WEEKS_BACK, 0, -1)]
    return [monday for monday in over if register.scalar(select(exists().where(_in_week(monday))))]
