"""One form, one effect: the key a form was posted with, and where its answer is (decision 7)."""

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from portal import clock
from portal.complaints.record import IdempotencyKey
from portal.db import Register

OTHER_WORDS = "other words"
"""What claim() answers where the key was used before for something else."""


def claim(register: Register, key: str, fingerprint: str) -> str | None:
    """None if the key is ours to use now; else the first post's answer, or OTHER_WORDS. On PostgreSQL this waits its turn."""
    insert = postgresql_insert if register.get_bind().dialect.name == "postgresql" else sqlite_insert
    made = register.scalar(
        insert(IdempotencyKey)
        .values(key=key, fingerprint=fingerprint, at=clock.now())
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    if made:
        return None
    used = register.execute(select(IdempotencyKey).where(IdempotencyKey.key == key)).scalar_one()
    return used.answer or "/" if used.fingerprint == fingerprint else OTHER_WORDS


def settle(register: Register, key: str, answer: str) -> None:
    """Remember where the answer is, for whoever presses twice."""
    register.execute(update(IdempotencyKey).where(IdempotencyKey.key == key).values(answer=answer))
