"""Mail is held after a backup was put back, until a person releases it: what waited then may have gone since (P10)."""

from datetime import datetime

from sqlalchemy import select

from portal import clock
from portal.complaints import machine
from portal.complaints.papers import Outbox
from portal.complaints.sending import mark_failed
from portal.complaints.settings import LandlordSetting
from portal.db import Register
from portal.rules.words import N_

HELD = "mail_held_since"
OLD = N_("It waited when a backup was put back, and may have gone before.")


def hold_mail(register: Register) -> None:
    """From now on nothing goes. Inside a transaction."""
    now = clock.now()
    register.merge(LandlordSetting(name=HELD, value=now.isoformat(), set_at=now))


def held_since(register: Register) -> datetime | None:
    """Since when mail is held; None where it goes."""
    found = register.scalar(select(LandlordSetting.value).where(LandlordSetting.name == HELD))
    return datetime.fromisoformat(found) if found else None


def release_mail(register: Register, *, also_old: bool) -> int:
    """Let mail go again; how many messages of before were kept from going, none where they go too (`also_old`). Inside a transaction.

    A letter among those counts as not delivered, so that somebody looks whether they have it and sends it another way if not.
    """
    since = held_since(register)
    old = [] if also_old or since is None else list(register.scalars(select(Outbox).where(Outbox.done_at.is_(None), Outbox.queued_at <= since)))
    for complaint_id in sorted({row.complaint_id for row in old if row.complaint_id}):
        machine.locked_complaint(register, complaint_id)
    for row in old:
        row.done_at, row.outcome, row.trouble = clock.now(), "not sent", OLD
        if row.issue is not None:
            mark_failed(row.issue)
        for carried in (row.challenge, row.question):
            if carried is not None:
                carried.message = None
    if held := register.get(LandlordSetting, HELD):
        register.delete(held)
    return len(old)
