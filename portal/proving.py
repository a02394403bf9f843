"""Showing once more that it is them, before what matters most: with their access code, or a code sent by a second way that is theirs."""

from portal import accounts, clock, codes, keyring
from portal.codes import Asked, Fresh
from portal.complaints.challenges import Challenge
from portal.complaints.models import Complaint
from portal.complaints.people import Party, Visit
from portal.db import Register

SECOND = {accounts.BY_EMAIL: accounts.BY_TEXT, accounts.BY_TEXT: accounts.BY_EMAIL}
"""How they came in, and the way by which a code shows something that that did not."""


def second_way(party: Party, visit: Visit, *, texts: bool) -> str | None:
    """The second way by which a code can go to them: safe, another than they came in by, and not changed within a day."""
    way = SECOND.get(visit.how or "")
    if way is None or way not in party.written_ways or not party.has_settled(way):
        return None
    return way if texts or way != accounts.BY_TEXT else None


def ask(register: Register, complaint: Complaint, party: Party, way: str, made: Fresh, *, token: str, network: str | None) -> Challenge:
    """Keep a code and queue it by their second way, within the same limits as every other; inside a transaction."""
    asked = Asked(complaint.reference, acting=False)
    return codes.keep(register, asked, made, party, way, token=token, network=network, linked=False)


def prove(visit: Visit, how: str) -> str:
    """From now on, until it ends, this visit may do what needs proof; answers the new token its cookie carries. Inside a transaction."""
    token = accounts.new_token()
    visit.token_lookup = keyring.ring().lookup(token)
    visit.proved_at, visit.proved_how = clock.now(), how
    return token
