"""Signing in and out, and the role a member of staff acts in."""

from datetime import timedelta

from flask import Response, g, request, session
from flask_login import current_user, login_user, logout_user
from wtforms import PasswordField, StringField

from portal import accounts, coming_back, db, pace
from portal.access import STAFF as STAFF_ROLES
from portal.access import Do, Role
from portal.complaints import queries
from portal.complaints.leaving import changes
from portal.complaints.people import Staff
from portal.forms import PICK_ONE, BaseForm, Filled, NotTooLong, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.i18n import ngettext
from portal.rules.words import N_
from portal.staff.door import home, landed, page
from portal.staff.fields import Pick
from portal.web import STAFF, redirect, register, render, sign_in_url

ROLES = {
    Role.COLLEAGUE: N_("Colleague: log complaints for residents"),
    Role.TRIAGE: N_("Triage: match, weigh, assign, acknowledge"),
    Role.HANDLER: N_("Handler: answer what you were given"),
    Role.REVIEWER: N_("Reviewer: look again at stage 2"),
    Role.MANAGER: N_("Manager: give out the work, and see all of it"),
}


class SignInForm(BaseForm):
    """Who you are."""

    email = StringField(_l("Email address"), [Filled(_l("Write your email address")), NotTooLong()])
    password = PasswordField(_l("Password"), [Filled(_l("Write your password")), NotTooLong()])


class SignOutForm(BaseForm):
    """One press."""


class RoleForm(BaseForm):
    """The role to act in from now on."""

    role = Pick(_l("Act as"), {role.value: words for role, words in ROLES.items()}, [OneOf(PICK_ONE)])

    def offer(self, roles: list[str]) -> None:
        """Offer only the roles this person holds."""
        self.role.choices = [choice for choice in self.role.choices if choice.value in roles]


@page.get("/sign-in", do=Do.SIGN_IN)
@page.post("/sign-in", do=Do.SIGN_IN)
def sign_in() -> Response:
    """Sign in. A wrong address and a wrong password are answered alike, and slowed alike."""
    form = SignInForm()
    if form.validate_on_submit():
        account = (form.email.data or "").strip().lower()
        pace.brake("sign in")
        pace.guard(account)
        staff = accounts.check_staff(register(), account, form.password.data or "")
        if staff is not None:
            return _back_again(staff)
        pace.wrong(account)
        form.form_errors.append(_("That email address and password do not go together. Check both, and try again."))
    return render("staff/sign_in.html", form=form, why=_why_signed_out(), goes_back=_way_back() is not None, was_unsaved="unsaved" in request.args, status=form.status)


def _way_back() -> str | None:
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


def _back_again(staff: Staff) -> Response:
    """Begin a visit, and go to where they were, in the role they had there; somebody else begins where they always do."""
    before, back = accounts.last_visit(register(), session.get("_user_id")), _way_back()
    is_theirs = before is None or before.staff_id == staff.id
    goes_on = before is not None and is_theirs and before.role in staff.roles
    _begin(staff, Role(before.role) if before and goes_on else _first_role(staff))
    return redirect(back if back and is_theirs else home())


def _first_role(staff: Staff) -> Role:
    return next(Role(role) for role in staff.roles if role in STAFF_ROLES)


def _begin(staff: Staff, role: Role, ending: str | None = None) -> None:
    """A new visit under a new cookie; whatever was in the old one goes, but for the language."""
    with db.transaction(register()) as writing:
        if ending:
            accounts.end_visit(writing, ending)
        token = accounts.begin_staff_visit(writing, staff, role)
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    user = accounts.user(register(), token)
    assert user is not None
    login_user(user)
    g.viewer, g.signed_out = user.viewer, True


@page.post("/sign-out", do=Do.SIGN_OUT)
def sign_out() -> Response:
    """End the visit: the row goes, so no copy of the cookie opens anything."""
    form = SignOutForm()
    if not current_user.is_authenticated:
        return redirect(sign_in_url(STAFF))
    if not form.validate():
        return _account(form)
    with db.transaction(register()) as writing:
        accounts.end_visit(writing, current_user.token)
    logout_user()
    session.clear()
    g.signed_out = True
    return redirect(sign_in_url(STAFF))


@page.get("/account", do=Do.BE_STAFF)
def account() -> Response:
    """Who you are here, and the role you act in."""
    return _account(SignOutForm())


@page.post("/account/role", do=Do.BE_STAFF)
def switch() -> Response:
    """Act in another of your roles."""
    form = RoleForm()
    staff = current_user.visit.staff
    form.offer(staff.roles)
    if form.validate():
        role = Role(form.role.data)
        _begin(staff, role, ending=current_user.token)
        return landed(home(), _("You act now as %(role)s.", role=_(ROLES[role])))
    return _account(form)


def _account(form: BaseForm) -> Response:
    staff, acting = current_user.visit.staff, g.viewer.role
    roles = form if isinstance(form, RoleForm) else RoleForm(formdata=None, data={"role": acting.value})
    roles.offer(staff.roles)
    leaving = form if isinstance(form, SignOutForm) else SignOutForm(formdata=None)
    return render(
        "staff/account.html", form=form, roles=roles, leaving=leaving, staff=staff, acting=_(ROLES[acting]),
        changes=changes(register(), staff), names=queries.staff_names(register()), status=form.status,
    )  # fmt: skip
