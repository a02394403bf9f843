"""Coming back with a code that we send: asking for it, and typing it on the page where it was asked for."""

from flask import Response, current_app, request, session, url_for
from wtforms import BooleanField, HiddenField, StringField, ValidationError

from portal import accounts, browser, codes, db, display, pace, typed
from portal.access import Do
from portal.codes import LIMITS, Asked, Resting
from portal.complaints import references
from portal.complaints.people import Part
from portal.forms import REFUSALS, BaseForm, Filled, NotTooLong, one_line
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.public.blueprint import page
from portal.web import AlreadyDone, redirect, register, render, transaction

LONGEST_LINK = 64


class AskForm(BaseForm):
    """The reference, and whether they speak for somebody else."""

    reference = StringField(_l("What is the reference?"), [Filled(_l("Type the reference from your receipt, or from a letter of ours")), NotTooLong()])
    acting = BooleanField(_l("I speak for somebody else in this complaint"))
    own = StringField(_l("If you speak for somebody else: your own email address or phone number"), [NotTooLong()], filters=[one_line])

    def validate_own(self, field: StringField) -> None:
        """Whoever speaks for somebody else says which of those they are: a code goes to nobody who did not ask for it."""
        if self.acting.data and not field.data:
            raise ValidationError(gettext("Type your own email address or phone number, the one you gave us, so that the code comes to you"))
        if field.data and not self.acting.data:
            raise ValidationError(gettext("Tick “I speak for somebody else” above, or empty this box if it is your own complaint"))

    def validate_reference(self, field: StringField) -> None:
        """What it is made of shows a slip of the finger; whether we know it is not asked here."""
        if field.data and len(field.data) <= 500 and references.as_reference(field.data) is None:
            raise ValidationError(gettext("This is not a reference of ours. Check each letter and number: there are nine, such as 7K4Q M2XD V"))


class TypedForm(BaseForm):
    """The code, typed or pasted; or what its link brought, which a script puts where it belongs."""

    code = StringField(_l("Type your code"))
    link = HiddenField()

    def validate_link(self, field: HiddenField) -> None:
        """As long as one of ours may be."""
        if len(field.data or "") > LONGEST_LINK:
            raise ValidationError(gettext("This page was not whole when it was sent. Please press the button again."))

    def validate_code(self, field: StringField) -> None:
        """Eight numbers, in any spacing; nothing where the link brought it."""
        if not self.link.data and not codes.digits_of(field.data or ""):
            raise ValidationError(gettext("Type the 8 numbers of the code, such as 12 34 56 78"))


@page.get("/follow/ask", do=Do.SIGN_IN)
@page.post("/follow/ask", do=Do.SIGN_IN)
def ask() -> Response:
    """Ask for a code. The answer is the same for every reference, known or not."""
    form = AskForm()
    if request.method == "POST" and form.validate():
        asked = Asked(references.as_reference(form.reference.data or "") or "", bool(form.acting.data), form.own.data or "")
        if _ask(form, asked):
            return redirect(url_for("public.type_code"))
    return render("public/ask.html", form=form, texts=sends_texts(), status=form.status)


@page.post("/follow/code/again", do=Do.SIGN_IN)
def ask_again() -> Response:
    """Ask for another code of the same complaint, in one press; the one before works on."""
    form = BaseForm()
    found = codes.of_browser(register(), _asks())
    if not found:
        return _elsewhere()
    newest = found[0].asked
    if form.validate() and _ask(form, Asked(newest["reference"], newest["acting"], newest.get("own", ""))):
        return redirect(url_for("public.type_code"))
    return _typing(TypedForm(formdata=None), wrong=form)


def _ask(form: BaseForm, asked: Asked) -> bool:
    """Ask once, however often the button is pressed, and let this browser be the one that asked; False with the reason in the form."""
    pace.brake("ask")
    made = codes.fresh()
    token = codes.token_for(form.key.data, session.get("csrf_token", ""))
    where = pace.network()
    try:
        with transaction(form) as done:
            codes.ask(register(), asked, made, token=token, network=None if where == pace.HERE else where, texts=sends_texts(), own=browser.own_token())
            done.url = url_for("public.type_code")
    except AlreadyDone:
        pass
    except REFUSALS as refusal:
        form.refuse(refusal)
        return False
    session["asks"] = [*(each for each in _asks() if each != token), token][-LIMITS.in_one_browser :]
    return True


def sends_texts() -> bool:
    """Whether a code may come by text message too."""
    return bool(current_app.extensions["portal"].sends_texts)


def _asks() -> list[str]:
    return [each for each in session.get("asks", []) if isinstance(each, str)]


@page.get("/follow/code", do=Do.SIGN_IN)
@page.post("/follow/code", do=Do.SIGN_IN)
def type_code() -> Response:
    """Where the code is typed, and where its link leads; in any other browser it says to type it where it was asked for."""
    if not codes.of_browser(register(), _asks()):
        return _elsewhere()
    form = TypedForm()
    if request.method == "POST" and form.validate():
        pace.brake("code")
        if url := _try(form):
            return redirect(url)
    return _typing(form)


def _try(form: TypedForm) -> str | None:
    """Sign this browser in, and where to go; None with the reason beside the box."""
    asks = _asks()
    try:
        with db.transaction(register()) as writing:
            charged = codes.charge(writing, asks)
    except Resting:
        form.code.errors = [gettext("Too many wrong codes were tried for this reference. Codes rest until tomorrow. Your access code still works, and you can ring us")]
        return None
    if right := codes.right_one(charged, codes.digits_of(form.code.data or ""), form.link.data or ""):
        with db.transaction(register()) as writing:
            used = codes.use(writing, right, charged)
            if used and (party := used.party):
                token = accounts.begin_party_visit(writing, party, how=used.channel, address=used.sent_to)
                kept, back = typed.carried(writing, party_id=party.id)
                browser.begin_anew(party=token, asks=asks, **kept)
                display.remember(party.person.display)
                browser.speak(party.person.language, unless_chosen=True)
                return back or url_for("resident.spoken" if party.part == Part.REPRESENTATIVE else "resident.case")
    form.code.errors = [_wrong(charged)]
    return None


def _wrong(charged: list[codes.Charged]) -> str:
    if not charged:
        return gettext("This code has run out, or was used. Ask for another one below")
    if not any(each.tries_left for each in charged):
        return gettext("This is not the code, and it was the last try. Ask for another one below")
    return gettext("This is not the code. Check each number, or ask for another one below")


def _typing(form: TypedForm, wrong: BaseForm | None = None) -> Response:
    """The page for the code, whose words depend on nothing but when it was asked for."""
    found = codes.of_browser(register(), _asks())
    live = [each for each in found if each.is_live]
    said = wrong or form
    return render(
        "public/type_code.html", form=said, typed=form, again=BaseForm(formdata=None), asked_at=found[0].asked_at,
        until=live[0].expires_at if live else None, limits=LIMITS, texts=sends_texts(), status=said.status,
    )  # fmt: skip


def _elsewhere() -> Response:
    """This browser asked for nothing: whoever opens the link here learns where the code is to be typed."""
    return render("public/asked_elsewhere.html", status=200 if request.method == "GET" else 422)
