"""The weekly list of what was opened by other teams: managers are told of it once, when the week is over."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import sessionmaker

from portal import clock, db
from portal.access import Role
from portal.complaints import elsewhere, machine
from portal.complaints.sending import queue_mail
from portal.complaints.settings import WeekTold
from portal.db import Register

LIST = "list"


def tell_of_week(sessions: sessionmaker[Register]) -> int:
    """Tell each manager that there is a list of last week, and of any week before it that nobody was told of; answers how many weeks.

    Of a week in which nothing was opened nobody is told. One message, however many weeks it is about.
    """
    with sessions() as register, db.transaction(register):
        managers = machine.in_role(machine.staff_at_work(register), Role.MANAGER)
        weeks = [each for each in elsewhere.weeks_to_tell(register) if managers and _is_new(register, each)]
        for manager in managers if weeks else ():
            queue_mail(register, LIST, staff_id=manager.id)
    return len(weeks)


def _is_new(register: Register, monday: date) -> bool:
    insert = postgresql_insert if register.get_bind().dialect.name == "postgresql" else sqlite_insert
    made = insert(WeekTold).values(monday=monday, told_at=clock.now())
    return register.scalar(made.on_conflict_do_nothing().returning(WeekTold.monday)) is not None
