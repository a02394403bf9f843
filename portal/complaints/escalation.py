"""Stage 2: asked for with two presses and no reasons, and never refused for being early."""

from dataclasses import replace
from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.recording import (
    acknowledge_by,
    answer_due,
    calendar_of,
    deadlines_of,
    edition_of,
    record,
    session_of,
)
from portal.complaints.saying import by_contact
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules import history
from portal.rules.steps import Step


def escalate(complaint: Complaint, *, by: Viewer, words: str = "", said: Contact | None = None) -> None:
    """Take the complaint to the next stage. No reason is asked (6.12); words, if any, are kept and invite no test.

    Asked while the answer is neither issued nor overdue, it is held and starts by itself when the answer goes (ruling 37).
    `said` is the call or visit in which the resident asked for it; it counts from that day (ruling 17).
    """
    stage, on = complaint.stage + 1, said.happened_on if said else clock.today()
    ask(complaint, by=by, on=on, words=words, said=said)
    owed = next((d for d in deadlines_of(complaint) if d.step is Step.ACKNOWLEDGED and d.stage == stage), None)
    if history.is_held(complaint.happenings, stage):
        _confirm(complaint, "held", by=by, on=on)
    elif owed is not None:
        facts = facts_of(complaint, stage=stage, received_on=on)
        wrote = words or (said.words if said else complaint.words)
        keep(complaint, compose("receipt", replace(facts, acknowledge_by=owed.due_on, words=wrote)), by=by)


def ask(complaint: Complaint, *, by: Viewer, on: date, words: str, told: bool = True, said: Contact | None = None) -> None:
    """Record that the next stage was asked for on a day; `told` where a receipt goes that says when they will hear."""
    stage, days = complaint.stage + 1, calendar_of(session_of(complaint), complaint.division)
    early = history.is_early(complaint.happenings, edition_of(complaint), days, stage=stage, on=on)
    details = {"early": early} | (acknowledge_by(complaint, stage, on) if told and not early else {}) | by_contact(said)
    record(complaint, Step.ESCALATED, by=by, stage=stage, on=on, details=details, words={"words": words})
    complaint.version += 1


def take_back_stage_2(complaint: Complaint, *, by: Viewer) -> None:
    """Let go of a request for the next stage that is being kept until the answer; it can be asked for again (ruling 37)."""
    record(complaint, Step.HOLD_RELEASED, by=by, stage=complaint.stage + 1)
    complaint.version += 1
    _confirm(complaint, "hold_released", by=by, on=clock.today())


def _confirm(complaint: Complaint, kind: str, *, by: Viewer, on: date) -> None:
    """A letter about a request that came before the answer: the answer is what is still owed."""
    facts = facts_of(complaint, stage=complaint.stage, received_on=on)
    keep(complaint, compose(kind, replace(facts, answer_by=answer_due(complaint))), by=by)
