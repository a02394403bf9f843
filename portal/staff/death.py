"""A resident has died: the day is written down, a manager says who deals with the estate, or that it was a mistake (ruling 4)."""

from typing import Any

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal import clock
from portal.access import Do
from portal.complaints import operations, wishes
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled, LooksLikeEmail, OneOf
from portal.i18n import DEFAULT
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.standing import has_died
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Day, Language, Line, Pick, Words
from portal.web import redirect, render, transaction

EMAIL, POST = "email", "post"
WAYS = {EMAIL: N_("By email"), POST: N_("By post")}


class DeathForm(BaseForm):
    """The day they died."""

    on = Day(_l("Which day did they die?"), [Filled(_l("Write the day they died"))], past=True)

    def validate_on(self, field: Day) -> None:
        """Nobody is written down as dead before the day."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet."))


@page.get("/complaints/<case:complaint>/death", do=Do.RECORD_DEATH)
@page.post("/complaints/<case:complaint>/death", do=Do.RECORD_DEATH)
def death(complaint: Complaint) -> Response:
    """Write it down: what would be sent to them stops at once, and the complaint and its dates go on."""
    if request.method == "GET" and has_died(complaint.happenings):
        return redirect(url_for("staff.case", complaint=complaint))
    form = DeathForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.on.day is not None
                operations.record_death(complaint, form.on.day, by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. Nothing more is sent to them."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/death.html", form=form, complaint=complaint, status=form.status)


class UndoneForm(BaseForm):
    """How we know that they live."""

    why = Words(_l("How do you know?"), [Filled(_l("Write how you know"))])


@page.get("/complaints/<case:complaint>/death/mistake", do=Do.KEEP_ESTATE)
@page.post("/complaints/<case:complaint>/death/mistake", do=Do.KEEP_ESTATE)
def death_undone(complaint: Complaint) -> Response:
    """They have not died: letters go to them again."""
    if request.method == "GET" and not has_died(complaint.happenings):
        return redirect(url_for("staff.case", complaint=complaint))
    form = UndoneForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.undo_death(complaint, by=g.viewer, why=form.why.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Put right. Letters go to them again."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/death_undone.html", form=form, complaint=complaint, status=form.status)


class EstateForm(BaseForm):
    """Who deals with the estate, and how our letters reach them."""

    name = Line(_l("What is their name?"), [Filled(_l("Write their name"))])
    who = Pick(_l("Who are they?"), wishes.ESTATE, [OneOf(_l("Choose who they are"))])
    shown = Words(_l("On what authority: what were you shown or told?"), [Filled(_l("Write what you were shown or told"))])
    way = Pick(_l("How do our letters go to them?"), WAYS, [OneOf(_l("Choose how our letters go to them"))])
    email = Line(_l("Email address"))
    post = Words(_l("Address for letters"))
    phone = Line(_l("Phone, if they gave one"))
    language = Language(_l("Which language do we use with them?"))

    def validate_email(self, field: Line) -> None:
        """A letter by email needs an address."""
        if self.way.data == EMAIL or field.data:
            LooksLikeEmail(_("Write their email address, like name@example.org"))(self, field)

    def validate_post(self, field: Words) -> None:
        """A letter by post needs an address."""
        if self.way.data == POST:
            Filled(_("Write their address for letters"))(self, field)


@page.get("/complaints/<case:complaint>/estate", do=Do.KEEP_ESTATE)
@page.post("/complaints/<case:complaint>/estate", do=Do.KEEP_ESTATE)
def estate(complaint: Complaint) -> Response:
    """Say who deals with the estate: from now on our letters go to them."""
    if request.method == "GET" and not has_died(complaint.happenings):
        return redirect(url_for("staff.case", complaint=complaint))
    form = EstateForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.name_estate_contact(complaint, _contact(form), by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. Our letters go to them from now on."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/estate.html", form=form, complaint=complaint, now=complaint.addressee, status=form.status)


def _contact(form: EstateForm) -> operations.EstateContact:
    safe: dict[str, Any] = {"channels": [form.way.data]}
    safe |= {name: form[name].data for name in ("email", "post", "phone") if form[name].data}
    return operations.EstateContact(name=form.name.data, who=form.who.data, shown=form.shown.data, safe_contact=safe, language=form.language.data or DEFAULT)
