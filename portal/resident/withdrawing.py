"""Withdrawing the complaint, whole or by point, and taking it up again: the resident's own act, never our guess."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.resident import standing
from portal.resident.blueprint import page
from portal.resident.case import shown
from portal.web import redirect, render, transaction


class WithdrawForm(BaseForm):
    """Nothing has to be filled in."""


@page.get("/your-complaint/withdraw", do=Do.WITHDRAW)
@page.post("/your-complaint/withdraw", do=Do.WITHDRAW)
def withdraw(complaint: Complaint) -> Response:
    """What it means, and the one press; where nothing can be withdrawn, back to the case."""
    form = WithdrawForm()
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                operations.withdraw(complaint, by=g.viewer)
                done.url = url_for("resident.case")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    if request.method == "GET" and not standing.may_withdraw(complaint, g.viewer):
        return redirect(url_for("resident.case"))
    return render("resident/withdraw.html", form=form, complaint=complaint, status=form.status)


@page.post("/your-complaint/resume", do=Do.WITHDRAW)
def resume(complaint: Complaint) -> Response:
    """Take it up again, in one press."""
    form = BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.resume(complaint, by=g.viewer)
                done.url = url_for("resident.case")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(complaint, form)
