"""may_send(): asked at the very moment of sending, so that what was safe when it was written is not taken for safe now."""

from datetime import timedelta

from portal import clock
from portal.complaints import machine
from portal.complaints.challenges import Challenge
from portal.complaints.machine import is_superseded
from portal.complaints.notices import Notice
from portal.complaints.papers import Issue
from portal.complaints.people import Part, Party, Staff
from portal.complaints.sending import WAITING, addressed
from portal.db import Register
from portal.post import trouble


def why_not(register: Register, issue: Issue) -> str | None:
    """Why this letter may not go to this party this way now (one of `trouble`), or None if it may (decision 29)."""
    reasons = {
        trouble.ELSEWHERE: issue.state != WAITING,
        trouble.SUPERSEDED: is_superseded(register, issue.letter),
        trouble.ENDED: issue.party.part == Part.REPRESENTATIVE and issue.party.is_kept_out != (issue.letter.kind == "not_acting"),
    }
    return next((reason for reason, holds in reasons.items() if holds), None) or why_not_party(issue.party, issue.channel)


def why_not_code(challenge: Challenge) -> str | None:
    """Why a code may not go now, or None if it may: it was kept for nobody, or came too late, or its way is safe no longer."""
    party = challenge.party
    if party is None:
        return trouble.NOBODY
    if not challenge.is_live or not challenge.message:
        return trouble.TOO_LATE
    return trouble.ENDED if party.is_kept_out else why_not_party(party, challenge.channel)


SAME_NOTICES = 3
"""Notices in 24 hours to one address: they say much the same, and a press must not fill anybody's mailbox."""


def why_not_notice(register: Register, notice: Notice) -> str | None:
    """Why the one message to where somebody was reached before may not go now, or None if it may: it was called off since."""
    party = notice.party
    reasons = {
        trouble.DIED: party.person.died_on is not None,
        trouble.ENDED: party.until is not None and party.until <= clock.now(),
        trouble.NOT_SAFE: notice.called_off_at is not None,
        trouble.SAID_ALREADY: machine.notices_sent(register, addressed(notice.address), since=clock.now() - timedelta(days=1)) >= SAME_NOTICES,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def why_not_party(party: Party, channel: str) -> str | None:
    """Why nothing may go to this party this way now, or None if it may."""
    reasons = {
        trouble.DIED: party.person.died_on is not None,
        trouble.ENDED: party.until is not None and party.until <= clock.now(),
        trouble.NOT_SAFE: not party.is_safe(channel),
        trouble.NO_ADDRESS: not {"email": party.email, "text": party.phone}.get(channel, party.postal_address),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


A_DAY = 3
"""Letters in 24 hours to one address that nobody here wrote, to somebody nobody has matched: anybody can write any address on the form."""

STRANGERS_AN_HOUR = 100
"""Addresses that may have their first message of ours within an hour, whoever asked for it."""


def must_wait(register: Register, issue: Issue) -> str | None:
    """Why a letter has to wait (one of `trouble`), so that the form cannot be used to fill anybody's mailbox (ML5); or None.

    What staff wrote never waits. To whom an address belongs is not asked: three is three.
    """
    party = issue.party
    if party.is_matched or not party.email or not issue.letter.written_by.startswith("party:"):
        return None
    to, now = addressed(party.email), clock.now()
    if machine.unasked_sent(register, to, since=now - timedelta(days=1)) >= A_DAY:
        return trouble.ENOUGH
    if machine.was_written_to(register, to):
        return None
    strangers = machine.strangers_written_to(register, since=now - timedelta(hours=1))
    return trouble.STRANGERS if strangers >= STRANGERS_AN_HOUR else None


def why_not_staff(staff: Staff | None) -> str | None:
    """Why a reminder may not go to this member of staff now, or None if it may."""
    return trouble.LEFT if staff is None or staff.disabled_at is not None else None
