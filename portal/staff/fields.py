"""The fields staff fill in: dates and money as people write them, choices in words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import (
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from portal import clock, i18n
from portal.forms import BaseForm, NotTooLong
from portal.i18n import gettext, lazy_gettext
from portal.staff import wording

IN_A_PART = re.compile(r"([pa])(\d{1,3})-")
LONGEST_PIECE = 20_000
MOST_PENCE = 100_000_000
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
BETWEEN = re.compile(r"[./,-]|(?<=\d)(?:st|nd|rd|th)\b|^[a-z]+day\b|(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
DATE = re.compile(r"(\d{1,2}) (\d{1,2}|[a-z]{3,10})(?: (\d{4}|\d{2}))?", re.ASCII)
ISO_DATE = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})", re.ASCII)


def said(choices: Mapping[str, str] | Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices as the reader's language says them when they are shown."""
    pairs = choices.items() if isinstance(choices, Mapping) else choices
    return [SelectChoice(value, lazy_gettext(words)) for value, words in pairs]


def named(choices: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Choices whose words are names, which no language changes."""
    return [SelectChoice(str(value), name) for value, name in choices]


class Line(StringField):  # type: ignore[misc]
    """One line of words."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        super().__init__(label, [*validators, NotTooLong()], filters=[_one_line], **options)


def _one_line(typed: str | None) -> str | None:
    return None if typed is None else " ".join(typed.split())


class Words(TextAreaField):  # type: ignore[misc]
    """As many words as it takes."""

    def __init__(self, label: Any = None, validators: Any = (), *, most: int = LONGEST_PIECE, **options: Any) -> None:
        super().__init__(label, [*validators, NotTooLong(most)], filters=[_trimmed], **options)


def _trimmed(typed: str | None) -> str | None:
    return None if typed is None else typed.strip()


class Offered:
    """Nothing, or one of the choices on the page."""

    def __call__(self, form: Any, field: Any) -> None:
        picked = field.data if isinstance(field.data, list) else [field.data] if field.data else []
        if not set(picked) <= {value for value, *_ in field.iter_choices()}:
            raise ValidationError(gettext("Choose one of the answers"))


class Pick(RadioField):  # type: ignore[misc]
    """One of a few answers."""

    def __init__(self, label: Any, choices: Any, validators: Any = (), **options: Any) -> None:
        super().__init__(label, [*validators, Offered()], choices=said(choices), validate_choice=False, **options)


class Tick(SelectMultipleField):  # type: ignore[misc]
    """As many of the answers as fit."""

    def __init__(self, label: Any, choices: Mapping[str, str], validators: Any = (), **options: Any) -> None:
        super().__init__(label, [*validators, Offered()], choices=said(choices), validate_choice=False, **options)


class List(SelectField):  # type: ignore[misc]
    """One of many answers, or none."""

    def __init__(self, label: Any, choices: Any, validators: Any = (), **options: Any) -> None:
        first = SelectChoice("", lazy_gettext("Choose one"))
        found = [first, *said(choices)]
        super().__init__(label, [*validators, Offered()], choices=found, validate_choice=False, **options)


class Named(List):
    """One of many answers that are names, or none."""

    def __init__(self, label: Any, choices: Iterable[tuple[object, str]], validators: Any = (), **options: Any) -> None:
        super().__init__(label, (), validators, **options)
        self.choices += named(choices)


class Language(Named):
    """The language that we use with somebody, by the name that the reader has for it, or none."""

    def __init__(self, label: Any, validators: Any = (), **options: Any) -> None:
        super().__init__(label, [(name, wording.language_name(name)) for name in i18n.offered()], validators, **options)


def as_day(typed: str, *, past: bool = False) -> date | None:
    """The day that was meant by 12 June 2026, 12/6/26, 12.06.2026 or 2026-06-12; None where it is no day.

    Without a year it is the next such day from today, or (of something that has happened) the latest one.
    """
    text = " ".join(BETWEEN.sub(" ", typed.strip().lower()).split())
    if iso := ISO_DATE.fullmatch(text):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    found = DATE.fullmatch(text)
    if found is None:
        return None
    day, month, year = int(found[1]), _month(found[2]), found[3]
    return _day(int(year) + (2000 if len(year) == 2 else 0), month, day) if year else _nearest(month, day, past)


def _nearest(month: int, day: int, past: bool) -> date | None:
    today = clock.today()
    found = (_day(today.year + years, month, day) for years in ((0, -1) if past else (0, 1)))
    return next((each for each in found if each and (each <= today if past else each >= today)), None)


def _month(said: str) -> int:
    if said.isdigit():
        return int(said)
    own = {str(name).lower(): n for n, name in i18n.cldr().months["format"]["wide"].items()}
    return own.get(said) or next((n for n, month in enumerate(MONTHS, 1) if month.startswith(said)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 2000 <= year <= 2099 else None


def day_typed(saved: Any) -> str:
    """A saved date as it would be typed; nothing for what is none."""
    try:
        found = date.fromisoformat(str(saved))
    except ValueError:
        return ""
    return f"{found.day}/{found.month}/{found.year}"


def as_pence(typed: str) -> int | None:
    """The pence in £1,200, 350 or 35.50; None where it is no amount of money, or too much of it."""
    text = "".join(typed.split()).replace(",", "").removeprefix("£")
    if not re.fullmatch(r"\d{1,8}(\.\d{1,2})?", text, re.ASCII):
        return None
    pence = int(Decimal(text) * 100)
    return pence if pence <= MOST_PENCE else None


class Day(Line):
    """A date in one box, however it is written; `past` where it is of something that has happened."""

    def __init__(self, label: Any = None, validators: Any = (), *, past: bool = False, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.past = past

    @property
    def day(self) -> date | None:
        """The day that was meant, or None."""
        return as_day(self.data or "", past=self.past)

    def pre_validate(self, form: Any) -> None:
        """Something was written that is no day."""
        if self.data and self.day is None:
            raise ValidationError(gettext("Write the date like 12 June 2026"))


class Pounds(Line):
    """An amount of money in one box."""

    @property
    def pence(self) -> int | None:
        """The amount in pence, or None."""
        return as_pence(self.data or "")

    def pre_validate(self, form: Any) -> None:
        """Something was written that is no amount."""
        if self.data and self.pence is None:
            raise ValidationError(gettext("Write the amount in pounds, like 350 or 35.50"))


class WorkingDays(Line):
    """A number of working days in one box."""

    @property
    def number(self) -> int | None:
        """How many, or None."""
        typed = (self.data or "").strip()
        return int(typed) if re.fullmatch(r"\d{1,2}", typed, re.ASCII) and int(typed) else None

    def pre_validate(self, form: Any) -> None:
        """Something was written that is no number of working days."""
        if self.data and self.number is None:
            raise ValidationError(gettext("Write a number of working days, like 5"))


class Number(Line):
    """A whole number in one box, between two that are allowed."""

    def __init__(self, label: Any = None, validators: Any = (), *, least: int = 1, most: int = 99, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.least, self.most = least, most

    @property
    def number(self) -> int | None:
        """The number, or None for what is none, or is too small or too large."""
        typed = (self.data or "").strip()
        found = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
        return found if self.least <= found <= self.most else None

    def pre_validate(self, form: Any) -> None:
        """A number that may be set."""
        if self.number is None:
            raise ValidationError(gettext("Write a number from %(least)s to %(most)s", least=self.least, most=self.most))


class InParts(BaseForm):
    """A form with boxes that stand once for each point, named p1-, p2- and so on, or for each action, named a1- and so on."""

    def part_of(self, field: Field) -> str:
        """Which point or action a box is of."""
        if not (found := IN_A_PART.match(str(field.name))):
            return ""
        kind, number = found.groups()
        part = gettext("Point %(number)s", number=number) if kind == "p" else gettext("Action %(number)s", number=number)
        return f"{part}. "
