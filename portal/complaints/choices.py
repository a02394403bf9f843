"""What the landlord chooses of how it works, changed by a manager; each change is kept with who made it, and when."""

from collections.abc import Sequence

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


def chosen(register: Register) -> dict[str, bool]:
    """What is chosen now."""
    return {name: bool(getattr(landlord_of(register), name)) for name in CHOICES}


def choose(register: Register, wanted: dict[str, bool], *, by: Viewer) -> None:
    """Change what is chosen, from this moment. RuleBroken where nothing would change."""
    before = chosen(register)
    changed = {name: value for name, value in wanted.items() if name in CHOICES and value != before[name]}
    if not changed:
        raise RuleBroken("5.12", N_("Nothing was changed: this is how it is already."))
    for name, value in changed.items():
        row = register.get(LandlordSetting, name) or LandlordSetting(name=name)
        row.value, row.set_at = value, clock.now()
        register.add(row)
        register.add(SettingChange(name=name, before=before[name], after=value, by_id=by.staff_id or 0, at=clock.now()))
    register.flush()
    register.info.pop("landlord", None)


def changes(register: Register) -> Sequence[SettingChange]:
    """Every change, the newest first."""
    return register.scalars(select(SettingChange).where(SettingChange.name.in_(CHOICES)).order_by(SettingChange.id.desc())).all()
