"""Showing once more that it is them, before what matters most: with their access code, a code by a second way, or one that we read to them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from portal import accounts, clock, codes, keyring
from portal.codes import Asked, Fresh
from portal.complaints.challenges import Challenge, end_codes
from portal.complaints.models import Complaint
from portal.complaints.people import Part, Party, Visit
from portal.db import Register

SECOND = {accounts.BY_EMAIL: accounts.BY_TEXT, accounts.BY_TEXT: accounts.BY_EMAIL}
"""How they came in, and the way by which a code shows something that that did not."""


def second_way(party: Party, visit: Visit, *, texts: bool) -> str | None:
    """The second way by which a code can go to them: safe, another than they came in by, and not changed within a day."""
    way = SECOND.get(visit.how or "")
    if way is None or way not in party.written_ways or not party.has_settled(way):
        return None
    return way if texts or way != accounts.BY_TEXT else None


def ask(register: Register, complaint: Complaint, party: Party, way: str, made: Fresh, *, token: str, network: str | None, own: str | None = None) -> Challenge:
    """Keep a code and queue it by their second way, within the same limits as every other; inside a transaction."""
    asked = Asked(complaint.reference, acting=party.part == Part.REPRESENTATIVE)
    return codes.keep(register, asked, made, party, way, token=token, network=network, linked=False, own=own)


READ_OUT_LIVES = timedelta(hours=24)
"""How long numbers count that were read out on the phone: whoever has no computer by them comes to one within a day."""


def read_out(register: Register, complaint: Complaint, party: Party, made: Fresh) -> Challenge:
    """Keep a code that a member of staff reads to a party, having made sure that it is them; inside a transaction. One before it ends."""
    now = clock.now()
    end_codes(register, party)
    challenge = Challenge(
        token_lookup=keyring.ring().lookup(made.link), asked={"reference": complaint.reference, "acting": party.part == Part.REPRESENTATIVE}, about=codes.about(complaint.reference),
        sent_to=keyring.ring().lookup(f"read out {party.id}"), network=None, party_id=party.id, channel=accounts.BY_CALL, code_hash=made.hash,
        link_lookup=keyring.ring().lookup(made.link), message=None, tries_left=codes.LIMITS.tries, asked_at=now, expires_at=now + READ_OUT_LIVES,
    )  # fmt: skip
    register.add(challenge)
    return challenge


def read_out_to(register: Register, party_id: int | None) -> Sequence[Challenge]:
    """The code that was read out to somebody and not used yet; live or run out."""
    theirs = (Challenge.party_id == party_id) & (Challenge.channel == accounts.BY_CALL) & Challenge.ended_at.is_(None)
    return register.scalars(select(Challenge).where(theirs)).all()


def prove(visit: Visit, how: str) -> str:
    """From now on, until it ends, this visit may do what needs proof; answers the new token its cookie carries. Inside a transaction."""
    token = accounts.new_token()
    visit.token_lookup = keyring.ring().lookup(token)
    visit.proved_at, visit.proved_how = clock.now(), how
    return token
