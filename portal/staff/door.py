"""The staff side's group of routes, and what each of its pages knows of who is reading it."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, get_flashed_messages, request, url_for
from flask_login import current_user

from portal import access
from portal.access import Do, Role
from portal.complaints import opening
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.web import STAFF, Page, redirect, register, transaction, viewer_at

page = Page("staff", __name__, door=STAFF, url_prefix="/staff")

HOMES = (
    (Do.READ_QUEUE, "staff.queue"),
    (Do.READ_LOGGED, "staff.logged"),
    (Do.KEEP_OMBUDSMAN, "staff.ombudsman"),
    (Do.KEEP_STAFF, "staff.people"),
    (Do.READ_RECORD, "staff.the_record"),
    (Do.READ_FIGURES, "staff.figures"),
)
"""What may be done, and the page on which whoever may begins; the first that holds."""


def home() -> str:
    """Where this member of staff begins, in the role they act in: the queue, or the first page that is theirs."""
    viewer = viewer_at(STAFF)
    return url_for(next((endpoint for do, endpoint in HOMES if access.may(viewer, do)), "staff.account"))


def landed(url: str, said: str) -> Response:
    """Go there, and find at the top of that page what was done; nothing of a case is said, for the cookie carries it."""
    flash(said)
    return redirect(url)


def is_open(complaint: Complaint) -> bool:
    """Whether this viewer may read a complaint that stands beside the one a page is about: it is near, or they said why in this visit (I1)."""
    return access.opens(viewer_at(STAFF), complaint) or opening.reason_in(register(), current_user.visit.id, complaint.id) is not None


def pressed(complaint: Complaint, form: BaseForm, act: Callable[[], None], said: str) -> Response | None:
    """Do it where the form was sent whole, and go to the complaint saying so; None where there is a page to show, what is wrong on its form."""
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                act()
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, said)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return None


@page.app_context_processor
def _who() -> dict[str, Any]:
    """For every page of the staff side, the one that says there is none included."""
    if not request.path.startswith(f"{page.url_prefix}/"):
        return {}
    if not current_user.is_authenticated:
        return {"may": lambda *_: False, "Do": Do, "staff_name": None, "staff_home": url_for("staff.sign_in")}
    viewer = viewer_at(STAFF)
    return {
        "may": lambda do, complaint=None: access.may(viewer, do, complaint),
        "Do": Do,
        "staff_name": current_user.visit.staff.name,
        "staff_home": home(),
        "is_colleague": viewer.role is Role.COLLEAGUE,
        "just_done": get_flashed_messages(),
    }
