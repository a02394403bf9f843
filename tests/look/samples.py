"""Invented people, dates and forms for the gallery. The dates are worked out properly: 25 May 2026 is a bank holiday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    Form,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

LANDLORD = {
    "name": "Alder Homes",
    "quiet_page": "https://weather.example/",
    "ways": [
        {
            "kind": "phone",
            "label": "Phone",
            "value": "01632 960192",
            "note": "Free. Monday to Friday, 8am to 6pm",
        },
        {"kind": "relay", "label": "Text relay", "value": "18001 01632 960192", "note": ""},
        {
            "kind": "link",
            "label": "Sign language",
            "value": "Call us with a BSL interpreter",
            "href": "/bsl",
            "note": "",
        },
        {"kind": "email", "label": "Email", "value": "complaints@alderhomes.example", "note": ""},
        {
            "kind": "text",
            "label": "Post",
            "value": "Freepost Alder Homes Complaints",
            "note": "No stamp needed",
        },
        {"kind": "text", "label": "In person", "value": "Alder House, Mill Street, Thornby", "note": ""},
    ],
    "ombudsman": {
        "name": "The Housing Ombudsman",
        "phone": "0300 111 3000",
        "url": "https://www.housing-ombudsman.org.uk",
        "address": "PO Box 1484, Unit D, Preston, PR2 0ET",
    },
}

LANGUAGES = [
    {"code": "en", "lang": "en", "direction": "ltr", "name": "English"},
    {"code": "cy", "lang": "cy", "direction": "ltr", "name": "Cymraeg"},
    {"code": "pl", "lang": "pl", "direction": "ltr", "name": "Polski"},
    {"code": "ur", "lang": "ur", "direction": "rtl", "name": "اردو"},
    {"code": "ar", "lang": "ar", "direction": "rtl", "name": "العربية"},
]

HOLIDAY = date(2026, 5, 25)


def sum_of(first: date, due: date) -> list[SimpleNamespace]:
    """The days from the first, which is not counted, to the due one, as the rules give them."""
    days, number = [], 0
    for offset in range((due - first).days + 1):
        on = first + timedelta(offset)
        counted = offset > 0 and on.weekday() < 5 and on != HOLIDAY
        number += counted
        why = "" if counted else "Bank holiday" if on == HOLIDAY else "weekend"
        days.append(SimpleNamespace(date=on, number=number if counted else None, why=why))
    return days


ANSWER_DUE = date(2026, 6, 4)
ANSWER_SUM = sum_of(date(2026, 5, 20), ANSWER_DUE)
RECEIPT_SUM = sum_of(date(2026, 5, 16), date(2026, 5, 22))

PUT_RIGHT = [
    SelectChoice("repair", "Do the repair, or fix the problem"),
    SelectChoice("sorry", "Say sorry"),
    SelectChoice("explain", "Explain what happened and why"),
    SelectChoice("money", "Pay for what I lost or had to spend"),
    SelectChoice("unsure", "I do not know yet"),
]
FINDINGS = [
    SelectChoice("upheld", "Upheld"),
    SelectChoice("partly", "Partly upheld"),
    SelectChoice("not", "Not upheld"),
]
SAFE = [
    SelectChoice("yes", "Yes"),
    SelectChoice("no", "No, someone may be hurt"),
    SelectChoice("rather", "I would rather not say"),
]
SERVICES = [
    SelectChoice("", "Choose one"),
    SelectChoice("repairs", "Repairs"),
    SelectChoice("rent", "Rent and service charges"),
]


def day(year: int, month: int, of: int) -> date:
    """A date, for pages."""
    return date(year, month, of)


class Sample(Form):  # type: ignore[misc]
    """One field of every kind, as the portal's forms declare them."""

    key = HiddenField(default="0f3a")
    name = StringField("What is your name?")
    email = StringField("Your email address")
    code = StringField("Your access code")
    story = TextAreaField("In your own words, if you like")
    right = SelectMultipleField("What would put it right?", choices=PUT_RIGHT)
    safe = RadioField("Are you safe?", choices=SAFE)
    finding = RadioField("Finding", choices=FINDINGS)
    when = StringField("When did it start?")
    other = BooleanField("Someone helps me with this")
    service = SelectField("What is it about?", choices=SERVICES)
    files = FileField("Add a photo or a paper")

    def problems(self) -> list[tuple[str | None, str]]:
        """Each thing to sort out, as the portal's own form says it."""
        return [(field.id, words) for field in self for words in field.errors]


def form(wrong: bool = False, prefix: str = "", shown: Sequence[str] = (), **data: Any) -> Sample:
    """The sample form, filled; every field in error where wrong. A page that does not show all of its boxes says which."""
    made = Sample(
        prefix=prefix,
        data={"name": "Samira Haddad", "right": ["repair", "explain"], "finding": "partly", **data},
    )
    for name in [each.short_name for each in made if shown and each.short_name not in ("key", *shown)]:
        del made[name]
    if wrong:
        for field in made:
            if not isinstance(field, HiddenField):
                field.errors = [f"Say something about “{field.label.text}”"]
    return made
