"""At the door, after the password: the code that one's phone shows, or one of the recovery codes."""

from flask import Response, session
from wtforms import StringField

from portal import accounts, db, pace
from portal.access import Do
from portal.complaints import operations
from portal.complaints.second_factor import RIGHT, factor_of
from portal.forms import Filled, NotTooLong
from portal.i18n import lazy_gettext as _l
from portal.staff.door import page
from portal.staff.entering import back_again
from portal.staff.second_factor import CodeForm
from portal.web import register, render


class StepForm(CodeForm):
    """The code, of either kind."""

    code = StringField(_l("Code"), [Filled(_l("Write the code that your phone shows now, or one of your recovery codes")), NotTooLong()])


@page.get("/sign-in/code", do=Do.SIGN_IN)
@page.post("/sign-in/code", do=Do.SIGN_IN)
def second_step() -> Response:
    """The second step; whoever took too long, or never gave a password, is told so and begins again."""
    form, visit = StepForm(), accounts.half_way(register(), session.get("half_way"))
    if visit is None:
        return render("staff/begin_again.html", minutes=accounts.HALF_WAY.seconds // 60, status=422 if form.is_submitted() else 200)
    if form.validate_on_submit():
        pace.brake("sign in")
        with db.transaction(register()) as writing:
            outcome = operations.try_code(writing, visit.staff_id or 0, form.code.data or "")
        if outcome == RIGHT and visit.staff:
            return back_again(visit.staff, how=accounts.SECOND_STEP)
        form.say(outcome, factor_of(register(), visit.staff_id))
    return render("staff/second_step.html", form=form, status=form.status)
