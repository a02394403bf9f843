"""Check your answers, and the one press that sends the complaint."""

from collections.abc import Callable
from datetime import timedelta

from flask import Response, g, request, session, url_for

from portal import accounts, clock, db, pace
from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints.operations import Told
from portal.complaints.papers import Draft
from portal.complaints.people import Part, Party
from portal.forms import REFUSALS
from portal.resident import questions
from portal.resident.blueprint import page
from portal.resident.drafting import answers_of, kept_until
from portal.resident.forms import CheckForm
from portal.resident.telling import told_of_each
from portal.web import AlreadyDone, redirect, register, render, transaction

PRESS_AGAIN = timedelta(minutes=5)
Rows = list[tuple[object, list[str], str]]
Tell = Callable[[Draft], list[Told]]
"""What a draft tells now, a complaint for each home; nothing where it is not whole any more."""


@page.get("/complain/check", do=Do.COMPLAIN)
@page.post("/complain/check", do=Do.COMPLAIN)
def check() -> Response:
    """Everything you told us, each answer with a way to change it; nothing is sent before the button is pressed."""
    draft = queries.draft_by_token(register(), session.get("draft") or session.get("sent"))
    if draft is None:
        return redirect(url_for("resident.complain"))
    if draft.complaint_id is not None:
        return sent_before(draft)
    whole = answers_of(draft)
    if gap := questions.missing(whole):
        return redirect(url_for("resident.question", name=gap, then="check"))
    form = CheckForm()
    if request.method == "POST" and form.validate() and (answer := send(form, draft, _told_of(whole))):
        return answer
    rows = _rows(draft)
    return render("resident/complain/check.html", form=form, rows=rows, status=form.status, back=_back(draft), kept_until=kept_until(draft))


def _told_of(whole: questions.Answers) -> Tell:
    """What is told by the answers that nothing is missing from; nothing where another window has left a gap since."""

    def tell(draft: Draft) -> list[Told]:
        gap = answers_of(draft) != whole and questions.missing(answers_of(draft))
        return [] if gap else told_of_each(draft, language=g.language)

    return tell


def send(form: CheckForm, draft: Draft, tell: Tell) -> Response | None:
    """Send what the draft tells, and show the receipt to whoever pressed; None where it was refused, which the form then says."""
    pace.brake("send")
    try:
        sender = _send(form, tell)
        return _receipt(sender) if sender else _sign_in(draft)
    except REFUSALS as refusal:
        form.refuse(refusal)
    return None


def _send(form: CheckForm, tell: Tell) -> Party | None:
    """Send it, once, and let whoever sent it in, who is not the resident where they speak for one; a second press, in this window or another, finds it sent and changes nothing."""
    try:
        with transaction(form) as done:
            done.url = url_for("resident.receipt")
            draft = queries.draft_by_token(register(), session.get("draft"), locked=True)
            if draft is None or draft.complaint_id is not None:
                return None
            if not (what := tell(draft)):
                return None
            sender = operations.raise_several(register(), what, draft=draft)[0].parties[-1]
            session["party"] = accounts.begin_party_visit(register(), sender, how=accounts.BY_SENDING)
            return sender
    except AlreadyDone:
        return None


def sent_before(draft: Draft) -> Response:
    """It was sent already. Whoever is signed in sees the receipt; a late look, or a late press, opens nothing.

    A browser that pressed, and has not had its answer yet, is shown soon after that it was sent. Looking signs nobody in:
    pressing again does.
    """
    party = queries.party_of_draft(register(), draft)
    if party and g.viewer.party_id == party.id:
        return _receipt(party)
    if "draft" in session and clock.now() < draft.saved_at + PRESS_AGAIN:
        form = CheckForm()
        if request.method == "POST" and form.validate():
            return _sign_in(draft)
        return render("resident/complain/sent.html", form=form, status=form.status)
    session.pop("draft", None)
    session.pop("sent", None)
    return redirect(url_for("public.follow"))


def _sign_in(draft: Draft) -> Response:
    """Begin the visit of the person whose complaint was sent by another press, and show the receipt."""
    party = queries.party_of_draft(register(), draft)
    if party is None:
        return redirect(url_for("resident.complain"))
    if g.viewer.party_id != party.id:
        with db.transaction(register()) as writing:
            session["party"] = accounts.begin_party_visit(writing, party, how=accounts.BY_SENDING)
    return _receipt(party)


def _receipt(party: Party) -> Response:
    """The draft is written and sent; this browser shows its code until the session ends."""
    if token := session.pop("draft", None):
        session["sent"] = token
    return redirect(url_for("resident.spoken" if party.part == Part.REPRESENTATIVE else "resident.receipt"))


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


