"""Making sure on the phone that it is them: asked for by somebody who has no second way at hand, done by staff who say how."""

from collections.abc import Collection

from portal import clock
from portal.access import Viewer
from portal.complaints.contacts import record_contact
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.people import Party
from portal.complaints.recording import calendar_of, record, session_of
from portal.rules.calls import DAYS_TO_RING
from portal.rules.steps import Step


def ask_call(complaint: Complaint, *, by: Viewer) -> None:
    """Ask to be rung, by a day that they are told. It is owed until somebody here made sure who it is. RuleBroken while one is waited for."""
    number = 1 + sum(one.step is Step.CALL_ASKED for one in complaint.recorded)
    by_then = calendar_of(session_of(complaint), complaint.division).add(clock.today(), DAYS_TO_RING)
    record(complaint, Step.CALL_ASKED, by=by, stage=complaint.stage, details={"call": number, "ring_by": by_then.isoformat()})


def check_person(
    complaint: Complaint, party: Party, *, by: Viewer, them: bool, checked: str, incoming: bool, kept: Collection[str] = (), why_not: str = "",
) -> Contact:  # fmt: skip
    """Write down that we spoke to the resident, or to somebody who acts for them, whether it is them, and how we know; no resident's page shows it.

    Where we rang (not `incoming`), `kept` says to which of their wishes and limits we kept, and `why_not` why not to the others.
    """
    return record_contact(
        complaint, by=by, kind="call", incoming=incoming, who=party.name, words=checked, on=clock.today(), shown=False, proof=them,
        kept=kept, why_not=why_not, acting=None if party is complaint.addressee else party,
    )  # fmt: skip
