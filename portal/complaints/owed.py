"""The lists of what is owed: actions by who does them and by service, and what one person has to do themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, or_, select

from portal.access import Viewer
from portal.complaints.models import Action, Complaint
from portal.complaints.people import Party, Person, Staff
from portal.complaints.queries import PAGE_SIZE, not_kept_from, visible
from portal.complaints.settings import Service
from portal.complaints.worklist import NAME
from portal.db import Register

After = tuple[date, int]
"""Where a page of actions ended: the last row's day and id."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Which actions are wanted: all, or those of one owner (as written), of one service, or the viewer's own."""

    owner: str | None = None
    service: int | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing promised and not done; made without loading the complaint it belongs to."""

    id: int
    complaint_id: int
    reference: str
    name: str
    what: str
    owner: str
    service: str | None
    first_due_on: date
    due_on: date

    @property
    def place(self) -> After:
        """Where a page that ends with this row goes on."""
        return (self.due_on, self.id)


def _owed(viewer: Viewer, whose: Whose) -> Select[Complaint]:
    asked = visible(viewer).join(Action, Action.complaint_id == Complaint.id).where(Action.done_on.is_(None))
    if whose.owner is not None:
        asked = asked.where(Action.owner == whose.owner)
    if whose.service is not None:
        asked = asked.where(Complaint.service_id == whose.service)
    return asked.where(Action.owner_id == viewer.staff_id) if whose.mine else asked


def actions(register: Register, viewer: Viewer, whose: Whose, *, after: After | None = None) -> list[Owed]:
    """A page of what is owed, what is late first; one row more than a page if there is more."""
    asked = _owed(viewer, whose)
    if after:
        asked = asked.where(or_(Action.due_on > after[0], and_(Action.due_on == after[0], Action.id > after[1])))
    drawn = (
        asked.join(Party, and_(Party.complaint_id == Complaint.id, Party.part == "resident"))
        .join(Person, Person.id == Party.person_id)
        .outerjoin(Service, Service.id == Complaint.service_id)
        .order_by(Action.due_on, Action.id)
        .limit(PAGE_SIZE + 1)
        .with_only_columns(
            Action.id, Complaint.id.label("complaint_id"), Complaint.reference, NAME.label("name"), Action.what, Action.owner,
            Service.name.label("service"), Action.first_due_on, Action.due_on,
        )
    )  # fmt: skip
    return [Owed(**row) for row in register.execute(drawn).mappings()]


def late(register: Register, viewer: Viewer, whose: Whose, today: date) -> tuple[int, int]:
    """How many things are owed, and how many of them are late."""
    owed = _owed(viewer, whose)
    asked = owed.with_only_columns(func.count(), func.count().filter(Action.due_on < today))
    many, too_late = register.execute(asked).one()
    return many, too_late


def owners(register: Register, viewer: Viewer) -> Sequence[tuple[str, int]]:
    """Everybody who owes something, by name, and how many things."""
    asked = _owed(viewer, Whose()).with_only_columns(Action.owner, func.count()).group_by(Action.owner)
    return [(name, many) for name, many in register.execute(asked.order_by(func.lower(Action.owner), Action.owner))]


def services(register: Register, viewer: Viewer) -> Sequence[tuple[int, str, int]]:
    """Every service of which something is owed, by name, and how many things."""
    asked = _owed(viewer, Whose()).join(Service, Service.id == Complaint.service_id)
    counted = asked.with_only_columns(Service.id, Service.name, func.count()).group_by(Service.id, Service.name)
    return [(id, name, many) for id, name, many in register.execute(counted.order_by(Service.name))]


def own_actions(register: Register, viewer: Viewer) -> list[tuple[Action, Complaint]]:
    """What this member of staff has to do themselves, soonest first; of the complaint they see no more than that (ruling 11)."""
    owed = _own(viewer).where(Action.done_on.is_(None)).order_by(Action.due_on, Action.id).limit(100)
    return [(action, complaint) for action, complaint in register.execute(owed)]


def own_action(register: Register, viewer: Viewer, action_id: int, *, locked: bool = False) -> tuple[Action, Complaint] | None:
    """One thing that this member of staff has to do or did; `locked` as it is now, against anybody else's change."""
    asked = _own(viewer).where(Action.id == action_id)
    if locked:
        asked = asked.with_for_update(of=Complaint).execution_options(populate_existing=True)
    found = register.execute(asked).one_or_none()
    return (found[0], found[1]) if found else None


def _own(viewer: Viewer) -> Select[Action, Complaint]:
    owner = Staff.id == Action.owner_id
    return select(Action, Complaint).join(Complaint, Complaint.id == Action.complaint_id).join(Staff, owner).where(Staff.id == viewer.staff_id, not_kept_from(viewer))
