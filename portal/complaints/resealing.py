"""Sealing anew with the newest key what an older one sealed: a piece at a time, so that it may stop anywhere and go on."""

from collections.abc import Iterator
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from sqlalchemy import Column, LargeBinary, func, literal, select, type_coerce, update

from portal import keyring
from portal.complaints import models, settings
from portal.db import Base, Encrypted, Register

A_PIECE = 200

assert models and settings, "Their import makes every table known."


class CannotOpen(Exception):
    """A row that none of the keys opens; it was left as it is. The message names its table and number, and nothing that is in it."""


def sealed_columns() -> list[Column[Any]]:
    """Every column that is sealed, of every table."""
    return [each for table in Base.metadata.sorted_tables for each in table.columns if isinstance(each.type, Encrypted)]


def seal_anew(register: Register, column: Column[Any]) -> int:
    """Seal the next piece of a column with the newest key, and read it back; how many rows that was, 0 when none is left.

    A row that somebody changed meanwhile is left to the next piece. CannotOpen, with nothing of the piece kept.
    """
    ring, raw, key = keyring.ring(), _raw(column), _key(column)
    older = func.substr(raw, 1, len(ring.mark), type_=LargeBinary) != ring.mark
    waiting: Any = register.execute(select(key, raw).where(column.is_not(None), older).order_by(key).limit(A_PIECE)).all()
    for number, before in waiting:
        words = _opened(column, number, before)
        sealed = literal(ring.seal(_context(column), words), LargeBinary)
        changed: Any = register.execute(update(column.table).where(key == number, raw == before).values({column: sealed}))
        if changed.rowcount:
            _read_back(register, column, number, words)
    return len(waiting)


def _read_back(register: Register, column: Column[Any], number: int, words: str) -> None:
    kept: bytes = register.execute(select(_raw(column)).where(_key(column) == number)).scalar_one()
    if not kept.startswith(keyring.ring().mark) or _opened(column, number, kept) != words:
        raise CannotOpen(f"{column} of row {number} did not come back as it was.")


def unsealed_anew(register: Register, column: Column[Any]) -> int:
    """How many rows of a column the newest key does not open yet, every one of them read. CannotOpen for one that no key opens."""
    ring, left = keyring.ring(), 0
    for number, sealed in _everything(register, column):
        _opened(column, number, sealed)
        left += not sealed.startswith(ring.mark)
    return left


def _everything(register: Register, column: Column[Any]) -> Iterator[tuple[int, bytes]]:
    asked = select(_key(column), _raw(column)).where(column.is_not(None)).order_by(_key(column))
    rows: Any = register.execute(asked).yield_per(A_PIECE)
    for number, sealed in rows:
        yield number, bytes(sealed)


def _opened(column: Column[Any], number: int, sealed: bytes) -> str:
    try:
        return keyring.ring().open(_context(column), sealed)
    except (InvalidTag, LookupError, ValueError) as fault:
        raise CannotOpen(f"None of the keys opens {column} of row {number}.") from fault


def _raw(column: Column[Any]) -> Any:
    """The column as it is kept."""
    return type_coerce(column, LargeBinary)


def _context(column: Column[Any]) -> str:
    return cast(Encrypted, column.type).context


def _key(column: Column[Any]) -> Any:
    (key,) = column.table.primary_key
    return key
