"""The lists of what was offered: still to be paid, with no reply yet, accepted, declined, paid; and the money that is owed, by its day."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select

from portal.access import Viewer
from portal.complaints.models import Complaint, Remedy
from portal.complaints.people import Party, Person
from portal.complaints.queries import PAGE_SIZE, visible
from portal.complaints.record import Event
from portal.complaints.worklist import NAME
from portal.db import Register
from portal.rules.payments import days_to_pay
from portal.rules.steps import Step
from portal.rules.words import N_

STATES = {
    "to_pay": N_("To be paid"),
    "no_reply": N_("No reply yet"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "paid": N_("Paid"),
    "all": N_("Everything offered"),
}
"""The lists there are, the one that is owed first."""


def _is(state: str) -> ColumnElement[bool]:
    has_money = func.coalesce(Remedy.pence, 0) > 0
    return {
        "to_pay": and_(has_money, Remedy.paid_on.is_(None), Remedy.declined_on.is_(None)),
        "no_reply": and_(Remedy.accepted_on.is_(None), Remedy.declined_on.is_(None)),
        "accepted": Remedy.accepted_on.is_not(None),
        "declined": Remedy.declined_on.is_not(None),
        "paid": Remedy.paid_on.is_not(None),
        "all": Remedy.id.is_not(None),
    }[state]


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing offered, and how it stands; made without loading the complaint it belongs to."""

    id: int
    complaint_id: int
    reference: str
    name: str
    stage: int
    kind: str
    words: str
    pence: int | None
    offered_on: date
    accepted_on: date | None
    declined_on: date | None
    paid_on: date | None


def remedies(register: Register, viewer: Viewer, state: str, *, before: int) -> list[Offered]:
    """A page of what was offered and stands so, newest first, `before` an id; one row more than a page if there is more."""
    drawn = (
        visible(viewer)
        .join(Remedy, Remedy.complaint_id == Complaint.id)
        .join(Party, and_(Party.complaint_id == Complaint.id, Party.part == "resident"))
        .join(Person, Person.id == Party.person_id)
        .where(_is(state), Remedy.id < before)
        .order_by(Remedy.id.desc())
        .limit(PAGE_SIZE + 1)
        .with_only_columns(
            Remedy.id, Complaint.id.label("complaint_id"), Complaint.reference, NAME.label("name"), Remedy.stage, Remedy.kind,
            Remedy.words, Remedy.pence, Remedy.offered_on, Remedy.accepted_on, Remedy.declined_on, Remedy.paid_on,
        )
    )  # fmt: skip
    return [Offered(**row) for row in register.execute(drawn).mappings()]


def counts(register: Register, viewer: Viewer) -> dict[str, int]:
    """How many things stand on each list."""
    counted = [func.count(case((_is(state), 1))).label(state) for state in STATES]
    asked = visible(viewer).join(Remedy, Remedy.complaint_id == Complaint.id).with_only_columns(*counted)
    return dict(register.execute(asked).mappings().one())


@dataclass(frozen=True, slots=True)
class Owed:
    """Money that somebody accepted and that is not paid: by what day (None where nobody told one), to whom, and with whom it is."""

    id: int
    complaint_id: int
    reference: str
    name: str
    kind: str
    words: str
    pence: int
    accepted_on: date
    division: str
    handler_id: int | None
    pay_by: date | None = None


MOST_OWED = 500
"""Payments on the list; they are few at a time, or something else is wrong."""


def money_owed(register: Register, viewer: Viewer, *, mine: bool = False) -> list[Owed]:
    """What was accepted and is not paid, soonest first, what has no day before all; MOST_OWED, and one more if there is more.

    `mine`: of the complaints that this viewer has. The day is the record's own, read without loading a complaint.
    """
    drawn = (
        visible(viewer)
        .join(Remedy, Remedy.complaint_id == Complaint.id)
        .join(Party, and_(Party.complaint_id == Complaint.id, Party.part == "resident"))
        .join(Person, Person.id == Party.person_id)
        .where(_is("to_pay"), Remedy.accepted_on.is_not(None))
        .order_by(Remedy.id)
        .limit(MOST_OWED + 1)
        .with_only_columns(
            Remedy.id, Complaint.id.label("complaint_id"), Complaint.reference, NAME.label("name"), Remedy.kind, Remedy.words, Remedy.pence,
            Remedy.accepted_on, Complaint.division, Complaint.handler_id,
        )
    )  # fmt: skip
    found = [Owed(**row) for row in register.execute(drawn.where(Complaint.handler_id == viewer.staff_id) if mine else drawn).mappings()]
    days = _days_to_pay(register, {one.complaint_id for one in found})
    return sorted((replace(one, pay_by=days.get(one.id)) for one in found), key=lambda one: (one.pay_by or date.min, one.id))


def _days_to_pay(register: Register, ids: Collection[int]) -> dict[int, date]:
    """The day of each payment of these complaints, by the number of what was offered."""
    about = (Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED, Step.REMEDY_PAID)
    asked = select(Event).where(Event.complaint_id.in_(ids), Event.step.in_(about)).order_by(Event.number)
    return days_to_pay([event.happening for event in register.scalars(asked)])
