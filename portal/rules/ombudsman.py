"""The Ombudsman's contact details as dated rows, each with where it was read and what is not sure of it."""

from dataclasses import dataclass
from datetime import date

from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class OmbudsmanContact:
    """How to reach the Ombudsman from a day on; a default that a landlord may replace with a later row."""

    from_day: date
    name: str
    phone: str
    post: str
    web: str
    email: str
    takes_new_cases_by_email: bool
    source: str
    doubt: str


PHONE = "0300 111 3000"
POST = "PO Box 1484, Unit D, Preston, PR2 0ET"
WEB = "https://www.housing-ombudsman.org.uk"
EMAIL = "info@housing-ombudsman.org.uk"
SOURCE = "landlords' published pages; new cases by e-mail: the Ombudsman's own site"
DOUBT = "phone hours, and other ways in since January 2026, have not been read on the Ombudsman's own page"

CONTACTS = (
    OmbudsmanContact(date(2024, 4, 1), N_("Housing Ombudsman"), PHONE, POST, WEB, EMAIL, True, SOURCE, DOUBT),
    OmbudsmanContact(
        date(2026, 1, 13), N_("Housing Ombudsman"), PHONE, POST, WEB, EMAIL, False, SOURCE, DOUBT
    ),
)


def contact_on(day: date, rows: tuple[OmbudsmanContact, ...] = CONTACTS) -> OmbudsmanContact:
    """The details that hold on a day; the earliest known for a day before them all."""
    begun = [row for row in rows if row.from_day <= day]
    return max(begun, key=lambda row: row.from_day) if begun else min(rows, key=lambda row: row.from_day)
