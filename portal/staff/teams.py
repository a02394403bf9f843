"""Which services somebody works on: whose complaints they open without saying why."""

from flask import Response, g

from portal.access import Do
from portal.complaints import operations
from portal.i18n import gettext as _
from portal.staff.door import page
from portal.staff.people import TeamsForm, in_teams, pressed, somebody_here
from portal.web import NUMBER, register


@page.post(f"/people/<{NUMBER}:staff_id>/teams", do=Do.KEEP_STAFF)
def teams(staff_id: int) -> Response:
    """They work on these services from now on."""
    staff = somebody_here(staff_id)
    form = in_teams(staff, TeamsForm())

    def act() -> None:
        operations.set_teams(register(), staff, [int(each) for each in form.services.data or []], by=g.viewer)

    return pressed(staff, form, act, _("Written down: these are the services they work on."))
