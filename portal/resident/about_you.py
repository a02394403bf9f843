"""A few questions about the resident, offered once a complaint was sent: counted, and kept apart from it and from everybody (item 67)."""

from flask import Response, g, request, session, url_for

from portal.access import Do, Role
from portal.complaints import operations
from portal.complaints.equality import QUESTIONS
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.fields import Offered, Pick
from portal.rules.words import N_
from portal.web import AlreadyDone, redirect, register, render, transaction

RATHER_NOT = ""
"""What is posted where somebody would rather not say: the same as nothing, and kept as little."""

ASKED = {question.name: question for question in QUESTIONS}


def _asked(name: str) -> Pick:
    """One question, none of its answers chosen, with a way out of one that was chosen by mistake."""
    question = ASKED[name]
    return Pick(_l(question.asks), {**question.answers, RATHER_NOT: N_("I would rather not say")}, [Offered()])


class AboutYouForm(BaseForm):
    """Every question, each to be left out."""

    is_nobodys = True
    age = _asked("age")
    disability = _asked("disability")
    sex = _asked("sex")
    ethnic_group = _asked("ethnic_group")
    home_language = _asked("home_language")

    @property
    def said(self) -> dict[str, str]:
        """What was answered, by the question's name."""
        return {name: self[name].data for name in ASKED if self[name].data}


def is_offered(complaint: Complaint) -> bool:
    """Whether nobody has answered in this browser since it came in; nothing but its own cookie knows."""
    return session.get("counted") != complaint.id


@page.get("/your-complaint/about-you", do=Do.SAY_OF_SELF)
@page.post("/your-complaint/about-you", do=Do.SAY_OF_SELF)
def about_you(complaint: Complaint) -> Response:
    """The questions; whoever answers for the resident answers of the resident. Once for each complaint."""
    for_another = g.viewer.role is Role.REPRESENTATIVE
    receipt = "resident.spoken" if for_another else "resident.receipt"
    if not is_offered(complaint):
        return redirect(url_for(receipt))
    form = AboutYouForm()
    if request.method == "POST" and form.validate():
        try:
            _count(form, url_for(receipt))
            session["counted"] = complaint.id
            return redirect(url_for(receipt, counted="yes", _anchor="about"))
        except REFUSALS as refusal:
            form.refuse(refusal)
    keep_years = landlord_of(register()).keep_equality_years
    return render("resident/about_you.html", form=form, asked=ASKED, for_another=for_another, keep_years=keep_years, back=url_for(receipt), status=form.status)


def _count(form: AboutYouForm, answer: str) -> None:
    """Count what was said, once for each time that the page was opened; where the answer is says no more than that of a complaint that was sent."""
    try:
        with transaction(form) as done:
            done.url = answer
            operations.count_answers(register(), form.said)
    except AlreadyDone:
        return
