"""today() and now(): the only two lines that ask what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

ZONE = "Europe/London"

_pretended: ContextVar[datetime | None] = ContextVar("pretended_time", default=None)


@cache
def zone() -> ZoneInfo:
    """The landlord's time zone, in which every date of the Code is counted."""
    return ZoneInfo(ZONE)


def now() -> datetime:
    """This moment, in UTC."""
    return _pretended.get() or datetime.now(UTC)


def today() -> date:
    """The calendar date it is now for the landlord: a complaint sent at 11.59pm was received that day."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The landlord's calendar date at a moment."""
    return moment.astimezone(zone()).date()


def beginning_of(day: date) -> datetime:
    """The moment at which a calendar date of the landlord's begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone()).astimezone(UTC)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Pretend it is another moment (a date means noon, landlord's time). For the demo and the tests only."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=zone())
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)
