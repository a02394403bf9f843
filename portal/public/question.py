"""The one question that a link opens: a press binds it to this browser, a second one answers it. Looking changes nothing (B8)."""

import secrets

from flask import Response, session, url_for
from wtforms import HiddenField, StringField, TextAreaField

from portal import pace
from portal.access import Do
from portal.complaints import contractors, operations
from portal.complaints.papers import ContractorQuestion
from portal.forms import REFUSALS, BaseForm, Filled, NotTooLong
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.public.blueprint import page
from portal.web import redirect, register, render, transaction

LONGEST_LINK, LONGEST_ANSWER = 500, 20_000
COOKIE = "question"


class OpenForm(BaseForm):
    """What the link carried: a script puts it where it belongs; without one it is pasted."""

    code = StringField(_l("Paste the link here"), [NotTooLong(LONGEST_LINK)])
    link = HiddenField(validators=[NotTooLong(LONGEST_LINK)])

    @property
    def carried(self) -> str:
        """What stood after the # of the link, however it came here."""
        return (self.link.data or self.code.data or "").strip().rpartition("#")[2]


class AnswerForm(BaseForm):
    """The answer, and who gives it."""

    answer = TextAreaField(_l("Your answer"), [Filled(_l("Write your answer")), NotTooLong(LONGEST_ANSWER)])
    name = StringField(_l("Your name"), [Filled(_l("Write your name")), NotTooLong()])


@page.get("/question", do=Do.ANSWER_BY_LINK)
@page.post("/question", do=Do.ANSWER_BY_LINK)
def question() -> Response:
    """Where a link leads. It is the same page for everybody, and only the press opens anything."""
    form = OpenForm()
    if form.validate_on_submit():
        pace.brake("code")
        try:
            if _opened(form):
                return redirect(url_for("public.answer_question"))
            form.code.errors = [gettext("This link opens nothing. It may have been opened in another browser, answered or taken back, or its days have gone by. Ask whoever sent it for another one")]
            form.renew()
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("public/question.html", form=form, status=form.status)


def _opened(form: OpenForm) -> bool:
    """Whether what the link carried opens its question, in this browser from now on."""
    token = secrets.token_urlsafe(24)
    with transaction(form) as done:
        done.url = url_for("public.answer_question")
        is_open = operations.open_question(register(), form.carried, token)
    if is_open:
        session[COOKIE] = token
    return is_open


@page.get("/question/answer", do=Do.ANSWER_BY_LINK)
@page.post("/question/answer", do=Do.ANSWER_BY_LINK)
def answer_question() -> Response:
    """The question in the browser that opened it, and the box for its one answer; afterwards, thanks and nothing of either."""
    found = contractors.of_browser(register(), session.get(COOKIE))
    form = AnswerForm()
    if found is None:
        return render("public/answer_question.html", form=form, question=None, state="over", status=form.status) if form.is_submitted() and not form.validate() else redirect(url_for("public.question"))
    if found.is_live and form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.answer_question(register(), _again(), form.answer.data.strip(), " ".join(form.name.data.split()))
                done.url = url_for("public.answer_question")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("public/answer_question.html", form=form, question=found if found.is_live else None, state=found.state, status=form.status if found.is_live else 200)


def _again() -> ContractorQuestion:
    """The question as it is under the lock."""
    found = contractors.of_browser(register(), session.get(COOKIE))
    assert found is not None, "what a browser opened stays its own"
    return found
