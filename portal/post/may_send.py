"""may_send(): asked at the very moment of sending, so that what was safe when it was written is not taken for safe now."""

from datetime import timedelta

from portal import clock
from portal.complaints import machine
from portal.complaints.machine import is_superseded
from portal.complaints.papers import Issue
from portal.complaints.people import Party, Staff
from portal.complaints.sending import WAITING
from portal.db import Register
from portal.post import trouble


def why_not(register: Register, issue: Issue) -> str | None:
    """Why this letter may not go to this party this way now (one of `trouble`), or None if it may (decision 29)."""
    reasons = {
        trouble.ELSEWHERE: issue.state != WAITING,
        trouble.SUPERSEDED: is_superseded(register, issue.letter),
    }
    return next((reason for reason, holds in reasons.items() if holds), None) or why_not_party(issue.party, issue.channel)


def why_not_party(party: Party, channel: str) -> str | None:
    """Why nothing may go to this party this way now, or None if it may."""
    reasons = {
        trouble.DIED: party.person.died_on is not None,
        trouble.ENDED: party.until is not None and party.until <= clock.now(),
        trouble.NOT_SAFE: channel not in party.channels,
        trouble.NO_ADDRESS: not (party.email if channel == "email" else party.postal_address),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


RECEIPTS_A_DAY = 3
"""Receipts to one address that nobody has matched to a record, in 24 hours: anybody can write somebody else's address on the form."""


def has_had_enough(register: Register, issue: Issue) -> bool:
    """Whether a receipt has to wait, so that the form cannot be used to fill somebody's mailbox (ML5)."""
    party = issue.party
    if issue.letter.kind != "receipt" or party.is_matched or not party.email:
        return False
    return machine.receipts_sent(register, party.email, since=clock.now() - timedelta(days=1)) >= RECEIPTS_A_DAY


def why_not_staff(staff: Staff | None) -> str | None:
    """Why a reminder may not go to this member of staff now, or None if it may."""
    return trouble.LEFT if staff is None or staff.disabled_at is not None else None
