"""The record that cannot be tidied: events, their words, who read what, and which posts were already done."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import UTC, Base, Encrypted, only_where
from portal.rules.history import Happening, Step

EventNumber = BigInteger().with_variant(Integer, "sqlite")


class Event(Base):
    """One dated thing that happened; never changed, never removed. Nothing personal is in it (decision 16)."""

    __tablename__ = "event"

    number: Mapped[int] = mapped_column(EventNumber, primary_key=True, autoincrement=False)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    step: Mapped[str] = mapped_column(String(40))
    stage: Mapped[int | None]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UTC)
    actor: Mapped[str] = mapped_column(String(40))
    details: Mapped[str] = mapped_column(Text)
    words_hash: Mapped[str] = mapped_column(String(64))
    state_hash: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    @cached_property
    def happening(self) -> Happening:
        """The event as the rules see it; an event never changes, so this is worked out once."""
        return Happening(
            step=Step(self.step),
            stage=self.stage,
            on=self.happened_on,
            at=self.recorded_at,
            by=self.actor,
            details=json.loads(self.details),
            number=self.number,
        )


class EventWords(Base):
    """The words of an event and the salt of their hash; deletable only once an erasure event exists."""

    __tablename__ = "event_words"

    number: Mapped[int] = mapped_column(ForeignKey("event.number"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(String(32))
    words: Mapped[dict[str, Any]] = mapped_column(Encrypted("event_words.words"))


class ChainHead(Base):
    """The one row every writer locks last: the newest event's number and hash (decision 17)."""

    __tablename__ = "chain_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(EventNumber)
    hash: Mapped[str] = mapped_column(String(64))


class ReadEvent(Base):
    """A member of staff read a complaint, or a list of them; one row for a list page (decision 18)."""

    __tablename__ = "read_event"
    __table_args__ = (Index("ix_read_event_explained", "at", **only_where("reason IS NOT NULL")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    listed: Mapped[str | None] = mapped_column(Text)
    route: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTC)


class ReasonGiven(Base):
    """Why a member of staff opens a complaint that is another team's: it holds for the rest of one visit, and goes with it."""

    __tablename__ = "reason_given"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTC)


class IdempotencyKey(Base):
    """A form's key, what was posted with it, and where the answer is: a second post gives the first one's answer."""

    __tablename__ = "idempotency_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTC)
