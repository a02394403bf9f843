"""Raising a complaint, one question a page, each answer kept as it is given."""

from typing import Any

from flask import Response, abort, request, url_for

from portal import clock
from portal.access import Do
from portal.complaints import operations
from portal.complaints.papers import Draft
from portal.forms import REFUSALS, BaseForm
from portal.resident import questions
from portal.resident.blueprint import page
from portal.resident.drafting import answer_in, answers_of, draft_here, draft_to_write, kept_until
from portal.resident.questions import Answers, Question
from portal.web import redirect, register, render, transaction


@page.get("/complain", do=Do.COMPLAIN)
def complain() -> Response:
    """Begin, or go on where you left off."""
    draft = draft_here()
    if draft is None:
        return redirect(url_for("resident.question", name=questions.QUESTIONS[0].name))
    left_off = questions.where_left_off(answers_of(draft))
    return redirect(_question(left_off) if left_off else url_for("resident.check"))


@page.get("/complain/<name>", do=Do.COMPLAIN)
@page.post("/complain/<name>", do=Do.COMPLAIN)
def question(name: str) -> Response:
    """One question: what was answered before is in the boxes, and what is answered now is kept."""
    answers = answers_of(draft_here())
    asked = questions.BY_NAME.get(name)
    if asked is None:
        abort(404)
    form = questions.form_of(asked, answers)
    later = "later" in request.form
    whole = form.validate() if request.method == "POST" else False
    if whole or (later and "csrf_token" not in form.errors):
        try:
            with transaction(form) as done:
                draft = draft_to_write()
                _keep(draft, asked, answer_in(form, unfinished=not whole))
                done.url = url_for("resident.later") if later else _next(asked, draft.answers)
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _show(asked, form, answers)


def _keep(draft: Draft, asked: Question, answer: dict[str, Any]) -> None:
    operations.save_draft(draft, asked.name, answer)
    if asked.name == "alert" and any(answer.get(name) for name in ("phone", "address", "words")):
        told = {name: answer.get(name) or "" for name in ("phone", "safe_to_ring", "address", "words")}
        operations.raise_danger(register(), draft, told)


def _next(asked: Question, answers: Answers) -> str:
    """Where the answer leads: on, or back to checking for somebody who came to change it."""
    if asked.name == "alert":
        return url_for("resident.alerted")
    if not asked.applies(answers):
        return url_for("resident.complain")
    following = questions.after(asked.name, answers)
    changing = request.args.get("then") == "check" and following not in ("alert", "details", "them", "group", "homes")
    if following is None or changing:
        return url_for("resident.check")
    return _question(following, then=request.args.get("then"))


def _question(name: str, **more: Any) -> str:
    return url_for("resident.question", name=name, **more)


def _show(asked: Question, form: BaseForm, answers: Answers) -> Response:
    earlier = questions.before(asked.name, answers) if asked.applies(answers) else None
    return render(
        f"resident/complain/{asked.name}.html",
        form=form,
        back=_back(earlier),
        several=questions.for_several(answers),
        for_others=questions.speaks_for_others(answers),
        place=questions.place(asked.name),
        kept_until=kept_until(draft_here()),
        wrote=questions.holds_words(answer_in(form)),
        status=form.status,
    )


def _back(earlier: str | None) -> str:
    if request.args.get("then") == "check":
        return url_for("resident.check")
    return _question(earlier) if earlier else url_for("public.start")


@page.get("/complain/alerted", do=Do.COMPLAIN)
def alerted() -> Response:
    """We have told our team that somebody may be in danger: go on, or stop there."""
    draft = draft_here()
    told = draft.answers.get("alert", {}) if draft else {}
    no_ring = bool(told.get("phone")) and told.get("safe_to_ring") != "yes"
    return render("resident/complain/alerted.html", draft=draft, following=_question("name"), no_ring=no_ring)


@page.get("/complain/later", do=Do.COMPLAIN)
def later() -> Response:
    """How to come back: the code, and the last day the complaint is kept for."""
    draft = draft_here()
    if draft is None:
        return redirect(url_for("resident.complain"))
    return render("resident/complain/later.html", draft=draft, days=(draft.kept_until - clock.today()).days)
