"""The fields residents fill in: any spacing, any script, nothing refused that a person would understand."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import (
    Field,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from portal.forms import LONGEST_LINE, NotTooLong
from portal.i18n import Lazy, gettext

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
SPOKEN = ((re.compile(r" (?:at|\(at\)|\[at\]) ", re.I), "@"), (re.compile(r" dot ", re.I), "."))
FEWEST_DIGITS = 6


def one_line(typed: str | None) -> str | None:
    """What was typed in a box of one line, its spaces evened out."""
    return None if typed is None else " ".join(typed.split())


def email_address(typed: str | None) -> str | None:
    """An e-mail address as it was meant: dictated words, stray spaces and a copied `mailto:` put right.

    What is longer than any address is left as it was typed.
    """
    meant = one_line(typed)
    if meant is None or len(meant) > LONGEST_LINE:
        return meant
    for said, written in SPOKEN:
        meant = said.sub(written, meant)
    return "".join(meant.split()).removeprefix("mailto:").strip("<>.,;")


class Line(StringField):  # type: ignore[misc]
    """One line of words."""

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        options.setdefault("filters", [one_line])
        super().__init__(label, [*validators, NotTooLong()], **options)


class Words(TextAreaField):  # type: ignore[misc]
    """As many words as somebody wants."""

    def __init__(self, label: Any = None, validators: Any = (), *, most: int = 5_000, **options: Any) -> None:
        super().__init__(label, [*validators, NotTooLong(most)], **options)


class Pick(RadioField):  # type: ignore[misc]
    """One of a few answers."""

    def __init__(self, label: Any, choices: Mapping[str, str], validators: Any = (), **options: Any) -> None:
        super().__init__(label, [*validators], choices=_said(choices), validate_choice=False, **options)


class Tick(SelectMultipleField):  # type: ignore[misc]
    """As many of the answers as fit."""

    def __init__(self, label: Any, choices: Mapping[str, str], validators: Any = (), **options: Any) -> None:
        super().__init__(label, [*validators, Offered()], choices=_said(choices), validate_choice=False, **options)


def _said(choices: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, Lazy(words)) for value, words in choices.items()]


class Offered:
    """Whatever was picked is on the page."""

    def __call__(self, form: Any, field: Any) -> None:
        offered = {value for value, *_ in field.iter_choices()}
        picked = field.data if isinstance(field.data, list) else [field.data] if field.data else []
        if any(value not in offered for value in picked):
            raise ValidationError(gettext("Choose from the answers on this page"))


class LooksLikeEmail:
    """Something that a letter could be sent to."""

    def __call__(self, form: Any, field: Field) -> None:
        written = field.data or ""
        if len(written) > LONGEST_LINE or not EMAIL.fullmatch(written):
            raise ValidationError(gettext("Write your email address, for example name@example.org"))


class LooksLikePhone:
    """Enough digits to ring; anything else in the box is kept as it was typed."""

    def __call__(self, form: Any, field: Field) -> None:
        if sum(c.isdigit() for c in field.data or "") < FEWEST_DIGITS:
            raise ValidationError(gettext("Write your phone number, with all its numbers"))
