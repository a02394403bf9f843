"""Mail that came and waits for a person: read as plain words, and put with its complaint or aside (G3, G4)."""

from flask import Response, abort, current_app, g, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import arrived, files, operations, queries
from portal.complaints.arrived import WHY, ArrivedMail
from portal.complaints.files import Arrived
from portal.complaints.kinds import NotTaken
from portal.complaints.models import Complaint
from portal.complaints.references import as_reference
from portal.forms import REFUSALS, BaseForm, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.post.arriving import taken
from portal.post.opened import Opened, opened
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick
from portal.web import NUMBER, register, render, transaction

PLACE, ASIDE = "place", "aside"
WHAT = {PLACE: N_("Put it with this complaint, with its files"), ASIDE: N_("It belongs to no complaint: forget what it says")}


class SortForm(BaseForm):
    """Where it goes."""

    what = Pick(_l("What do you do with it?"), WHAT, [OneOf(_l("Choose what you do with it"))])
    reference = Line(_l("Reference of the complaint"))

    found: Complaint | None = None

    def validate_reference(self, field: Line) -> None:
        """A complaint that this member of staff may see."""
        if self.what.data != PLACE:
            return
        reference = as_reference(field.data or "")
        self.found = queries.find(register(), g.viewer, reference) if reference else None
        if self.found is None:
            raise ValidationError(_("Write the reference of a complaint, such as 4KQ7 M2XA 9"))


@page.get(f"/mail/<{NUMBER}:number>", do=Do.SORT_MAIL)
@page.post(f"/mail/<{NUMBER}:number>", do=Do.SORT_MAIL)
def sort_mail(number: int) -> Response:
    """One message that came; what is said in it is shown as words, and nothing of it is fetched."""
    mail = arrived.one_waiting(register(), g.viewer, number)
    if mail is None:
        abort(404)
    g.listed = [mail.complaint_id] if mail.complaint_id else []
    form, letter = SortForm(), opened((mail.raw or "").encode("latin-1", "replace"))
    of = _named(mail)
    if form.reference.data is None and of:
        form.reference.data = of
    if form.validate_on_submit() and (answer := _sorted(form, mail, letter)):
        return answer
    return render("staff/mail_that_came.html", form=form, mail=mail, why=WHY[mail.why], files=[name for name, _content in letter.files], of=of, status=form.status)


def _named(mail: ArrivedMail) -> str:
    """The reference of the complaint that it seems to be about; empty where it names none."""
    return next((each.reference for each in queries.linked(register(), g.viewer, [mail.complaint_id] if mail.complaint_id else [])), "")


def _sorted(form: SortForm, mail: ArrivedMail, letter: Opened) -> Response | None:
    came: list[Arrived] = []
    config = current_app.extensions["portal"]
    try:
        came = taken(config, letter) if form.found else []
        with transaction(form) as done:
            done.url = url_for("staff.mail")
            waits = arrived.one_waiting(register(), g.viewer, mail.id)
            if waits is None:
                abort(404)
            if form.found is None:
                operations.put_aside(waits, by=g.viewer)
            for complaint in queries.several(register(), g.viewer, [form.found.id] if form.found else [], locked=True):
                operations.place(complaint, waits, by=g.viewer, arrived=came, scanned=bool(config.scanner))
        return landed(done.url, _("Done. It waits no more."))
    except NotTaken:
        form.form_errors.append(_("It holds a file that we do not take, or more than we take. Ask whoever sent it to send it in another form."))
    except REFUSALS as refusal:
        form.refuse(refusal)
    files.drop(config.files, came)
    return None
