"""Offering more, at any stage and after the final answer (5.13); and paying what was offered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.answering import facts_for, parts_in, used
from portal.complaints.models import Complaint, Remedy
from portal.complaints.papers import Letter
from portal.complaints.promises import promise_action
from portal.complaints.recording import record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.steps import Step


def offer_more(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Offer a further remedy, with what it takes; every answer stands, and so does every way onwards (5.13, ruling 27)."""
    facts = facts_for(complaint, "offer", written)
    composed = compose("offer", facts)
    remedy = Remedy(
        stage=facts.stage, point_number=None, kind=written.get("kind", ""), words=written.get("words", ""),
        pence=written.get("pence") or None, offered_on=clock.today(),
    )  # fmt: skip
    complaint.remedies.append(remedy)
    session_of(complaint).flush()
    details = {"remedy": remedy.id, "kind": remedy.kind, "parts": parts_in(complaint, composed, facts)}
    record(complaint, Step.REMEDY_OFFERED, by=by, stage=facts.stage, details=details)
    complaint.version += 1
    letter = keep(complaint, composed, by=by)
    for action in written.get("actions", ()):
        due_on = date.fromisoformat(action["due_on"])
        promise_action(complaint, by=by, stage=facts.stage, what=action["what"], owner=action["owner"], due_on=due_on)
    used(complaint, "offer", by=by)
    return letter


def pay_remedy(complaint: Complaint, remedy: Remedy, *, by: Viewer, on: date, proof: str) -> Letter:
    """Say that money offered was paid, on what day, and how we know, and tell the resident. RuleBroken the second time."""
    details = {"remedy": remedy.id}
    record(complaint, Step.REMEDY_PAID, by=by, stage=remedy.stage, on=on, details=details, words={"proof": proof})
    remedy.paid_on = on
    facts = facts_of(complaint, stage=remedy.stage, received_on=complaint.received_day)
    return keep(complaint, compose("paid", facts.with_draft({"paid_on": on, "pence": remedy.pence, "proof": proof})), by=by)
