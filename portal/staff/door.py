"""The staff side's group of routes, and what each of its pages knows of who is reading it."""

from typing import Any

from flask import g, url_for
from flask_login import current_user

from portal import access
from portal.access import Do, Role
from portal.web import STAFF, Page

page = Page("staff", __name__, door=STAFF, url_prefix="/staff")


def home() -> str:
    """Where this member of staff begins: the queue, or for a colleague what they logged."""
    return url_for("staff.queue") if access.may(g.viewer, Do.READ_QUEUE) else url_for("staff.logged")


@page.context_processor
def _who() -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {"may": lambda *_: False, "Do": Do, "staff_name": None, "staff_home": url_for("staff.sign_in")}
    return {
        "may": lambda do, complaint=None: access.may(g.viewer, do, complaint),
        "Do": Do,
        "staff_name": current_user.visit.staff.name,
        "staff_home": home(),
        "is_colleague": g.viewer.role is Role.COLLEAGUE,
    }
