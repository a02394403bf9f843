"""A single point that we refused, accepted after all: it becomes a complaint of its own, counted from that day (rulings 25, 41, 48)."""

from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.issues import NewIssue, part_issue, raise_issue
from portal.complaints.models import Complaint, RefusedPoint
from portal.rules.reading import refused_points
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def refused_point(complaint: Complaint, number: int) -> RefusedPoint | None:
    """The point of this number, while our refusal of it stands; nothing otherwise."""
    stands = refused_points(complaint.happenings)
    return next((one for one in complaint.refused_points if one.number == number and str(number) in stands), None)


def accept_point_as_directed(complaint: Complaint, number: int, *, by: Viewer, reference: str, on: date | None = None) -> Complaint:
    """Accept a point because the Ombudsman directed it on a day: five working days run from then (ruling 41); the new complaint.

    RuleBroken where no refusal of it stands, or the day is before the refusal or has not come.
    """
    return _accept(complaint, number, by=by, on=on or clock.today(), ground="directed", reason=reference, directed=reference)


def undo_refusal_of_point(complaint: Complaint, number: int, *, by: Viewer, why: str) -> Complaint:
    """Accept a point because we were wrong to refuse it: the same days run, from today (ruling 48); the new complaint."""
    return _accept(complaint, number, by=by, on=clock.today(), ground="undone", reason=why)


def _accept(
    complaint: Complaint, number: int, *, by: Viewer, on: date, ground: str, reason: str, directed: str = ""
) -> Complaint:
    point = refused_point(complaint, number)
    if point is None:
        raise RuleBroken("2.4", N_("Nothing was refused that could be accepted now."))
    refused = next(one for one in complaint.happenings if one.step is Step.ACKNOWLEDGED and one.stage == point.stage)
    if on < refused.on:
        raise RuleBroken("2.4", N_("That day is before %(day)s, the day it was refused."), {"day": refused.on})
    issue = raise_issue(complaint, point.words, by=by, source={"point": str(number)}, on=on)
    raised = NewIssue(issue, on, point.words, is_open=True, point=str(number))
    return part_issue(complaint, raised, by=by, ground=ground, reason=reason, directed=directed)
