"""The door residents come back through: an access code in, and a way out that leaves nothing behind."""

from flask import Response, flash, g, request, session, url_for
from wtforms import StringField

from portal import accounts, browser, db, pace
from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints.people import Part
from portal.forms import BaseForm, Filled
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.public.blueprint import page
from portal.public.by_code import AskForm, sends_texts
from portal.web import redirect, register, render


class CodeForm(BaseForm):
    """One box, in any spacing."""

    code = StringField(_l("What is your access code?"), [Filled(_l("Type the code from your receipt, or from the page where you saved"))])


@page.get("/follow", do=Do.SIGN_IN)
@page.post("/follow", do=Do.SIGN_IN)
def follow() -> Response:
    """Open a complaint, or go on writing one, with its code. Every wrong code gets the same answer."""
    form = CodeForm()
    if request.method == "POST" and form.validate():
        pace.brake("code")
        if url := _open(form.code.data or ""):
            return redirect(url)
        form.code.errors = [gettext("We do not know this code. Check each letter and number, then try again")]
    return render("public/follow.html", form=form, asking=AskForm(formdata=None), texts=sends_texts(), status=form.status)


def _open(typed: str) -> str | None:
    """Sign this browser in, and where to go; None for a code that opens nothing."""
    party = accounts.party_by_code(register(), typed)
    draft = None if party else queries.draft_by_code(register(), typed)
    if party is None and draft is None:
        return None
    with db.transaction(register()) as writing:
        if party:
            browser.begin_anew(party=accounts.begin_party_visit(writing, party))
        elif draft:
            browser.begin_anew(draft=operations.resume_draft(draft))
            flash(gettext("Welcome back. Everything you wrote is here. Go on when you are ready."))
    if party and party.part == Part.REPRESENTATIVE:
        return url_for("resident.spoken")
    return url_for("resident.case" if party else "resident.complain")


@page.post("/sign-out", do=Do.SIGN_OUT)
def sign_out() -> Response:
    """End the session, here and on the server; with `everywhere`, in every other browser that they are signed in with too.

    It asks for no token: another site cannot send our cookie with a post, and leaving must never be refused.
    """
    g.signed_out = True
    with db.transaction(register()) as writing:
        if token := session.get("party"):
            found = accounts.user(writing, token) if request.form.get("everywhere") else None
            if found and found.visit.party:
                accounts.end_visits(writing, found.visit.party)
            accounts.end_visit(writing, token)
        if draft := queries.draft_by_token(writing, session.get("sent")):
            operations.forget_draft(draft)
    browser.begin_anew()
    return browser.leaves_nothing(redirect(url_for("public.signed_out")))


@page.get("/signed-out", do=Do.READ_PUBLIC)
def signed_out() -> Response:
    """You have signed out."""
    return render("public/signed_out.html")
