"""Who works here; and, when somebody has left, what they had, to be given to others (ruling 38)."""

from flask import Response, abort, g, url_for

from portal.access import Do
from portal.complaints import leaving, operations
from portal.complaints.people import Staff
from portal.forms import REFUSALS, BaseForm
from portal.i18n import gettext as _
from portal.staff.door import landed, page
from portal.web import NUMBER, register, render, transaction


@page.get("/people", do=Do.KEEP_STAFF)
def people() -> Response:
    """Everybody who works here or did."""
    return render("staff/people.html", everybody=leaving.everybody(register()))


def _somebody(staff_id: int) -> Staff:
    found = register().get(Staff, staff_id)
    if found is None:
        abort(404)
    return found


@page.get(f"/people/<{NUMBER}:staff_id>", do=Do.KEEP_STAFF)
def somebody(staff_id: int) -> Response:
    """One of them: what they have, and the press that says they have left, or are back."""
    return _shown(_somebody(staff_id), BaseForm(formdata=None))


def _shown(staff: Staff, form: BaseForm) -> Response:
    cases = leaving.open_cases(register(), g.viewer, staff)
    promised = leaving.open_promises(register(), g.viewer, staff)
    g.listed = sorted({each.id for each in cases} | {complaint.id for _action, complaint in promised})
    return render("staff/somebody.html", form=form, staff=staff, cases=cases, promised=promised, status=form.status)


@page.post(f"/people/<{NUMBER}:staff_id>/left", do=Do.KEEP_STAFF)
def left(staff_id: int) -> Response:
    """They have left: they come in no more, and what they had is listed to be given to others."""
    staff, form = _somebody(staff_id), BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.say_left(register(), staff, by=g.viewer)
                done.url = url_for("staff.somebody", staff_id=staff.id)
            return landed(done.url, _("They can no longer sign in. Give what they had to others."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _shown(staff, form)


@page.post(f"/people/<{NUMBER}:staff_id>/back", do=Do.KEEP_STAFF)
def back(staff_id: int) -> Response:
    """They work here again."""
    staff, form = _somebody(staff_id), BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.say_back(staff)
                done.url = url_for("staff.somebody", staff_id=staff.id)
            return landed(done.url, _("They can sign in again."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _shown(staff, form)
