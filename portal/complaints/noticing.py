"""Telling somebody, where they can safely be reached, that something important was changed: they notice if it was not them."""

from collections.abc import Mapping

from sqlalchemy import update

from portal import clock
from portal.complaints.models import Complaint
from portal.complaints.notices import Notice
from portal.complaints.people import Party
from portal.complaints.recording import session_of
from portal.complaints.sending import addressed, queue_mail

CHANGED, NEW_CODE = "changed", "new code"
"""What is told: that how they are reached was changed, or that they have a new access code. Neither says what it is about."""


def tell(complaint: Complaint, party: Party, kind: str, ways: Mapping[str, str]) -> None:
    """Queue one notice to each of these addresses, by `email`, and numbers, by `text`."""
    for way, address in ways.items():
        notice = Notice(party=party, channel=way, address=address, made_at=clock.now())
        queue_mail(session_of(complaint), kind, complaint=complaint, notice=notice).sent_to = addressed(address)


def call_off(complaint: Complaint, party: Party) -> None:
    """An address of theirs is not safe: no notice that still waits goes to any."""
    waiting = update(Notice).where(Notice.party_id == party.id, Notice.called_off_at.is_(None))
    session_of(complaint).execute(waiting.values(called_off_at=clock.now()).execution_options(synchronize_session=False))
