"""“That is not what I meant”: one box, whenever we have said how we understand the complaint and not answered it."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import lazy_gettext as _l
from portal.resident import standing
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.fields import Words
from portal.web import redirect, render, transaction


class MeaningForm(BaseForm):
    """What was meant."""

    words = Words(_l("What did you mean?"), [Filled(_l("Write what you meant, in any words"))])


@page.get("/your-complaint/meaning", do=Do.QUERY_MEANING)
@page.post("/your-complaint/meaning", do=Do.QUERY_MEANING)
def meaning(complaint: Complaint) -> Response:
    """The points as we understand them, and one box; back to the case where there is nothing yet, or no longer, to put right."""
    form = MeaningForm()
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                operations.query_meaning(complaint, (form.words.data or "").strip(), by=g.viewer)
                done.url = url_for("resident.case", _anchor="points")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    if request.method == "GET" and not standing.may_query(complaint, g.viewer):
        return redirect(url_for("resident.case"))
    definition = complaint.definition() if party_here(complaint).is_matched else None
    points = [point.words for point in definition.points] if definition else []
    return render("resident/meaning.html", form=form, complaint=complaint, points=points, status=form.status)
