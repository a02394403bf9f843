"""Bank holidays that were proclaimed after the packaged calendar was made (ruling 19)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update

from portal import clock
from portal.access import Viewer
from portal.complaints.recording import calendar_of
from portal.complaints.settings import ExtraHoliday
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_


def proclaim(register: Register, *, division: str, day: date, name: str, source: str, by: Viewer) -> ExtraHoliday:
    """Add a bank holiday with where it was proclaimed. The worker then counts every open complaint again.

    RuleBroken for a day that has gone by, and for one that nobody works anyway.
    """
    days = calendar_of(register, division)
    if day < clock.today():
        raise RuleBroken("5.12", N_("%(day)s has gone by. A day in the past is never made a bank holiday."), {"day": day})
    if day in days.holidays:
        raise RuleBroken("5.12", N_("%(day)s is a bank holiday already: %(name)s."), {"day": day, "name": days.holidays[day]})
    if not days.is_working(day):
        raise RuleBroken("5.12", N_("%(day)s is at a weekend, so it is not counted anyway."), {"day": day})
    made = ExtraHoliday(
        division=division, day=day, name=name, source=source, added_by_id=by.staff_id or 0, added_at=clock.now()
    )
    register.add(made)
    register.info.pop("calendars", None)
    return made


def added(register: Register, division: str) -> list[ExtraHoliday]:
    """The days that managers added, soonest first."""
    return list(register.scalars(select(ExtraHoliday).where(ExtraHoliday.division == division).order_by(ExtraHoliday.day)))


def ahead(register: Register, division: str) -> list[tuple[date, str]]:
    """The bank holidays from today to the last day they are known for, each with its name."""
    days = calendar_of(register, division)
    return [(day, name) for day, name in sorted(days.holidays.items()) if clock.today() <= day <= days.known_until]


def uncounted(register: Register) -> Sequence[ExtraHoliday]:
    """The days that were added since the open complaints were last counted."""
    return register.scalars(select(ExtraHoliday).where(ExtraHoliday.recounted_at.is_(None)).order_by(ExtraHoliday.day)).all()


def counted(register: Register, which: Sequence[int]) -> None:
    """Write down that every open complaint was counted with these days."""
    register.execute(update(ExtraHoliday).where(ExtraHoliday.id.in_(which)).values(recounted_at=clock.now()))
