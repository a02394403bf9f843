"""The forms that a letter is made in by machine: each by its name, what it is called, and how it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from portal.letters.paper import braille, printing
from portal.letters.structure import as_text
from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is called (`%(size)s` is its size in points), its kind of file, and its size or its grade of braille."""

    words: str
    kind: str
    ending: str
    size: int = 0
    grade: int = 0


PDF = "application/pdf"
FORMS = {
    "print-12": Form(N_("As a PDF, to print"), PDF, "pdf", 12),
    **{f"print-{size}": Form(N_("In large print, %(size)s point (PDF)"), PDF, "pdf", size) for size in printing.SIZES[1:]},
    "text": Form(N_("As plain text"), "text/plain; charset=utf-8", "txt"),
    "braille-2": Form(N_("As a braille file, grade 2 (contracted)"), "text/plain; charset=us-ascii", "brf", grade=2),
    "braille-1": Form(N_("As a braille file, grade 1 (letter by letter)"), "text/plain; charset=us-ascii", "brf", grade=1),
}
"""Every form by its name, in the order in which they are offered."""


class Made(NamedTuple):
    """What was made, and by which version of what."""

    content: bytes
    made_with: str


def can_be_made(form: str, body: Mapping[str, Any], language: str) -> bool:
    """Whether a letter can be made in this form: braille where it comes back as it went, and the rest always. KeyError for a form there is none of."""
    found = FORMS[form]
    return braille.can_be_made(body, language, found.grade) if found.grade else True


def make(form: str, body: Mapping[str, Any], language: str, on: date) -> Made:
    """A kept letter in this form; `on` is the day it was written. KeyError for a form there is none of; `braille.NotTranslated`."""
    found = FORMS[form]
    if found.grade:
        return Made(braille.embossable(body, language, found.grade), braille.made_with())
    if found.size:
        return Made(printing.printed(body, language, found.size, on=on), printing.made_with())
    return Made((as_text(dict(body)) + "\n").encode(), "as it is kept")
