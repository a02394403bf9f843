"""Signing out, and the role a member of staff acts in."""

from flask import Response, g, session
from flask_login import current_user, logout_user

from portal import accounts, db
from portal.access import Do, Role
from portal.complaints import queries, teams
from portal.complaints.leaving import changes
from portal.forms import PICK_ONE, BaseForm, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff.door import home, landed, page
from portal.staff.entering import begin
from portal.staff.fields import Pick
from portal.web import STAFF, redirect, register, render, sign_in_url

ROLES = {
    Role.COLLEAGUE: N_("Colleague: log complaints for residents"),
    Role.TRIAGE: N_("Triage: match, weigh, assign, acknowledge"),
    Role.HANDLER: N_("Handler: answer what you were given"),
    Role.SENIOR: N_("Senior handler: answer, approve, and give out"),
    Role.REVIEWER: N_("Reviewer: look again at stage 2"),
    Role.MANAGER: N_("Manager: give out the work, and see all of it"),
    Role.LEAD: N_("Senior lead: see all of it, and decide nothing in it"),
    Role.LIAISON: N_("Ombudsman liaison: read what the Ombudsman has, and record what it directs"),
    Role.GOVERNOR: N_("Governing body: read the figures, and nobody’s complaint"),
    Role.ADMINISTRATOR: N_("Administrator: keep accounts and settings, and read nobody’s complaint"),
    Role.AUDITOR: N_("Auditor: see that the record is whole, and who read what"),
}


class SignOutForm(BaseForm):
    """One press."""


class RoleForm(BaseForm):
    """The role to act in from now on."""

    role = Pick(_l("Act as"), {role.value: words for role, words in ROLES.items()}, [OneOf(PICK_ONE)])

    def offer(self, roles: list[str]) -> None:
        """Offer only the roles this person holds."""
        self.role.choices = [choice for choice in self.role.choices if choice.value in roles]


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
        begin(staff, role, how=current_user.visit.how, ending=current_user.token)
        return landed(home(), _("You act now as %(role)s.", role=_(ROLES[role])))
    return _account(form)


def _account(form: BaseForm) -> Response:
    staff, acting = current_user.visit.staff, g.viewer.role
    roles = form if isinstance(form, RoleForm) else RoleForm(formdata=None, data={"role": acting.value})
    roles.offer(staff.roles)
    leaving = form if isinstance(form, SignOutForm) else SignOutForm(formdata=None)
    services = {each.id: each.name for each in queries.services(register())}
    mine = sorted(services[each] for each in teams.services_of(register(), staff.id))
    return render(
        "staff/account.html", form=form, roles=roles, leaving=leaving, staff=staff, acting=_(ROLES[acting]),
        role_words=ROLES, changes=changes(register(), staff), names=queries.staff_names(register()),
        services=services, mine=mine, status=form.status,
    )  # fmt: skip
