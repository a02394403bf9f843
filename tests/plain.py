"""What makes words hard to read, counted: for everything that a resident reads in English (items 51, 52 and 66 of the bar)."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from pyphen import Pyphen

ROOT = Path(__file__).parent.parent
LONGEST = 25
"""Words in a sentence, at most."""
MEAN = 15
"""Words in a sentence, on average, over everything that one file says."""
GRADE = 10
"""The school year (Flesch and Kincaid) that a sentence of eight words or more stays under; a shorter one has too few words to be measured."""

MEASURED_FROM = 8
STAFF = ("templates/staff/", "portal/staff/")
FUNCTIONS = {"_": None, "N_": None, "NP_": ((1, "c"), 2), "_l": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "Lazy": None}

LAW = {
    "portal/rules/editions/housing_ombudsman_2022.py": "the grounds and the definition of an edition of the Code, as staff choose them",
    "portal/rules/editions/housing_ombudsman_2024.py": "the definition of a complaint, which the Code asks to be quoted",
    "portal/rules/editions/housing_ombudsman_2024_provisions.py": "what each provision of the Code asks of a landlord, which staff read",
}
"""Files whose words are the Code's, and why they are not held to these limits."""

OFFICIAL = re.compile(
    r"\b(?:e\.g\.|i\.e\.|etc\b|viz\b|via\b|and/or|utili[sz]\w+|commenc\w+|prior to|in order to|regarding|pursuant|hereby|herewith|hereto|aforementioned|endeavour\w*|ascertain\w*"
    r"|terminat\w+|facilitat\w+|additional\w*|sufficient\w*|subsequent\w*|approximately|erroneous\w*|deem(?:ed|s)?\b|invalid|in the event of|with respect to|at this time|liais\w+"
    r"|please note|please be advised|do not hesitate|kindly|click\w*|shall\b|upon\b|whilst|amongst|stakeholder\w*|service users?|customers?)",
    re.IGNORECASE,
)
"""Words that offices use and people do not."""

UNKIND = re.compile(
    r"\b(?:alleg\w+|you claim\w*|your claims?\b|you fail\w*|your failure|failure to|vulnerable|suffer\w*|victims?|special needs|handicap\w*|wheelchair[- ]bound|unfortunately|any inconvenience|sorry if\b|sorry for any"
    r"|dispute[sd]? that|insist\w*|complain(?:ed|s) that)",
    re.IGNORECASE,
)
"""Words that doubt, blame or label whoever reads them, and sorries that are none."""

SHAPES = {
    "two words joined by a slash": re.compile(r"[A-Za-z]/[A-Za-z]"),
    "a date in figures": re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b"),
    "a word in capitals": re.compile(r"\b(?!JSON\b)[A-Z]{4,}\b"),
}


def sentences(text: str) -> list[str]:
    """The sentences of a text, each place that is filled later counted as one word."""
    plain = re.sub(r"%\(\w+\)s|%\w|\{\w*\}", "this", text)
    return [each.strip() for each in re.split(r"(?<=[.?!:;])[”’)]*\s+|\n+", plain) if each.strip()]


@cache
def parts() -> Pyphen:
    """How English words are parted, which is nearly how many syllables they have."""
    return Pyphen(lang="en_US")


def school_year(sentence: str) -> float:
    """The school year in which it could be read, as Flesch and Kincaid count it; textstat counts so too, and does not load beside a new setuptools."""
    words = re.sub(r"[^\w\s']", "", sentence.lower()).split()
    syllables = sum(len(parts().positions(word)) + 1 for word in words)
    return round(0.39 * len(words) + 11.8 * round(syllables / len(words), 1) - 15.59, 1)


def hard(text: str) -> Iterator[str]:
    """What in it is over a limit: the rule, and the words."""
    for each in sentences(text):
        length = len(each.split())
        if length > LONGEST:
            yield f"{length} words in a sentence: {each}"
        if length >= MEASURED_FROM and (grade := school_year(each)) > GRADE:
            yield f"school year {grade:.0f}: {each}"
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
