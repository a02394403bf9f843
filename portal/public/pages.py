"""The pages anyone may read, and the door that residents come back through."""

from flask import Response

from portal.access import Do
from portal.web import Page, render

page = Page("public", __name__)


@page.get("/", do=Do.READ_PUBLIC)
def start() -> Response:
    """Where everybody begins."""
    return render("public/start.html")


@page.get("/follow", do=Do.SIGN_IN)
def follow() -> Response:
    """Sign in with an access code."""
    return render("public/start.html")


@page.get("/health", do=Do.READ_PUBLIC)
def health() -> Response:
    """Whether the portal serves."""
    return Response("ok", mimetype="text/plain")
