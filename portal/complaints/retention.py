"""What has come to the end of its time, and what keeps a complaint for longer (ruling 39: it is never closed, but it is not kept for ever)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, exists, or_, select

from portal import clock
from portal.access import Viewer
from portal.complaints.issues import linked_ids
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Letter
from portal.complaints.queries import visible
from portal.complaints.record import Event, EventWords
from portal.complaints.recording import record, session_of
from portal.complaints.sending import WAITING
from portal.db import Register
from portal.rules.data_asked import months_after
from portal.rules.endings import set_aside
from portal.rules.keeping import ABOUT_KEEPING, kept_longer, with_ombudsman
from portal.rules.steps import Step
from portal.rules.words import N_

AT_ONCE = 25
"""How many are shown, and erased with one press."""

SHORT_MONTHS = timedelta(days=4)
"""How much nearer to today the index is asked than the day that is meant: months differ by as much, and each complaint is then looked at by itself."""

KEPT = N_("Somebody wrote down why it is kept for longer.")
OMBUDSMAN = N_("The Ombudsman has it.")
LETTER_WAITS = N_("A letter of it has not gone yet.")
TIED = N_("A complaint that it is tied to has not come to the end of its time.")


@dataclass(frozen=True, slots=True)
class Over:
    """A complaint whose time is over: the last day on which anything happened, the day its time ended, and why it stays all the same."""

    complaint: Complaint
    last_on: date
    ended_on: date
    kept_because: tuple[str, ...]


def last_on(complaint: Complaint) -> date:
    """The last day on which anything was written down in it, but for how long it is kept."""
    return max(clock.day_of(one.at) for one in complaint.recorded if one.step not in ABOUT_KEEPING)


def ends_on(complaint: Complaint) -> date:
    """The day its time is over."""
    landlord = landlord_of(session_of(complaint))
    is_spam = set_aside(complaint.happenings) is Step.SPAM
    return months_after(last_on(complaint), landlord.keep_spam_months if is_spam else 12 * landlord.keep_years)


def kept_because(complaint: Complaint) -> tuple[str, ...]:
    """Why it is not erased though its time is over; nothing where nothing keeps it. What is owed never comes so far."""
    reasons = [(kept_longer(complaint.happenings), KEPT), (with_ombudsman(complaint.happenings), OMBUDSMAN), (_letter_waits(complaint), LETTER_WAITS), (_is_tied(complaint), TIED)]
    return tuple(words for holds, words in reasons if holds)


def _letter_waits(complaint: Complaint) -> bool:
    waits = select(Issue.id).join(Letter).where(Letter.complaint_id == complaint.id, Issue.state == WAITING).limit(1)
    return session_of(complaint).scalar(waits) is not None


def _is_tied(complaint: Complaint) -> bool:
    """Whether another that it was made of, made into or joined with has still to be kept."""
    ids, register = linked_ids(complaint), session_of(complaint)
    others = register.scalars(select(Complaint).where(Complaint.id.in_(ids), Complaint.erased_on.is_(None))) if ids else ()
    return any(
        other.next_due is not None or other.waiting_since is not None or ends_on(other) > clock.today()
        or kept_longer(other.happenings) or with_ombudsman(other.happenings)
        for other in others
    )  # fmt: skip


def over(register: Register, everything: Select[Complaint], *, most: int = AT_ONCE) -> list[Over]:
    """Those of these complaints whose time is over, the oldest first; those that are kept all the same are among them."""
    found: list[Over] = []
    for complaint in register.scalars(_asked(register, everything).order_by(Complaint.id)).unique():
        if (ended_on := ends_on(complaint)) <= clock.today():
            found.append(Over(complaint, last_on(complaint), ended_on, kept_because(complaint)))
        if len(found) == most:
            break
    return found


def over_for(register: Register, viewer: Viewer) -> list[Over]:
    """The same of those that this viewer may see."""
    return over(register, visible(viewer))


def everything_kept() -> Select[Complaint]:
    """Every complaint of which anything is left. For the worker and the commands alone."""
    return select(Complaint).where(Complaint.erased_on.is_(None))


def _asked(register: Register, everything: Select[Complaint]) -> Select[Complaint]:
    """Those with nothing owed in which nothing has happened for as long: the columns and the index of events say so, without their words."""
    landlord, today = landlord_of(register), clock.today()
    happened = exists().where(Event.complaint_id == Complaint.id, Event.step.not_in(ABOUT_KEEPING))
    periods = (12 * landlord.keep_years, landlord.keep_spam_months)
    since_years, since_months = (clock.beginning_of(months_after(today, -months) + SHORT_MONTHS) for months in periods)
    is_spam = exists().where(Event.complaint_id == Complaint.id, Event.step == Step.SPAM)
    old = ~happened.where(Event.recorded_at >= since_years)
    old_spam = is_spam & ~happened.where(Event.recorded_at >= since_months)
    quiet = (Complaint.next_due.is_(None), Complaint.waiting_since.is_(None), Complaint.danger_rank == 1)
    return everything.where(*quiet, or_(old, old_spam))


def keep_longer(complaint: Complaint, *, by: Viewer, because: str) -> None:
    """From now on it is not erased, whatever its time, until somebody says that it need not be kept. RuleBroken without a reason."""
    _say(complaint, Step.KEPT_LONGER, by=by, because=because)


def end_keeping(complaint: Complaint, *, by: Viewer, because: str) -> None:
    """It need not be kept for longer than its time any more. RuleBroken without a reason, or where it was not."""
    _say(complaint, Step.KEEPING_ENDED, by=by, because=because)


def _say(complaint: Complaint, step: Step, *, by: Viewer, because: str) -> None:
    record(complaint, step, by=by, stage=complaint.stage, details={"reason": bool(because.strip())}, words={"because": because})
    complaint.version += 1


def ombudsman_done(complaint: Complaint, *, by: Viewer, on: date) -> None:
    """Write down that the Ombudsman is done with it, on a day. RuleBroken where they do not have it."""
    record(complaint, Step.OMBUDSMAN_DONE, by=by, stage=complaint.stage, on=on)
    complaint.version += 1


def why_kept_longer(complaint: Complaint) -> str:
    """The reason on the record for which it is kept longer; nothing where it is not."""
    said = kept_longer(complaint.happenings)
    kept = session_of(complaint).get(EventWords, said.number) if said else None
    return str(kept.words.get("because", "")) if kept else ""
