"""Invented people, dates and forms for the gallery. The dates are worked out properly: 25 May 2026 is a bank holiday."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

LANDLORD = {
    "name": "Alder Homes",
    "mark": None,
    "ways": [
        {"kind": "phone", "label": "Phone", "value": "0808 157 0192", "note": "Free. Monday to Friday, 8am to 6pm"},
        {"kind": "relay", "label": "Text relay", "value": "18001 0808 157 0192", "note": None},
        {"kind": "link", "label": "Sign language", "value": "Call us with a BSL interpreter", "href": "/bsl", "note": None},
        {"kind": "email", "label": "Email", "value": "complaints@alderhomes.example", "note": None},
        {"kind": "text", "label": "Post", "value": "Freepost Alder Homes Complaints", "note": "No stamp needed"},
        {"kind": "text", "label": "In person", "value": "Alder House, Mill Street, Thornby", "note": None},
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

DUE = SimpleNamespace(
    from_on=date(2026, 5, 20),
    due_on=date(2026, 6, 4),
    working_days=10,
    skipped=(SimpleNamespace(date=date(2026, 5, 25), why="Bank holiday"),),
)
WEEKEND = SimpleNamespace(from_on=date(2026, 5, 16), due_on=date(2026, 5, 22), working_days=5, skipped=())

PUT_RIGHT = [
    ("repair", "Do the repair, or fix the problem"),
    ("sorry", "Say sorry"),
    ("explain", "Explain what happened and why"),
    ("money", "Pay for what I lost or had to spend"),
    ("unsure", "I do not know yet"),
]
FINDINGS = [("upheld", "Upheld"), ("partly", "Partly upheld"), ("not", "Not upheld")]


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
    safe = RadioField("Are you safe?", choices=[("yes", "Yes"), ("no", "No, someone may be hurt"), ("rather", "I would rather not say")])
    finding = RadioField("Finding", choices=FINDINGS)
    when = StringField("When did it start?")
    other = BooleanField("Someone helps me with this")
    service = SelectField("What is it about?", choices=[("", "Choose one"), ("repairs", "Repairs"), ("rent", "Rent and service charges")])
    files = FileField("Add a photo or a paper")

    def problems(self) -> list[tuple[str | None, str]]:
        """Each thing to sort out, as the portal's own form says it."""
        return [(field.id, words) for field in self for words in field.errors]


def form(wrong: bool = False, prefix: str = "", **data: Any) -> Sample:
    """The sample form, filled; every field in error where wrong."""
    made = Sample(prefix=prefix, data={"name": "Samira Haddad", "right": ["repair", "explain"], "finding": "partly", **data})
    if wrong:
        for field in made:
            if not isinstance(field, HiddenField):
                field.errors = [f"Say something about “{field.label.text}”"]
    return made
