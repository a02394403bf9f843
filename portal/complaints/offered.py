"""The lists of what was offered: still to be paid, with no reply yet, accepted, declined, paid."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func

from portal.access import Viewer
from portal.complaints.models import Complaint, Remedy
from portal.complaints.people import Party, Person
from portal.complaints.queries import PAGE_SIZE, visible
from portal.complaints.worklist import NAME
from portal.db import Register
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
