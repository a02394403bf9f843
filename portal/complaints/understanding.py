"""Coming to understand a complaint: a question to the resident, and a new version of the points (5.6, rulings 21 and 28)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.answering import facts_for, parts_in, still_missing, used
from portal.complaints.defining import as_written, outcomes_of, revise
from portal.complaints.models import Complaint, Definition
from portal.complaints.papers import Letter
from portal.complaints.recording import deadlines_of, record
from portal.complaints.sending import keep
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.rules.endings import withdrawn_points
from portal.rules.letters import Missing
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def dated(complaint: Complaint, facts: Facts) -> Facts:
    """The facts with the dates as they stand: this letter moves none of them."""
    owed = [one for one in deadlines_of(complaint) if one.stage == facts.stage and not one.met_on and not one.overtaken]
    due = {one.step: one.due_on for one in owed}
    answer, today = due.get(Step.RESPONDED), clock.today()
    hear = due.get(Step.ACKNOWLEDGED)
    return replace(
        facts, acknowledge_by=hear if hear and hear >= today else None, answer_by=answer if answer and answer >= today else None,
        late_since=answer if answer and answer < today else None,
    )  # fmt: skip


def ask(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Ask the resident what was meant. Nothing waits for the reply, the acknowledgement least of all (ruling 21)."""
    facts = dated(complaint, facts_for(complaint, "clarification", written))
    composed = compose("clarification", facts)
    record(complaint, Step.CLARIFICATION_ASKED, by=by, stage=facts.stage, details={"parts": parts_in(complaint, composed, facts)})
    complaint.version += 1
    used(complaint, "clarification", by=by)
    return keep(complaint, composed, by=by)


def revise_points(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """A new version of the points, told in writing with why; no point is lost in it, and no clock moves (rulings 21 and 28).

    Raises RuleBroken where a point that was accepted is left out, or the letter lacks a part.
    """
    facts = dated(complaint, facts_for(complaint, "revised", written))
    see_whole(complaint, facts)
    newest = complaint.definition(facts.stage)
    revise(
        complaint, [*written["points"], *_withdrawn(complaint, newest)], by=by, stage=facts.stage,
        outcomes={name: written.get(name) or () for name in ("outcomes", "outcome_points")}, words={"why": written.get("why", "")},
    )  # fmt: skip
    complaint.version += 1
    used(complaint, "revised", by=by)
    return keep(complaint, compose("revised", facts), by=by)


def see_whole(complaint: Complaint, facts: Facts) -> None:
    """RuleBroken with the first thing that the letter lacks; it is told in whole or not at all."""
    for one in lacks(complaint, facts.draft or {}):
        raise RuleBroken(one.provision, N_("This letter still lacks: %(part)s."), {"part": one.label})


def lacks(complaint: Complaint, written: Mapping[str, Any]) -> list[Missing]:
    """What a new version lacks: parts of its letter, and words for a point that it may not leave out."""
    return still_missing(complaint, "revised", written)


def _withdrawn(complaint: Complaint, newest: Definition | None) -> list[dict[str, Any]]:
    """The points that the resident withdrew: they stay as they were, to be taken up again."""
    gone = withdrawn_points(complaint.happenings)
    return [as_written(point) for point in newest.points if str(point.number) in gone] if newest else []


def settle_point(complaint: Complaint, number: int, *, by: Viewer, responsibility: str, whose: str) -> Letter:
    """Say whose a point is that was still to be confirmed: a new version, the rest as it was, and the letter that tells it (5.7).

    KeyError where the stage to be answered has no such point.
    """
    stage = complaint.stage_for("response")
    newest = complaint.definition(stage)
    points = [as_written(point) for point in newest.points] if newest else []
    settled = {point["number"]: point for point in points}[number]
    settled |= {"responsibility": responsibility, "whose": whose}
    revise(complaint, points, by=by, stage=stage, details={"settled": number})
    complaint.version += 1
    gone = withdrawn_points(complaint.happenings)
    written = {
        "settled": number, "points": [point for point in points if str(point["number"]) not in gone],
        **outcomes_of(newest),
    }  # fmt: skip
    return keep(complaint, compose("revised", dated(complaint, facts_for(complaint, "revised", written))), by=by)
