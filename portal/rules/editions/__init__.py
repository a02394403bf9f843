"""The editions that the portal knows, and which of them was in force on a day."""

from datetime import date

from portal.rules.editions.housing_ombudsman_2024 import EDITION as HOUSING_OMBUDSMAN_2024
from portal.rules.editions.model import Edition

EDITIONS: dict[str, Edition] = {one.id: one for one in (HOUSING_OMBUDSMAN_2024,)}


def edition(id: str) -> Edition:
    """The edition of that id; KeyError where there is none."""
    return EDITIONS[id]


def in_force(on: date) -> Edition:
    """The latest edition that had begun by that day, or the earliest we know for a day before them all."""
    begun = [one for one in EDITIONS.values() if one.from_day <= on]
    return (
        max(begun, key=lambda one: one.from_day)
        if begun
        else min(EDITIONS.values(), key=lambda o: o.from_day)
    )
