"""Who may come in: a member of staff with their password, a party with their access code."""

from sqlalchemy import select

from portal import clock, keyring
from portal.access import STAFF
from portal.accounts.hashes import matches, nobodys_hash
from portal.complaints import references
from portal.complaints.people import Party, Staff
from portal.db import Register


def check_staff(register: Register, email: str, password: str) -> Staff | None:
    """The member of staff these belong to; None, as slowly, for a wrong password, a leaver, somebody without a role, or nobody. Busy.

    None, too, for a first password that was not used in time, and for whoever comes with a work account alone.
    """
    staff = register.scalar(select(Staff).where(Staff.email == email.strip().lower()))
    known = matches((staff and staff.password_hash) or nobodys_hash(), password)
    return staff if staff and staff.password_hash and known and may_come_in(staff) else None


def may_come_in(staff: Staff) -> bool:
    """Whether a member of staff may: they work here, in some role, and a first password is used in time."""
    is_in_time = staff.first_password_until is None or clock.now() < staff.first_password_until
    return staff.disabled_at is None and is_in_time and bool(set(staff.roles) & set(STAFF))


def party_by_code(register: Register, typed: str) -> Party | None:
    """The party whose access code this is, typed in any spacing or case; None if there is none."""
    code = references.tidy(typed)
    found = register.scalar(select(Party).where(Party.code_lookup == keyring.ring().lookup(code)))
    return found if found and is_live(found) else None


def is_live(party: Party) -> bool:
    """Whether they may come in: their part has not ended, and nobody comes in with the code of somebody who died (ruling 4)."""
    return (party.until is None or party.until > clock.now()) and party.person.died_on is None
