"""Where one is signed in, and signing out everywhere but here."""

from flask import Response, url_for
from flask_login import current_user

from portal import accounts
from portal.access import Do
from portal.forms import REFUSALS, BaseForm
from portal.i18n import gettext as _
from portal.staff.account import ROLES
from portal.staff.door import landed, page
from portal.web import register, render, transaction


@page.get("/account/visits", do=Do.KEEP_SIGN_IN)
def visits() -> Response:
    """Each browser one is signed in with now: since when, in which role, and when it was last seen."""
    return _visits(BaseForm(formdata=None))


@page.post("/account/visits", do=Do.KEEP_SIGN_IN)
def end_other_visits() -> Response:
    """Sign out everywhere but here."""
    form = BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                accounts.end_other_visits(register(), current_user.visit)
                done.url = url_for("staff.visits")
            return landed(done.url, _("Everywhere else you were signed in, you are signed out."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _visits(form)


def _visits(form: BaseForm) -> Response:
    mine = current_user.visit
    return render(
        "staff/visits.html", form=form, mine=mine.id, visits=accounts.visits(register(), mine), roles=ROLES,
        minutes=accounts.TOUCH_EVERY.seconds // 60, status=form.status,
    )  # fmt: skip
