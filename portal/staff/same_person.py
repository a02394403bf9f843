"""Two accounts are one person's, or are not after all: what bars the one bars the other (ruling 34)."""

from flask import Response, g

from portal.access import Do
from portal.complaints import operations
from portal.i18n import gettext as _
from portal.staff.door import page
from portal.staff.people import ApartForm, SameForm, apart, offered, pressed, somebody_here
from portal.web import NUMBER, register


@page.post(f"/people/<{NUMBER}:staff_id>/same", do=Do.KEEP_STAFF)
def same_person(staff_id: int) -> Response:
    """Two accounts are one person's: whatever bars the one bars the other from this moment (ruling 34)."""
    staff = somebody_here(staff_id)
    form = offered(staff, SameForm())
    return pressed(staff, form, lambda: operations.say_same(register(), staff, somebody_here(int(form.other.data)), by=g.viewer), _("Written down: the two accounts are one person’s."))


@page.post(f"/people/<{NUMBER}:staff_id>/apart", do=Do.KEEP_STAFF)
def other_person(staff_id: int) -> Response:
    """This account is somebody's of its own after all, or never was theirs; why is asked."""
    staff, form = somebody_here(staff_id), apart(ApartForm())

    def act() -> None:
        operations.say_apart(register(), staff, by=g.viewer, because=form.because.data or "", never="never" in form and bool(form.never.data))

    return pressed(staff, form, act, _("Written down: it is somebody’s of its own."))
