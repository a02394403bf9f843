"""The staff side."""

from flask import Response

from portal.access import Do
from portal.web import STAFF, Page, render

page = Page("staff", __name__, door=STAFF, url_prefix="/staff")


@page.get("/sign-in", do=Do.SIGN_IN)
def sign_in() -> Response:
    """Sign in."""
    return render("staff/sign_in.html")


@page.get("/", do=Do.READ_QUEUE)
def queue() -> Response:
    """What is owed."""
    return render("staff/queue.html")
