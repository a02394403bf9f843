"""The door residents come back through: an access code in, and a way out that leaves nothing behind."""

from flask import Response, flash, g, request, session, url_for
from flask import redirect as flask_redirect
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField

from portal import accounts, browser, db, display, log, pace, typed
from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints.landlord import landlord_of
from portal.complaints.people import Part
from portal.db import Register
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
    return render("public/follow.html", form=form, asking=AskForm(formdata=None), texts=sends_texts(), is_kept=typed.is_kept(register()), status=form.status)


def _open(code: str) -> str | None:
    """Sign this browser in, and where to go; None for a code that opens nothing."""
    party = accounts.party_by_code(register(), code)
    draft = None if party else queries.draft_by_code(register(), code)
    if party is None and draft is None:
        return None
    with db.transaction(register()) as writing:
        back = None
        if party:
            kept, back = typed.carried(writing, party_id=party.id)
            browser.begin_anew(party=accounts.begin_party_visit(writing, party), **kept)
            display.remember(party.person.display)
            browser.speak(party.person.language, unless_chosen=True)
        elif draft:
            browser.begin_anew(draft=operations.resume_draft(draft))
            browser.speak(draft.language, unless_chosen=True)
            flash(gettext("Welcome back. Everything you wrote is here. Go on when you are ready."))
    if back or (party and party.part == Part.REPRESENTATIVE):
        return back or url_for("resident.spoken")
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
        _end(writing)
    browser.begin_anew()
    return browser.leaves_nothing(redirect(url_for("public.signed_out")))


@page.get("/leave", do=Do.READ_PUBLIC)
def leave() -> AnyResponse:
    """Away at once: the visit ends here and on the server, and a quiet page takes this one's place.

    It is a link, so that one press is enough with no script, no token and no second page. A link changes something here, and
    may: it ends nothing but the visit of the cookie that came with it, which this browser forgets by the same answer. Another site that
    sends somebody here could sign them out before and can now, and gains nothing; from a picture or a frame of another site no cookie
    comes. A scanner that follows links has no cookie of anybody's. A browser that fetches ahead of a press is turned away: the visit goes on
    until somebody presses, and then the press comes to us. Where the register cannot be written to, they leave all the same.
    """
    if _is_fetched_ahead():
        return Response(status=503, headers={"Cache-Control": "no-store"})
    g.signed_out = True
    try:
        if any(session.get(name) for name in ("party", "_user_id", "sent", typed.COOKIE)):
            with db.transaction(register()) as writing:
                _end(writing)
    except db.Fault as fault:
        log.note("a visit could not be ended", fault=type(fault).__name__)
    session.clear()
    return flask_redirect(landlord_of(register()).quiet_page, 303)


def _is_fetched_ahead() -> bool:
    """Whether a browser asks for a page that nobody has gone to yet."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz"))


def _end(writing: Register) -> None:
    """End what this browser's cookie opens: a visit, of a resident or of staff, and the answers of a complaint that was sent from it."""
    typed.forget(writing)
    for token in filter(None, (session.get("party"), session.get("_user_id"))):
        accounts.end_visit(writing, token)
    if draft := queries.draft_by_token(writing, session.get("sent")):
        operations.forget_draft(draft)


@page.get("/signed-out", do=Do.READ_PUBLIC)
def signed_out() -> Response:
    """You have signed out."""
    return render("public/signed_out.html")
