"""What somebody had typed when their visit ran out: sealed, for that person alone, for an hour (item 41 of the accessibility list)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from portal import clock, keyring
from portal.db import UTC, Base, Encrypted, Register

KEPT_FOR = timedelta(hours=1)


class TypedWords(Base):
    """The words of one form of one person, known by a token that only the browser has which sent them.

    `said` holds the page, where the form was sent to, and what was in each box.
    """

    __tablename__ = "typed_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    said: Mapped[dict[str, Any]] = mapped_column(Encrypted("typed_words.said"))
    at: Mapped[datetime] = mapped_column(UTC)


def keep_typed(register: Register, token: str, said: dict[str, Any], *, staff_id: int | None, party_id: int | None) -> None:
    """Keep this for one of them; whatever is over an hour old goes, whoever's it is."""
    forget_old_typed(register)
    register.add(TypedWords(token_lookup=_lookup(token), staff_id=staff_id, party_id=party_id, said=said, at=clock.now()))


def typed_by(register: Register, token: str, *, staff_id: int | None, party_id: int | None) -> dict[str, Any] | None:
    """What this very person had typed in this browser within the hour; None for anybody else, and where there is nothing."""
    found = register.scalar(select(TypedWords).where(TypedWords.token_lookup == _lookup(token), TypedWords.at > clock.now() - KEPT_FOR))
    is_theirs = found is not None and (found.staff_id, found.party_id) == (staff_id, party_id)
    return found.said if found is not None and is_theirs and (staff_id or party_id) else None


def forget_typed(register: Register, token: str) -> None:
    """It was used, or somebody else came."""
    register.execute(delete(TypedWords).where(TypedWords.token_lookup == _lookup(token)))


def forget_old_typed(register: Register) -> None:
    """What is over an hour old."""
    register.execute(delete(TypedWords).where(TypedWords.at <= clock.now() - KEPT_FOR))


def _lookup(token: str) -> str:
    return keyring.ring().lookup(f"typed {token}")
