"""How we reach whoever is looking, and no more of a number or an address than may lie about: others may be looking."""

from dataclasses import dataclass

from portal.complaints.people import Party
from portal.complaints.wishes import CHANNELS
from portal.i18n import gettext
from portal.reaching import masked_email, masked_phone


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach them, and as much of the number or address as may lie about."""

    name: str
    masked: str


def ways_of(party: Party) -> list[Way]:
    """How we reach them, each number and address masked: somebody else may be looking."""
    shown = {"email": masked_email(party.email or ""), "phone": masked_phone(party.phone or "")}
    return [Way(gettext(CHANNELS[each]), shown.get(each, "")) for each in party.channels if each in CHANNELS]


def ends_in(number: str) -> str:
    """The last two figures of a phone number, which are enough to know it by."""
    return "".join(c for c in number if c.isdigit())[-2:]
