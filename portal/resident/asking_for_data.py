"""Asking for more than the pages show: everything that we hold, by a day, once somebody has read it (ruling 9)."""

from flask import Response, g, request, url_for

from portal import clock
from portal.access import Do
from portal.complaints import bodies, data_asked, operations
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.fields import Words
from portal.rules.data_asked import months_after
from portal.web import redirect, register, render, transaction


class AskForm(BaseForm):
    """What in particular, if they want to say; nothing has to be said."""

    words = Words(_l("Is there something in particular that you want to see?"))


@page.get("/your-complaint/everything/ask", do=Do.ASK_FOR_DATA)
@page.post("/your-complaint/everything/ask", do=Do.ASK_FOR_DATA)
def ask_for_data(complaint: Complaint) -> Response:
    """What it is, when it comes, and one press; while it is on its way, that it is."""
    form = AskForm()
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                operations.ask_for_data(complaint, (form.words.data or "").strip(), by=g.viewer)
                done.url = url_for("resident.ask_for_data")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    would_be = months_after(clock.today(), landlord_of(register()).data_months)
    return render(
        "resident/ask_for_data.html", form=form, complaint=complaint, asked=data_asked.requests_of(complaint), would_be=would_be,
        body=bodies.body(register(), "information"), status=form.status,
    )  # fmt: skip
