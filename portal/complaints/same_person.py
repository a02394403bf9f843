"""Two accounts that are one person's: what bars one of them bars all, whichever they sign in with (ruling 34)."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.access import Role, Viewer
from portal.complaints.leaving import write_down
from portal.complaints.people import APART, NEVER, Staff, other_accounts
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

SAME = "same"
EVER = datetime(1, 1, 1, tzinfo=UTC)


def say_same(register: Register, staff: Staff, other: Staff, *, by: Viewer) -> None:
    """Two accounts are one person's, with every other account of either: what bars one bars all of them at once (ruling 34)."""
    if f"staff:{other.id}" in {f"staff:{staff.id}", *other_accounts(register, staff.id)}:
        raise RuleBroken("5.12", N_("That is written down already."))
    root = staff.same_person_id or staff.id
    for each in _accounts(register, other):
        each.same_person_id = root
    register.flush()
    write_down(register, staff, SAME, by=by, other=other)


def say_apart(register: Register, staff: Staff, *, by: Viewer, because: str, never: bool = False) -> None:
    """This account is no other's any more, and why; what barred one of them while they were one person's bars the other as before.

    With `never` it never was another's, now or before, and nothing is left of the bar: a manager alone says so. RuleBroken where
    there is no other, without a reason, and for whoever it is about themselves.
    """
    others = accounts_besides(register, staff)
    about = [*others, *(parted_from(register, staff) if never else [])]
    if not about:
        raise RuleBroken("5.12", N_("Nobody has said that this account is somebody else’s as well."))
    if by.staff_id in {staff.id, *(each.id for each in about)}:
        raise RuleBroken("6.13", N_("Somebody else has to say this of your own accounts."))
    if not because.strip():
        raise RuleBroken("5.12", N_("Say why it is not theirs."))
    if never and by.role is not Role.MANAGER:
        raise RuleBroken("6.13", N_("Only a manager says that two accounts were never one person’s."))
    staff.same_person_id = None
    for each in others:
        each.same_person_id = others[0].id if each is not others[0] else None
    register.flush()
    for each in about:
        write_down(register, staff, NEVER if never else APART, by=by, other=each, because=because)


def parted_from(register: Register, staff: Staff) -> list[Staff]:
    """The accounts that were said to be this person's and no longer are, whose bar still holds."""
    now, ever = other_accounts(register, staff.id), other_accounts(register, staff.id, EVER)
    ids = [int(one.removeprefix("staff:")) for one in ever if one not in now]
    return list(register.scalars(select(Staff).where(Staff.id.in_(ids)).order_by(Staff.id)))


def _accounts(register: Register, staff: Staff) -> list[Staff]:
    """Every account of this person, this one among them."""
    ids = [staff.id, *(int(one.removeprefix("staff:")) for one in other_accounts(register, staff.id))]
    return list(register.scalars(select(Staff).where(Staff.id.in_(ids)).order_by(Staff.id)))


def accounts_besides(register: Register, staff: Staff) -> list[Staff]:
    """The other accounts of this person."""
    return [each for each in _accounts(register, staff) if each.id != staff.id]
