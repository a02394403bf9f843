"""A message that reached somebody it was not meant for: they say so, that way of reaching is used no more, and staff are told (C10)."""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from portal import keyring
from portal.complaints import machine
from portal.complaints.contacting import stop_way
from portal.complaints.people import Party
from portal.complaints.sending import addressed
from portal.db import Register

PURPOSE = "not for me"
MARKS = {"email": 1, "text": 2}
STOPS = {"email": "email", "text": "phone"}
"""A number that is somebody else's is not rung either."""

LARGEST = 2**31 - 1
"""No row has a higher number, and one database refuses to look for it."""

TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def token_for(party_id: int, channel: str, address: str) -> str:
    """What stands in the link of every message to a party by this channel at this address: 22 letters that say nothing to anybody."""
    block = party_id.to_bytes(4) + bytes([MARKS[channel]]) + _proof(party_id, channel, address)
    return urlsafe_b64encode(keyring.ring().fold(PURPOSE, block)).rstrip(b"=").decode()


def _proof(party_id: int, channel: str, address: str) -> bytes:
    return bytes.fromhex(keyring.ring().lookup(f"{PURPOSE} {party_id} {channel} {addressed(address)}"))[:11]


def say_not_mine(register: Register, token: str) -> None:
    """Use the way of that message no more for that party; inside a transaction. Nothing where nobody is reached so, now or any longer.

    It signs nobody in and tells nobody anything.
    """
    party_id, channel, proof = _read(token)
    found = register.get(Party, party_id) if party_id else None
    if found is None:
        return
    complaint = machine.locked_complaint(register, found.complaint_id)
    party = next(each for each in complaint.parties if each.id == found.id)
    address = (party.email if channel == "email" else party.phone) or ""
    if STOPS[channel] not in party.channels or not hmac.compare_digest(proof, _proof(party.id, channel, address)):
        return
    stop_way(complaint, party, STOPS[channel])


def _read(token: str) -> tuple[int, str, bytes]:
    """Whom a token is about, by which channel, and the proof that the address is the one; 0 for what is none of ours."""
    if not TOKEN.fullmatch(token):
        return 0, "", b""
    block = keyring.ring().unfold(PURPOSE, urlsafe_b64decode(f"{token}=="))
    channel = next((name for name, mark in MARKS.items() if mark == block[4]), "")
    number = int.from_bytes(block[:4])
    return (number, channel, block[5:]) if channel and number <= LARGEST else (0, "", b"")
