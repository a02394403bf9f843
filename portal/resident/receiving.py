"""The day we have as the day of receipt, and the one page on which the resident says that it was another (ruling 13)."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.receiving import disputed
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.fields import Words
from portal.web import redirect, render, transaction


class ReceivedForm(BaseForm):
    """Who had it first, and when, in their own words."""

    words = Words(_l("When did you first tell us, and how?"), [Filled(_l("Write when you first told us, in any words"))])


@page.get("/your-complaint/received", do=Do.DISPUTE_RECEIPT)
@page.post("/your-complaint/received", do=Do.DISPUTE_RECEIPT)
def received(complaint: Complaint) -> Response:
    """The day we have, why it matters, and one box; while we owe a reply, that we do."""
    form = ReceivedForm()
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                operations.dispute_receipt(complaint, (form.words.data or "").strip(), by=g.viewer)
                done.url = url_for("resident.received")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("resident/received.html", form=form, complaint=complaint, against=disputed(complaint), status=form.status)
