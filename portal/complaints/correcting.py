"""Answering some points before the rest, and correcting an answer that went (ruling 27)."""

from collections.abc import Mapping
from typing import Any

from portal.access import Viewer
from portal.complaints import approving
from portal.complaints.answering import (
    answer_details,
    drafted_by,
    facts_for,
    keep_answers,
    parts_in,
    refused_words,
    still_missing,
    used,
)
from portal.complaints.defining import as_written
from portal.complaints.grounds import closed_points, words_of_refused
from portal.complaints.models import Answer, Complaint
from portal.complaints.papers import Letter
from portal.complaints.recording import edition_of, record, session_of
from portal.complaints.sending import keep
from portal.complaints.understanding import dated
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.rules.letters import Missing, is_refused
from portal.rules.reading import KINDS, each
from portal.rules.reading import points as live_points
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

ANSWERS = (*KINDS[Step.RESPONDED], *KINDS[Step.ANSWER_CORRECTED])
"""The kinds of letter that answer every point of a stage."""


def points_at(complaint: Complaint, stage: int) -> list[dict[str, Any]]:
    """The points of a stage as last defined, as letters read them; without those that were withdrawn."""
    definition, still = complaint.definition(stage), live_points(complaint.happenings, stage)
    return [as_written(point) for point in definition.points if str(point.number) in still] if definition else []


def to_answer(complaint: Complaint) -> list[dict[str, Any]]:
    """The points that no interim answer has answered yet."""
    stage = complaint.stage_for("interim")
    done = {number for one in each(complaint.happenings, Step.PART_ANSWERED, stage) for number in one.details.get("answers", {})}
    return [point for point in points_at(complaint, stage) if str(point["number"]) not in done]


def found_before(complaint: Complaint, stage: int) -> dict[int, dict[str, Any]]:
    """What letters of a stage have found on each point so far, as an answer is written: by the point's number."""
    found = {one.point_number: _found(complaint, one) for one in complaint.found if one.stage == stage}
    refused = [number for number, one in found.items() if is_refused(edition_of(complaint), one)]
    said = words_of_refused(complaint, stage) if refused else {}
    return found | {number: said.get(number, {}) | found[number] for number in refused}


def _found(complaint: Complaint, answer: Answer) -> dict[str, Any]:
    offered = [one for one in complaint.remedies if (one.stage, one.point_number) == (answer.stage, answer.point_number)]
    return {
        "number": answer.point_number, "disposition": answer.disposition, "reasons": answer.reasons, "fault": answer.fault or "",
        "impact": answer.impact or "", "no_remedy_because": answer.no_remedy_because or "",
        "remedies": [{"kind": one.kind, "words": one.words, "pence": one.pence} for one in offered],
    }  # fmt: skip


def answer_part(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Answer some points before the rest. No clock moves, and the answer covers every point all the same."""
    facts = interim_facts(complaint, written)
    _see_whole(complaint, "interim", facts)
    return _answer(complaint, Step.PART_ANSWERED, facts, by=by)


def correct_answer(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Put an answer right in a letter that takes its place; both are kept, and the day it was met stays the first one's."""
    facts = facts_for(complaint, "correction", written)
    _see_whole(complaint, "correction", facts)
    _take_back(complaint, facts)
    return _answer(complaint, Step.ANSWER_CORRECTED, facts, by=by, supersedes=corrected(complaint))


def _take_back(complaint: Complaint, facts: Facts) -> None:
    """What the answer offered on a point and its correction does not is offered no more, unless it was taken up."""
    for point in facts.points:
        offered = {(one["kind"], one.get("words", ""), one.get("pence") or None) for one in point.get("remedies") or ()}
        for one in list(complaint.remedies):
            touched = one.accepted_on or one.declined_on or one.paid_on
            if (one.stage, one.point_number) == (facts.stage, int(point["number"])) and (one.kind, one.words, one.pence) not in offered and not touched:
                complaint.remedies.remove(one)
                session_of(complaint).delete(one)


def _answer(complaint: Complaint, step: Step, facts: Facts, *, by: Viewer, supersedes: Letter | None = None) -> Letter:
    kind = KINDS[step][0]
    composed, written = compose(kind, facts), facts.draft or {}
    approved = approving.approval(complaint, kind, written, by=by)
    details = {"answers": answer_details(complaint, composed, written), "parts": parts_in(complaint, composed, facts), **approved, **drafted_by(complaint, kind, by=by)}
    record(complaint, step, by=by, stage=facts.stage, details=details, words=refused_words(complaint, written))
    complaint.version += 1
    used(complaint, kind, by=by)
    letter = keep(complaint, composed, by=by, supersedes=supersedes)
    keep_answers(complaint, letter, written, by=by)
    return letter


def interim_facts(complaint: Complaint, written: Mapping[str, Any]) -> Facts:
    """The facts of an interim answer, with the dates as they stand."""
    return dated(complaint, facts_for(complaint, "interim", written))


def corrected(complaint: Complaint) -> Letter | None:
    """The answer that a correction takes the place of: the newest of its stage."""
    stage = complaint.stage_for("correction")
    found = [one for one in complaint.letters if one.stage == stage and one.kind in ANSWERS and one.number not in complaint.voided_letters]
    return found[-1] if found else None


def _see_whole(complaint: Complaint, kind: str, facts: Facts) -> None:
    """RuleBroken with the first thing that the letter lacks, or why a ground is not open."""
    missing: list[Missing] = [*still_missing(complaint, kind, facts.draft or {}), *closed_points(complaint, facts.draft or {})]
    for one in missing:
        raise RuleBroken(one.provision, N_("This letter still lacks: %(part)s."), {"part": one.label})
