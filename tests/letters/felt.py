"""A letter in braille, read again: the file put back into letters by the same table, backwards."""

import re
from typing import Any

from portal.letters.paper import braille
from portal.letters.paper.braille import LINES, TABLES, embossable

ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "—"})
"""Marks for which braille has one sign."""


def evened(text: str) -> str:
    """A text as it comes back: with one sign where print has two, and its lines one after the other."""
    return " ".join(text.translate(ALIKE).split())


def back(file: bytes, grade: int) -> list[str]:
    """The paragraphs of a file of braille, in letters again."""
    lines = [line for page in file.decode("ascii").split("\f") for line in page.split("\r\n")[: LINES - 1]]
    parts = [" ".join(part.split()) for part in re.split(r"\n\n+", "\n".join(lines)) if part.strip()]
    return braille.run([braille.in_cells(part) for part in parts], TABLES["en", grade], "--backward")


def read_back(body: dict[str, Any], grade: int) -> None:
    """A letter comes back from its braille as it went, word for word: a page may end within a paragraph, or where one does."""
    found = " ".join(evened(part) for part in back(embossable(body, "en", grade), grade))
    went = " ".join(evened(braille._spelt(part)) for part in braille.paragraphs(body) if part.strip())
    if any(len(word) > 30 for word in went.split()):
        found, went = "".join(found.split()), "".join(went.split())  # a word longer than a line goes on on the next
    assert found == went
