"""The definition of a complaint: its points and outcomes, one version after another, none of them lost (rulings 20, 21)."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint, Definition, Outcome, Point
from portal.complaints.recording import record, session_of
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


def settle_point(complaint: Complaint, number: int, *, by: Viewer, responsibility: str, whose: str) -> Definition:
    """Say whose a point is that was still to be confirmed: a new version of the definition, the rest as it was (5.7).

    KeyError where the stage to be answered has no such point.
    """
    stage = complaint.stage_for("response")
    newest = complaint.definition(stage)
    points = [as_written(point) for point in newest.points] if newest else []
    settled = {point["number"]: point for point in points}[number]
    settled |= {"responsibility": responsibility, "whose": whose}
    definition = revise(complaint, points, by=by, stage=stage)
    complaint.version += 1
    return definition


def revise(
    complaint: Complaint, points: Sequence[Mapping[str, Any]], *, by: Viewer, stage: int,
    details: Mapping[str, Any] | None = None, words: dict[str, Any] | None = None,
) -> Definition:  # fmt: skip
    """A new version of a stage's points, its outcomes as they were; `details` and `words` say of the event what brought it."""
    newest = complaint.definition(stage)
    outcomes = [outcome.words for outcome in newest.outcomes] if newest else []
    definition = define(complaint, {"points": points, "outcomes": outcomes}, by=by, stage=stage)
    said = {
        "definition": definition.version,
        "points": {str(point.number): point.responsibility for point in definition.points},
    }
    record(complaint, Step.DEFINITION_REVISED, by=by, stage=stage, details={**said, **(details or {})}, words=words)
    return definition


def as_written(point: Point) -> dict[str, Any]:
    """A point in the shape that staff write it and letters read it."""
    return {
        "number": point.number,
        "text": point.words,
        "category": point.category,
        "responsibility": point.responsibility,
        "whose": point.whose,
    }
