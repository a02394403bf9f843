"""Asking a contractor one question about a complaint: our words alone, what of the resident we choose to tell, and the link (B8)."""

from flask import Response, abort, g, url_for
from wtforms import Field, StringField

from portal.access import Do
from portal.complaints import contractors, operations
from portal.complaints.contractors import HOME, NAME, Asking
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import ContractorQuestion
from portal.forms import (
    PICK_ONE,
    REFUSALS,
    BaseForm,
    Filled,
    LooksLikeEmail,
    NotTooLong,
    OneOf,
    email_address,
)
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick, Tick, Words
from portal.web import NUMBER, register, render, transaction

MAIL, HAND = "mail", "hand"
WAYS = {MAIL: N_("By email"), HAND: N_("I hand it over: the next page shows it once")}
TOLD = {NAME: N_("The resident’s name"), HOME: N_("The address it is about")}
STATES = {
    "waiting": N_("Not opened yet"), "opened": N_("Opened, and not answered yet"), "answered": N_("Answered"),
    "ended": N_("Taken back"), "over": N_("Not answered in time"),
}  # fmt: skip


class AskForm(BaseForm):
    """The question, to whom, and what of the resident goes with it."""

    words = Words(_l("What do you ask them?"), [Filled(_l("Write the question"))])
    who = Line(_l("Whom do you ask?"), [Filled(_l("Write whom you ask: the firm, and the person if you know"))])
    tells = Tick(_l("What do you tell them besides?"), TOLD)
    way = Pick(_l("How does the link reach them?"), WAYS, [OneOf(PICK_ONE)])
    email = StringField(_l("Their email address"), [NotTooLong()], filters=[email_address])

    def validate_email(self, field: Field) -> None:
        """An address, where the link goes by mail."""
        if self.way.data == MAIL:
            LooksLikeEmail()(self, field)


@page.get("/complaints/<case:complaint>/contractor", do=Do.ASK_CONTRACTOR)
@page.post("/complaints/<case:complaint>/contractor", do=Do.ASK_CONTRACTOR)
def ask_contractor(complaint: Complaint) -> Response:
    """Write the question; it goes by mail, or its link is shown in the answer, once."""
    form = AskForm()
    if form.validate_on_submit():
        link, mails = contractors.new_link(), form.way.data == MAIL
        asking = Asking(form.words.data, form.who.data, email=form.email.data or "" if mails else "", tells=form.tells.data or ())
        try:
            with transaction(form) as done:
                asked = operations.ask_contractor(complaint, asking, link, by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Asked. Their answer will stand with what we looked at.")) if mails else _handed(complaint, asked, link)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/ask_contractor.html", form=form, complaint=complaint, days=landlord_of(register()).question_open_for, status=form.status)


def _handed(complaint: Complaint, asked: ContractorQuestion, link: str) -> Response:
    whole = f"{landlord_of(register()).base_url}{url_for('public.question')}#{link}"
    return render("staff/contractor_link.html", complaint=complaint, asked=asked, link=whole)


@page.get(f"/complaints/<case:complaint>/contractor/<{NUMBER}:question_id>", do=Do.ASK_CONTRACTOR)
@page.post(f"/complaints/<case:complaint>/contractor/<{NUMBER}:question_id>", do=Do.ASK_CONTRACTOR)
def end_question(complaint: Complaint, question_id: int) -> Response:
    """One question and what became of it; and the press that takes it back while nobody has answered."""
    form, asked = BaseForm(), contractors.of_complaint(register(), complaint, question_id)
    if asked is None:
        abort(404)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.end_question(complaint, contractors.of_complaint(register(), complaint, question_id) or abort(404), by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Taken back. Its link opens nothing any more."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/contractor_question.html", form=form, complaint=complaint, asked=asked, state=_(STATES[asked.state]),
        told=[_(TOLD[name]) for name in asked.told], mail=contractors.mail_of(register(), asked), status=form.status,
    )  # fmt: skip
