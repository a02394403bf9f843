"""A password of one's own; and a first one that is sent to somebody, to be changed when it is used."""

from flask import Response, current_app, g, url_for
from flask_login import current_user
from wtforms import Field, PasswordField, ValidationError

from portal import accounts, passwords
from portal.access import Do
from portal.complaints import operations
from portal.complaints.landlord import landlord_of
from portal.complaints.ways_in import new_first_password
from portal.config import Config
from portal.forms import REFUSALS, BaseForm, Filled, NotTooLong
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.door import home, landed, page
from portal.staff.entering import count_right, try_one
from portal.staff.people import pressed, shown, somebody_here
from portal.web import NUMBER, register, render, transaction


class PasswordForm(BaseForm):
    """The password one has, and the one that is to be, twice."""

    password = PasswordField(_l("Your password now"), [Filled(_l("Write the password you signed in with")), NotTooLong()])
    new_password = PasswordField(_l("Your new password"), [NotTooLong()])
    new_password_again = PasswordField(_l("Your new password again"), [NotTooLong()])

    def validate_new_password(self, field: Field) -> None:
        """Long enough, and nothing that is tried first."""
        typed = field.data or ""
        if field.errors:
            return
        if len(typed) < passwords.SHORTEST:
            raise ValidationError(
                _("This has %(found)s characters. It needs %(least)s or more; spaces count.", found=len(typed), least=passwords.SHORTEST)
            )
        if typed == self.password.data:
            raise ValidationError(_("This is the one you have. Choose another."))
        staff = current_user.visit.staff
        wrong = passwords.wrong_with(typed, yours=(staff.name, staff.email), landlord=landlord_of(register()).name)
        if wrong:
            raise ValidationError(_(wrong))

    def validate_new_password_again(self, field: Field) -> None:
        """The same, so that a slip of the finger locks nobody out."""
        if field.data != self.new_password.data:
            raise ValidationError(_("This is not the same as the new password above. Write both again."))


@page.get("/account/password", do=Do.KEEP_SIGN_IN)
@page.post("/account/password", do=Do.KEEP_SIGN_IN)
def password() -> Response:
    """Choose a password of one's own; every other visit of theirs ends."""
    form, staff = PasswordForm(), current_user.visit.staff
    was_given = staff.first_password_until is not None
    if form.validate_on_submit() and is_theirs(form.password):
        hashed = accounts.hash_password(form.new_password.data or "")
        try:
            with transaction(form) as done:
                operations.change_password(current_user.visit.staff, hashed)
                accounts.end_other_visits(register(), current_user.visit)
                done.url = home() if was_given else url_for("staff.account")
            return landed(done.url, _("Your password is changed. Everywhere else you were signed in, you are signed out."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/password.html", form=form, was_given=was_given, least=passwords.SHORTEST, status=form.status)


def is_theirs(box: Field) -> bool:
    """Whether the password they have is right; tries are slowed as they are at the door."""
    staff = current_user.visit.staff
    email, stored = staff.email, staff.password_hash
    tried = try_one(email)
    if accounts.matches(stored, box.data or ""):
        count_right(tried)
        return True
    box.errors = [_("This is not your password. Check it, and write it again.")]
    return False


@page.post(f"/people/<{NUMBER}:staff_id>/password", do=Do.KEEP_STAFF)
def first_password(staff_id: int) -> Response:
    """Give somebody a password in place of the one they had; it goes to their own address, and is shown to nobody."""
    staff, form = somebody_here(staff_id), BaseForm()
    if not form.validate():
        return shown(staff, form)
    config: Config = current_app.extensions["portal"]
    made = new_first_password()
    hashed = accounts.hash_password(made)

    def act() -> None:
        operations.send_first_password(register(), somebody_here(staff_id), made, hashed, by=g.viewer, mail_goes=config.mail_goes)

    return pressed(staff, form, act, _("A first password is on its way to %(email)s.", email=staff.email))
