"""What they think of our answer: an offer taken or not in one press, and “this is not done” of anything we promised (ruling 23)."""

from flask import Response, abort, g, request, url_for

from portal import taking
from portal.access import Do
from portal.complaints import operations
from portal.complaints.files import Enclosed
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, OneOf
from portal.i18n import day
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.marked import said_in
from portal.resident import standing
from portal.resident.blueprint import page
from portal.resident.case import OfferForm, party_here, shown
from portal.resident.enclosing import EnclosingForm, here, press
from portal.resident.fields import Pick, Words
from portal.web import redirect, render, transaction


@page.post("/your-complaint/offers", do=Do.ANSWER_OFFER)
def answer_offer(complaint: Complaint) -> Response:
    """Take an offer, or say that it is not wanted, in one press; neither closes any way onwards."""
    form = OfferForm()
    if form.validate():
        told = {str(one.id): one for one in standing.offers(complaint)} if party_here(complaint).is_matched else {}
        if form.offer.data not in told or form.then.data not in ("accept", "decline"):
            abort(404)
        try:
            with transaction(form) as done:
                remedy = next(each for each in complaint.remedies if str(each.id) == form.offer.data)
                operations.answer_offer(complaint, remedy, by=g.viewer, takes=form.then.data == "accept")
                done.url = url_for("resident.case", _anchor="offered")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(complaint, form)


class NotDoneForm(EnclosingForm):
    """Which promise, and what is wrong with it, if they want to say."""

    promise = Pick(_l("What is not done?"), {}, [OneOf(_l("Choose what is not done"))])
    words = Words(_l("Is there anything you want to say about it?"))


@page.get("/your-complaint/not-done", do=Do.DISPUTE_ACTION)
@page.post("/your-complaint/not-done", do=Do.DISPUTE_ACTION)
def not_done(complaint: Complaint) -> Response:
    """Say of something we promised that it is not done; back to the case where nothing was promised."""
    request.max_content_length = taking.MOST_AT_ONCE
    promised = standing.promises(complaint) if party_here(complaint).is_matched else []
    form = NotDoneForm(promise=request.args.get("promise", ""))
    form.promise.choices = [(str(one.id), said_in(one.what)) for one in promised]

    def tell(files: Enclosed) -> None:
        action = next(each for each in complaint.actions if str(each.id) == form.promise.data)
        operations.dispute_action(complaint, action, (form.words.data or "").strip(), by=g.viewer, files=files)

    if request.method == "POST" and (answer := press(form, complaint, tell, url_for("resident.case", _anchor="promised"))):
        return answer
    if request.method == "GET" and not promised:
        return redirect(url_for("resident.case"))
    return render("resident/not_done.html", form=form, complaint=complaint, here=here(form, complaint), days={str(one.id): _day_of(one) for one in promised}, status=form.status)


def _day_of(promised: standing.Promise) -> str:
    """The day by which it was promised, or on which we said that it was done: two promises may have the same words."""
    if promised.done_on:
        return _("We told you that we did it on %(day)s.", day=day(promised.done_on))
    return _("By %(day)s.", day=day(promised.due_on))
