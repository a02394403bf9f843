"""The questions behind the lists staff work from: what is owed, who may be in danger, what one colleague logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import joinedload, selectinload

from portal.access import Viewer
from portal.complaints import on_rows
from portal.complaints.choosing import EVERYTHING, Choice, Page, chosen, newest_first, page
from portal.complaints.models import Complaint
from portal.complaints.papers import DangerAlert
from portal.complaints.people import Party, Person, Staff
from portal.complaints.queries import PAGE_SIZE, not_kept_from, visible
from portal.complaints.record import Event
from portal.db import Register
from portal.rules.reading import as_day
from portal.rules.steps import Step

Place = tuple[int, date, int]
"""Where a page of the queue ended: the last row's danger rank, due date and id."""

IN_ORDER = (Complaint.danger_rank, Complaint.next_due, Complaint.id)
NAME = case((Party.matched_at.is_(None), Party.name_as_given), else_=Person.name)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One complaint in the queue; made without loading its history."""

    id: int
    version: int
    reference: str
    name: str
    words: str
    next_step: str
    next_stage: int
    next_due: date
    in_danger: bool
    handler: str | None
    language: str
    safe_contact: Mapping[str, Any] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()
    promise: tuple[str, str] | None = None
    letter: tuple[str, str] | None = None

    @property
    def place(self) -> Place:
        """Where a page that ends with this row goes on."""
        return (0 if self.in_danger else 1, self.next_due, self.id)


def _owed(viewer: Viewer, choice: Choice) -> Select[Complaint]:
    return chosen(viewer, choice).where(Complaint.next_due.is_not(None))


def queue(
    register: Register, viewer: Viewer, *, after: Place | None = None, before: Place | None = None, choice: Choice = EVERYTHING
) -> Page[QueueRow]:
    """A page of complaints with something owed, danger first, then soonest."""
    return page(lambda place, backwards: _rows(register, _owed(viewer, choice), place, backwards), after, before)


def _rows(register: Register, owed: Select[Complaint], place: Place | None, backwards: bool) -> list[QueueRow]:
    """The rows on one side of a place, the nearest first; one more than a page if there is more."""
    in_order = [each.desc() for each in IN_ORDER] if backwards else IN_ORDER
    if place is not None:
        here = tuple_(*IN_ORDER)
        owed = owed.where(here < place if backwards else here > place)
    shown = owed.order_by(*in_order).limit(PAGE_SIZE + 1).with_only_columns(Complaint.id)
    return _drawn(register, shown, in_order)


def rows_by_number(register: Register, owed: Select[Complaint], place: int | None, backwards: bool) -> list[QueueRow]:
    """The rows on one side of a place in a list from the newest to the oldest, the nearest first.

    By the number and nothing, so that SQLite reads the index of what is owed, not every complaint from the newest down.
    """
    number = Complaint.id + 0
    shown = newest_first(owed, number, place, backwards)
    return _drawn(register, shown, [number if backwards else number.desc()])


def _drawn(register: Register, ids: Select[int], in_order: Sequence[SQLColumnExpression[Any]]) -> list[QueueRow]:
    """The rows of these complaints, in an order."""
    shown = ids.subquery()
    drawn = (
        select(
            Complaint.id, Complaint.reference, func.substr(Complaint.words, 1, 200).label("words"),
            Complaint.next_step, Complaint.next_stage, Complaint.next_due, Complaint.danger_rank,
            Person.language, Complaint.version, Staff.name.label("handler"), NAME.label("name"),
            Person.id.label("person_id"), Person.safe_contact, Party.given_contact,
        )
        .join(shown, shown.c.id == Complaint.id)
        .join(Party, and_(Party.complaint_id == Complaint.id, Party.part == "resident"))
        .join(Person, Person.id == Party.person_id)
        .outerjoin(Staff, Staff.id == Complaint.handler_id)
        .order_by(*in_order)
    )  # fmt: skip
    rows = register.execute(drawn).all()
    wishes, numbers = on_rows.wishes(register, {row.id: row.person_id for row in rows}), [row.id for row in rows]
    promises, letters = on_rows.promises(register, numbers), on_rows.unsent(register, numbers)
    return [
        QueueRow(
            id=row.id, version=row.version, reference=row.reference, name=row.name, words=row.words, next_step=row.next_step,
            next_stage=row.next_stage, next_due=row.next_due, in_danger=row.danger_rank == 0, handler=row.handler,
            language=row.language, safe_contact=row.given_contact or row.safe_contact or {},
            wishes=wishes[row.id], promise=promises.get(row.id), letter=letters.get(row.id),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """How many complaints have something owed, by how soon; those in danger are counted apart."""

    in_danger: int
    late: int
    today: int
    soon: int
    later: int


def counts(
    register: Register, viewer: Viewer, *, today: date, soon_until: date, choice: Choice = EVERYTHING
) -> Counts:
    """How many may be in danger, and of the rest how much is late, due today, due up to `soon_until`, and due later."""
    by_day = (Complaint.danger_rank, Complaint.next_due)
    asked = _owed(viewer, choice).with_only_columns(*by_day, func.count()).group_by(*by_day)
    found = {"in_danger": 0, "late": 0, "today": 0, "soon": 0, "later": 0}
    for rank, due, how_many in register.execute(asked):
        if due is not None:
            when = "late" if due < today else "today" if due == today else "soon" if due <= soon_until else "later"
            found["in_danger" if rank == 0 else when] += how_many
    return Counts(**found)


def holders(register: Register, viewer: Viewer) -> dict[int, str]:
    """Who has something owed to somebody, by name: those who have left and whose work nobody has taken up among them."""
    theirs = exists().where(Complaint.handler_id == Staff.id, Complaint.next_due.is_not(None), not_kept_from(viewer))
    return {row.id: row.name for row in register.execute(select(Staff.id, Staff.name).where(theirs).order_by(Staff.name))}


@dataclass(frozen=True, slots=True)
class Load:
    """How many complaints with something owed one person has, and in how many of them it is late."""

    open: int
    late: int


def loads(register: Register, viewer: Viewer, today: date) -> dict[int, Load]:
    """What each person has, by the number of their account; whoever has nothing owed is not among them."""
    late = func.count(case((Complaint.next_due < today, 1)))
    asked = (
        select(Complaint.handler_id, func.count(), late)
        .where(Complaint.next_due.is_not(None), Complaint.handler_id.is_not(None), not_kept_from(viewer))
        .group_by(Complaint.handler_id)
    )
    return {handler: Load(many, are_late) for handler, many, are_late in register.execute(asked) if handler}


@dataclass(frozen=True, slots=True)
class Danger:
    """Somebody who may be in danger and whom nobody has said they have; perhaps without a complaint yet (ruling 15)."""

    alert: DangerAlert
    complaint_id: int | None
    reference: str | None
    name: str | None


def dangers(register: Register, viewer: Viewer) -> list[Danger]:
    """Every danger that waits, oldest first, with the complaint it belongs to if there is one."""
    if not viewer.is_staff:
        return []
    waiting = (
        select(DangerAlert, Complaint.id.label("complaint_id"), Complaint.reference, NAME.label("name"))
        .outerjoin(Complaint, Complaint.id == DangerAlert.complaint_id)
        .outerjoin(Party, and_(Party.complaint_id == Complaint.id, Party.part == "resident"))
        .outerjoin(Person, Person.id == Party.person_id)
        .where(DangerAlert.handed_over_at.is_(None), or_(Complaint.id.is_(None), not_kept_from(viewer)))
        .order_by(DangerAlert.raised_at, DangerAlert.id)
    )
    return [Danger(row[0], row.complaint_id, row.reference, row.name) for row in register.execute(waiting)]


@dataclass(frozen=True, slots=True)
class Logged:
    """One complaint that a colleague took down: enough to know it again.

    `received_on` is as last corrected; `first_received_on` the day first written down, where that was another (ruling 13).
    """

    id: int
    reference: str
    name: str
    received_on: date
    first_received_on: date | None
    answered_on: date | None


def logged(register: Register, viewer: Viewer) -> list[Logged]:
    """What this member of staff took down for residents, newest first (ruling 11)."""
    asked = (
        visible(viewer)
        .where(Complaint.logged_by_id == viewer.staff_id)
        .with_only_columns(Complaint.id, Complaint.reference, NAME.label("name"), Complaint.received_on, Complaint.answered_on)
        .join(Party, and_(Party.complaint_id == Complaint.id, Party.part == "resident"))
        .join(Person, Person.id == Party.person_id)
        .order_by(Complaint.id.desc())
        .limit(100)
    )
    rows = register.execute(asked).all()
    corrected = _corrected(register, [row.id for row in rows])
    found = ((row, corrected.get(row.id, row.received_on)) for row in rows)
    return [
        Logged(row.id, row.reference, row.name, day, row.received_on if day != row.received_on else None, row.answered_on)
        for row, day in found
    ]  # fmt: skip


def _corrected(register: Register, ids: Sequence[int]) -> dict[int, date]:
    """The day of receipt of each of these that was corrected, as last corrected."""
    asked = select(Event).where(Event.complaint_id.in_(ids), Event.step == Step.RECEIPT_CORRECTED).order_by(Event.number)
    return {one.complaint_id: as_day(one.happening.details["to"]) for one in register.scalars(asked)} if ids else {}


def waiting(register: Register, viewer: Viewer, most: int = 100) -> list[Complaint]:
    """The complaints in which something a resident said waits for us, longest waiting first, with what their lines are made of."""
    together = (
        joinedload(Complaint.handler), selectinload(Complaint.parties).joinedload(Party.person), selectinload(Complaint.events),
    )  # fmt: skip
    found = visible(viewer).where(Complaint.waiting_since.is_not(None)).order_by(Complaint.waiting_since, Complaint.id)
    return list(register.scalars(found.limit(most).options(*together)).unique())


def how_many_wait(register: Register, viewer: Viewer) -> int:
    """In how many complaints something a resident said waits for us."""
    asked = visible(viewer).where(Complaint.waiting_since.is_not(None)).with_only_columns(func.count())
    return register.scalar(asked) or 0
