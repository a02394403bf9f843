"""What makes words hard to read, counted: for everything that a resident reads in English (items 51, 52 and 66 of the bar)."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir

from portal.hard_words import LONGEST, OFFICIAL, UNKIND, is_hard, school_year, sentences

ROOT = Path(__file__).parent.parent
MEAN = 15
"""Words in a sentence, on average, over everything that one file says."""
STAFF = ("templates/staff/", "portal/staff/")
FUNCTIONS = {"_": None, "N_": None, "NP_": ((1, "c"), 2), "_l": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "Lazy": None}

LAW = {
    "portal/rules/editions/housing_ombudsman_2022.py": "the grounds and the definition of an edition of the Code, as staff choose them",
    "portal/rules/editions/housing_ombudsman_2024.py": "the definition of a complaint, which the Code asks to be quoted",
    "portal/rules/editions/housing_ombudsman_2024_provisions.py": "what each provision of the Code asks of a landlord, which staff read",
}
"""Files whose words are the Code's, and why they are not held to these limits."""

SHAPES = {
    "two words joined by a slash": re.compile(r"[A-Za-z]/[A-Za-z]"),
    "a date in figures": re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b"),
    "a word in capitals": re.compile(r"\b(?!JSON\b)[A-Z]{4,}\b"),
}


def hard(text: str) -> Iterator[str]:
    """What in it is over a limit: the rule, and the words."""
    for each in sentences(text):
        length = len(each.split())
        if length > LONGEST:
            yield f"{length} words in a sentence: {each}"
        if is_hard(each):
            yield f"school year {school_year(each):.0f}: {each}"
    for name, pattern in {"an office's word": OFFICIAL, "a word that doubts or blames": UNKIND, **SHAPES}.items():
        if found := pattern.search(text):
            yield f"{name} ({found[0]}): {text}"


@cache
def said() -> dict[str, list[str]]:
    """Everything that is said in English by file, but what staff alone read and what is the Code's own."""
    found: dict[str, list[str]] = {}
    for folder, method in (("templates", "jinja2"), ("portal", "python")):
        for name, _line, message, _comments, _context in extract_from_dir(str(ROOT / folder), [("**.html" if method == "jinja2" else "**.py", method)], keywords=FUNCTIONS):
            place = f"{folder}/{name}"
            if not place.startswith(STAFF) and place not in LAW:
                found.setdefault(place, []).extend(Message(message).id if isinstance(message, tuple) else [message])
    return found
