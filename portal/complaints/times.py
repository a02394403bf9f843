"""How long things take and are kept, as the landlord sets them: each with where it was read and on what day, and who changed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal import clock
from portal.access import Viewer
from portal.complaints.landlord import landlord_of
from portal.complaints.settings import LandlordSetting, SettingChange
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

YEARS, MONTHS = "years", "months"


@dataclass(frozen=True, slots=True)
class Time:
    """One time: what it is of, in what it is counted, and between what numbers it may be set."""

    about: str
    unit: str
    least: int
    most: int


TIMES = {
    "keep_years": Time(N_("How many years a complaint is kept, from the last thing that happened in it"), YEARS, 1, 30),
    "keep_spam_months": Time(N_("How many months something is kept that was put aside as nobody’s complaint"), MONTHS, 1, 120),
    "keep_equality_years": Time(N_("How many years the numbers are kept of what residents say about themselves, from the end of a half-year"), YEARS, 1, 10),
    "data_months": Time(N_("Within how many months everything goes to somebody who asks for it"), MONTHS, 1, 3),
}
"""Each by the name of its setting. What the portal comes with is recalled, and nobody has checked it."""

FIXED = (
    (N_("A complaint that was begun and not sent"), N_("28 days after it was last saved")),
    (N_("A code to come back with"), N_("two days after it ran out")),
    (N_("Who was signed in, on which browser"), N_("until they sign out, and at most one day")),
    (N_("What staff read of a complaint"), N_("as long as the complaint")),
)
"""What else is kept, and how long: the portal does that by itself each day."""


@dataclass(frozen=True, slots=True)
class Set:
    """One time as it is set; `checked_on` is no day until somebody here looked it up."""

    name: str
    time: Time
    number: int
    source: str
    checked_on: date | None


def times(register: Register) -> list[Set]:
    """All of them, as they are now."""
    rows = {row.name: row for row in register.scalars(select(LandlordSetting).where(LandlordSetting.name.in_(TIMES)))}
    landlord = landlord_of(register)
    return [
        Set(name, time, int(getattr(landlord, name)), (row.source or "") if (row := rows.get(name)) else "", row.checked_on if row else None)
        for name, time in TIMES.items()
    ]


def set_times(register: Register, wanted: Mapping[str, int], *, by: Viewer, source: str, checked_on: date) -> None:
    """Keep the times as they were looked up on a day; they hold from now on. RuleBroken for a day to come, or a number that is too small or too large."""
    if checked_on > clock.today():
        raise RuleBroken("UK GDPR 5", N_("They cannot have been checked on a day that has not come."))
    for one in times(register):
        number = wanted[one.name]
        if not one.time.least <= number <= one.time.most:
            raise RuleBroken("UK GDPR 5", N_("Each of these is between %(least)s and %(most)s: %(about)s."), {"least": one.time.least, "most": one.time.most, "about": one.time.about})
        row = register.get(LandlordSetting, one.name) or LandlordSetting(name=one.name)
        row.value, row.source, row.checked_on, row.set_at = number, source, checked_on, clock.now()
        register.add(row)
        if number != one.number:
            register.add(SettingChange(name=one.name, before=one.number, after=number, by_id=by.staff_id or 0, at=clock.now()))
    register.flush()
    register.info.pop("landlord", None)


def changes(register: Register) -> list[SettingChange]:
    """Every time that one of them was changed, the newest first."""
    asked = select(SettingChange).where(SettingChange.name.in_(TIMES)).order_by(SettingChange.id.desc())
    return list(register.scalars(asked))
