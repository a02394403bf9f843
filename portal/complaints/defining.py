"""The definition of a complaint: its points and outcomes, one version after another, none of them lost (rulings 20, 21)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint, Definition, Outcome, Point
from portal.complaints.recording import record, session_of
from portal.rules.endings import point_withdrawals
from portal.rules.reading import ever_refused, points
from portal.rules.steps import Step
from portal.rules.words import N_

CATEGORIES = {
    "not_done": N_("Something was not done"), "late": N_("Something was done late"), "badly_done": N_("Something was done badly"),
    "told": N_("What we said, or did not say"), "manner": N_("How somebody was treated"), "decision": N_("A decision, or a policy"),
    "money": N_("A charge, or money"), "other": N_("Something else"),
}  # fmt: skip
"""What kinds of trouble a point can be; ours, not the Code's (ruling 20)."""


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
                service_id=int(point["service"]) if point.get("service") else None,
                responsibility=point.get("responsibility") or "",
                whose=point.get("whose") or None,
            )
            for point in written.get("points", ())
        ],
        outcomes=[
            Outcome(words=words, points=list(points))
            for words, points in zip_longest(written.get("outcomes", ()), written.get("outcome_points", ()), fillvalue=())
            if words
        ],
    )
    complaint.definitions.append(definition)
    complaint.service_id = _lead(definition) or complaint.service_id
    session_of(complaint).flush()
    return definition


def _lead(definition: Definition) -> int | None:
    """The service that most of the points are about: the complaint is in its lists (ruling 20)."""
    counted = Counter(point.service_id for point in definition.points if point.service_id)
    return counted.most_common(1)[0][0] if counted else None


def outcomes_of(definition: Definition | None) -> dict[str, Any]:
    """The outcomes of a version and the points each is for, in the shape that staff write them."""
    found = definition.outcomes if definition else []
    return {"outcomes": [one.words for one in found], "outcome_points": [list(one.points) for one in found]}


def revise(
    complaint: Complaint, points: Sequence[Mapping[str, Any]], *, by: Viewer, stage: int,
    details: Mapping[str, Any] | None = None, words: dict[str, Any] | None = None, outcomes: Mapping[str, Any] | None = None,
) -> Definition:  # fmt: skip
    """A new version of a stage's points, its outcomes as they were unless what was written of them is given.

    `details` and `words` say of the event what brought it.
    """
    sought = outcomes_of(complaint.definition(stage)) if outcomes is None else outcomes
    definition = define(complaint, {**sought, "points": points}, by=by, stage=stage)
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


def refused_until(complaint: Complaint, stage: int, but: Collection[int]) -> list[dict[str, Any]]:
    """The points that we refused up to a stage and that it does not answer, by number: the words, and the day we refused each (25, 53).

    `accepted` is the day we accepted one after all; `but` are numbers to leave out besides the stage's own points.
    """
    past, defined = complaint.happenings, {(one.stage, point.number): point.words for one in complaint.definitions for point in one.points}
    known = defined | {(one.stage, one.number): one.words for one in complaint.refused_points}
    accepted = {str(one.details["point"]): one.on for one in past if one.step is Step.ISSUE_DECIDED and one.details.get("point")}
    here = {*points(past, stage), *map(str, but)}
    return [
        {"text": words, "on": told.on, "accepted": accepted.get(number)}
        for number, told in sorted(ever_refused(past).items(), key=lambda one: int(one[0]))
        if (told.stage or 1) <= stage and number not in here and (words := known.get((told.stage or 1, int(number))))
    ]


def as_written(point: Point) -> dict[str, Any]:
    """A point in the shape that staff write it and letters read it."""
    return {
        "number": point.number,
        "text": point.words,
        "category": point.category or "",
        "service": str(point.service_id or ""),
        "responsibility": point.responsibility,
        "whose": point.whose,
    }
