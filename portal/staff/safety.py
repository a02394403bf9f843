"""How it is safe to reach somebody: a note that is read, with a reason, before anything is done that reaches them (A7)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, request, url_for

from portal import coming_back
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.safety import has_read, must_read, to_read
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff import wording
from portal.staff.door import landed, page
from portal.staff.fields import Words
from portal.web import STAFF, redirect, render, transaction


class SafetyForm(BaseForm):
    """How they keep to it this time."""

    how = Words(_l("How do you keep to it, and why do you reach them now?"), [Filled(_l("Write how you keep to it"))], most=2_000)


def read_first(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that is opened only by somebody who has read today how it is safe to reach them; they come back to it."""

    @wraps(view)
    def reading(complaint: Complaint, **given: Any) -> Any:
        if request.method == "GET" and must_read(complaint, by=g.viewer):
            return redirect(url_for("staff.safety", complaint=complaint, next=coming_back.asked_for(STAFF)))
        return view(complaint=complaint, **given)

    return reading


@page.get("/complaints/<case:complaint>/safety", do=Do.RECORD_CONTACT)
@page.post("/complaints/<case:complaint>/safety", do=Do.RECORD_CONTACT)
def safety(complaint: Complaint) -> Response:
    """What to take care of, and a box; then back to what they were about to do."""
    back = coming_back.own_page(request.args.get("next"), STAFF) or url_for("staff.case", complaint=complaint)
    if request.method == "GET" and not to_read(complaint):
        return redirect(back)
    form = SafetyForm(how=has_read(complaint, by=g.viewer))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.read_safety(complaint, form.how.data, by=g.viewer)
                done.url = back
            return landed(done.url, _("Written down. It holds for today, and while nothing of it changes."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    safe = complaint.addressee.contact
    return render("staff/safety.html", form=form, complaint=complaint, limits=[*wording.contact_limits(safe), *filter(None, [safe.get("words")])], ways=wording.channels_in_words(safe), status=form.status)
