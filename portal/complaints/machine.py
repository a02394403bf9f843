"""What the worker and the commands ask of the register; they act for nobody, so no page may ask these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, or_, select, update

from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment, DangerAlert, Draft, Letter, Outbox
from portal.complaints.people import Staff, Visit
from portal.complaints.record import IdempotencyKey
from portal.complaints.settings import Reminder
from portal.db import Register


@dataclass(frozen=True, slots=True)
class Owed:
    """What a complaint owes next, from the columns worked out for the queue."""

    complaint_id: int
    division: str
    next_due: date
    handler_id: int | None


def locked_complaint(register: Register, complaint_id: int) -> Complaint:
    """A complaint, locked, for the machine to write down what came of its letter."""
    wanted = select(Complaint).where(Complaint.id == complaint_id).with_for_update(of=Complaint)
    return register.execute(wanted.execution_options(populate_existing=True)).scalar_one()


def complaint_ids(register: Register) -> list[int]:
    """Every complaint that still owes something, oldest first."""
    open_ones = select(Complaint.id).where(Complaint.next_due.is_not(None)).order_by(Complaint.id)
    return list(register.scalars(open_ones))


def divisions(register: Register) -> list[str]:
    """Every division of the United Kingdom that an open complaint is counted by."""
    return list(register.scalars(select(Complaint.division).where(Complaint.next_due.is_not(None)).distinct()))


def owed_by(register: Register, division: str, last_day: date) -> list[Owed]:
    """What is due by a day or was due before it, soonest first; no history is loaded."""
    due = (
        select(Complaint.id, Complaint.division, Complaint.next_due, Complaint.handler_id)
        .where(Complaint.division == division, Complaint.next_due <= last_day)
        .order_by(Complaint.next_due, Complaint.id)
    )
    return [Owed(row.id, row.division, row.next_due, row.handler_id) for row in register.execute(due)]


def owed_now(register: Register, complaint_id: int) -> Owed | None:
    """What one complaint owes at this moment; nothing if all is done."""
    row = register.execute(
        select(Complaint.division, Complaint.next_due, Complaint.handler_id).where(
            Complaint.id == complaint_id, Complaint.next_due.is_not(None)
        )
    ).one_or_none()
    return Owed(complaint_id, row.division, row.next_due, row.handler_id) if row else None


def reminded(register: Register) -> set[tuple[int, str, date]]:
    """Every reminder already made for a date that is still owed: complaint, kind, date."""
    made = select(Reminder.complaint_id, Reminder.kind, Reminder.due_on).join(
        Complaint, (Complaint.id == Reminder.complaint_id) & (Complaint.next_due == Reminder.due_on)
    )
    return {(row.complaint_id, row.kind, row.due_on) for row in register.execute(made)}


def staff_at_work(register: Register) -> Sequence[Staff]:
    """Everybody who has not left, in the order they came."""
    return register.scalars(select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.id)).all()


def in_role(staff: Sequence[Staff], role: Role) -> list[Staff]:
    """Those of them who may act in a role."""
    return [each for each in staff if role in each.roles]


def is_superseded(register: Register, letter: Letter) -> bool:
    """Whether another letter has taken this one's place."""
    return register.scalar(select(exists().where(Letter.supersedes_id == letter.id))) or False


def waiting_mail(register: Register) -> int:
    """How many messages have not been delivered."""
    return len(register.scalars(select(Outbox.id).where(Outbox.done_at.is_(None))).all())


def forget_drafts(register: Register, *, unsent_since: datetime, received_before: date) -> list[str]:
    """Delete drafts nobody came back to, and those whose complaint was received; a danger that was told stays.

    Answers under what names their files are stored, to be deleted once this is committed. Files that went with a
    complaint stay with it.
    """
    sent = select(Complaint.id).where(Complaint.received_on < received_before)
    stale = select(Draft.id).where(
        or_((Draft.complaint_id.is_(None)) & (Draft.saved_at < unsent_since), Draft.complaint_id.in_(sent))
    )
    drafts = list(register.scalars(stale))
    of_them = Attachment.draft_id.in_(drafts)
    names = list(register.scalars(select(Attachment.stored_as).where(of_them, Attachment.complaint_id.is_(None))))
    register.execute(delete(Attachment).where(of_them, Attachment.complaint_id.is_(None)))
    register.execute(update(Attachment).where(of_them).values(draft_id=None))
    register.execute(update(DangerAlert).where(DangerAlert.draft_id.in_(drafts)).values(draft_id=None))
    register.execute(delete(Draft).where(Draft.id.in_(drafts)))
    return names


def forget_keys(register: Register, before: datetime) -> None:
    """Delete what stops a form from being sent twice, long after anybody could."""
    register.execute(delete(IdempotencyKey).where(IdempotencyKey.at < before))


def forget_visits(register: Register, before: datetime) -> None:
    """Delete visits that ended long ago and were never signed out of."""
    register.execute(delete(Visit).where(Visit.began_at < before))


def stored_names(register: Register) -> set[str]:
    """Under what names every file of the register is stored."""
    return set(register.scalars(select(Attachment.stored_as)))
