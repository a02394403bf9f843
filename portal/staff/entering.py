"""Coming in: an address and a password, and then the way back to where somebody was."""

from datetime import timedelta

from flask import Response, abort, current_app, g, request, session, url_for
from flask_login import current_user, login_user
from wtforms import PasswordField, StringField

from portal import accounts, browser, coming_back, db, display, pace, typed
from portal.access import STAFF as STAFF_ROLES
from portal.access import Do, Role
from portal.complaints.people import PasswordTry, Staff
from portal.complaints.second_factor import factor_of, is_on
from portal.forms import BaseForm, Filled, NotTooLong
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.i18n import ngettext
from portal.staff.door import home, page
from portal.web import STAFF, redirect, register, render


class SignInForm(BaseForm):
    """Who you are."""

    email = StringField(_l("Email address"), [Filled(_l("Write your email address")), NotTooLong()])
    password = PasswordField(_l("Password"), [Filled(_l("Write your password")), NotTooLong()])


@page.get("/sign-in", do=Do.SIGN_IN)
@page.post("/sign-in", do=Do.SIGN_IN)
def sign_in() -> Response:
    """Sign in. A wrong address and a wrong password are answered alike, and slowed alike."""
    form = SignInForm()
    if form.validate_on_submit():
        account = (form.email.data or "").strip().lower()
        pace.brake("sign in")
        tried = try_one(account)
        staff = accounts.check_staff(register(), account, form.password.data or "")
        if staff is not None:
            count_right(tried)
            return _half_way(staff) if is_on(factor_of(register(), staff.id)) else back_again(staff)
        form.form_errors.append(_("That email address and password do not go together. Check both, and try again."))
    return door(form, status=form.status)


def try_one(account: str) -> PasswordTry:
    """Count one more password for an account before it is looked at; 429 where it has to wait a minute."""
    try:
        with db.transaction(register()) as writing:
            return accounts.begin_try(writing, account, pace.network())
    except accounts.Slowed:
        abort(429)


def count_right(tried: PasswordTry) -> None:
    """The password was theirs: from this network nobody keeps them out."""
    with db.transaction(register()) as writing:
        accounts.was_right(writing, tried)


def door(form: SignInForm | None = None, *, trouble: str = "", status: int) -> Response:
    """The sign-in page; `trouble` says what went wrong with another way in."""
    work = url_for("staff.go_to_work", next=way_back()) if current_app.extensions["portal"].work_accounts else ""
    return render(
        "staff/sign_in.html", form=form or SignInForm(formdata=None), trouble=trouble, work=work, why=_why_signed_out(),
        goes_back=way_back() is not None, was_unsaved="unsaved" in request.args, is_kept=typed.is_kept(register()), status=status,
    )  # fmt: skip


def _half_way(staff: Staff) -> Response:
    """The password was right; what opens the door is the second step."""
    with db.transaction(register()) as writing:
        session["half_way"] = accounts.begin_half_way(writing, staff)
    return redirect(url_for("staff.second_step", next=way_back()))


def way_back() -> str | None:
    """The page of ours they asked for, if they asked for one."""
    return coming_back.own_page(request.args.get("next"), STAFF)


def _why_signed_out() -> str | None:
    """Why somebody who was signed in here is not any more; None for a browser that comes in for the first time."""
    token = session.get("_user_id")
    if not token or current_user.is_authenticated:
        return None
    before = accounts.last_visit(register(), token)
    if before and accounts.has_run_out(before):
        hours = accounts.STAFF_VISIT // timedelta(hours=1)
        return ngettext("You were signed out because you had been signed in for %(num)s hour.", "You were signed out because you had been signed in for %(num)s hours.", hours)
    return _("You were signed out because this sign-in was ended: in another window, or because something about your account changed.")


def back_again(staff: Staff, how: str = accounts.PASSWORD, asked: str | None = None) -> Response:
    """Begin a visit, and go to where they were, in the role they had there; somebody else begins where they always do."""
    before, back = accounts.last_visit(register(), session.get("_user_id")), way_back() or coming_back.own_page(asked, STAFF)
    is_theirs = before is None or before.staff_id == staff.id
    goes_on = before is not None and is_theirs and before.role in staff.roles
    begin(staff, Role(before.role) if before and goes_on else _first_role(staff), how=how, ending=session.get("half_way"))
    return redirect(back if back and is_theirs else home())


def _first_role(staff: Staff) -> Role:
    return next(Role(role) for role in staff.roles if role in STAFF_ROLES)


def begin(staff: Staff, role: Role, *, how: str, ending: str | None = None) -> None:
    """A new visit under a new cookie; whatever was in the old one goes, but for the language and how pages look."""
    with db.transaction(register()) as writing:
        if ending:
            accounts.end_visit(writing, ending)
        token = accounts.begin_staff_visit(writing, staff, role, how)
        kept, _back = typed.carried(writing, staff_id=staff.id)
    browser.begin_anew(**kept)
    display.remember(staff.display)
    user = accounts.user(register(), token)
    assert user is not None
    login_user(user)
    g.viewer, g.signed_out = user.viewer, True
