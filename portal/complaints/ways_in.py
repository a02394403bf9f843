"""How a member of staff comes in: their own password, and a first one that a manager gives and that lasts a week."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from portal import clock
from portal.access import Viewer
from portal.complaints.leaving import write_down
from portal.complaints.people import Staff, Visit
from portal.complaints.sending import queue_mail
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

PASSWORD = "password"
NOTICE = "account"
"""The message to somebody whose way in somebody else changed: whoever did not ask for that should know."""

FIRST_LASTS = timedelta(days=7)
"""How long a password that somebody else gave opens anything."""


def change_password(staff: Staff, hashed: str) -> None:
    """They chose a password of their own, which is `hashed`."""
    staff.password_hash, staff.first_password_until = hashed, None


def give_first_password(register: Register, staff: Staff, hashed: str, *, by: Viewer) -> datetime:
    """A password in place of the one they had, `hashed`, to be changed when it is first used; until when it is good.

    Their visits end now. RuleBroken for oneself, and for somebody who has left.
    """
    if staff.id == by.staff_id:
        raise RuleBroken("5.12", N_("You change your own password on the page of your account."))
    if staff.disabled_at is not None:
        raise RuleBroken("5.12", N_("They have left. Say that they are back first."))
    staff.password_hash, staff.first_password_until = hashed, clock.now() + FIRST_LASTS
    register.execute(delete(Visit).where(Visit.staff_id == staff.id))
    write_down(register, staff, PASSWORD, by=by)
    queue_mail(register, NOTICE, staff_id=staff.id)
    return staff.first_password_until
