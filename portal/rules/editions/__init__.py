"""The editions that the portal knows, and which of them was in force on a day."""

from collections.abc import Iterable
from datetime import date

from portal.rules.editions.housing_ombudsman_2024 import EDITION as HOUSING_OMBUDSMAN_2024
from portal.rules.editions.model import Edition

EDITIONS: dict[str, Edition] = {one.id: one for one in (HOUSING_OMBUDSMAN_2024,)}


def edition(id: str) -> Edition:
    """The edition of that id; KeyError where there is none."""
    return EDITIONS[id]


def in_force(on: date, among: Iterable[Edition] | None = None) -> Edition:
    """The latest edition that had begun by that day, or the earliest we know for a day before them all."""
    known = sorted(EDITIONS.values() if among is None else among, key=lambda one: one.from_day)
    return ([one for one in known if one.from_day <= on] or known[:1])[-1]
