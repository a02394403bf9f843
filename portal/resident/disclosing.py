"""Whether a disability they told us of is used for their other complaints too: their choice, in one press, at once (ruling 8)."""

from flask import Response, g, url_for
from wtforms import StringField

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import PICK_ONE, REFUSALS, BaseForm
from portal.resident.blueprint import page
from portal.resident.case import words_of_theirs
from portal.web import redirect, transaction


class CarryForm(BaseForm):
    """The button that was pressed: `yes` or `no`."""

    carry = StringField()


@page.post("/your-complaint/disability", do=Do.ALLOW_DISCLOSED)
def allow_disclosed(complaint: Complaint) -> Response:
    """Let it be used for their other complaints, or take that back."""
    form = CarryForm()
    is_whole = form.validate()
    if is_whole and form.carry.data not in ("yes", "no"):
        form.form_errors.append(str(PICK_ONE))
    elif is_whole:
        try:
            with transaction(form) as done:
                operations.carry(complaint, by=g.viewer, carried=form.carry.data == "yes")
                done.url = url_for("resident.words", _anchor="disability")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return words_of_theirs(complaint, form)
