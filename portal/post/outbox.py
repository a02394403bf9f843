"""The outbox: taking one message at a time under a lease, and writing down what came of it if the lease still holds."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, or_, select, update

from portal import clock
from portal.complaints.papers import Outbox
from portal.db import Register

LEASE = timedelta(minutes=5)
"""How long a worker has for one message; longer than the mail server is given."""
LONGEST_WAIT = 15
"""Minutes between two tries, at most."""
PUT_BACK = timedelta(minutes=10)
"""How much further off than it could be a time must lie before it is read as written by a clock since put back; other
workers' clocks, and a claim that waited for its turn, are never that far from ours."""

ACCEPTED, SHOWN, REFUSED, NOT_SENT = "accepted", "shown", "refused", "not sent"


@dataclass(frozen=True, slots=True)
class Claim:
    """One message that is ours until the lease ends. Whoever takes it after us gets a higher fence."""

    id: int
    fence: int
    tries: int


def claim(register: Register) -> Claim | None:
    """Take the message that has waited longest, in one statement; None if nothing is due. Inside a transaction.

    A lease or a wait that ends implausibly far off was written before the machine's clock was put back: it is over.
    """
    now = clock.now()
    next_one = (
        select(Outbox.id)
        .where(
            Outbox.done_at.is_(None),
            or_(Outbox.due_at <= now, Outbox.due_at > now + timedelta(minutes=LONGEST_WAIT) + PUT_BACK),
            or_(Outbox.lease_until.is_(None), Outbox.lease_until <= now, Outbox.lease_until > now + LEASE + PUT_BACK),
        )
        .order_by(Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = register.execute(
        update(Outbox)
        # Compared with = and not IN: PostgreSQL then asks the inner query once, so that it takes one row and no more.
        .where(Outbox.id == next_one.scalar_subquery())
        .values(lease_until=now + LEASE, fence=Outbox.fence + 1, tries=Outbox.tries + 1)
        .returning(Outbox.id, Outbox.fence, Outbox.tries)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Claim(*taken) if taken else None


def finish(
    register: Register, mine: Claim, outcome: str, *, trouble: str | None = None, shown: bytes | None = None, sent_to: str | None = None
) -> bool:
    """Write that the message is done, how, and to which address. False, with nothing written, if somebody took it after us."""
    done = clock.now()
    return _write(register, mine, done_at=done, outcome=outcome, trouble=trouble, shown=shown, sent_to=sent_to, lease_until=None)


def put_off(register: Register, mine: Claim, trouble: str) -> bool:
    """Let the message wait its turn to be tried again. False if somebody took it after us."""
    return _write(register, mine, due_at=clock.now() + wait_after(mine.tries), trouble=trouble, lease_until=None)


def give_back(register: Register, mine: Claim, trouble: str) -> bool:
    """The server cannot be reached: the message keeps its place in the queue. False if somebody took it after us."""
    return _write(register, mine, trouble=trouble, lease_until=None)


def wait_after(tries: int) -> timedelta:
    """1, 2, 4 ... minutes after so many tries, never more than 15, each up to a fifth shorter by chance."""
    minutes = min(2 ** min(tries - 1, 10), LONGEST_WAIT)
    return timedelta(minutes=minutes * random.uniform(0.8, 1))


def _write(register: Register, mine: Claim, **values: datetime | str | bytes | None) -> bool:
    written = register.execute(
        update(Outbox)
        .where(Outbox.id == mine.id, Outbox.fence == mine.fence, Outbox.done_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(written, CursorResult)
    return written.rowcount == 1
