"""Stage 2: asked for with two presses and no reasons, and never refused for being early."""

from dataclasses import replace

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.recording import (
    acknowledge_by,
    calendar_of,
    deadlines_of,
    edition_of,
    record,
    session_of,
)
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules import history
from portal.rules.steps import Step


def escalate(complaint: Complaint, *, by: Viewer, words: str = "") -> None:
    """Take the complaint to the next stage. No reason is asked (6.12); words, if any, are kept and invite no test.

    Asked while the answer is neither issued nor overdue, it is held and starts by itself when the answer goes (ruling 37).
    """
    stage = complaint.stage + 1
    days = calendar_of(session_of(complaint), complaint.division)
    early = history.is_early(
        complaint.happenings, edition_of(complaint), days, stage=stage, on=clock.today()
    )
    told = {} if early else acknowledge_by(complaint, stage, clock.today())
    record(complaint, Step.ESCALATED, by=by, stage=stage, details={"early": early} | told, words={"words": words})
    complaint.version += 1
    owed = next((d for d in deadlines_of(complaint) if d.step is Step.ACKNOWLEDGED and d.stage == stage), None)
    if owed is not None:
        facts = facts_of(complaint, stage=stage, received_on=clock.today())
        said = words or complaint.words
        keep(complaint, compose("receipt", replace(facts, acknowledge_by=owed.due_on, words=said)), by=by)


def take_back_stage_2(complaint: Complaint, *, by: Viewer) -> None:
    """Let go of a request for the next stage that is being kept until the answer; it can be asked for again (ruling 37)."""
    record(complaint, Step.HOLD_RELEASED, by=by, stage=complaint.stage + 1)
    complaint.version += 1
