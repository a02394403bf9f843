"""Acknowledging and answering in one letter, where the answer is ready (ruling 26)."""

from collections.abc import Mapping
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.acknowledging import record_acknowledged
from portal.complaints.answering import facts_for, keep_answers, record_responded
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.recording import allowed_steps, calendar_of, edition_of, session_of
from portal.complaints.sending import keep
from portal.letters.compose import compose
from portal.rules import history
from portal.rules.reading import BOTH
from portal.rules.steps import Happening, Step

READY = {"points": {"1": "ours"}}
"""A definition as good as any, to ask whether an answer could follow it at once."""


def acknowledge_and_answer(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Define the points and answer them that day, in one letter with the parts of both; each step is its own event."""
    facts = facts_for(complaint, BOTH, written)
    composed = compose(BOTH, facts)
    record_acknowledged(complaint, written, facts, composed, by=by)
    record_responded(complaint, written, facts, composed, by=by)
    complaint.version += 1
    letter = keep(complaint, composed, by=by)
    keep_answers(complaint, letter, written, by=by)
    return letter


def may_do_both(complaint: Complaint, by: Viewer) -> bool:
    """Whether this viewer could acknowledge now and answer at once, as far as order goes: weighed first, by nobody barred."""
    if Step.ACKNOWLEDGED not in allowed_steps(complaint, by, among=[Step.ACKNOWLEDGED]):
        return False
    supposed = Happening(Step.ACKNOWLEDGED, complaint.stage, clock.today(), clock.now(), by.name, READY)
    days = calendar_of(session_of(complaint), complaint.division)
    then = history.allowed_steps(
        [*complaint.happenings, supposed], edition_of(complaint), days, on=clock.today(), by=by.name,
        stage=complaint.stage, among=[Step.RESPONDED],
    )  # fmt: skip
    return bool(then)
