"""Complaints with nothing owed to anybody: answered and done, refused, withdrawn; the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, SQLColumnExpression, and_, func, select

from portal.access import Viewer
from portal.complaints.choosing import EVERYTHING, Choice, Page, chosen, newest_first, page
from portal.complaints.models import Complaint
from portal.complaints.people import Party, Person, Staff
from portal.complaints.record import Event
from portal.complaints.worklist import NAME
from portal.db import Register
from portal.rules.endings import TURNING, ended_by
from portal.rules.reading import live
from portal.rules.steps import Happening, Step

MOST_COUNTED = 1000
"""An archive is not counted to its end: more than this is only said to be more."""

TELLING = TURNING | {Step.RESPONDED, Step.VOIDED}


@dataclass(frozen=True, slots=True)
class EndedRow:
    """One complaint with nothing owed, and what ended it; made without loading its history."""

    id: int
    reference: str
    name: str
    words: str
    received_on: date
    all_done_on: date | None
    handler: str | None
    ended: Happening | None


def _ended(viewer: Viewer, choice: Choice) -> Select[Complaint]:
    return chosen(viewer, choice).where(Complaint.next_due.is_(None))


def ended(
    register: Register, viewer: Viewer, *, after: int | None = None, before: int | None = None, choice: Choice = EVERYTHING
) -> Page[EndedRow]:
    """A page of complaints with nothing owed, the newest received first; places are their ids."""
    asked = _ended(viewer, choice)
    return page(lambda place, backwards: rows_by(register, asked, Complaint.id, place, backwards), after, before)


def how_many_ended(register: Register, viewer: Viewer, choice: Choice = EVERYTHING) -> int:
    """How many there are, up to one more than MOST_COUNTED."""
    return counted(register, _ended(viewer, choice))


def counted(register: Register, asked: Select[Complaint]) -> int:
    """How many were asked for, up to one more than MOST_COUNTED."""
    some = asked.with_only_columns(Complaint.id).limit(MOST_COUNTED + 1).subquery()
    return register.scalar(select(func.count()).select_from(some)) or 0


def rows_by(
    register: Register, asked: Select[Complaint], number: SQLColumnExpression[int], place: int | None, backwards: bool
) -> list[EndedRow]:
    """The rows on one side of a place in a list from the newest to the oldest, by that number; the nearest first."""
    in_order = Complaint.id if backwards else Complaint.id.desc()
    shown = newest_first(asked, number, place, backwards).subquery()
    drawn = (
        select(
            Complaint.id, Complaint.reference, func.substr(Complaint.words, 1, 200).label("words"),
            Complaint.received_on, Complaint.all_done_on, Staff.name.label("handler"), NAME.label("name"),
        )
        .join(shown, shown.c.id == Complaint.id)
        .join(Party, and_(Party.complaint_id == Complaint.id, Party.part == "resident"))
        .join(Person, Person.id == Party.person_id)
        .outerjoin(Staff, Staff.id == Complaint.handler_id)
        .order_by(in_order)
    )  # fmt: skip
    rows = register.execute(drawn).all()
    ends = _endings(register, [row.id for row in rows])
    return [
        EndedRow(
            row.id, row.reference, row.name, row.words, row.received_on, row.all_done_on, row.handler, ends.get(row.id)
        )
        for row in rows
    ]


def _endings(register: Register, ids: Sequence[int]) -> dict[int, Happening | None]:
    """What ended each of these, from the few events that can end a complaint or undo that."""
    asked = select(Event).where(Event.complaint_id.in_(ids), Event.step.in_(TELLING)).order_by(Event.number)
    told: dict[int, list[Happening]] = {}
    for event in register.scalars(asked):
        told.setdefault(event.complaint_id, []).append(event.happening)
    return {each: ended_by(live(happenings)) for each, happenings in told.items()}
