"""A single point that we refused, accepted after all: it becomes a complaint of its own, counted from that day (rulings 25, 41, 48)."""

from dataclasses import dataclass
from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.issues import NewIssue, part_issue, raise_issue
from portal.complaints.models import Complaint, RefusedPoint
from portal.complaints.told import Again, Direction
from portal.rules.reading import barred_from, points, refused_points
from portal.rules.steps import RuleBroken
from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """A point that we refused, in an acknowledgement or in an answer: at which stage, and the day we did."""

    number: int
    words: str
    stage: int
    on: date


def refused_point(complaint: Complaint, number: int) -> NotAccepted | None:
    """The point of this number, while our refusal of it stands; nothing otherwise."""
    refused = refused_points(complaint.happenings).get(str(number))
    if refused is None:
        return None
    defined = complaint.definition(refused.stage)
    kept = [*complaint.refused_points, *(defined.points if defined else ())]
    return next((NotAccepted(number, one.words, refused.stage or 1, refused.on) for one in kept if one.number == number), None)


def not_accepted(complaint: Complaint) -> list[RefusedPoint | NotAccepted]:
    """Every point that an acknowledgement refused, then those that an answer refused, while that stands."""
    known = {one.number for one in complaint.refused_points}
    answered = [refused_point(complaint, int(number)) for number in refused_points(complaint.happenings) if int(number) not in known]
    return [*complaint.refused_points, *(one for one in answered if one)]


def accept_point_as_directed(
    complaint: Complaint, number: int, *, by: Viewer, reference: str, on: date | None = None, ordered: date | None = None
) -> Complaint:
    """Accept a point because the Ombudsman directed it on a day: five working days run from then (ruling 41); the new complaint.

    `ordered` is the day it set, if it set one: no date of the new complaint is later. RuleBroken where no refusal of the
    point stands, the day of the direction is before the refusal or has not come, or the day it set is before that.
    """
    direction = Direction(reference, ordered)
    return _accept(complaint, number, by=by, on=on or clock.today(), ground="directed", reason=reference, directed=direction)


def undo_refusal_of_point(complaint: Complaint, number: int, *, by: Viewer, why: str) -> Complaint:
    """Accept a point because we were wrong to refuse it: the same days run, from today (ruling 48); the new complaint."""
    return _accept(complaint, number, by=by, on=clock.today(), ground="undone", reason=why)


def _accept(
    complaint: Complaint, number: int, *, by: Viewer, on: date, ground: str, reason: str, directed: Direction | None = None
) -> Complaint:
    point = refused_point(complaint, number)
    if point is None:
        raise RuleBroken("2.4", N_("Nothing was refused that could be accepted now."))
    if on < point.on:
        raise RuleBroken("2.4", N_("That day is before %(day)s, the day it was refused."), {"day": point.on})
    issue = raise_issue(complaint, point.words, by=by, source={"point": str(number)}, on=on)
    raised = NewIssue(issue, on, point.words, is_open=True, point=str(number))
    return part_issue(complaint, raised, by=by, ground=ground, reason=reason, directed=directed, again=begins_again(complaint, point))


def begins_again(complaint: Complaint, point: NotAccepted) -> Again:
    """At which stage a refused point begins again: at stage 2 where that refused it and stage 1 had taken it up; else at stage 1.

    Nobody goes through stage 1 twice, and what stage 1 never had is new to us (rulings 24, 41). Whoever is barred here is barred there.
    """
    past, before = complaint.happenings, point.stage - 1
    if before < 1 or str(point.number) not in points(past, before):
        return Again()
    return Again(point.stage, sorted(barred_from(past, point.stage)))
