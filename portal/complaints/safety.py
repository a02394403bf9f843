"""How it is safe to reach somebody: read by whoever does it, before they do, with what they take care of (A7)."""

from sqlalchemy import select

from portal import clock
from portal.access import Viewer
from portal.complaints.caring import limits_of
from portal.complaints.models import Complaint
from portal.complaints.papers import SafetyRead
from portal.complaints.recording import session_of
from portal.rules.care import TO_BE_TAKEN_CARE_OF
from portal.rules.steps import RuleBroken
from portal.rules.words import N_


def to_read(complaint: Complaint) -> frozenset[str]:
    """What somebody has to take care of who reaches them, by name; nothing for whoever has died, or set no such limit."""
    party = complaint.addressee
    return frozenset() if party.person.died_on else limits_of(party) & TO_BE_TAKEN_CARE_OF


def has_read(complaint: Complaint, *, by: Viewer) -> str:
    """What this member of staff wrote today when they read it as it stands now; "" where they have not."""
    wanted = select(SafetyRead).where(SafetyRead.complaint_id == complaint.id, SafetyRead.staff_id == by.staff_id)
    row = session_of(complaint).scalar(wanted.order_by(SafetyRead.id.desc()).limit(1))
    if row is None or clock.day_of(row.at) != clock.today() or row.said["of"] != _stands(complaint):
        return ""
    return str(row.said["how"])


def must_read(complaint: Complaint, *, by: Viewer) -> bool:
    """Whether this member of staff has still to read it before they reach them."""
    return bool(to_read(complaint)) and not has_read(complaint, by=by)


def see_it_is_read(complaint: Complaint, *, by: Viewer) -> None:
    """RuleBroken where somebody would reach them who has not read how that is safe."""
    if must_read(complaint, by=by):
        raise RuleBroken("5.10", N_("Open the complaint and read how it is safe to reach them. Then press again: your words are still here."))


def read_safety(complaint: Complaint, how: str, *, by: Viewer) -> None:
    """Write down that somebody read it, and how they keep to it. It holds for that day, and while nothing of it changes.

    No event is recorded: that there is such a limit is itself not for the record that never forgets (decision 16).
    """
    if not how.strip():
        raise RuleBroken("5.10", N_("Write how you keep to it."))
    said = {"how": how.strip(), "of": _stands(complaint)}
    session_of(complaint).add(SafetyRead(complaint_id=complaint.id, staff_id=by.staff_id or 0, said=said, at=clock.now()))


def _stands(complaint: Complaint) -> list[str]:
    """The limits as they stand, with the times and the number they are about."""
    said = complaint.addressee.contact
    return [*sorted(to_read(complaint)), str(said.get("times") or ""), str(complaint.addressee.phone or "")]
