"""Somebody has left, and what they had is to be given to others; or they are back (ruling 38)."""

from flask import Response, g

from portal.access import Do
from portal.complaints import operations
from portal.forms import BaseForm
from portal.i18n import gettext as _
from portal.staff.door import page
from portal.staff.people import pressed, somebody_here
from portal.web import NUMBER, register


@page.post(f"/people/<{NUMBER}:staff_id>/left", do=Do.KEEP_STAFF)
def left(staff_id: int) -> Response:
    """They have left: they come in no more, and what they had is listed to be given to others."""
    staff, form = somebody_here(staff_id), BaseForm()
    return pressed(staff, form, lambda: operations.say_left(register(), staff, by=g.viewer), _("They can no longer sign in. Give what they had to others."))


@page.post(f"/people/<{NUMBER}:staff_id>/back", do=Do.KEEP_STAFF)
def back(staff_id: int) -> Response:
    """They work here again."""
    staff, form = somebody_here(staff_id), BaseForm()
    return pressed(staff, form, lambda: operations.say_back(register(), staff, by=g.viewer), _("They can sign in again."))
