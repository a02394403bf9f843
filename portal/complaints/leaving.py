"""Somebody who works here has left: disabled and never deleted; their complaints are given to others (ruling 38)."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Action, Complaint
from portal.complaints.people import AccountChange, Party, Staff, Visit
from portal.complaints.queries import visible
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

LEFT, BACK = "left", "back"


def everybody(register: Register) -> Sequence[Staff]:
    """Everybody who works here or did, by name; who has left comes last."""
    return register.scalars(select(Staff).order_by(Staff.disabled_at.is_not(None), Staff.name)).all()


def open_cases(register: Register, viewer: Viewer, staff: Staff) -> list[Complaint]:
    """The complaints that somebody has and that still owe something, soonest first."""
    theirs = visible(viewer).where(Complaint.handler_id == staff.id, Complaint.next_due.is_not(None))
    told = theirs.options(joinedload(Complaint.parties).joinedload(Party.person)).order_by(Complaint.next_due, Complaint.id)
    return list(register.scalars(told).unique())


def open_promises(register: Register, viewer: Viewer, staff: Staff) -> list[tuple[Action, Complaint]]:
    """What somebody was to do and has not done, soonest first, with its complaint."""
    asked = visible(viewer).join(Action, Action.complaint_id == Complaint.id).where(Action.owner_id == staff.id, Action.done_on.is_(None))
    return [(row.Action, row.Complaint) for row in register.execute(asked.add_columns(Action).order_by(Action.due_on, Action.id))]


def say_left(register: Register, staff: Staff, *, by: Viewer) -> None:
    """They sign in no more, and their visits end now. What they wrote, decided and are barred from stays (ruling 34)."""
    if staff.id == by.staff_id:
        raise RuleBroken("5.12", N_("Somebody else has to say that you have left."))
    if staff.disabled_at is None:
        staff.disabled_at = clock.now()
        write_down(register, staff, LEFT, by=by)
    register.execute(delete(Visit).where(Visit.staff_id == staff.id))


def say_back(register: Register, staff: Staff, *, by: Viewer) -> None:
    """They work here again: they sign in as before, and what they may not consider is as it was."""
    if staff.disabled_at is not None:
        staff.disabled_at = None
        write_down(register, staff, BACK, by=by)


def changes(register: Register, *about: Staff) -> list[AccountChange]:
    """What managers said of accounts, of these or (with none) of any, oldest first."""
    found = select(AccountChange).order_by(AccountChange.id)
    ids = [each.id for each in about]
    return list(register.scalars(found.where(AccountChange.staff_id.in_(ids) | AccountChange.other_id.in_(ids)) if about else found))


def who_said_left(register: Register) -> dict[int, AccountChange]:
    """The last time that somebody was said to have left, by the number of their account (ruling 38)."""
    return {one.staff_id: one for one in changes(register) if one.what == LEFT}


def write_down(register: Register, staff: Staff, what: str, *, by: Viewer, other: Staff | None = None, service_id: int | None = None, because: str | None = None) -> None:
    """Keep what was said of an account, of which other if it is about two, of which service if it is about a team, and why if that was asked."""
    made = AccountChange(
        staff_id=staff.id, what=what, other_id=other.id if other else None, service_id=service_id, because=because, by_id=by.staff_id or 0, at=clock.now()
    )  # fmt: skip
    register.add(made)
