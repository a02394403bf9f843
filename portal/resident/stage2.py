"""Asking for stage 2: two presses, no reasons, never refused for being early."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.i18n import lazy_gettext as _l
from portal.resident import standing
from portal.resident.blueprint import page
from portal.resident.case import shown
from portal.resident.fields import Words
from portal.resident.home import home
from portal.web import redirect, render, transaction


class Stage2Form(BaseForm):
    """Nothing has to be filled in."""

    words = Words(_l("Is there anything you want the new person to look at?"))


@page.get("/your-complaint/stage-2", do=Do.ASK_STAGE_2)
@page.post("/your-complaint/stage-2", do=Do.ASK_STAGE_2)
def stage_2(complaint: Complaint) -> Response:
    """The button; once pressed, what happens next; and where there is no next stage, the Ombudsman."""
    form = Stage2Form()
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                operations.escalate(complaint, by=g.viewer, words=(form.words.data or "").strip())
                done.url = url_for("resident.stage_2")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    refused = standing.refusal_letter(complaint)
    return render(
        "resident/stage_2.html",
        form=form,
        wrote=(form.words.data or "").strip(),
        complaint=complaint,
        may_escalate=standing.may_escalate(complaint, g.viewer),
        early=standing.would_be_held(complaint),
        held=standing.is_held(complaint),
        asked=standing.is_held(complaint) or (complaint.stage > 1 and complaint.answered_on is None and not refused),
        next=None if home().is_for_another else standing.next_date(complaint, stage=complaint.stage),
        belongs=home(),
        status=form.status,
    )


@page.post("/your-complaint/stage-2/take-back", do=Do.ASK_STAGE_2)
def take_back(complaint: Complaint) -> Response:
    """Let go of a request that we keep until our answer, in one press."""
    form = BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.take_back_stage_2(complaint, by=g.viewer)
                done.url = home().url
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return redirect(home().url) if home().is_for_another else shown(complaint, form)
