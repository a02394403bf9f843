"""Showing once more that it is you, before what matters most is done: with the access code, or a code by a second way."""

from dataclasses import dataclass
from datetime import date

from flask import Response, abort, current_app, g, request, session, url_for
from werkzeug.routing import BuildError
from wtforms import StringField

from portal import accounts, browser, codes, db, pace, proving
from portal.access import NEEDS_PROOF, Do
from portal.codes import LIMITS, Resting
from portal.complaints import operations
from portal.complaints.challenges import Challenge
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import Lazy, gettext
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.home import home
from portal.resident.ways import ends_in
from portal.rules.calls import ring_by
from portal.rules.voice import call_of
from portal.web import DECLARED, AlreadyDone, redirect, register, render, transaction

WHAT_FOR: dict[Do, Lazy] = {
    Do.CHANGE_CONTACT: _l("After that you can change how we reach you."),
    Do.WITHDRAW: _l("After that you can withdraw your complaint."),
    Do.TAKE_EVERYTHING: _l("After that you can keep all of it as a file."),
    Do.GET_CODE: _l("After that you can get an access code for this complaint."),
}
"""What they asked for that has to wait until then."""

NO_PAGE = {"all_of_it_file": "all_of_it"}
"""What is a file and no page, and the page that gives it."""

CAME_BY = {
    accounts.BY_EMAIL: _l("You came in with a code that we sent by email. Somebody else who reads your email could do the same."),
    accounts.BY_TEXT: _l("You came in with a code that we sent by text message. Somebody else who holds your phone could do the same."),
}


class ProofForm(BaseForm):
    """One box, for whichever code they have."""

    code = StringField(_l("Your access code, or a code from us"), [Filled(_l("Type your access code, or the 8 numbers of a code"))])


@dataclass(frozen=True, slots=True)
class Then:
    """Where they were going: the end of its address' name, the page, and what it is for."""

    name: str
    url: str
    what_for: Lazy | str


def _then() -> Then:
    """The page they were sent here from: only ever one that needs proof, by the name of its route; else the complaint's own."""
    name = request.args.get("then", "")
    do = DECLARED.get(f"resident.{name}")
    if do in NEEDS_PROOF:
        try:
            return Then(name, url_for(f"resident.{NO_PAGE.get(name, name)}"), WHAT_FOR.get(do, ""))
        except BuildError:
            pass
    return Then("", home().url, "")


@page.get("/your-complaint/prove", do=Do.PROVE)
@page.post("/your-complaint/prove", do=Do.PROVE)
def prove(complaint: Complaint) -> Response:
    """Ask for one thing more than the mailbox or the phone they came in by; whoever has shown it goes on at once."""
    then, form = _then(), ProofForm()
    if request.method == "GET" and g.viewer.is_proved:
        return redirect(then.url)
    if request.method == "POST" and form.validate():
        pace.brake("code")
        if g.viewer.is_proved or _shows_it(form):
            return redirect(then.url)
        form.code.errors = form.code.errors or [gettext("This is neither your access code nor a code of ours that works here now. Check each letter and number")]
    return _asking(complaint, form, then)


def _shows_it(form: ProofForm) -> bool:
    """Whether what they typed is theirs; from then on this visit is proved, and its cookie is another."""
    if codes.digits_of(form.code.data or ""):
        return _by_sent_code(form)
    found = accounts.party_by_code(register(), form.code.data or "")
    if found is None or found.id != g.viewer.party_id:
        return False
    with db.transaction(register()):
        _prove(accounts.BY_ACCESS_CODE)
    return True


def _by_sent_code(form: ProofForm) -> bool:
    try:
        with db.transaction(register()) as writing:
            charged = codes.charge(writing, _proofs(), also=proving.read_out_to(writing, g.viewer.party_id))
    except Resting:
        form.code.errors = [gettext("Too many wrong codes were tried for this complaint. Codes rest until tomorrow. Your access code still works, and you can ring us")]
        return False
    right = codes.right_one(charged, codes.digits_of(form.code.data or ""), "")
    if right is None:
        return False
    with db.transaction(register()) as writing:
        used = codes.use(writing, right, charged)
        if used is None or used.party_id != g.viewer.party_id:
            return False
        _prove(used.channel)
    return True


def _prove(how: str) -> None:
    """Inside a transaction."""
    found = accounts.user(register(), session.get("party"))
    if found is None or found.viewer != g.viewer:
        abort(403)
    session["party"] = proving.prove(found.visit, how)
    session.pop("proofs", None)


@page.post("/your-complaint/prove/send", do=Do.PROVE)
def send_proof(complaint: Complaint) -> Response:
    """Send a code by their second way, in one press; where there is none, the page says what else they can do."""
    then, form = _then(), BaseForm()
    way = proving.second_way(party_here(complaint), g.party.visit, texts=_texts())
    if not form.validate():
        return _asking(complaint, form, then)
    if way is None:
        return redirect(url_for("resident.prove", then=then.name))
    pace.brake("ask")
    made, token = codes.fresh(), codes.token_for(form.key.data, session.get("csrf_token", ""))
    where = pace.network()
    try:
        with transaction(form) as done:
            network = None if where == pace.HERE else where
            proving.ask(register(), complaint, party_here(complaint), way, made, token=token, network=network, own=browser.own_token())
            done.url = url_for("resident.prove", then=then.name)
    except AlreadyDone:
        pass
    except REFUSALS as refusal:
        form.refuse(refusal)
        return _asking(complaint, form, then)
    session["proofs"] = [*(each for each in _proofs() if each != token), token][-LIMITS.in_one_browser :]
    return redirect(url_for("resident.prove", then=then.name))


@page.post("/your-complaint/prove/call", do=Do.PROVE)
def ask_call(complaint: Complaint) -> Response:
    """Ask to be rung, in one press: whoever has no second way and no access code at hand is never left outside."""
    then, form = _then(), BaseForm()
    if not form.validate():
        return _asking(complaint, form, then)
    try:
        with transaction(form) as done:
            operations.ask_call(complaint, by=g.viewer)
            done.url = url_for("resident.prove", then=then.name)
    except REFUSALS as refusal:
        form.refuse(refusal)
        return _asking(complaint, form, then)
    return redirect(url_for("resident.prove", then=then.name))


def _proofs() -> list[str]:
    return [each for each in session.get("proofs", []) if isinstance(each, str)]


def _texts() -> bool:
    return bool(current_app.extensions["portal"].sends_texts)


def _asking(complaint: Complaint, form: BaseForm, then: Then) -> Response:
    party, visit = party_here(complaint), g.party.visit
    sent: list[Challenge] = codes.of_browser(register(), _proofs())
    return render(
        "resident/prove.html", form=form, typed=form if isinstance(form, ProofForm) else ProofForm(formdata=None), then=then,
        came_by=CAME_BY.get(visit.how, ""), way=proving.second_way(party, visit, texts=_texts()), button=BaseForm(formdata=None),
        sent=sent[0] if sent else None, ends_in=ends_in(party.phone or ""), limits=LIMITS, may_ring="phone" in party.channels and bool(party.phone), call=_call(complaint), belongs=home(), status=form.status,
    )  # fmt: skip


def _call(complaint: Complaint) -> date | None:
    """The day by which we said that we would ring whoever is looking, while nobody has made sure that it is them."""
    asked = call_of(complaint.happenings, g.viewer.party_id if home().is_for_another else None)
    return ring_by(asked) if asked else None
