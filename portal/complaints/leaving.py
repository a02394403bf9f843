"""Somebody who works here has left: disabled and never deleted; their complaints are given to others (ruling 38)."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Action, Complaint
from portal.complaints.people import Party, Staff, Visit
from portal.complaints.queries import visible
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_


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
    staff.disabled_at = staff.disabled_at or clock.now()
    register.execute(delete(Visit).where(Visit.staff_id == staff.id))


def say_back(staff: Staff) -> None:
    """They work here again: they sign in as before, and what they may not consider is as it was."""
    staff.disabled_at = None
