"""The second step of signing in, kept on one's account page: setting it up, its recovery codes, turning it off."""

import io
from collections.abc import Callable

import segno
from flask import Response, g, make_response, request, url_for
from flask_login import current_user
from wtforms import PasswordField, StringField

from portal import accounts
from portal.access import Do
from portal.complaints import operations
from portal.complaints.landlord import landlord_of
from portal.complaints.people import SecondFactor
from portal.complaints.second_factor import (
    RIGHT,
    USED,
    WAIT,
    address_of,
    factor_of,
    is_on,
    next_try,
    recovery_codes_left,
)
from portal.forms import REFUSALS, BaseForm, Filled, NotTooLong
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.i18n import moment
from portal.staff.door import home, landed, page
from portal.staff.password import is_theirs
from portal.staff.people import LiftForm, pressed, somebody_here
from portal.web import NUMBER, redirect, register, render, transaction

CODES, OFF = "codes", "off"


class CodeForm(BaseForm):
    """A code from the app on one's phone."""

    code = StringField(_l("Code from your phone"), [Filled(_l("Write the code that your phone shows now")), NotTooLong()])

    def say(self, outcome: str, factor: SecondFactor | None) -> None:
        """Why the code was not taken, beside its box; the next press is another try."""
        self.renew()
        until = next_try(factor) if factor else None
        if outcome == WAIT and until:
            words = _("There were several wrong codes. The next one can be tried from %(when)s.", when=moment(until))
        elif outcome == USED:
            words = _("That code was used already. Wait until your phone shows the next one.")
        else:
            words = _("That is not the code. Write the one that your phone shows now: it changes every half minute.")
        self.code.errors = [words]


class BeginForm(BaseForm):
    """Their password, once more: whoever finds this session open does not know it."""

    password = PasswordField(_l("Your password"), [Filled(_l("Write the password you sign in with")), NotTooLong()])


class KeepForm(CodeForm):
    """A code, and what it is for."""

    @property
    def wants(self) -> str:
        """What the button said that was pressed."""
        return OFF if request.form.get("then") == OFF else CODES


def _mine() -> SecondFactor | None:
    return factor_of(register(), g.viewer.staff_id)


def _pressed(form: CodeForm, act: Callable[[str], tuple[str, list[str]]]) -> list[str] | None:
    """Do it with the code that was written: the recovery codes to be shown, if any; None where the form says why not."""
    try:
        with transaction(form) as done:
            outcome, codes = act(form.code.data or "")
            done.url = url_for("staff.second_factor")
    except REFUSALS as refusal:
        form.refuse(refusal)
        return None
    if outcome == RIGHT:
        return codes
    form.say(outcome, _mine())
    return None


@page.get("/account/second-step", do=Do.KEEP_SIGN_IN)
@page.post("/account/second-step", do=Do.KEEP_SIGN_IN)
def second_factor() -> Response:
    """How it stands; and with a code, ten new recovery codes, or none of it any more."""
    form = KeepForm()
    if form.validate_on_submit() and is_on(_mine()):
        codes = _pressed(form, lambda typed: _kept(typed, form.wants))
        if codes is not None:
            said = _("Your second step is turned off. You sign in with your password alone.")
            return _codes(codes) if codes else landed(url_for("staff.second_factor"), said)
    return _shown(form)


def _shown(form: BaseForm) -> Response:
    """The page, with the form that was sent on it, or an empty one."""
    factor, mine = _mine(), g.viewer.staff_id
    begin = form if isinstance(form, BeginForm) else BeginForm(formdata=None)
    keep = form if isinstance(form, KeepForm) else KeepForm(formdata=None)
    return render(
        "staff/second_factor.html", form=form, keep=keep, begin=begin, factor=factor, is_on=is_on(factor),
        left=recovery_codes_left(register(), mine), is_owed=accounts.owes(register(), current_user) != "", status=form.status,
    )  # fmt: skip


def _kept(typed: str, wants: str) -> tuple[str, list[str]]:
    """Ten new codes; or none, and the second step is gone."""
    mine = g.viewer.staff_id
    outcome = operations.try_code(register(), mine, typed)
    if outcome != RIGHT:
        return outcome, []
    if wants == CODES:
        return outcome, operations.new_recovery_codes(register(), mine)
    operations.turn_off(register(), mine)
    current_user.visit.how = accounts.PASSWORD
    return outcome, []


def _codes(codes: list[str]) -> Response:
    return render("staff/recovery_codes.html", codes=codes, onwards=home())


@page.post("/account/second-step/begin", do=Do.KEEP_SIGN_IN)
def begin_factor() -> Response:
    """A secret for one's phone; the password is asked for again."""
    form = BeginForm()
    if is_on(_mine()):
        return redirect(url_for("staff.second_factor"))
    if form.validate() and is_theirs(form.password):
        try:
            with transaction(form) as done:
                operations.begin_factor(register(), current_user.visit.staff)
                done.url = url_for("staff.set_up_factor")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _shown(form)


@page.get("/account/second-step/set-up", do=Do.KEEP_SIGN_IN)
@page.post("/account/second-step/set-up", do=Do.KEEP_SIGN_IN)
def set_up_factor() -> Response:
    """The secret, as a picture and as text, until a code shows that the phone has it; then the recovery codes, once."""
    form, factor = CodeForm(), _mine()
    if factor is None or is_on(factor):
        return redirect(url_for("staff.second_factor"))
    if form.validate_on_submit():
        codes = _pressed(form, _confirmed)
        if codes is not None:
            return _codes(codes)
        factor = _mine()
    return render("staff/set_up_factor.html", form=form, secret=factor.secret if factor else "", status=form.status)


def _confirmed(typed: str) -> tuple[str, list[str]]:
    """Their phone has it: it is on, and whoever came in with the password alone is out."""
    mine = g.viewer.staff_id
    outcome = operations.confirm_factor(register(), mine, typed)
    if outcome != RIGHT:
        return outcome, []
    accounts.end_other_visits(register(), current_user.visit)
    current_user.visit.how = accounts.SECOND_STEP
    return outcome, operations.new_recovery_codes(register(), mine)


@page.get("/account/second-step/picture", do=Do.KEEP_SIGN_IN)
def factor_picture() -> Response:
    """The secret as a picture that the camera of a phone reads; only until it is confirmed."""
    factor = _mine()
    if factor is None or is_on(factor):
        return redirect(url_for("staff.second_factor"))
    address = address_of(factor, landlord=landlord_of(register()).name, email=current_user.visit.staff.email)
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=6, border=4, dark="#000", light="#fff")
    answer = make_response(drawn.getvalue())
    answer.mimetype = "image/svg+xml"
    return answer


@page.post(f"/people/<{NUMBER}:staff_id>/second-step", do=Do.KEEP_STAFF)
def lift_factor(staff_id: int) -> Response:
    """Take away the second step of somebody whose phone is lost, and say why."""
    staff, form = somebody_here(staff_id), LiftForm()
    said = _("They sign in with their password alone, until they set up a second step again.")
    return pressed(staff, form, lambda: operations.lift_factor(register(), staff, by=g.viewer, because=form.lost.data or ""), said)
