"""Browsers that somebody marked as their own: some of a day's codes are kept for these, whatever anybody else asks for (C5)."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from portal import clock, keyring
from portal.complaints.people import Party
from portal.db import UTC, Base, Register

LASTS = timedelta(days=365)
"""How long a browser stays somebody's own without being marked again."""


class OwnBrowser(Base):
    """One browser of one party, known by a cookie that says nothing else."""

    __tablename__ = "own_browser"
    __table_args__ = (UniqueConstraint("party_id", "token_lookup"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    token_lookup: Mapped[str] = mapped_column(String(64))
    marked_at: Mapped[datetime] = mapped_column(UTC)


def own_browsers(register: Register, party: Party | None, token: str | None) -> tuple[bool, bool]:
    """Whether a party has a browser of their own at all, and whether this is one: asked alike of whoever is known and is not."""
    count = func.count(OwnBrowser.id)
    this = OwnBrowser.token_lookup == keyring.ring().lookup(f"own {token or ''}")
    theirs = (OwnBrowser.party_id == (party.id if party else 0)) & (OwnBrowser.marked_at > clock.now() - LASTS)
    any_, here = register.execute(select(count, count.filter(this)).where(theirs)).one()
    return bool(any_), bool(here) and bool(token)


def mark_own(register: Register, party_id: int, token: str) -> None:
    """This browser is this party's own, from now on for a year."""
    forget_own(register, party_id, token)
    register.add(OwnBrowser(party_id=party_id, token_lookup=keyring.ring().lookup(f"own {token}"), marked_at=clock.now()))


def forget_own(register: Register, party_id: int, token: str | None = None) -> None:
    """This browser is theirs no more; without one, none is."""
    gone = delete(OwnBrowser).where(OwnBrowser.party_id == party_id)
    register.execute(gone if token is None else gone.where(OwnBrowser.token_lookup == keyring.ring().lookup(f"own {token}")))
