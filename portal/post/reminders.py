"""The daily reminders: two working days before something is due, and once it is late; each is made once, ever."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import sessionmaker

from portal import clock, db
from portal.access import Role
from portal.complaints import machine
from portal.complaints.machine import Owed
from portal.complaints.people import Staff
from portal.complaints.recording import calendar_of
from portal.complaints.sending import queue_mail
from portal.complaints.settings import Reminder
from portal.db import Register
from portal.rules.deadlines import DUE_SOON

SOON, LATE = "due soon", "late"


def remind(sessions: sessionmaker[Register]) -> int:
    """Make every reminder that today asks for and nobody has made; answers how many complaints there were."""
    with sessions() as register:
        owed = list(_owed(register))
        made = machine.reminded(register)
    new = [one for one in owed if (one.complaint_id, kind(one), one.next_due) not in made]
    return sum(_make(sessions, one) for one in new)


def kind(owed: Owed) -> str:
    """Late once the day it was due is over; due soon until then."""
    return LATE if owed.next_due < clock.today() else SOON


def _owed(register: Register) -> Iterator[Owed]:
    for division in machine.divisions(register):
        last_day = calendar_of(register, division).add(clock.today(), DUE_SOON)
        yield from machine.owed_by(register, division, last_day)


def _make(sessions: sessionmaker[Register], seen: Owed) -> bool:
    """One reminder with its messages, in one transaction; False if it was made, or the work done, in the meantime."""
    with sessions() as register, db.transaction(register):
        now = machine.owed_now(register, seen.complaint_id)
        if now is None or now.next_due != seen.next_due or not _is_new(register, now.complaint_id, kind(now), now.next_due):
            return False
        for staff in _readers(machine.staff_at_work(register), now):
            queue_mail(register, kind(now), complaint=None, staff_id=staff.id)
    return True


def _is_new(register: Register, complaint_id: int, kind: str, due_on: date) -> bool:
    insert = postgresql_insert if register.get_bind().dialect.name == "postgresql" else sqlite_insert
    made = insert(Reminder).values(complaint_id=complaint_id, kind=kind, due_on=due_on, made_at=clock.now())
    return register.scalar(made.on_conflict_do_nothing().returning(Reminder.id)) is not None


def _readers(staff: Sequence[Staff], owed: Owed) -> list[Staff]:
    """Whoever has the complaint, or those who give it out; managers too once it is late."""
    managers = machine.in_role(staff, Role.MANAGER)
    handler = [each for each in staff if each.id == owed.handler_id]
    first = handler or machine.in_role(staff, Role.TRIAGE) or managers
    also = managers if kind(owed) == LATE else []
    return list(dict.fromkeys([*first, *also]))
