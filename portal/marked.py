"""The one module that makes markup outside templates: dates that machines can read, names that keep their direction."""

import re
from datetime import date, datetime
from typing import Any

from markupsafe import Markup


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


def sentence(message: str, **words: Any) -> Markup:
    """A message of ours with its places filled: a plain word is escaped, a marked one stays."""
    return Markup(message) % words if words or "%" in message else Markup(message)
