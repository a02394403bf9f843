"""A form to fill in by hand, as a PDF in any language and size: what it asks is given, and how it looks is here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from portal import i18n
from portal.catalogues.approving import is_approved
from portal.catalogues.drafted import DRAFTED, IN_ENGLISH
from portal.i18n import gettext as _
from portal.letters.paper import scripts
from portal.letters.paper.drawing import CannotDraw, drawn
from portal.letters.paper.printing import SIZES
from portal.letters.paper.words import Words

DRAWN = date(2026, 1, 1)
"""The day that every form says it was made: the same form is the same file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its words and a hint, squares to tick, and places to write, each with what stands over it and how many lines it has."""

    words: str
    hint: str = ""
    squares: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """A form that nobody has filled in. `parts` are headings with their paragraphs, before the questions; `in_english` is where the same form is in English."""

    title: str
    sender: tuple[str, ...]
    opening: str
    danger: str
    parts: tuple[tuple[str, str], ...]
    questions: tuple[Asked, ...]
    in_english: str = ""


def form(blank: Blank, language: str, size: int) -> bytes:
    """The form as PDF/UA-1 in letters of at least `size` points, drawn once; where nobody has approved the language it says so first. ValueError for a size there is none of."""
    with i18n.speaking(language):
        whose_words = "" if is_approved(i18n.locale()) else f"{DRAFTED}\n\n{IN_ENGLISH}: {blank.in_english}\n\n"
    return _drawn(replace(blank, opening=whose_words + blank.opening), language, size)


@lru_cache(maxsize=128)
def _drawn(blank: Blank, language: str, size: int) -> bytes:
    if size not in SIZES:
        raise ValueError(f"There is no print of {size} points.")
    try:
        return drawn("form.typ", as_data(blank, language, size), DRAWN)
    except CannotDraw:
        return drawn("form.typ", as_data(blank, language, size, plain=True), DRAWN)


def as_data(blank: Blank, language: str, size: int, *, plain: bool = False) -> dict[str, Any]:
    """What the template is given."""
    words = Words(language, "", size, posted=False, plain=plain)
    with i18n.speaking(language):
        page = _("Page %(number)s of %(all)s", number="{number}", all="{all}")
    return {
        "title": scripts.drawable(blank.title, plain=plain), "author": scripts.drawable(blank.sender[0], plain=plain), "lang": words.lang, "dir": words.direction, "size": size,
        "fonts": words.fonts(words.script), "leading": words.leading, "page": page, "sender": words.each(blank.sender), "heading": words.lines(blank.title),
        "opening": words.paragraphs(blank.opening), "danger": words.paragraphs(blank.danger),
        "parts": [{"words": words.lines(heading), "paragraphs": words.paragraphs(said)} for heading, said in blank.parts],
        "questions": _questions(words, blank.questions),
    }  # fmt: skip


def _questions(words: Words, questions: Sequence[Asked]) -> list[dict[str, Any]]:
    return [
        {
            "words": words.lines(one.words), "hint": words.lines(one.hint) if one.hint else [], "squares": [words.lines(answer) for answer in one.squares],
            "places": [{"words": words.lines(over) if over else [], "lines": many} for over, many in one.places],
        }
        for one in questions
    ]  # fmt: skip
