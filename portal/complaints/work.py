"""Somebody who comes with a work account: whose account here it is, and which roles their groups give them.

Whom the provider vouches for is known by its name for them, which never changes, once they have come in with it. The first time they
are found by an e-mail address that the provider says is theirs; where nobody has it, an account is made, if one of their groups
gives a role. From then on their roles are those of their groups at each sign-in, and a password opens nothing: there is one way in.
Somebody who was said to have left stays out, whatever the provider says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.access import STAFF, Viewer
from portal.complaints.leaving import write_down
from portal.complaints.people import Staff
from portal.db import Register
from portal.rules.words import N_

LINKED = "work"

NO_GROUPS = N_("Your work account did not say which groups you are in. Tell whoever looks after work accounts where you work.")
NO_ROLE = N_("Your work account is in none of the groups that use this portal. Tell your manager which work you do here.")
NO_EMAIL = N_("Your work account does not say that your email address is yours, so we do not know who you are here. Tell your manager.")
TAKEN = N_("Your email address belongs to another work account here. Tell your manager.")
LEFT = N_("Your account here was ended. If you work here, ask a manager to say that you are back.")


@dataclass(frozen=True)
class Known:
    """Whom a provider vouches for: its lasting name for them, and what else it says of them."""

    work_account: str
    name: str
    email: str
    job_title: str
    groups: Sequence[str] | None


def come_from_work(register: Register, known: Known, roles: Mapping[str, Sequence[str]]) -> tuple[Staff | None, str]:
    """The account of whoever this is, its roles those of their groups; or None, and in words why they do not come in."""
    staff = register.scalar(select(Staff).where(Staff.work_account == known.work_account))
    if known.groups is None:
        return None, NO_GROUPS
    given = {group: list(roles[group]) for group in known.groups if group in roles}
    held = [role for role in STAFF if any(role in each for each in given.values())]
    if staff is None:
        staff, why = _found_or_made(register, known, [*held])
        if staff is None:
            return None, why
    if staff.disabled_at is not None:
        return None, LEFT
    staff.roles, staff.groups = [str(role) for role in held], given
    return (staff, "") if held else (None, NO_ROLE)


def _found_or_made(register: Register, known: Known, held: Sequence[str]) -> tuple[Staff | None, str]:
    """The account with their address, or a new one; it is this work account's from now on."""
    if not known.email:
        return None, NO_EMAIL
    staff = register.scalar(select(Staff).where(Staff.email == known.email))
    if staff and staff.work_account:
        return None, TAKEN
    if staff and staff.disabled_at:
        return None, LEFT
    if not held:
        return None, NO_ROLE
    if staff is None:
        staff = Staff(name=known.name, email=known.email, job_title=known.job_title or held[0].capitalize(), roles=[*held])
        register.add(staff)
    staff.work_account, staff.password_hash, staff.first_password_until = known.work_account, "", None
    register.flush()
    write_down(register, staff, LINKED, by=Viewer(staff_id=staff.id))
    return staff, ""
