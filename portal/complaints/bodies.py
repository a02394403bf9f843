"""The bodies outside us that a resident may turn to: how to reach each, where that was read, and on what day it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal import clock
from portal.complaints.landlord import landlord_of
from portal.complaints.settings import LandlordSetting
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

BODIES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "ombudsman": (
        N_("The Housing Ombudsman"),
        N_("They look into complaints about landlords. They are free, and do not work for us. Ask them at any time, even before we have answered."),
        ("phone", "web", "post"),
    ),
    "equality": (
        N_("The Equality Advisory and Support Service"),
        N_("They advise you where you were treated unfairly because of who you are, or where a reasonable adjustment was not made."),
        ("phone", "web"),
    ),
    "information": (
        N_("The Information Commissioner"),
        N_("They look into how we keep and use information about you."),
        ("phone", "web"),
    ),
}  # fmt: skip
"""Each body: its name, what it is for, and the details that are kept of it, as settings called `ombudsman_phone` and so on."""


@dataclass(frozen=True, slots=True)
class Body:
    """One body as pages show it; `checked_on` is no day until somebody here looked every detail up."""

    key: str
    name: str
    about: str
    details: Mapping[str, str]
    source: str | None
    checked_on: date | None


def bodies(register: Register) -> list[Body]:
    """All of them. What nobody has set is as the portal came with it, recalled and not checked."""
    rows = {row.name: row for row in register.scalars(select(LandlordSetting))}
    return [_body(register, key, rows) for key in BODIES]


def body(register: Register, key: str) -> Body | None:
    """One of them, or nothing."""
    return next((each for each in bodies(register) if each.key == key), None)


def _body(register: Register, key: str, rows: Mapping[str, LandlordSetting]) -> Body:
    name, about, kept = BODIES[key]
    landlord = landlord_of(register)
    details = {each: str(getattr(landlord, f"{key}_{each}")) for each in kept}
    checked = [row.checked_on if (row := rows.get(f"{key}_{each}")) else None for each in kept]
    days = [day for day in checked if day]
    sources = [row.source for each in kept if (row := rows.get(f"{key}_{each}")) and row.source]
    return Body(key, name, about, details, sources[0] if sources else None, min(days) if len(days) == len(kept) else None)


def check_body(register: Register, key: str, details: Mapping[str, str], *, source: str, checked_on: date) -> None:
    """Keep the details of a body as they were looked up on a day. RuleBroken for a day to come."""
    if checked_on > clock.today():
        raise RuleBroken("5.12", N_("They cannot have been checked on a day that has not come."))
    for each in BODIES[key][2]:
        name = f"{key}_{each}"
        row = register.get(LandlordSetting, name) or LandlordSetting(name=name)
        row.value, row.source, row.checked_on, row.set_at = details[each], source, checked_on, clock.now()
        register.add(row)
    register.info.pop("landlord", None)
