"""The working-day calendar of a division of the United Kingdom, with the days a manager has added."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from portal.rules.working_days import Calendar

# Bank holidays are proclaimed about two years ahead; past this day a date carries a warning.
# Move it on with each release of `holidays` that has been compared with the list on GOV.UK.
KNOWN_UNTIL = date(2027, 12, 31)
FIRST_YEAR, LAST_YEAR = 2000, 2060
SUBDIVISIONS = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
DIVISIONS = tuple(SUBDIVISIONS)


def calendar(division: str = "england-and-wales", extra: Mapping[date, str] | None = None) -> Calendar:
    """The calendar of a division, `extra` naming each bank holiday that a manager added.

    Raises KeyError for a division that is not one of DIVISIONS.
    """
    return _built(division, tuple(sorted((extra or {}).items())))


@lru_cache(maxsize=16)
def _built(division: str, extra: tuple[tuple[date, str], ...]) -> Calendar:
    return Calendar(division, {**_bank_holidays(division), **dict(extra)}, KNOWN_UNTIL)


@lru_cache(maxsize=len(SUBDIVISIONS))
def _bank_holidays(division: str) -> dict[date, str]:
    # Imported here because it is slow to load, and a process that counts nothing should not pay for it.
    import holidays

    days = holidays.country_holidays(
        "GB", subdiv=SUBDIVISIONS[division], years=range(FIRST_YEAR, LAST_YEAR + 1)
    )
    return {day: name.replace("(observed)", "(substitute day)") for day, name in days.items()}
