"""Check your answers, and the one press that sends the complaint."""

from flask import Response, g, request, session, url_for

from portal import accounts, db, pace
from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints.papers import Draft
from portal.forms import REFUSALS
from portal.resident import questions
from portal.resident.blueprint import page
from portal.resident.drafting import answers_of
from portal.resident.forms import CheckForm
from portal.resident.telling import told
from portal.web import AlreadyDone, redirect, register, render, transaction

Rows = list[tuple[object, list[str], str]]


@page.get("/complain/check", do=Do.COMPLAIN)
@page.post("/complain/check", do=Do.COMPLAIN)
def check() -> Response:
    """Everything you told us, each answer with a way to change it; nothing is sent before the button is pressed."""
    draft = queries.draft_by_token(register(), session.get("draft") or session.get("sent"))
    if draft is None:
        return redirect(url_for("resident.complain"))
    if draft.complaint_id is not None and request.method == "GET":
        return _receipt()
    if gap := questions.missing(answers_of(draft)):
        return redirect(url_for("resident.question", name=gap, then="check"))
    form = CheckForm()
    if request.method == "POST" and form.validate():
        pace.brake("send")
        try:
            _send(form)
            return _receipt()
        except REFUSALS as refusal:
            form.refuse(refusal)
    rows = _rows(draft)
    return render("resident/complain/check.html", form=form, rows=rows, status=form.status, back=_back(draft))


def _send(form: CheckForm) -> None:
    """Send it, once: a second press, in this window or another, finds it sent and changes nothing."""
    try:
        with transaction(form) as done:
            draft = queries.draft_by_token(register(), session.get("draft"), locked=True)
            if draft is not None and draft.complaint_id is None:
                operations.raise_complaint(register(), told(draft, language=g.language), draft=draft)
            done.url = url_for("resident.receipt")
    except AlreadyDone:
        return


def _receipt() -> Response:
    """Sign this browser in as the person who complained, and show the receipt."""
    token = session.get("draft") or session.get("sent")
    draft = queries.draft_by_token(register(), token)
    party = queries.party_of_draft(register(), draft) if draft else None
    if party is None:
        return redirect(url_for("resident.complain"))
    if g.viewer.party_id != party.id:
        with db.transaction(register()) as writing:
            session["party"] = accounts.begin_party_visit(writing, party)
    session.pop("draft", None)
    session["sent"] = token
    return redirect(url_for("resident.receipt"))


def _rows(draft: Draft) -> Rows:
    answers = answers_of(draft)
    rows: Rows = []
    for asked in questions.asked(answers):
        words = asked.says(answers.get(asked.name, {}))
        if asked.name == "files":
            words = "\n".join(file.name for file in draft.files)
        href = url_for("resident.question", name=asked.name, then="check")
        rows.append((asked.title, words.splitlines(), href))
    return rows


def _back(draft: Draft) -> str:
    return url_for("resident.question", name=questions.asked(answers_of(draft))[-1].name)


