"""How a member of staff comes in: their own password, and a first one that is sent to them alone and lasts a week."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from portal import clock
from portal.access import Viewer
from portal.complaints import references
from portal.complaints.leaving import write_down
from portal.complaints.papers import FIRST, Outbox
from portal.complaints.people import Staff, Visit
from portal.complaints.sending import queue_mail
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

PASSWORD = "password"
NOTICE = "account"
"""The message to somebody whose way in somebody else changed: whoever did not ask for that should know."""

LENGTH = 16
"""Characters of a password that is given: eighty random bits."""

FIRST_LASTS = timedelta(days=7)
"""How long a password that somebody else gave opens anything."""


def change_password(staff: Staff, hashed: str) -> None:
    """They chose a password of their own, which is `hashed`."""
    staff.password_hash, staff.first_password, staff.first_password_until = hashed, None, None


def new_first_password() -> str:
    """A password that nobody guesses, in groups that can be read out."""
    return "-".join(references.groups(references.new_code()[:LENGTH])).lower()


def send_first_password(register: Register, staff: Staff, made: str, hashed: str, *, by: Viewer, mail_goes: bool) -> datetime:
    """As `give_first_password`, and it goes to their own address: whoever gives it never learns it.

    RuleBroken, too, where no mail goes: then whoever runs the portal gives it, with `flask first-password`.
    """
    if not mail_goes:
        raise RuleBroken("5.12", N_("No mail goes from here, so it cannot be sent to them. Whoever runs the portal gives it, with “flask first-password”."))
    return give_first_password(register, staff, hashed, by=by, made=made)


def forget_first_password(register: Register, staff_id: int) -> None:
    """The message that brought it is dealt with: it is kept no longer, unless another one waits to bring a newer."""
    waits = exists().where(Outbox.kind == FIRST, Outbox.staff_id == staff_id, Outbox.done_at.is_(None))
    if not register.scalar(select(waits)):
        register.get_one(Staff, staff_id).first_password = None


def give_first_password(register: Register, staff: Staff, hashed: str, *, by: Viewer, made: str | None = None) -> datetime:
    """A password in place of the one they had, `hashed`, to be changed when it is first used; until when it is good.

    They are told of it, and sent the one that was `made` where that is given. Their visits end now. RuleBroken for oneself, and for somebody who has left.
    """
    if staff.id == by.staff_id:
        raise RuleBroken("5.12", N_("You change your own password on the page of your account."))
    if staff.disabled_at is not None:
        raise RuleBroken("5.12", N_("They have left. Say that they are back first."))
    staff.password_hash, staff.first_password_until = hashed, clock.now() + FIRST_LASTS
    register.execute(delete(Visit).where(Visit.staff_id == staff.id))
    staff.first_password = made
    write_down(register, staff, PASSWORD, by=by)
    queue_mail(register, FIRST if made else NOTICE, staff_id=staff.id)
    return staff.first_password_until
