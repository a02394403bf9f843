"""What the worker and the commands ask of the register; they act for nobody, so no page may ask these."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, true, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from portal.access import Role
from portal.complaints.challenges import Challenge
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment, DangerAlert, Draft, Issue, Letter, Outbox
from portal.complaints.people import Party, Staff, Visit
from portal.complaints.record import IdempotencyKey
from portal.db import Register
from portal.rules.people import named_in
from portal.rules.steps import RuleBroken
from portal.rules.words import N_


def locked_complaint(register: Register, complaint_id: int) -> Complaint:
    """A complaint, locked, for the machine to write down what came of its letter."""
    wanted = select(Complaint).where(Complaint.id == complaint_id).with_for_update(of=Complaint)
    return register.execute(wanted.execution_options(populate_existing=True)).scalar_one()


def locked_beside(register: Register, complaint: Complaint, other_id: int) -> Complaint:
    """Another complaint, locked by whoever has locked this one.

    Locks are waited for in the order of their ids alone, so that no two wait for each other: RuleBroken where somebody is
    changing an earlier one at this very moment.
    """
    wanted = select(Complaint).where(Complaint.id == other_id)
    wanted = wanted.with_for_update(of=Complaint, nowait=other_id < complaint.id).execution_options(populate_existing=True)
    try:
        return register.execute(wanted).scalar_one()
    except OperationalError as fault:
        raise RuleBroken("5.12", N_("Someone is changing the other complaint at this very moment. Press again.")) from fault


def complaint_ids(register: Register) -> list[int]:
    """Every complaint that still owes something, oldest first."""
    open_ones = select(Complaint.id).where(Complaint.next_due.is_not(None)).order_by(Complaint.id)
    return list(register.scalars(open_ones))


def staff_at_work(register: Register) -> Sequence[Staff]:
    """Everybody who has not left, in the order they came."""
    return register.scalars(select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.id)).all()


def staff_who_see(register: Register, complaint: Complaint) -> Sequence[Staff]:
    """Those at work who may be told of a complaint: where it is restricted, whoever is named in it, or failing them the managers."""
    staff, named = staff_at_work(register), named_in(complaint.happenings)
    return [each for each in staff if not named or each.id in named] or in_role(staff, Role.MANAGER)


def in_role(staff: Sequence[Staff], role: Role) -> list[Staff]:
    """Those of them who may act in a role."""
    return [each for each in staff if role in each.roles]


def is_superseded(register: Register, letter: Letter) -> bool:
    """Whether another letter has taken this one's place."""
    return register.scalar(select(exists().where(Letter.supersedes_id == letter.id))) or False


UNASKED = Letter.written_by.startswith("party:")
"""Letters that a press on the open website made, and nobody at the landlord's: a receipt, say, or that something was withdrawn."""

GONE = Outbox.outcome.in_(("accepted", "shown"))


def unasked_sent(register: Register, to: str, *, since: datetime) -> int:
    """How many letters that nobody here wrote have gone to an address (`sending.addressed`), whoever's it is."""
    gone = (
        select(func.count(Outbox.id))
        .join(Issue, Issue.id == Outbox.issue_id)
        .join(Letter, Letter.id == Issue.letter_id)
        .where(Outbox.sent_to == to, Outbox.done_at > since, GONE, UNASKED)
    )
    return register.scalar(gone) or 0


def notices_sent(register: Register, to: str, *, since: datetime) -> int:
    """How many notices that how somebody is reached was changed have gone to an address or number."""
    gone = select(func.count(Outbox.id)).where(Outbox.sent_to == to, Outbox.done_at > since, GONE, Outbox.notice_id.is_not(None))
    return register.scalar(gone) or 0


def was_written_to(register: Register, to: str) -> bool:
    """Whether anything has ever gone to an address."""
    return register.scalar(select(Outbox.id).where(Outbox.sent_to == to, GONE).limit(1)) is not None


def strangers_written_to(register: Register, *, since: datetime) -> int:
    """How many addresses had their first message since a moment."""
    before = aliased(Outbox)
    known = select(before.id).where(before.sent_to == Outbox.sent_to, before.done_at <= since, before.outcome.in_(("accepted", "shown")))
    return register.scalar(select(func.count(Outbox.sent_to.distinct())).where(Outbox.done_at > since, GONE, ~known.exists())) or 0


def put_off_alike(register: Register, to: str, *, until: datetime, why: str) -> None:
    """Let all that is due at an address wait which nobody here wrote, to people nobody has matched: one is not asked after another."""
    unasked = select(Issue.id).join(Letter, Letter.id == Issue.letter_id).join(Party, Party.id == Issue.party_id).where(UNASKED, Party.matched_at.is_(None))
    register.execute(
        update(Outbox)
        .where(Outbox.done_at.is_(None), Outbox.due_at < until, Outbox.lease_until.is_(None), Outbox.sent_to == to, Outbox.issue_id.in_(unasked))
        .values(due_at=until, trouble=why)
        .execution_options(synchronize_session=False)
    )


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
    names = _names(register, of_them & Attachment.complaint_id.is_(None))
    register.execute(delete(Attachment).where(of_them, Attachment.complaint_id.is_(None)))
    register.execute(update(Attachment).where(of_them).values(draft_id=None))
    register.execute(update(DangerAlert).where(DangerAlert.draft_id.in_(drafts)).values(draft_id=None))
    register.execute(delete(Draft).where(Draft.id.in_(drafts)))
    return sorted(names)


def forget_keys(register: Register, before: datetime) -> None:
    """Delete what stops a form from being sent twice, long after anybody could."""
    register.execute(delete(IdempotencyKey).where(IdempotencyKey.at < before))


def forget_visits(register: Register, before: datetime) -> None:
    """Delete visits that ended long ago and were never signed out of."""
    register.execute(delete(Visit).where(Visit.began_at < before))


def forget_codes(register: Register, before: datetime) -> None:
    """Delete the codes that ran out long ago, with the messages that carried them: nothing is counted from them any more."""
    old = select(Challenge.id).where(Challenge.expires_at < before)
    register.execute(delete(Outbox).where(Outbox.challenge_id.in_(old)))
    register.execute(delete(Challenge).where(Challenge.expires_at < before))


def stored_names(register: Register) -> set[str]:
    """Under what names every file of the register, and the copy of it that is shown, are stored."""
    return _names(register, true())


def _names(register: Register, of_them: ColumnElement[bool]) -> set[str]:
    rows = register.execute(select(Attachment.stored_as, Attachment.copy_as).where(of_them))
    return {name for row in rows for name in row if name}


def file_to_check(register: Register, after: int) -> Attachment | None:
    """The next file that nothing has looked into yet, in the order they came."""
    waiting = select(Attachment).where(Attachment.state == "checking", Attachment.id > after)
    return register.scalar(waiting.order_by(Attachment.id).limit(1))


def file_being_checked(register: Register, attachment_id: int) -> Attachment | None:
    """That file, locked, while it still waits for what the scanner says."""
    wanted = select(Attachment).where(Attachment.id == attachment_id, Attachment.state == "checking")
    return register.scalar(wanted.with_for_update())
