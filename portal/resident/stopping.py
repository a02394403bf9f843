"""Stopping somebody from acting for the resident, in one press, or letting them do less (rulings 5, 6)."""

from flask import Response, abort, g, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Part, Party
from portal.forms import REFUSALS, BaseForm
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.resident.acting import told_of
from portal.resident.blueprint import page
from portal.resident.case import shown
from portal.resident.fields import Tick
from portal.rules.authority import SCOPES
from portal.web import NUMBER, redirect, render, transaction


class ScopeForm(BaseForm):
    """What they may go on doing."""

    scopes = Tick(_l("What may they go on doing?"), {})

    def validate_scopes(self, field: Tick) -> None:
        """Something left out, and something kept."""
        if not field.data:
            raise ValidationError(gettext("Leave at least one ticked. To stop all of it, press “Stop them from acting for me”"))
        if len(set(field.data)) == len(field.choices):
            raise ValidationError(gettext("Take away the tick from what they may no longer do"))


def _named(complaint: Complaint, party_id: int) -> Party:
    """Somebody who acts for the resident of this complaint; a page that does not exist for anybody else."""
    found = next((each for each in complaint.parties if each.id == party_id and each.part == Part.REPRESENTATIVE), None)
    return found or abort(404)


@page.post(f"/your-complaint/acting/<{NUMBER}:party_id>/end", do=Do.END_AUTHORITY)
def end_authority(complaint: Complaint, party_id: int) -> Response:
    """Stop somebody from acting, in one press and with no reason asked: it holds from their next request."""
    _named(complaint, party_id)
    form = BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.end_authority(complaint, _named(complaint, party_id), by=g.viewer)
                done.url = url_for("resident.case", _anchor="acting")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(complaint, form)


@page.get(f"/your-complaint/acting/<{NUMBER}:party_id>", do=Do.END_AUTHORITY)
@page.post(f"/your-complaint/acting/<{NUMBER}:party_id>", do=Do.END_AUTHORITY)
def narrow_authority(complaint: Complaint, party_id: int) -> Response:
    """Let somebody do less than they may now; to let them do more, staff have to see that it was agreed."""
    told = told_of(_named(complaint, party_id))
    if not told.may_be_narrowed:
        return redirect(url_for("resident.case", _anchor="acting"))
    form = _scope_form(complaint, party_id)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.narrow(complaint, _named(complaint, party_id), form.scopes.data, by=g.viewer)
                done.url = url_for("resident.case", _anchor="acting")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("resident/narrow.html", form=form, complaint=complaint, told=told, status=form.status)


def _scope_form(complaint: Complaint, party_id: int) -> ScopeForm:
    now = [each for each in SCOPES if each in _named(complaint, party_id).scopes]
    form = ScopeForm(version=str(complaint.version), scopes=now)
    form.scopes.choices = [(each, gettext(SCOPES[each])) for each in now]
    return form
