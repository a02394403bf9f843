"""The definition of a complaint: its points and outcomes, one version after another, none of them lost (rulings 20, 21)."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint, Definition, Outcome, Point
from portal.complaints.recording import record, session_of
from portal.rules.endings import point_withdrawals
from portal.rules.steps import Step


def define(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer, stage: int | None = None) -> Definition:
    """The next version of a stage's definition (the stage it is at, unless said), with the points and outcomes written."""
    stage = stage or complaint.stage
    versions = [one.version for one in complaint.definitions if one.stage == stage]
    definition = Definition(
        stage=stage,
        version=max(versions, default=0) + 1,
        made_by=by.name,
        made_at=clock.now(),
        outcomes_asked_on=None if written.get("outcomes") else clock.today(),
        points=[
            Point(
                number=int(point["number"]),
                words=point["text"],
                category=point.get("category") or None,
                responsibility=point.get("responsibility") or "",
                whose=point.get("whose") or None,
            )
            for point in written.get("points", ())
        ],
        outcomes=[Outcome(words=words, points=[]) for words in written.get("outcomes", ())],
    )
    complaint.definitions.append(definition)
    session_of(complaint).flush()
    return definition


def revise(
    complaint: Complaint, points: Sequence[Mapping[str, Any]], *, by: Viewer, stage: int,
    details: Mapping[str, Any] | None = None, words: dict[str, Any] | None = None, outcomes: Sequence[str] | None = None,
) -> Definition:  # fmt: skip
    """A new version of a stage's points, its outcomes as they were unless given.

    `details` and `words` say of the event what brought it.
    """
    newest = complaint.definition(stage)
    if outcomes is None:
        outcomes = [outcome.words for outcome in newest.outcomes] if newest else []
    definition = define(complaint, {"points": points, "outcomes": outcomes}, by=by, stage=stage)
    said = {
        "definition": definition.version,
        "points": {str(point.number): point.responsibility for point in definition.points},
    }
    record(complaint, Step.DEFINITION_REVISED, by=by, stage=stage, details={**said, **(details or {})}, words=words)
    return definition


TO_BE_CONFIRMED = "to_be_confirmed"


def next_number(complaint: Complaint) -> int:
    """The number of the next new point: one that no point of this complaint ever had, accepted, withdrawn or refused."""
    known = {point.number for definition in complaint.definitions for point in definition.points}
    return 1 + max(known | {point.number for point in complaint.refused_points}, default=0)


def withdrawn_at(complaint: Complaint, stage: int) -> list[dict[str, Any]]:
    """The points of a stage that the resident withdrew: the newest words of each, and the day; by number (rulings 22, 39)."""
    on, gone = point_withdrawals(complaint.happenings), complaint.voided_definitions
    kept = [one for one in complaint.definitions if one.stage == stage and (stage, one.version) not in gone]
    words = {point.number: point.words for one in kept for point in one.points if str(point.number) in on}
    return [{"text": words[number], "on": on[str(number)]} for number in sorted(words)]


def as_written(point: Point) -> dict[str, Any]:
    """A point in the shape that staff write it and letters read it."""
    return {
        "number": point.number,
        "text": point.words,
        "category": point.category,
        "responsibility": point.responsibility,
        "whose": point.whose,
    }
