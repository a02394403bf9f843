"""Why somebody opens a complaint that is another team's: asked before a word of it is shown, and kept with what they read."""

from flask import Response, g, request, url_for
from flask_login import current_user
from wtforms import ValidationError

from portal import access, coming_back
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.door import page
from portal.staff.fields import Words
from portal.web import STAFF, redirect, render, transaction

LONGEST, FEWEST_LETTERS = 500, 10
FILES = ("/files/", "/original")
"""What a browser keeps and does not show: whoever asked for one goes to the complaint, and finds it there."""


class WhyForm(BaseForm):
    """Why, in their own words."""

    reason = Words(_l("Why do you open it?"), [Filled(_l("Write why you open it"))], most=LONGEST)

    def validate_reason(self, field: Words) -> None:
        """A sign or two tell nobody anything who reads the list of what other teams opened."""
        if sum(each.isalpha() for each in field.data or "") < FEWEST_LETTERS:
            raise ValidationError(_("Write in a few words what you need it for, so that whoever reads it understands"))


@page.get("/complaints/<case:complaint>/why", do=Do.SAY_WHY)
@page.post("/complaints/<case:complaint>/why", do=Do.SAY_WHY)
def why(complaint: Complaint) -> Response:
    """Say why; then it opens, until they sign out or their visit ends. No word of the complaint is on this page."""
    onwards = _onwards(complaint)
    if request.method == "GET" and access.opens(g.viewer, complaint):
        return redirect(onwards)
    form = WhyForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.say_why(complaint, current_user.visit.id, form.reason.data)
                done.url = onwards
            g.reason = form.reason.data
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/why.html", form=form, reference=complaint.reference, status=form.status)


def _onwards(complaint: Complaint) -> str:
    """The page of this complaint that they asked for, or the complaint."""
    case, asked = url_for("staff.case", complaint=complaint), coming_back.own_page(request.args.get("next"), STAFF)
    return asked if asked and asked.startswith(f"{case}/") and not any(each in asked for each in FILES) else case
