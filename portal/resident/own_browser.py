"""Marking this browser as one's own, and taking that back: some of a day's codes are kept for it (C5)."""

from flask import Response, g, url_for
from wtforms import StringField

from portal import browser
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import PICK_ONE, REFUSALS, BaseForm
from portal.resident.blueprint import page
from portal.resident.case import shown
from portal.web import redirect, register, transaction


class OwnForm(BaseForm):
    """The button that was pressed: `yes` or `no`."""

    own = StringField()


@page.post("/your-complaint/own-browser", do=Do.MARK_BROWSER)
def own_browser(complaint: Complaint) -> Response:
    """Mark it, or take the mark away, in one press."""
    form = OwnForm()
    is_whole = form.validate()
    if is_whole and form.own.data not in ("yes", "no"):
        form.form_errors.append(str(PICK_ONE))
    elif is_whole:
        token, is_own = browser.new_own_token(), form.own.data == "yes"
        try:
            with transaction(form) as done:
                if is_own:
                    operations.mark_own(register(), g.viewer.party_id, token)
                else:
                    operations.forget_own(register(), g.viewer.party_id, token)
                done.url = url_for("resident.case", _anchor="opened")
            answer = redirect(done.url)
            return browser.stays_own(answer, token) if is_own else browser.is_own_no_more(answer)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(complaint, form)
