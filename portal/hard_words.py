"""What makes words hard to read, counted: in everything that a resident reads in English, and in a letter as somebody writes it (items 51, 52, 66, 74)."""

import re

LONGEST = 25
"""Words in a sentence, at most."""
GRADE = 10.5
"""The school year (Flesch and Kincaid) that a sentence of eight words or more stays under; a shorter one has too few words to be measured."""
MEASURED_FROM = 8

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

SILENT_INSIDE = re.compile(r"(?<=\bsom)e(?=body|one|thing|times|where)|(?<=\bev)e(?=r[yi])")
SILENT_END = re.compile(r"(?:[^aeiouyl]e|[^aeioutdy]ed|[^aeiouysxzcgh]es)$")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each place that is filled later counted as one word."""
    plain = re.sub(r"%\(\w+\)s|%\w|\{\w*\}", "this", text)
    return [each.strip() for each in re.split(r"(?<=[.?!:;])[”’)]*\s+|\n+", plain) if each.strip()]


def syllables(word: str) -> int:
    """About how many syllables an English word in small letters has: its groups of vowels, without an e that is silent."""
    said = SILENT_INSIDE.sub("", word)
    return max(1, len(re.findall(r"[aeiouy]+", said)) - bool(SILENT_END.search(said)))


def school_year(sentence: str) -> float:
    """The school year in which an English sentence could be read, as Flesch and Kincaid count it; 0 where it has no word."""
    words = re.sub(r"[^\w\s']", "", sentence.lower()).split()
    if not words:
        return 0.0
    return round(0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59, 1)


def is_hard(sentence: str) -> bool:
    """Whether a sentence, short as it may be, has words that are hard together."""
    return len(sentence.split()) >= MEASURED_FROM and school_year(sentence) > GRADE
