"""X5: no text that somebody may send keeps us busy, whichever pattern or check of ours it meets."""

import ast
import time
from collections.abc import Callable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from wtforms import ValidationError

from portal import clock, forms, marked, plain
from portal.complaints import references, searching
from portal.letters.paper import scripts
from portal.post import mail
from portal.public import days, theme
from portal.staff import fields
from tests import house

LONGEST = forms.LONGEST_STORY
ENOUGH = 0.05
SHAPES = (
    "a", "1", " ", "a ", "1 ", "@", ".", "a@", "a.", "a@a.", "1/", " at ", "\u0301", "\ufdfa", "-", "\t", "mon", "\u202e", "((", "<",
)  # fmt: skip
CHECKS: dict[str, Callable[[str], object]] = {
    "tidy": plain.tidy, "one line": forms.one_line, "address as meant": forms.email_address, "day read": lambda text: days.read_day(text, clock.today()),
    "day of staff": fields.as_day, "amount": fields.as_pence, "reference": references.as_reference, "code": references.tidy,
    "words to look for": searching.asked, "name of a file": plain.plain_name, "control characters": lambda text: mail.CONTROL.sub(" ", text),
    "day in words": lambda text: marked.when(clock.today(), text), "colour": theme.readable,
    "not too long": lambda text: checked(forms.NotTooLong(), text), "an address": lambda text: checked(forms.LooksLikeEmail(), text),
    "a line of a letter": lambda text: list(scripts.pieces(text, "rtl")), "addresses in a letter": lambda text: list(scripts.WEB.finditer(text)),
    "a number": lambda text: checked(forms.LooksLikePhone(), text), "filled": lambda text: checked(forms.Filled(""), text),
}  # fmt: skip
BOUNDED = {
    r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+": "a dot opens each round of the outer repeat, and no round holds another",
    scripts.ASCII_WORDS.pattern: "a space opens each round of the outer repeat, and no round holds another",
}
"""Patterns with a repeat inside a repeat, and why no text makes one of them slow."""


def checked(check: Callable[[Any, Any], None], text: str) -> None:
    """What a validator makes of a text."""
    try:
        check(None, SimpleNamespace(data=text))
    except ValidationError:
        return


def hostile(shape: str) -> Iterator[str]:
    """A shape as long as the longest story, alone, with another end, and with another beginning."""
    long = (shape * LONGEST)[:LONGEST]
    yield from (long, f"{long[:-1]}!", f"!{long[1:]}")


@pytest.mark.parametrize("name", CHECKS)
def test_X5_D5_no_check_takes_fifty_milliseconds_over_the_longest_text(app: Flask, name: str) -> None:
    slow = []
    with app.test_request_context("/"):
        CHECKS[name]("warm")
        for shape in SHAPES:
            for text in hostile(shape):
                took = min(taken(CHECKS[name], text) for _ in range(2))
                slow += [(shape, round(took, 3))] if took > ENOUGH else []
    assert slow == []


def taken(check: Callable[[str], object], text: str) -> float:
    """The seconds of processor it takes; once more where it is slow, for the machine may have been."""
    began = time.process_time()
    check(text)
    return time.process_time() - began


def patterns() -> dict[str, str]:
    """Every pattern in the portal's source, and where it is."""
    found = {}
    for module in house.modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args and isinstance(node.args[0], ast.Constant):
                found[str(node.args[0].value)] = module.name
    return found


def nested(pattern: str) -> bool:
    """Whether something in it that repeats without end holds something else that does."""
    return _nested(_parser.parse(pattern), False)


def _nested(parsed: Any, inside: bool) -> bool:
    for kind, value in parsed:
        endless = kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[1] is _constants.MAXREPEAT
        if endless and inside:
            return True
        parts = [each for each in (value if isinstance(value, tuple | list) else [value]) if isinstance(each, _parser.SubPattern)]
        parts += [each for some in (value if isinstance(value, tuple | list) else []) if isinstance(some, list) for each in some if isinstance(each, _parser.SubPattern)]
        if any(_nested(each, inside or endless) for each in parts):
            return True
    return False


def test_X5_D5_no_pattern_repeats_within_a_repeat() -> None:
    assert len(patterns()) > 10
    assert {each for each in patterns() if nested(each)} == set(BOUNDED)
    assert nested("(a+)+b") and nested("(?:x|(y*z)*)") and not nested(r"\d{1,8}(\.\d{1,2})?")
