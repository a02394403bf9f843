"""Every other way to complain, on one page; and the form to fill in on paper."""

from flask import Response, request

from portal.access import Do
from portal.complaints import wishes
from portal.i18n import lazy_gettext as _l
from portal.public.blueprint import page
from portal.rules.words import N_
from portal.web import render

DETAILS = (
    (_l("Email address"), 1), (_l("Phone number"), 1), (_l("When is it safe to ring?"), 1), (_l("The address for letters"), 3),
)  # fmt: skip
"""What goes with the ways that are safe: the words before the line, and how many lines."""


WHEN = {"still": N_("It is still going on"), "unsure": N_("I am not sure when")}


@page.get("/ways", do=Do.READ_PUBLIC)
def ways() -> Response:
    """Danger first; then here, by phone, a call back, on paper, by e-mail, in person: each counts the same."""
    return render("public/ways.html")


@page.get("/paper", do=Do.READ_PUBLIC)
def paper() -> Response:
    """The same questions with boxes to write in, to print; `?size=large` sets it in large print."""
    return render(
        "public/paper.html", large=request.args.get("size") == "large", whom=wishes.WHOM, when=WHEN, homes=wishes.HOMES, relationships=wishes.RELATIONSHIPS,
        wanted=wishes.WANTED, easier=wishes.EASIER, channels=wishes.CHANNELS, voicemail=wishes.VOICEMAIL, details=DETAILS,
    )  # fmt: skip
