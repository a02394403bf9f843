"""A resident's own complaint."""

from flask import Response

from portal.access import Do
from portal.complaints.models import Complaint
from portal.web import Page, render

page = Page("resident", __name__)


@page.get("/your-complaint", do=Do.FOLLOW)
def case(complaint: Complaint) -> Response:
    """The complaint as its resident sees it."""
    return render("resident/case.html", complaint=complaint)
