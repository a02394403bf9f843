"""Acknowledging: the points as we understand them, those that we refuse, and the letter that says so (5.6, 5.7, 6.2, 6.11)."""

from collections.abc import Mapping
from typing import Any

from portal import access
from portal.access import Do, Viewer
from portal.complaints import approving
from portal.complaints.answering import drafted_by, facts_for, parts_in, refused_words
from portal.complaints.defining import define
from portal.complaints.grounds import closed_points, point_details, see_open
from portal.complaints.models import Complaint, RefusedPoint
from portal.complaints.papers import Letter
from portal.complaints.recording import record
from portal.complaints.sending import keep
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.letters.structure import Composed
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def acknowledge(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Acknowledge: the definition, its outcomes and responsibilities, and the letter that says so (5.6, 5.7, 6.2, 6.11)."""
    facts = facts_for(complaint, "acknowledgement", written)
    approved = approving.approval(complaint, "acknowledgement", written, by=by)
    if written.get("refused") and not approved and not access.may(by, Do.REFUSE, complaint):
        raise RuleBroken("2.1", N_("You may not refuse a point. Accept it, or ask whoever has the complaint."))
    see_open(closed_points(complaint, written))
    composed = compose("acknowledgement", facts)
    record_acknowledged(complaint, written, facts, composed, by=by, approved=approved)
    complaint.version += 1
    letter = keep(complaint, composed, by=by)
    for point in written.get("refused", ()):
        complaint.refused_points.append(
            RefusedPoint(
                complaint_id=complaint.id, letter_id=letter.id, stage=letter.stage, number=int(point["number"]),
                words=point["text"], ground=point["ground"],
            )
        )  # fmt: skip
    return letter


def record_acknowledged(
    complaint: Complaint, written: Mapping[str, Any], facts: Facts, composed: Composed, *, by: Viewer,
    approved: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """The event of an acknowledgement, with the first version of the stage's points."""
    definition = define(complaint, written, by=by)
    assert facts.answer_by is not None
    record(
        complaint,
        Step.ACKNOWLEDGED,
        by=by,
        stage=complaint.stage,
        details={
            "definition": definition.version,
            "points": {str(point.number): point.responsibility for point in definition.points},
            "outcomes": len(definition.outcomes) or "not_known",
            "parts": parts_in(complaint, composed, facts),
            "answer_by": facts.answer_by.isoformat(),
            **_refused(complaint, written, composed),
            **(approved or {}),
            **(drafted_by(complaint, composed.kind, by=by) if written.get("refused") else {}),
        },
        words=refused_words(complaint, written),
    )


def _refused(complaint: Complaint, written: Mapping[str, Any], composed: Composed) -> dict[str, Any]:
    """What the event holds of each point refused (ruling 25)."""
    found = {str(point["number"]): point_details(complaint, composed, point) for point in written.get("refused", ())}
    return {"refused": found} if found else {}
