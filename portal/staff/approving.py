"""Approving a refusal or an answer that somebody else wrote, before it goes."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import approving, operations, queries
from portal.complaints.models import Complaint
from portal.complaints.papers import StaffDraft
from portal.forms import REFUSALS
from portal.i18n import gettext as _
from portal.staff import acknowledging, answering, both, correcting, refusing, standing
from portal.staff.door import landed, page
from portal.staff.speaking import speaking
from portal.staff.writing import Desk, SendForm, as_read, sent_words, so_far
from portal.web import redirect, register, render, transaction

DESKS: dict[str, Desk] = {desk.kind: desk for desk in (refusing.DESK, acknowledging.DESK, answering.DESK, both.DESK, correcting.PART, correcting.CORRECTION)}


@page.get("/complaints/<case:complaint>/approval", do=Do.APPROVE_REFUSAL)
@page.post("/complaints/<case:complaint>/approval", do=Do.APPROVE_REFUSAL)
def approve(complaint: Complaint) -> Response:
    """A refusal: the whole letter as the resident will read it, and the one press that approves and sends it."""
    return _approve(complaint, Do.APPROVE_REFUSAL)


@page.get("/complaints/<case:complaint>/answer-approval", do=Do.APPROVE_ANSWER)
@page.post("/complaints/<case:complaint>/answer-approval", do=Do.APPROVE_ANSWER)
def approve_answer(complaint: Complaint) -> Response:
    """An answer, read and approved the same way; the date by which it is owed has not waited."""
    return _approve(complaint, Do.APPROVE_ANSWER)


def _approve(complaint: Complaint, do: Do) -> Response:
    draft = approving.waiting(complaint, do)
    if draft is None or (request.method == "GET" and not approving.may_approve(complaint, do, g.viewer)):
        return redirect(url_for("staff.case", complaint=complaint))
    form, desk = SendForm.of(complaint, draft), DESKS[draft.kind]
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                written = as_read(desk, complaint, form)
                operations.ring_first(complaint, desk.kind, by=g.viewer, why=form.why)
                letter = desk.send(complaint, written, by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, sent_words(letter))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _to_read(desk, complaint, draft, form, do)


def _to_read(desk: Desk, complaint: Complaint, draft: StaffDraft, form: SendForm, do: Do) -> Response:
    if form.seen.data != str(draft.version):
        form.conflict, form.seen.data = True, str(draft.version)
    wrote = queries.staff_names(register()).get(draft.saved_by_id, _("Someone who worked here"))
    return render(
        "staff/approve.html", form=form, complaint=complaint, wrote=wrote, refuses=do is Do.APPROVE_REFUSAL, owed=standing.next_owed(complaint, desk.in_place_of or desk.step), is_open=desk.is_open(complaint),
        speak=speaking(complaint, desk.kind, url_for(str(request.endpoint), complaint=complaint)),
        **so_far(desk, complaint, dict(draft.written)), status=form.status,
    )  # fmt: skip
