"""Somebody is put into teams, or taken out of them: it counts from the next page they open."""

from collections.abc import Collection

from sqlalchemy import delete, select

from portal.access import Viewer
from portal.complaints.leaving import write_down
from portal.complaints.people import Staff
from portal.complaints.settings import TeamMember
from portal.complaints.teams import services_of
from portal.db import Register

JOINED, TAKEN_OUT = "in team", "not team"


def set_teams(register: Register, staff: Staff, services: Collection[int], *, by: Viewer) -> None:
    """From now on they work on these services and no others; each change is written down, and a press that changes nothing is not.

    Whatever they are about to write as one of the team is written before that, or not at all.
    """
    register.execute(select(Staff.id).where(Staff.id == staff.id).with_for_update())
    before, after = services_of(register, staff.id), frozenset(services)
    for service_id in sorted(after - before):
        register.add(TeamMember(staff_id=staff.id, service_id=service_id))
        write_down(register, staff, JOINED, by=by, service_id=service_id)
    for service_id in sorted(before - after):
        register.execute(delete(TeamMember).where(TeamMember.staff_id == staff.id, TeamMember.service_id == service_id))
        write_down(register, staff, TAKEN_OUT, by=by, service_id=service_id)
