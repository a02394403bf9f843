"""What codes and tries are counted by: keyed hashes of references, addresses and numbers."""

import hmac

from portal import accounts, keyring
from portal.complaints.people import Party
from portal.complaints.sending import addressed


def addressed_as(typed: str) -> str:
    """An email address, or a phone number, as codes count it: a keyed hash."""
    return addressed(typed) if "@" in typed else keyring.ring().lookup(f"text {''.join(c for c in typed if c.isdigit())[-10:]}")


def is_reached_at(party: Party, proved: str) -> bool:
    """Whether codes go to this party, safely, at the address that this is the keyed hash of."""
    return any(hmac.compare_digest(counted_by(party, way), proved) for way in party.written_ways)


def about(reference: str) -> str:
    """The keyed hash that wrong tries about a reference are counted by."""
    return keyring.ring().lookup(f"about {reference}")


def counted_by(party: Party, channel: str) -> str:
    """The keyed hash of the address or number that codes to a party by this channel are counted by."""
    if channel == accounts.BY_EMAIL:
        return addressed(party.email or "")
    return addressed_as(party.phone or "")
