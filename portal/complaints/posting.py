"""A letter that somebody put in the post: in the form that was asked for, or not, and why not (rulings 14, 51)."""

from datetime import date

from portal.access import Viewer
from portal.complaints.caring import asked_for, override
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue
from portal.complaints.sending import mark_issued
from portal.complaints.usable import BY_ITSELF
from portal.rules.care import MAKES, Way, forms_wanted


def mark_posted(complaint: Complaint, issue: Issue, *, by: Viewer, on: date | None = None, why_not: str = "") -> None:
    """The letter was posted, on a day before today if one is given, in the form that it was to be made in.

    `why_not` says that it went on ordinary paper in place of that, and why: it has gone, and counts as nothing that they can use.
    RuleBroken before the day it was written.
    """
    if issue.form in BY_ITSELF and why_not.strip():
        wanted = forms_wanted(Way.POST, asked_for(complaint, issue.party)) & MAKES[issue.form]
        override(complaint, Way.POST, sorted(wanted) or [str(issue.form)], why_not, by=by, details={"letter": issue.letter.number})
        issue.form, issue.usable = None, False
    mark_issued(complaint, issue, by=by, on=on)
