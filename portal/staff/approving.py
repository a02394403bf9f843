"""Approving a refusal that somebody else wrote, before it goes."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import approving, queries
from portal.complaints.models import Complaint
from portal.complaints.papers import StaffDraft
from portal.forms import REFUSALS
from portal.i18n import gettext as _
from portal.staff import acknowledging, answering, correcting, refusing
from portal.staff.door import landed, page
from portal.staff.writing import Desk, SendForm, as_read, sent_words, so_far
from portal.web import redirect, register, render, transaction

DESKS: dict[str, Desk] = {desk.kind: desk for desk in (refusing.DESK, acknowledging.DESK, answering.DESK, correcting.PART, correcting.CORRECTION)}


@page.get("/complaints/<case:complaint>/approval", do=Do.APPROVE_REFUSAL)
@page.post("/complaints/<case:complaint>/approval", do=Do.APPROVE_REFUSAL)
def approve(complaint: Complaint) -> Response:
    """The whole letter as the resident will read it, and the one press that approves and sends it."""
    draft = approving.waiting(complaint)
    if draft is None or (request.method == "GET" and not approving.may_approve(complaint, g.viewer)):
        return redirect(url_for("staff.case", complaint=complaint))
    form = SendForm(version=str(complaint.version), seen=str(draft.version))
    desk = DESKS[draft.kind]
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                letter = desk.send(complaint, as_read(desk, complaint, form), by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, sent_words(letter))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _to_read(desk, complaint, draft, form)


def _to_read(desk: Desk, complaint: Complaint, draft: StaffDraft, form: SendForm) -> Response:
    if form.seen.data != str(draft.version):
        form.conflict, form.seen.data = True, str(draft.version)
    wrote = queries.staff_names(register()).get(draft.saved_by_id, _("Someone who worked here"))
    return render(
        "staff/approve.html", form=form, complaint=complaint, wrote=wrote, is_open=desk.is_open(complaint),
        **so_far(desk, complaint, dict(draft.written)), status=form.status,
    )  # fmt: skip
