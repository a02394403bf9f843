"""Every other way to complain, on one page; and the form to fill in on paper."""

from flask import Response, abort, g, request

from portal.access import Do
from portal.complaints import wishes
from portal.complaints.landlord import landlord_of
from portal.giving import give_bytes
from portal.letters.paper.asking import form
from portal.letters.paper.forms import PDF
from portal.letters.paper.printing import SIZES
from portal.public.blueprint import page
from portal.public.on_paper import DETAILS, WHEN, blank_form
from portal.web import register, render


@page.get("/ways", do=Do.READ_PUBLIC)
def ways() -> Response:
    """Danger first; then here, by phone, a call back, on paper, by e-mail, in person: each counts the same."""
    return render("public/ways.html")


@page.get("/paper", do=Do.READ_PUBLIC)
def paper() -> Response:
    """The same questions with boxes to write in, to print; `?size=large` sets it in large print."""
    return render(
        "public/paper.html", large=request.args.get("size") == "large", sizes=SIZES, whom=wishes.WHOM, when=WHEN, homes=wishes.HOMES, relationships=wishes.RELATIONSHIPS,
        wanted=wishes.WANTED, easier=wishes.EASIER, channels=wishes.CHANNELS, voicemail=wishes.VOICEMAIL, details=DETAILS,
    )  # fmt: skip


@page.get("/paper/file", do=Do.READ_PUBLIC)
def paper_file() -> Response:
    """The same form as a PDF in the language in use; `?size=18` is one of the sizes of print there are."""
    size = request.args.get("size", str(SIZES[0]))
    if size not in map(str, SIZES):
        abort(404)
    return give_bytes(form(blank_form(landlord_of(register())), g.language, int(size)), PDF, "form.pdf")
