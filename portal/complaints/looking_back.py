"""What an auditor reads: each thing that was done and each that was read, with who and when, and no word of any complaint."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal import clock
from portal.complaints.choosing import Page, page
from portal.complaints.models import Complaint
from portal.complaints.people import AccountChange, Staff
from portal.complaints.queries import PAGE_SIZE
from portal.complaints.record import Event, ReadEvent
from portal.db import Register


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the record, its words and details left out; `by` is `staff:7`, `party:3` or `machine`."""

    id: int
    step: str
    stage: int | None
    happened_on: date
    recorded_at: datetime
    by: str
    reference: str

    @property
    def is_of_another_day(self) -> bool:
        """Whether it is said to have happened on another day than it was written down."""
        return self.happened_on != clock.day_of(self.recorded_at)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: by whom, in which role, of which page; of one complaint, or of a list of so many (None for one, 0 for none)."""

    id: int
    name: str
    role: str
    route: str
    at: datetime
    reference: str | None
    how_many: int | None
    has_reason: bool


def entries(register: Register, *, after: int | None, before: int | None) -> Page[Entry]:
    """A page of what was done, the newest first."""
    asked = select(
        Event.number, Event.step, Event.stage, Event.happened_on, Event.recorded_at, Event.actor, Complaint.reference
    ).join(Complaint, Complaint.id == Event.complaint_id)

    def ask(place: int | None, backwards: bool) -> list[Entry]:
        where = () if place is None else (Event.number > place if backwards else Event.number < place,)
        order = Event.number if backwards else Event.number.desc()
        return [Entry(*row) for row in register.execute(asked.where(*where).order_by(order).limit(PAGE_SIZE + 1))]

    return page(ask, after, before)


def readings(register: Register, *, after: int | None, before: int | None) -> Page[Reading]:
    """A page of what staff read, the newest first."""
    asked = (
        select(ReadEvent, Staff.name, Complaint.reference)
        .join(Staff, Staff.id == ReadEvent.staff_id)
        .outerjoin(Complaint, Complaint.id == ReadEvent.complaint_id)
    )

    def ask(place: int | None, backwards: bool) -> list[Reading]:
        where = () if place is None else (ReadEvent.id > place if backwards else ReadEvent.id < place,)
        order = ReadEvent.id if backwards else ReadEvent.id.desc()
        rows = register.execute(asked.where(*where).order_by(order).limit(PAGE_SIZE + 1))
        return [_reading(one, name, reference) for one, name, reference in rows]

    return page(ask, after, before)


def account_changes(register: Register, *, after: int | None, before: int | None) -> Page[AccountChange]:
    """A page of what was done with accounts, the newest first."""

    def ask(place: int | None, backwards: bool) -> list[AccountChange]:
        where = () if place is None else (AccountChange.id > place if backwards else AccountChange.id < place,)
        order = AccountChange.id if backwards else AccountChange.id.desc()
        return list(register.scalars(select(AccountChange).where(*where).order_by(order).limit(PAGE_SIZE + 1)))

    return page(ask, after, before)


def _reading(one: ReadEvent, name: str, reference: str | None) -> Reading:
    how_many = None if one.listed is None else len(one.listed.split(",")) if one.listed else 0
    return Reading(one.id, name, one.role, one.route, one.at, reference, how_many, bool(one.reason))
