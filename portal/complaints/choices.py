"""What the landlord chooses of how it works, changed by a manager or an administrator; each change is kept with who made it, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal import clock
from portal.access import Viewer
from portal.complaints.landlord import landlord_of
from portal.complaints.settings import LandlordSetting, SettingChange
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

CHOICES = {
    "refusals_approved": N_("A refusal goes only when somebody else has approved it"),
    "answers_approved": N_("An answer goes only when somebody else has approved it"),
    "second_factor_demanded": N_("Everybody who signs in with a password takes a second step"),
}
"""Each choice by the name of its setting, in words; nothing is chosen until a manager says so."""


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days that is chosen: of what, and between what numbers."""

    about: str
    least: int
    most: int


DAYS = {
    "ring_back_within": Days(N_("Within how many working days we ring somebody who asked us to"), 1, 10),
    "pay_within": Days(N_("Within how many working days we pay what somebody accepted"), 1, 60),
    "question_open_for": Days(N_("For how many days a contractor can open the link to a question"), 1, 60),
}
"""Each number by the name of its setting. It holds for what begins from now on: a day that was told stays as it is."""


def chosen(register: Register) -> dict[str, bool | int]:
    """What is chosen now: yes or no, or how many days."""
    landlord = landlord_of(register)
    return {name: bool(getattr(landlord, name)) for name in CHOICES} | {name: int(getattr(landlord, name)) for name in DAYS}


def choose(register: Register, wanted: Mapping[str, bool | int], *, by: Viewer) -> None:
    """Change what is chosen, from this moment. RuleBroken where nothing would change, or a number is too small or too large."""
    before = chosen(register)
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if not changed:
        raise RuleBroken("5.12", N_("Nothing was changed: this is how it is already."))
    for name, value in changed.items():
        if (days := DAYS.get(name)) and not days.least <= value <= days.most:
            raise RuleBroken("5.12", N_("Each of these is between %(least)s and %(most)s: %(about)s."), {"least": days.least, "most": days.most, "about": days.about})
        row = register.get(LandlordSetting, name) or LandlordSetting(name=name)
        row.value, row.set_at = value, clock.now()
        register.add(row)
        register.add(SettingChange(name=name, before=before[name], after=value, by_id=by.staff_id or 0, at=clock.now()))
    register.flush()
    register.info.pop("landlord", None)


def changes(register: Register) -> Sequence[SettingChange]:
    """Every change, the newest first."""
    return register.scalars(select(SettingChange).where(SettingChange.name.in_([*CHOICES, *DAYS])).order_by(SettingChange.id.desc())).all()
