"""Teams: everybody who works on the complaints of one service. A landlord that has named no service is one team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, object_session

from portal.complaints.settings import Service, TeamMember

if TYPE_CHECKING:
    from portal.complaints.models import Complaint


def is_of_team(complaint: Complaint, staff_id: int) -> bool:
    """Whether somebody is in the team whose complaint it is: its service's, or, while none is said, that of whoever has it."""
    register = object_session(complaint)
    return register is not None and bool(register.scalar(select(_of_team(complaint, staff_id) | ~exists().where(Service.id.is_not(None)))))


def _of_team(complaint: Complaint, staff_id: int) -> ColumnElement[bool]:
    mine = select(TeamMember.service_id).where(TeamMember.staff_id == staff_id)
    if complaint.service_id is not None:
        return exists().where(TeamMember.staff_id == staff_id, TeamMember.service_id == complaint.service_id)
    return exists().where(TeamMember.staff_id == complaint.handler_id, TeamMember.service_id.in_(mine))


def services_of(register: Session, staff_id: int) -> frozenset[int]:
    """The numbers of the services that somebody works on."""
    return frozenset(register.scalars(select(TeamMember.service_id).where(TeamMember.staff_id == staff_id)))


def teams(register: Session) -> dict[int, list[str]]:
    """The names of the services that each member of staff works on, by the number of their account."""
    asked = select(TeamMember.staff_id, Service.name).join(Service, Service.id == TeamMember.service_id).order_by(Service.name)
    found: dict[int, list[str]] = {}
    for row in register.execute(asked):
        found.setdefault(row.staff_id, []).append(row.name)
    return found
