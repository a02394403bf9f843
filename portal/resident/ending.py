"""The way back from a first request: one press, no reason, and it is a complaint from that day (1.5, rulings 39 and 53)."""

from flask import Response, g, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.resident.blueprint import page
from portal.resident.case import shown
from portal.web import redirect, transaction


@page.post("/your-complaint/voice", do=Do.VOICE)
def voice(complaint: Complaint) -> Response:
    """Make it a complaint; the page then leads to that."""
    form = BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.voice(complaint, by=g.viewer)
                done.url = url_for("resident.case")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(complaint, form)
