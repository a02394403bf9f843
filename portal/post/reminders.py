"""The daily reminders: two working days before something is due, and once it is late; each is made once, ever. A promise missed is told to the resident too."""

from collections.abc import Iterator, Sequence

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import sessionmaker

from portal import clock, db
from portal.access import MACHINE, Role
from portal.complaints import due, machine, operations
from portal.complaints.due import LATE, SOON, kind
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.sending import queue_mail
from portal.complaints.settings import Reminder
from portal.db import Register
from portal.rules.due import Due
from portal.rules.steps import Step


def remind(sessions: sessionmaker[Register]) -> int:
    """Make every reminder that today asks for and nobody has made; answers how many there were."""
    with sessions() as register:
        waiting = list(_unmade(register))
    return sum(_make(sessions, complaint_id) for complaint_id in waiting)


def _unmade(register: Register) -> Iterator[int]:
    """The complaints with a reminder to be made."""
    owing = due.owing(register)
    made = due.reminded(register, owing)
    for complaint_id in owing:
        found = due.owed(register.get_one(Complaint, complaint_id))
        if any(kind(one) not in made.get((complaint_id, one.about, one.due_on), {}) for one in found):
            yield complaint_id
        register.expunge_all()


def _make(sessions: sessionmaker[Register], complaint_id: int) -> int:
    """The reminders of one complaint with their messages, in one transaction: none that was made, or done, in the meantime.

    Whoever would be told of several things at once gets one message, and finds the rest where that leads.
    """
    with sessions() as register, db.transaction(register):
        complaint = machine.locked_complaint(register, complaint_id)
        new = [one for one in due.owed(complaint) if _is_new(register, complaint_id, one)]
        staff, told = machine.staff_who_see(register, complaint), dict[int, str]()
        for one in new:
            for each in _readers(staff, complaint, one):
                told[each.id] = LATE if LATE in (kind(one), told.get(each.id)) else SOON
        for staff_id, worst in told.items():
            queue_mail(register, worst, complaint=None, staff_id=staff_id)
        _tell_resident(complaint, new)
    return len(new)


def _tell_resident(complaint: Complaint, new: Sequence[Due]) -> None:
    """One letter for all that was promised and became late since the reminders were last made."""
    late = {one.which for one in new if one.what == Step.ACTION_PROMISED and kind(one) == LATE}
    missed = [action for action in complaint.actions if action.id in late]
    if missed:
        operations.tell_missed(complaint, missed, by=MACHINE)


def _is_new(register: Register, complaint_id: int, one: Due) -> bool:
    insert = postgresql_insert if register.get_bind().dialect.name == "postgresql" else sqlite_insert
    made = insert(Reminder).values(
        complaint_id=complaint_id, about=one.about, kind=kind(one), due_on=one.due_on, made_at=clock.now()
    )
    return register.scalar(made.on_conflict_do_nothing().returning(Reminder.id)) is not None


def _readers(staff: Sequence[Staff], complaint: Complaint, one: Due) -> list[Staff]:
    """Whose it is and whoever has the complaint, or those who give it out; managers too once it is late."""
    managers = machine.in_role(staff, Role.MANAGER)
    keep_it = (due.owner(complaint, one), complaint.handler_id)
    if one.what == Step.AUTHORITY_DECIDED and managers:
        return managers
    first = [each for each in staff if each.id in keep_it] or machine.in_role(staff, Role.TRIAGE) or managers
    also = managers if kind(one) == LATE else []
    return list(dict.fromkeys([*first, *also]))
