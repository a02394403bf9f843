"""Several homes with one cause: each home and whose it is, added one at a time, with no script (ruling 3)."""

import hashlib
from typing import Any

from flask import Response, request, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import operations
from portal.complaints.papers import Draft
from portal.forms import REFUSALS, BaseForm
from portal.i18n import ngettext
from portal.resident import questions
from portal.resident.apart import own_ways
from portal.resident.blueprint import page
from portal.resident.drafting import answer_in, answers_of, draft_here, draft_to_write, kept_until
from portal.resident.forms import EachHomeForm
from portal.web import NUMBER, redirect, render, transaction

MOST = 40
"""How many homes are taken at once: each is a complaint of its own, with its own letters (J)."""


class TakeOutForm(BaseForm):
    """The buttons beside a home: `then` is `change`, to have it in the boxes again, or `remove`."""

    home = 0

    @property
    def fingerprint(self) -> str:
        """Which home it is, and which button: another one is another press."""
        return hashlib.sha256(f"{self.home} {request.form.get('then')}".encode()).hexdigest()


@page.get("/complain/homes", do=Do.COMPLAIN)
@page.post("/complain/homes", do=Do.COMPLAIN)
def homes() -> Response:
    """The homes so far, and boxes for one more; with nothing in the boxes, the button goes on."""
    kept = _kept(draft_here())
    form = EachHomeForm(data=kept.get("begun", {}))
    form.others = [own_ways(answers_of(draft_here()))]
    if request.method == "GET":
        return _show(form)
    later, whole = "later" in request.form, form.validate()
    passes = _is_empty(form) and bool(kept.get("homes")) and "add" not in request.form
    if (whole or passes or later) and "csrf_token" not in form.errors and "key" not in form.errors:
        try:
            with transaction(form) as done:
                draft = draft_to_write()
                _keep(draft, form, whole=whole, passes=passes or _is_empty(form))
                done.url = _next(later, draft)
            return redirect(done.url)
        except (*REFUSALS, ValidationError) as refusal:
            _refuse(form, refusal)
    return _show(form)


def _kept(draft: Draft | None) -> dict[str, Any]:
    return dict(answers_of(draft).get("homes", {}))


def _is_empty(form: EachHomeForm) -> bool:
    """Whether nothing stands in the boxes."""
    return not questions.holds_words(answer_in(form))


def _keep(draft: Draft, form: EachHomeForm, *, whole: bool, passes: bool) -> None:
    """Put the home in the list; one that is not whole yet is kept in the boxes. ValidationError for one too many."""
    kept = _kept(draft)
    listed: list[dict[str, Any]] = list(kept.get("homes") or [])
    begun: dict[str, Any] = {}
    if whole:
        if len(listed) >= MOST:
            raise ValidationError(ngettext("%(num)s home is the most we can take at once. Send it, then tell us of the others, or ring us", "%(num)s homes are the most we can take at once. Send these, then tell us of the others, or ring us", MOST))
        listed.append(_home(draft, form, 1 + max((each["number"] for each in listed), default=0)))
    elif not passes:
        begun = answer_in(form)
    operations.save_draft(draft, "homes", {"homes": listed} | ({"begun": begun} if begun else {}))


def _home(draft: Draft, form: EachHomeForm, number: int) -> dict[str, Any]:
    """One home as the draft keeps it; one's own bears one's own name."""
    said = answer_in(form)
    return said | {"number": number, "name": said["name"] or answers_of(draft).get("name", {}).get("name", "")}


def _next(later: bool, draft: Draft) -> str:
    if later:
        return url_for("resident.later")
    if "add" in request.form:
        return url_for("resident.homes", then=request.args.get("then"))
    following = questions.after("homes", draft.answers)
    if request.args.get("then") == "check" or following is None:
        return url_for("resident.check")
    return url_for("resident.question", name=following)


def _refuse(form: EachHomeForm, refusal: Exception) -> None:
    if isinstance(refusal, ValidationError):
        form.form_errors.append(str(refusal))
    else:
        form.refuse(refusal)


def _show(form: EachHomeForm, *, status: int | None = None) -> Response:
    draft = draft_here()
    listed = _kept(draft).get("homes") or []
    back = questions.before("homes", answers_of(draft)) or questions.QUESTIONS[0].name
    return render(
        "resident/complain/homes.html", form=form, homes=listed, taking_out={each["number"]: TakeOutForm(formdata=None) for each in listed},
        count=ngettext("One home so far", "%(num)s homes so far", len(listed)), kept_until=kept_until(draft),
        has_own=any(each.get("mine") for each in listed),
        back=url_for("resident.check") if request.args.get("then") == "check" else url_for("resident.question", name=back), status=status or form.status,
    )  # fmt: skip


@page.post(f"/complain/homes/<{NUMBER}:number>", do=Do.COMPLAIN)
def take_out_home(number: int) -> Response:
    """Take one home out of the list again, or out of it and into the boxes; one that is not there is gone already."""
    form = TakeOutForm()
    form.home = number
    shown = EachHomeForm(formdata=None)
    if form.validate():
        try:
            with transaction(form) as done:
                draft = draft_to_write()
                _take_out(draft, number, change=request.form.get("then") == "change")
                done.url = url_for("resident.homes")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    shown.form_errors = [words for _, words in form.problems()]
    return _show(shown, status=form.status)


def _take_out(draft: Draft, number: int, *, change: bool) -> None:
    kept = _kept(draft)
    listed = kept.get("homes") or []
    gone = next((each for each in listed if each["number"] == number), None)
    if gone is not None:
        left = {**kept, "homes": [each for each in listed if each is not gone]}
        operations.save_draft(draft, "homes", left | ({"begun": gone} if change else {}))
