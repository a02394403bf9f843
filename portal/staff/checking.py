"""Making sure on the phone that it is the resident, and reading them the numbers that show it on their page."""

from flask import Response, abort, g, url_for

from portal import accounts, codes, proving
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.post.mail import Code
from portal.rules.voice import open_calls
from portal.rules.words import N_
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick
from portal.web import register, render, transaction

THEM = {"yes": N_("Yes, it is them, and they want this"), "no": N_("No, or they asked for nothing")}


class PersonForm(BaseForm):
    """Whether it is them, and how we know."""

    them = Pick(_l("Is it them?"), THEM, [OneOf(_l("Choose whether it is them"))])
    words = Line(_l("How do you know?"), [Filled(_l("Write how you know whether it is them"))])


@page.get("/complaints/<case:complaint>/person", do=Do.CHECK_PERSON)
@page.post("/complaints/<case:complaint>/person", do=Do.CHECK_PERSON)
def check_person(complaint: Complaint) -> Response:
    """Numbers to read out, shown in the answer once; or, where it is not them, whoever is signed in as them is signed out."""
    if complaint.resident.person.died_on:
        abort(404)
    form = PersonForm()
    if form.validate_on_submit():
        try:
            return _checked(complaint, form)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/check_person.html", form=form, complaint=complaint, care=care(complaint), asked=bool(open_calls(complaint.happenings)), status=form.status,
    )


def _checked(complaint: Complaint, form: PersonForm) -> Response:
    them, made = form.them.data == "yes", codes.fresh()
    with transaction(form) as done:
        operations.check_person(complaint, by=g.viewer, them=them, checked=form.words.data)
        if them:
            until = proving.read_out(register(), complaint, made).expires_at
        else:
            accounts.end_visits(register(), complaint.resident)
        done.url = url_for("staff.case", complaint=complaint)
    if them:
        return render("staff/read_out.html", complaint=complaint, code=Code(made.code, "").in_pairs, until=until)
    return landed(done.url, _("Written down. Whoever was signed in as them is signed out, and the codes that were sent open nothing."))
