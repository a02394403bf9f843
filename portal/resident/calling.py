"""Ask us to ring you: five short boxes, the number checked, and one press that makes it a complaint, received today."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request, session, url_for

from portal.access import Do
from portal.complaints import operations, queries, wishes
from portal.complaints.papers import Draft
from portal.forms import LONGEST_STORY, REFUSALS, BaseForm, Filled, LooksLikePhone, OneOf
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.check import send, sent_before
from portal.resident.drafting import answer_in, answers_of, draft_here, draft_to_write, kept_until
from portal.resident.fields import Line, Pick, Words
from portal.resident.forms import CheckForm
from portal.resident.telling import told_to_ring
from portal.web import redirect, register, render, transaction


class CallForm(BaseForm):
    """Whom to ring, on what number, when; and what it is about, if they want to say."""

    danger = Pick(_l("Is anyone in danger now?"), wishes.IS_THERE, [OneOf(_l("Choose “Yes” or “No”. If you are not sure, choose “Yes”"))])
    name = Line(_l("What is your name?"), [Filled(_l("Write your name, as you want us to use it"))])
    phone = Line(_l("Which number do we ring?"), [LooksLikePhone()])
    times = Line(_l("When is it safe to ring?"))
    voicemail = Pick(_l("May we leave a voicemail?"), wishes.VOICEMAIL, [OneOf(_l("Choose whether we may leave a voicemail"))])
    words = Words(_l("What is it about?"), most=LONGEST_STORY)


@page.get("/ring-me", do=Do.COMPLAIN)
@page.post("/ring-me", do=Do.COMPLAIN)
def call_back() -> Response:
    """The boxes, with what they had written before in them; danger is told at once, before anything is sent."""
    form = CallForm(data=_written(draft_here()))
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                draft = draft_to_write()
                _keep(draft, answer_in(form))
                done.url = url_for("resident.call_check")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("resident/complain/call.html", form=form, kept_until=kept_until(draft_here()), status=form.status)


def _written(draft: Draft | None) -> dict[str, Any]:
    """What is in the boxes to begin with: what was answered here before, else the name and story of a complaint begun."""
    answers = answers_of(draft)
    begun = {"name": answers.get("name", {}).get("name"), "words": answers.get("story", {}).get("story")}
    return {**begun, **answers.get("call", {})}


def _keep(draft: Draft, answer: dict[str, Any]) -> None:
    operations.save_draft(draft, "call", answer)
    if answer["danger"] == "yes":
        operations.raise_danger(register(), draft, _danger(answer, draft.answers.get("alert", {})))


def _danger(answer: dict[str, Any], told_before: Mapping[str, Any]) -> dict[str, str]:
    """What staff need at once; what was told of the danger before stays in it. A number with times is safe at those alone."""
    said = (told_before.get("words"), answer["words"], answer["times"] and gettext("Safe to ring: %(times)s", times=answer["times"]))
    return {
        "name": answer["name"], "phone": answer["phone"], "safe_to_ring": "times" if answer["times"] else "yes",
        "address": told_before.get("address") or "", "words": "\n".join(each for each in said if each),
    }  # fmt: skip


@page.get("/ring-me/check", do=Do.COMPLAIN)
@page.post("/ring-me/check", do=Do.COMPLAIN)
def call_check() -> Response:
    """Is the number right? Then one press sends it: a complaint like any other, with its reference and its code."""
    draft = queries.draft_by_token(register(), session.get("draft") or session.get("sent"))
    if draft is not None and draft.complaint_id is not None:
        return sent_before(draft)
    asked = answers_of(draft).get("call")
    if draft is None or not asked:
        return redirect(url_for("resident.call_back"))
    form = CheckForm()
    if request.method == "POST" and form.validate() and (answer := send(form, draft, _tell)):
        return answer
    return render("resident/complain/call_check.html", form=form, asked=asked, voicemail=wishes.VOICEMAIL, kept_until=draft.kept_until, status=form.status)


def _tell(draft: Draft) -> list[operations.Told]:
    return [told_to_ring(draft, language=g.language)]
