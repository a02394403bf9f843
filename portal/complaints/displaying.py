"""How pages look to somebody, kept with them: it may say how well they see, so it is sealed as their needs are."""

from portal.complaints.people import Party, Staff
from portal.db import Register


def keep_display(register: Register, text: str, *, party_id: int | None = None, staff_id: int | None = None) -> None:
    """From now on this is how pages look to them wherever they come in; an empty text is how they are for everybody."""
    if party_id is not None:
        register.get_one(Party, party_id).person.display = text or None
    if staff_id is not None:
        register.get_one(Staff, staff_id).display = text or None
