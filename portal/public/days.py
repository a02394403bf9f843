"""Reading a day as people write it: 12/5/26, 12 May, 1st of June 2026, 2026-05-12, yesterday."""

import re
import unicodedata
from datetime import date, timedelta

from portal import i18n

LONGEST = 60
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NOISE = re.compile(r"\b(of|the|on|in|day)\b|(?<=\d)(st|nd|rd|th)\b|[,،]", re.I)
WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b\.?", re.I)
MARKS = re.compile("[\u0300-\u036f]")
ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{4}|\d{2}))?")
NAME = r"[^\W\d_][^\d\s_./-]*"
"""A month's name, with the vowel signs that some scripts write as marks of their own."""
DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ]*({NAME})\.?[-/. ]*(\d{{4}}|\d{{2}})?")
MONTH_FIRST = re.compile(rf"({NAME})\.?[-/. ]*(\d{{1,2}})(?:[-/. ]+(\d{{4}}|\d{{2}}))?")


def read_day(typed: str, today: date) -> date | None:
    """The day that was meant, day before month; None if it cannot be one. Without a year, the latest not after today."""
    if len(typed) > LONGEST:
        return None
    words = " ".join(NOISE.sub(" ", _even(typed.strip())).split())
    if words in ("today", "now"):
        return today
    if words == "yesterday":
        return today - timedelta(days=1)
    words = _without_weekday(WEEKDAY.sub("", words).strip())
    if found := ISO.fullmatch(words):
        year, month, day = found.groups()
        return _day(day, int(month), year, today)
    if found := NUMBERS.fullmatch(words):
        return _day(found[1], int(found[2]), found[3], today)
    if found := DAY_FIRST.fullmatch(words):
        return _day(found[1], _month(found[2]), found[3], today)
    if found := MONTH_FIRST.fullmatch(words):
        return _day(found[2], _month(found[1]), found[3], today)
    return None


def _even(words: str) -> str:
    """The same in small letters, each letter in one spelling: Latin ones without their marks, which people leave out (Ağustos, agustos; ARALIK,
    aralık), marks of other scripts beside it or in it, and the long i of Bengali months, which people write short.
    """
    plain = MARKS.sub("", unicodedata.normalize("NFD", words.lower()))
    return unicodedata.normalize("NFC", plain).replace("ı", "i").replace("ী", "ি")


def _without_weekday(words: str) -> str:
    """The same without the name of its day in the language in use, before it or after it."""
    for name in sorted((_even(str(name)) for name in i18n.cldr().days["format"]["wide"].values()), key=len, reverse=True):
        words = words.removeprefix(f"{name} ").removesuffix(f" {name}")
    return words


def _month(name: str) -> int:
    """The number of a month, by its English name or the one in the language in use; 0 if it is none."""
    own = {_even(str(word)).strip("."): n for n, word in i18n.cldr().months["format"]["wide"].items()}
    own |= {_even(str(word)).strip("."): n for n, word in i18n.cldr().months["format"]["abbreviated"].items()}
    if name in own:
        return int(own[name])
    return ENGLISH.index(name[:3]) + 1 if name[:3] in ENGLISH else 0


def _day(day: str, month: int, year: str | None, today: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
        found = date(today.year, month, int(day))
        return found if found <= today else date(today.year - 1, month, int(day))
    except ValueError:
        return None
