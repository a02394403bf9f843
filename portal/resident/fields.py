"""The fields residents fill in: any spacing, any script, nothing refused that a person would understand."""

from collections.abc import Mapping
from typing import Any

from wtforms import (
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from portal.forms import NotTooLong, one_line
from portal.i18n import Lazy, gettext


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
