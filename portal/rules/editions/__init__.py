"""The editions that the portal knows, which of them was in force on a day, and which a complaint's stages have."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from portal.rules.editions.housing_ombudsman_2022 import EDITION as HOUSING_OMBUDSMAN_2022
from portal.rules.editions.housing_ombudsman_2024 import EDITION as HOUSING_OMBUDSMAN_2024
from portal.rules.editions.model import Edition

EDITIONS: dict[str, Edition] = {one.id: one for one in (HOUSING_OMBUDSMAN_2022, HOUSING_OMBUDSMAN_2024)}


def edition(id: str) -> Edition:
    """The edition of that id; KeyError where there is none."""
    return EDITIONS[id]


def in_force(on: date, among: Iterable[Edition] | None = None) -> Edition:
    """The latest edition that had begun by that day, or the earliest we know for a day before them all."""
    known = sorted(EDITIONS.values() if among is None else among, key=lambda one: one.from_day)
    return ([one for one in known if one.from_day <= on] or known[:1])[-1]


def by_stage(first: Edition, stage_2_began: date | None) -> Edition:
    """What a complaint is held to: each stage has the edition in force on the day it began (ruling 33)."""
    if stage_2_began is None or first.until is None or stage_2_began <= first.until:
        return first
    return _joined(first.id, in_force(stage_2_began).id)


@cache
def _joined(first: str, second: str) -> Edition:
    """The later edition, with the first stage of the earlier, triage among it, and what it cites there."""
    early, late = EDITIONS[first], EDITIONS[second]
    stages = (early.stage(1), *(stage for stage in late.stages if stage.number > 1))
    rules = {name.removesuffix(" 1").removesuffix(" 2") for name in late.cites}
    cites = {
        f"{rule} {stage.number}": owner.cites.get(f"{rule} {stage.number}") or owner.cites[rule]
        for stage in stages
        for owner in (early if stage.number == 1 else late,)
        for rule in rules
    }
    return replace(
        late, id=f"{first}+{second}", stages=stages, cites={**late.cites, **cites}, triage_factors=early.triage_factors,
        provisions=early.provisions + late.provisions,
    )  # fmt: skip
