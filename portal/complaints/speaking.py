"""Somebody who asked us to speak to them instead of writing is rung before a letter goes, or it is written down why not (5.10)."""

from datetime import date

from portal.access import Viewer
from portal.complaints.caring import asked_for, override
from portal.complaints.models import Complaint
from portal.complaints.sending import ways_of
from portal.rules.care import Way
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

SPEAK = "speak_to_me"
RING_FIRST = N_("They asked us to speak to them instead of writing. Ring them first and write down that you did, or write why not.")


def speaks_first(complaint: Complaint) -> bool:
    """Whether whoever letters go to asked to be spoken to, so that nothing is sent before we have rung."""
    return SPEAK in asked_for(complaint, complaint.addressee)


def rang_on(complaint: Complaint, kind: str) -> date | None:
    """The day on which somebody told them of this letter, as was written down for it and for none that went before; None where nobody has."""
    found = None
    for one in complaint.happenings:
        if one.step is Step.ISSUED and one.details.get("kind") == kind:
            found = None
        elif one.step is Step.CONTACTED and one.details.get("before") == kind:
            found = one.on
    return found


def must_ring(complaint: Complaint, kind: str) -> bool:
    """Whether this letter waits for a call."""
    return speaks_first(complaint) and rang_on(complaint, kind) is None


def ring_first(complaint: Complaint, kind: str, *, by: Viewer, why: str = "") -> None:
    """Let a letter go to somebody who asked to be spoken to: after a call, or with the reason why there was none. RuleBroken without either."""
    if must_ring(complaint, kind):
        if not why.strip():
            raise RuleBroken("5.10", RING_FIRST)
        override(complaint, Way(ways_of(complaint.addressee)[0]), [SPEAK], why, by=by, details={"before": kind})
