"""Passwords that are tried on one account: counted in the database for every process alike, slowed, and never locked out.

An account that nobody has is counted as one that somebody has. A try is counted before it is looked at, so that no number of them
at once is more than the limit.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select

from portal import clock, keyring
from portal.complaints.people import PasswordTry
from portal.db import Register

HOUR, MINUTE, KNOWN_FOR = timedelta(hours=1), timedelta(minutes=1), timedelta(days=90)

FEW = 5
"""Wrong passwords in an hour before an account is tried only once a minute from each network that gave one."""

MANY = 20
"""Wrong passwords in an hour, from anywhere, before it is tried only once a minute from all networks that it is not known at together."""


class Slowed(Exception):
    """This account is tried again in a minute."""


def begin_try(register: Register, account: str, network: str) -> PasswordTry:
    """Count one more password for an account, as wrong until it turned out to be right; inside a transaction. Slowed."""
    now, ring = clock.now(), keyring.ring()
    whose, there = ring.lookup(f"account {account}"), ring.lookup(f"network {network}")
    if register.get_bind().dialect.name == "postgresql":
        register.execute(select(func.pg_advisory_xact_lock(int(whose[:15], 16))))
    over = (PasswordTry.right.is_(False) & (PasswordTry.at < now - HOUR)) | (PasswordTry.at < now - KNOWN_FOR)
    register.execute(delete(PasswordTry).where(over))
    tried = register.execute(select(PasswordTry.network, PasswordTry.right, PasswordTry.at).where(PasswordTry.account == whose)).all()
    known = {one.network for one in tried if one.right}
    wrong = [one for one in tried if not one.right and one.at <= now]
    lately = {one.network for one in wrong if one.at > now - MINUTE}
    if len(wrong) >= FEW and there in lately:
        raise Slowed
    if len(wrong) >= MANY and there not in known and lately - known:
        raise Slowed
    made = PasswordTry(account=whose, network=there, right=False, at=now)
    register.add(made)
    register.flush()
    return made


def was_right(register: Register, tried: PasswordTry) -> None:
    """It was theirs: that network is known from now on; inside a transaction."""
    before = (PasswordTry.account == tried.account) & (PasswordTry.network == tried.network) & PasswordTry.right.is_(True)
    register.execute(delete(PasswordTry).where(before))
    tried.right = True
