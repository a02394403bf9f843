"""Endings that are no answer: joined with another, a first request, spam; each page does it, and undoes it (ruling 39)."""

from datetime import date

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal import access, clock
from portal.access import Do
from portal.complaints import operations, queries, references
from portal.complaints.models import Complaint
from portal.complaints.recording import allowed_steps
from portal.complaints.wishes import CONTACT_KINDS
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.endings import set_aside
from portal.rules.reading import first
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, Pick, Words
from portal.web import redirect, register, render, transaction

DOES = {
    Step.JOINED: ("joining", Do.JOIN, N_("Answer it together with another complaint of theirs")),
    Step.MADE_REQUEST: ("first_request", Do.MAKE_REQUEST, N_("Handle it as a first request, if they agree")),
    Step.SPAM: ("spam", Do.SPAM, N_("Say that it is nobody’s complaint")),
}
UNDOES = {
    Step.JOINED: N_("Take it out of the other complaint"),
    Step.MADE_REQUEST: N_("They are not happy with it: make it a complaint"),
    Step.SPAM: N_("It is a complaint after all"),
}


def ways(complaint: Complaint) -> list[tuple[str, str]]:
    """What this viewer may do now to end it so, or to undo that: the words, and the page."""
    past = complaint.happenings
    aside = set_aside(past)
    if aside in UNDOES:
        offered = [] if first(past, Step.VOICED) else [(aside, UNDOES[aside])]
    else:
        allowed = allowed_steps(complaint, g.viewer, among=DOES)
        offered = [(step, words) for step, (_endpoint, _do, words) in DOES.items() if step in allowed]
    tie = [(_("Say that another home’s complaint has the same cause"), url_for("staff.tie", complaint=complaint))] if not aside and access.may(g.viewer, Do.JOIN, complaint) else []
    return tie + [
        (_(words), url_for(f"staff.{DOES[step][0]}", complaint=complaint))
        for step, words in offered if access.may(g.viewer, DOES[step][1], complaint)
    ]  # fmt: skip


class JoinForm(BaseForm):
    """The other complaint."""

    reference = Line(_l("The reference of the other complaint"), [Filled(_l("Write the reference of the other complaint"))])

    def validate_reference(self, field: Line) -> None:
        """Something that can be a reference."""
        if references.as_reference(field.data or "") is None:
            raise ValidationError(_("That is not a reference. Check each letter and number"))


@page.get("/complaints/<case:complaint>/joining", do=Do.JOIN)
@page.post("/complaints/<case:complaint>/joining", do=Do.JOIN)
def joining(complaint: Complaint) -> Response:
    """Join it with another complaint of the same person; or, once it is, take it out again."""
    is_joined = set_aside(complaint.happenings) is Step.JOINED and "reference" not in request.form
    form = JoinForm(version=str(complaint.version))
    if is_joined:
        del form.reference
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                if is_joined:
                    operations.unjoin(complaint, by=g.viewer)
                else:
                    operations.join(complaint, _other(form), by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("The letter that tells them is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/joining.html", form=form, complaint=complaint, is_joined=is_joined, status=form.status)


def _other(form: JoinForm) -> Complaint:
    found = queries.find(register(), g.viewer, references.as_reference(form.reference.data))
    if found is None:
        raise RuleBroken("5.12", N_("There is no complaint with this reference. Check each letter and number."))
    return found


class SaidForm(BaseForm):
    """How and when the resident said so."""

    kind = Pick(_l("How did they say so?"), CONTACT_KINDS, [OneOf(_l("Choose how they said so"))])
    on = Day(_l("Which day was it?"), [Filled(_l("Write the day they said so"))], past=True)
    words = Words(_l("What they said"), [Filled(_l("Write what they said"))])

    def validate_on(self, field: Day) -> None:
        """Nobody has said anything yet on a day to come."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write the day they said so"))

    @property
    def day(self) -> date:
        """The day, once it is valid."""
        assert self.on.day is not None
        return self.on.day


@page.get("/complaints/<case:complaint>/first-request", do=Do.MAKE_REQUEST)
@page.post("/complaints/<case:complaint>/first-request", do=Do.MAKE_REQUEST)
def first_request(complaint: Complaint) -> Response:
    """What the resident agreed to, how and when; or, once it is one, that they are not happy with it."""
    is_request = set_aside(complaint.happenings) is Step.MADE_REQUEST
    if request.method == "GET" and first(complaint.happenings, Step.VOICED):
        return redirect(url_for("staff.case", complaint=complaint))
    form = SaidForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                done.url = url_for("staff.case", complaint=_said(complaint, form, is_request=is_request))
            return landed(done.url, _("The letter that tells them is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/first_request.html", form=form, complaint=complaint, is_request=is_request, status=form.status)


def _said(complaint: Complaint, form: SaidForm, *, is_request: bool) -> Complaint:
    """What they said is done; the complaint that it is now."""
    if is_request:
        return operations.voice(complaint, by=g.viewer, on=form.day, said=(form.kind.data, form.words.data))
    operations.make_request(complaint, by=g.viewer, kind=form.kind.data, words=form.words.data, on=form.day)
    return complaint


class SpamForm(BaseForm):
    """Why."""

    why = Words(_l("Why"), [Filled(_l("Write why"))])


@page.get("/complaints/<case:complaint>/spam", do=Do.SPAM)
@page.post("/complaints/<case:complaint>/spam", do=Do.SPAM)
def spam(complaint: Complaint) -> Response:
    """Say that it is nobody's complaint; or, once that was said, that it is one after all."""
    is_spam = set_aside(complaint.happenings) is Step.SPAM
    form = SpamForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                do = operations.unmark_spam if is_spam else operations.mark_spam
                do(complaint, by=g.viewer, why=form.why.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("It is a complaint again, with its old dates.") if is_spam else _("It is put aside, and counted."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/spam.html", form=form, complaint=complaint, is_spam=is_spam, status=form.status)
