"""A disability that was disclosed: kept with that complaint, and shown on the person's others only while they agree (ruling 8)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import Disclosure
from portal.complaints.people import Part, Party
from portal.complaints.recording import session_of
from portal.rules.steps import RuleBroken
from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class Known:
    """What was disclosed, as it stands: with this complaint (`is_here`) or carried from another of the same person."""

    words: str
    is_here: bool
    carried: bool
    consent: str
    by_resident: bool
    since: date


def disclose(complaint: Complaint, words: str, *, by: Viewer, carried: bool, consent: str = "") -> None:
    """Write down what was disclosed with this complaint, in place of what stood before; that keeps its row.

    No event is recorded: that there is a disability is itself not for the record that never forgets (decision 16).
    `carried` only with the resident's consent; RuleBroken where staff do not say how it was given.
    """
    if carried and by.is_staff and not consent.strip():
        raise RuleBroken("5.10", N_("Write how they agreed that it is used for their other complaints, and when."))
    retract(complaint)
    session_of(complaint).add(
        Disclosure(
            complaint_id=complaint.id, words=words, carried=carried, consent=consent.strip() or None, recorded_by=by.name,
            recorded_at=clock.now(),
        )
    )  # fmt: skip


def carry(complaint: Complaint, *, by: Viewer, carried: bool) -> None:
    """The resident lets it be used for their other complaints, or takes that back: either holds at once. RuleBroken where nothing is written down."""
    found = _standing(complaint)
    if found is None:
        raise RuleBroken("5.10", N_("We have written down nothing of a disability here."))
    disclose(complaint, found.words, by=by, carried=carried)


def retract(complaint: Complaint) -> None:
    """Show what was written down no more, here or with any other complaint: it was wrong, or something else takes its place."""
    found = _standing(complaint)
    if found is not None:
        found.until = clock.now()


def _standing(complaint: Complaint) -> Disclosure | None:
    wanted = select(Disclosure).where(Disclosure.complaint_id == complaint.id, Disclosure.until.is_(None))
    return session_of(complaint).scalar(wanted.order_by(Disclosure.id.desc()).limit(1))


def known(complaint: Complaint) -> list[Known]:
    """What was disclosed with this complaint, then what the same person agreed to have carried from others."""
    same = and_(Party.person_id == complaint.resident.person_id, Disclosure.carried)
    wanted = (
        select(Disclosure)
        .join(Party, and_(Party.complaint_id == Disclosure.complaint_id, Party.part == Part.RESIDENT))
        .where(Disclosure.until.is_(None), or_(Disclosure.complaint_id == complaint.id, same))
        .order_by(Disclosure.id)
    )
    found = [
        Known(
            words=row.words, is_here=row.complaint_id == complaint.id, carried=row.carried, consent=row.consent or "",
            by_resident=row.recorded_by.startswith("party:"), since=clock.day_of(row.recorded_at),
        )
        for row in session_of(complaint).scalars(wanted)
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.is_here)
