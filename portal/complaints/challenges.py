"""A code that was asked for: kept as a slow hash, bound to the browser that asked, alike for references that we know and do not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from portal import clock
from portal.complaints.people import Party
from portal.db import UTC, Base, Encrypted

SKEW = timedelta(minutes=1)
"""How far apart the clocks of two of our machines may be."""


class Challenge(Base):
    """One code that one browser asked for. `party_id` is empty where nothing goes to anybody: nobody can come in with it.

    `about` and `sent_to` are keyed hashes, of the reference and of the address it goes to; `network` of where it was asked from.
    `message` holds the code until it is sent or has run out, and no longer.
    """

    __tablename__ = "challenge"
    __table_args__ = (Index("ix_challenge_about", "about", "asked_at"), Index("ix_challenge_sent_to", "sent_to", "asked_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    token_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    asked: Mapped[dict[str, Any]] = mapped_column(Encrypted("challenge.asked"))
    about: Mapped[str] = mapped_column(String(64))
    sent_to: Mapped[str] = mapped_column(String(64))
    network: Mapped[str | None] = mapped_column(String(64))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    code_hash: Mapped[str] = mapped_column(Text)
    link_lookup: Mapped[str] = mapped_column(String(64))
    message: Mapped[dict[str, Any] | None] = mapped_column(Encrypted("challenge.message"))
    tries_left: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UTC)
    expires_at: Mapped[datetime] = mapped_column(UTC, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    kept: Mapped[bool] = mapped_column(default=False)
    """Whether it is one of those kept for a browser of their own: anybody else had used up the rest."""

    party: Mapped[Party | None] = relationship()

    @property
    def is_live(self) -> bool:
        """Whether its code still opens anything. One from a moment that is yet to come was made before the clock was put back: it is over."""
        now = clock.now()
        return self.ended_at is None and self.tries_left > 0 and self.asked_at <= now + SKEW and now < self.expires_at


def end_codes(session: Session, party: Party) -> None:
    """End every code that a party was sent and has not used."""
    mine = (Challenge.party_id == party.id) & Challenge.ended_at.is_(None)
    session.execute(update(Challenge).where(mine).values(ended_at=clock.now(), message=None).execution_options(synchronize_session=False))
