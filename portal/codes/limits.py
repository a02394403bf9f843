"""How many codes go, and how many tries there are: every limit in one place, and how each is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, select

from portal import clock
from portal.complaints.challenges import Challenge
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.db import Register

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of codes in one place; none of them ever stops an access code."""

    tries: int = 5
    """Wrong tries of one code: then it opens nothing."""
    wrong_a_day: int = 100
    """Wrong tries about one reference in 24 hours: then codes for it rest for that day."""
    sent_an_hour: int = 5
    """Codes to one address in an hour."""
    sent_a_day: int = 10
    """Codes to one address in 24 hours."""
    kept_for_own: int = 2
    """Those of a day's that are kept for a browser that somebody marked as their own."""
    for_one_network: int = 3
    """Those of a day's that may be asked for from one network."""
    in_one_browser: int = 5
    """Codes that one browser can have waiting side by side; the oldest makes way."""


LIMITS = Limits()


class Resting(Exception):
    """Too many wrong codes were tried about this reference; codes for it rest for a day. The access code still works."""


def within_limits(register: Register, sent_to: str, network: str | None, *, keeps: int, is_own: bool) -> tuple[bool, bool]:
    """Whether one more code may go to an address, asked for from there, and whether it is one of those it `keeps` for their own browsers.

    Only what went to somebody is counted.
    """
    now = clock.now()
    count = func.count(Challenge.id)
    lately, there = Challenge.asked_at > now - HOUR, Challenge.network == (network or "")
    counted = select(count.filter(lately), count, count.filter(there), count.filter(Challenge.kept)).where(Challenge.sent_to == sent_to, Challenge.party_id.is_not(None), _within_a_day())
    hour, day, from_there, kept = register.execute(counted).one()
    if hour < LIMITS.sent_an_hour and day - kept < LIMITS.sent_a_day - keeps and from_there < LIMITS.for_one_network:
        return True, False
    return is_own and kept < keeps, True


def _within_a_day() -> ColumnElement[bool]:
    """Asked for within a day, by a clock that may have been put back since; never what a clock far ahead wrote."""
    now = clock.now()
    return Challenge.asked_at.between(now - DAY, now + DAY)


def are_resting(register: Register, abouts: Sequence[str]) -> bool:
    """Whether too many wrong codes were tried today about any of these references."""
    return bool(register.scalars(_worn_out().where(Challenge.about.in_(abouts))).all())


def _worn_out() -> Select[str]:
    wrong = func.sum(LIMITS.tries - Challenge.tries_left)
    return select(Challenge.about).where(_within_a_day()).group_by(Challenge.about).having(wrong >= LIMITS.wrong_a_day)


def resting(register: Register) -> list[str]:
    """The references of the complaints whose codes rest today: somebody is guessing, and the residents may need another way."""
    sent = select(Challenge.party_id).where(Challenge.about.in_(_worn_out()), Challenge.party_id.is_not(None))
    theirs = select(Party.complaint_id).where(Party.id.in_(sent))
    return list(register.scalars(select(Complaint.reference).where(Complaint.id.in_(theirs)).order_by(Complaint.id)))


def take_turns(register: Register, *names: str) -> None:
    """Count alone: SQLite lets one write at a time anyway, PostgreSQL is asked to for each name."""
    if register.get_bind().dialect.name == "postgresql":
        for name in sorted(set(names)):
            register.execute(select(func.pg_advisory_xact_lock(int(name[:15], 16))))
