"""Withdrawing the complaint, whole or by point, and taking it up again: the resident's own act, never our guess."""

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.marked import said_in
from portal.resident import standing
from portal.resident.blueprint import page
from portal.resident.case import PointForm, party_here, shown
from portal.resident.fields import Pick, Tick
from portal.rules.reading import points
from portal.rules.words import N_
from portal.web import redirect, render, transaction

ALL, SOME = "all", "some"


class WithdrawForm(BaseForm):
    """All of it, or which points; nothing to fill in where there are no points to choose from."""

    what = Pick(_l("What do you want to withdraw?"), {ALL: N_("All of it"), SOME: N_("Only some points")})
    points = Tick(_l("Which points, if only some"), {})

    def validate_what(self, field: Pick) -> None:
        """A clear choice; nothing is taken from boxes alone."""
        if field.data not in (ALL, SOME):
            raise ValidationError(gettext("Choose whether you withdraw all of it, or only some points"))
        if field.data == ALL and self.points.data:
            raise ValidationError(gettext("You chose all of it, and some points too. Choose one"))

    def validate_points(self, field: Tick) -> None:
        """At least one point, and not every one."""
        if self.what and self.what.data == SOME and not field.data:
            raise ValidationError(gettext("Tick the points that you withdraw"))
        if self.what and self.what.data == SOME and len(set(field.data)) == len(field.choices):
            raise ValidationError(gettext("You ticked every point. If you withdraw all of it, choose “All of it”"))

    @property
    def chosen(self) -> list[str]:
        """The numbers of the points withdrawn; none where it is all of it."""
        return sorted(set(self.points.data)) if self.what and self.what.data == SOME else []


def _form(complaint: Complaint) -> WithdrawForm:
    form, stage = WithdrawForm(), complaint.stage_for("response")
    definition = complaint.definition(stage) if party_here(complaint).is_matched else None
    live = points(complaint.happenings, stage)
    found = [(str(each.number), said_in(each.words)) for each in definition.points if str(each.number) in live] if definition else []
    form.points.choices = found
    if len(found) < 2:
        del form.what, form.points
    return form


@page.get("/your-complaint/withdraw", do=Do.WITHDRAW)
@page.post("/your-complaint/withdraw", do=Do.WITHDRAW)
def withdraw(complaint: Complaint) -> Response:
    """What it means, and the one press; where nothing can be withdrawn, back to the case."""
    form = _form(complaint)
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                operations.withdraw(complaint, by=g.viewer, points=form.chosen)
                done.url = url_for("resident.case")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    if request.method == "GET" and not standing.may_withdraw(complaint, g.viewer):
        return redirect(url_for("resident.case"))
    return render("resident/withdraw.html", form=form, complaint=complaint, status=form.status)


@page.post("/your-complaint/resume", do=Do.TAKE_UP)
def resume(complaint: Complaint) -> Response:
    """Take it, or one point of it, up again in one press."""
    form = PointForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.resume(complaint, by=g.viewer, points=[form.point.data] if form.point.data else [])
                done.url = url_for("resident.case")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(complaint, form)
