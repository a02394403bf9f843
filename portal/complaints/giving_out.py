"""Giving several complaints to one person: each is its own assignment and event, and what cannot be given is told with why."""

from collections.abc import Iterable, Mapping

from portal import access
from portal.access import Do, Viewer
from portal.complaints.casework import assign
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.recording import allowed_steps, edition_of
from portal.rules.people import named_in
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

Why = tuple[str, Mapping[str, object]]
"""Why one cannot be given, as a message and what fills it."""


def assign_several(
    complaints: Iterable[Complaint], seen: Mapping[int, int], staff: Staff, *, by: Viewer, interest: str
) -> None:
    """Give these to somebody, as far as each can be given now; `seen` are the versions they were chosen at.

    One that cannot be given, or that somebody changed meanwhile, is left as it is: the others are none of its business.
    """
    for complaint in complaints:
        is_new = complaint.version == seen.get(complaint.id) and complaint.handler_id != staff.id
        if is_new and cannot_be_given(complaint, staff, by=by) is None:
            try:
                assign(complaint, staff, by=by, interest=interest)
            except RuleBroken:
                continue


def cannot_be_given(complaint: Complaint, staff: Staff, *, by: Viewer) -> Why | None:
    """Why this complaint cannot be given to them by this viewer now; None where it can."""
    code = {"provision": edition_of(complaint).cites["different person"]}
    if complaint.barred(complaint.stage, staff.id):
        return N_("They considered the stage before this one (Code %(provision)s)."), code
    named = named_in(complaint.happenings)
    if named and staff.id not in named:
        return N_("It is restricted, and they are not named in it."), {}
    if not access.may(by, Do.ASSIGN, complaint):
        return N_("You considered the stage before this one, so somebody else has to give it out (Code %(provision)s)."), code
    if Step.ASSIGNED not in allowed_steps(complaint, by, [Step.ASSIGNED]):
        return N_("There is nothing left in it to answer."), {}
    return None
