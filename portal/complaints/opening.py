"""Why somebody opens a complaint that is another team's: said once a visit, and kept with each page they read of it (I1)."""

from portal import clock
from portal.complaints.models import Complaint
from portal.complaints.record import ReasonGiven
from portal.complaints.recording import session_of
from portal.db import Register


def say_why(complaint: Complaint, visit_id: int, reason: str) -> None:
    """They said why; it holds until this visit ends. A second reason takes the place of the first, which stays with what was read."""
    session_of(complaint).merge(ReasonGiven(visit_id=visit_id, complaint_id=complaint.id, reason=reason, at=clock.now()))


def reason_in(register: Register, visit_id: int, complaint_id: int) -> str | None:
    """Why this complaint was opened in this visit; None where nothing was said."""
    said = register.get(ReasonGiven, (visit_id, complaint_id))
    return said.reason if said else None
