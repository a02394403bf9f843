"""Counting working days; the calendar is always an argument."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.rules.words import N_

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)
WEEKEND = N_("weekend")


class BeyondCalendar(ValueError):
    """A day that no calendar of ours can count from or to."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted, and why: a bank holiday's name, or "weekend"."""

    date: date
    why: str


@dataclass(frozen=True)
class Calendar:
    """The working days of one division: Monday to Friday, less the named days.

    `holidays` names the days that are not worked, `known_until` is the last day for which they have been
    proclaimed, and `zone` is where the landlord's calendar days begin and end.
    """

    division: str
    holidays: Mapping[date, str] = field(repr=False)
    known_until: date
    zone: str = "Europe/London"
    _working: list[int] = field(init=False, repr=False, compare=False)
    _named: list[int] = field(init=False, repr=False, compare=False)
    _skipped: list[Skipped] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first, last = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
        away = {day.toordinal() for day in self.holidays}
        # An ordinal divided by 7 leaves 0 on a Sunday and 6 on a Saturday.
        working = [day for day in range(first, last + 1) if 0 < day % 7 < 6 and day not in away]
        object.__setattr__(self, "_working", working)
        named = sorted(day for day in self.holidays if day.weekday() < 5)
        object.__setattr__(self, "_named", [day.toordinal() for day in named])
        object.__setattr__(self, "_skipped", [Skipped(day, self.holidays[day]) for day in named])

    def is_working(self, day: date) -> bool:
        """Whether the day is counted."""
        return day.weekday() < 5 and day not in self.holidays

    def add(self, day: date, working_days: int, start_day: int = 0) -> date:
        """The day that is so many working days on; `start_day` is the number that `day` itself has, 0 or 1.

        With 1, a start on a day that is not worked makes the next working day the first.
        Raises BeyondCalendar outside the years 1990 to 2100.
        """
        ordinal = day.toordinal()
        before = bisect_left(self._working, ordinal) if start_day else bisect_right(self._working, ordinal)
        if day < FIRST_DAY or before + working_days > len(self._working):
            raise BeyondCalendar(day)
        return date.fromordinal(self._working[before + working_days - 1])

    def between(self, start: date, end: date, start_day: int = 0) -> int:
        """How many working days lie after `start` (from `start` itself where it is day 1) up to `end`."""
        find = bisect_left if start_day else bisect_right
        before = find(self._working, start.toordinal())
        return max(0, bisect_right(self._working, end.toordinal()) - before)

    def back(self, day: date, working_days: int) -> date:
        """The first day from which no more than so many working days are left until `day`."""
        upto = bisect_right(self._working, day.toordinal())
        if upto <= working_days:
            raise BeyondCalendar(day)
        return date.fromordinal(self._working[upto - working_days - 1])

    def skipped(self, start: date, end: date, *, weekends: bool = False) -> tuple[Skipped, ...]:
        """The days from `start` to `end`, both included, that were not counted; weekends only if asked."""
        if weekends:
            days = (start + timedelta(n) for n in range((end - start).days + 1))
            return tuple(Skipped(day, self.why(day)) for day in days if not self.is_working(day))
        low = bisect_left(self._named, start.toordinal())
        high = bisect_right(self._named, end.toordinal(), low)
        return tuple(self._skipped[low:high])

    def why(self, day: date) -> str:
        """Why the day is not counted: a bank holiday's name, or "weekend", or nothing if it is."""
        return self.holidays.get(day) or ("" if day.weekday() < 5 else WEEKEND)

    def beyond_known(self, day: date) -> bool:
        """Whether the day is past the last year whose bank holidays are known."""
        return day > self.known_until

    def day_of(self, at: datetime) -> date:
        """The landlord's calendar day at an aware moment."""
        return at.astimezone(ZoneInfo(self.zone)).date()
