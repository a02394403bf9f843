"""The services of the landlord, each of which has a team: added and renamed, and who works on each; every change is kept with who made it."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select

from portal import clock
from portal.access import Viewer
from portal.complaints.leaving import write_down
from portal.complaints.people import Staff
from portal.complaints.settings import Service, SettingChange, TeamMember
from portal.complaints.teaming import JOINED, TAKEN_OUT
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

NAMED = "service"
"""What a change of a service's name is kept as; before it was added it had none."""

LONGEST_NAME = 80


def add_service(register: Register, name: str, *, by: Viewer) -> Service:
    """A service that complaints can be about from now on; nobody works on it yet. RuleBroken where there is one of this name."""
    _only_one(register, name)
    made = Service(name=name)
    register.add(made)
    register.flush()
    _write_down(register, "", name, by=by)
    return made


def keep_service(register: Register, service: Service, name: str, team: Collection[int], *, among: Collection[int], by: Viewer) -> None:
    """It has this name from now on, and of the staff `among` whom was chosen these alone work on it, by the numbers of their accounts.

    RuleBroken where another service has this name. What does not change is not written down.
    """
    if name != service.name:
        _only_one(register, name, besides=service)
        _write_down(register, service.name, name, by=by)
        service.name = name
    before = team_of(register, service)
    for staff_id in sorted(frozenset(among) & (frozenset(team) ^ before)):
        staff = register.get_one(Staff, staff_id)
        if staff_id in before:
            register.execute(delete(TeamMember).where(TeamMember.staff_id == staff_id, TeamMember.service_id == service.id))
        else:
            register.add(TeamMember(staff_id=staff_id, service_id=service.id))
        write_down(register, staff, TAKEN_OUT if staff_id in before else JOINED, by=by, service_id=service.id)


def team_of(register: Register, service: Service) -> frozenset[int]:
    """The numbers of the accounts of everybody who works on it, those who left included."""
    return frozenset(register.scalars(select(TeamMember.staff_id).where(TeamMember.service_id == service.id)))


def people_of_each(register: Register) -> dict[int, list[str]]:
    """The names of those who work on each service and have not left, by the number of the service."""
    asked = select(TeamMember.service_id, Staff.name).join(Staff, Staff.id == TeamMember.staff_id).where(Staff.disabled_at.is_(None))
    found: dict[int, list[str]] = {}
    for row in register.execute(asked.order_by(Staff.name)):
        found.setdefault(row.service_id, []).append(row.name)
    return found


def changes(register: Register) -> Sequence[SettingChange]:
    """Every time that a service was added or renamed, the newest first."""
    return register.scalars(select(SettingChange).where(SettingChange.name == NAMED).order_by(SettingChange.id.desc())).all()


def is_taken(register: Register, name: str, besides: Service | None = None) -> bool:
    """Whether another service has this name, however it is written."""
    return any(each.name.casefold() == name.casefold() for each in register.scalars(select(Service)) if each is not besides)


def _only_one(register: Register, name: str, besides: Service | None = None) -> None:
    if is_taken(register, name, besides):
        raise RuleBroken("5.12", N_("There is a service of this name already."))


def _write_down(register: Register, before: str, after: str, *, by: Viewer) -> None:
    register.add(SettingChange(name=NAMED, before=before, after=after, by_id=by.staff_id or 0, at=clock.now()))
