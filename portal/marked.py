"""The one module that makes markup outside templates: dates that machines can read, and words that keep their language and direction.

Three kinds of words stand among ours on a page: names (and numbers), which are in no language; the landlord's own words, which
are in English until its settings say otherwise; and what residents wrote, in the language they chose unless its letters show another.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from portal import i18n
from portal.letters.paper.scripts import direction, kept_together, own_language, pieces, script_in

OURS = i18n.DEFAULT
"""The language that a landlord writes its settings in, and its staff their letters."""

PART = re.compile(r'<h([23]) id="([\w-]+)"[^>]*>([^<]*)</h\1>')
"""The heading of a part of a page: what leads to it, and its words."""

REFERENCE = re.compile(r"[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def when(value: date | datetime, words: str) -> Markup:
    """A date in words, as a <time>; its number and month are never parted at the end of a line."""
    together = re.sub(r"(\d) ", "\\1\N{NO-BREAK SPACE}", words)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), together)


def bdi(name: str) -> Markup:
    """A name inside a sentence, keeping its own direction."""
    return Markup("<bdi>{}</bdi>").format(name)


def in_own_words(name: str, lang: str, direction: str) -> Markup:
    """The name of a language in that language."""
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(lang, direction, name)


def said_in(words: str, language: str | None = None) -> Markup:
    """Words among others that are in a language, the landlord's where none is given; as they are where the page is in it too. Latin words in an Arabic line keep together."""
    found = tongue(words, language or OURS)
    if found == i18n.html_lang(i18n.locale()) and i18n.direction(i18n.locale()) == "ltr":
        return Markup("{}").format(words)
    return Markup('<bdi lang="{}">{}</bdi>').format(found, in_line(words))


def in_line(words: str) -> Markup:
    """A sentence as it stands in a letter: where it is read from right to left, numbers and Latin words in it keep together, and their way."""
    if not any(unicodedata.bidirectional(each) in ("R", "AL") for each in words):
        return Markup("{}").format(words)
    if "\n" in words:
        return Markup("\n").join(bdi(in_line(line)) for line in words.split("\n"))
    return Markup("").join(_in_latin(piece) if way == "ltr" else escape(piece) for piece, way in pieces(kept_together(words, ""), "rtl"))


def _in_latin(piece: str) -> Markup:
    """Numbers or Latin words in a line that runs the other way; a reference stays on one line besides."""
    return Markup('<bdi class="reference" dir="ltr">{}</bdi>' if REFERENCE.fullmatch(piece) else '<bdi dir="ltr">{}</bdi>').format(piece)


def by_line(words: str, language: str | None = None) -> Markup:
    """A text as it was written, each line of it that is in another language than the whole set apart in its own."""
    whole = tongue(words, language or OURS)
    lines = ((line, tongue(line, language or OURS)) for line in words.split("\n"))
    return Markup("\n").join(line if found == whole else Markup('<bdi lang="{}">{}</bdi>').format(found, line) for line, found in lines)


def attributes(words: str, language: str | None = None) -> Markup:
    """The same for an element that holds these words and nothing else: its language and direction, as attributes."""
    return Markup(' lang="{}" dir="auto"').format(tongue(words, language or OURS))


def runs(words: str = "") -> str:
    """Which way a text runs, `ltr` or `rtl`, for what stands around it; the page's own way where there is none."""
    return direction(words, i18n.direction(i18n.locale()))


def tongue(words: str, language: str) -> str:
    """The `lang` of a text that should be in a language: that one, another that its letters show, or "" where nobody can tell."""
    if any(each.isalpha() for each in words) and not LATIN.search(words) and script_in(words, language) is None:
        return ""
    return i18n.html_lang(own_language(words, language))


def parts_of(page: Markup) -> list[tuple[str, Markup]]:
    """The parts of a page that is marked up already, in its order: the id of each one's heading, and its words."""
    return [(name, Markup(words)) for _level, name, words in PART.findall(page)]


def sentence(message: str, **words: Any) -> Markup:
    """A message of ours with its places filled: a plain word is escaped, a marked one stays."""
    return Markup(i18n.within(Markup(message) % words)) if words or "%" in message else Markup(message)
