"""Who approved which words: a comment on the message, with a digest, so that words which change are approved no more."""

import hashlib
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from portal import i18n
from portal.catalogues import scope

COMMENT = re.compile(r"Approved by (?P<by>.+?) on (?P<on>\d{4}-\d\d-\d\d) \((?P<digest>[0-9a-f]{10})\)")
DRAFTED = "Drafted by a machine; nobody has approved it yet"
"""What the header of a catalogue says of its translator until every message of it is approved."""


class Approval(NamedTuple):
    """Who approved a message, and when."""

    by: str
    on: date


def approval(message: Message) -> Approval | None:
    """Who approved these very words of these very English ones; None where nobody did."""
    found = COMMENT.search(" ".join(message.user_comments))
    if found is None or message.fuzzy or found["digest"] != digest(message):
        return None
    return Approval(found["by"], date.fromisoformat(found["on"]))


def approve(message: Message, by: str, on: date) -> None:
    """Write on a message who approved it; what else is written on it stays."""
    rest = COMMENT.sub("", " ".join(message.user_comments)).strip()
    message.user_comments = [*([rest] if rest else []), f"Approved by {by} on {on.isoformat()} ({digest(message)})"]


def digest(message: Message) -> str:
    """Ten characters that stand for the English and its translation."""
    english = (message.id,) if isinstance(message.id, str) else message.id
    words = "\0".join((message.context or "", *english, "\1", *scope.forms(message)))
    return hashlib.sha256(words.encode()).hexdigest()[:10]


def by_whom(catalogue: Catalog) -> Counter[str]:
    """How many messages each person approved."""
    return Counter(found.by for message in catalogue if message.id and (found := approval(message)))


def is_approved(language: str) -> bool:
    """Whether somebody approved every word that a resident or the public may read in it. English counts as it stands."""
    if language not in i18n.LANGUAGES or language == i18n.DEFAULT:
        return True
    return _all_approved(i18n.FOLDER, language)


@cache
def _all_approved(folder: Path, language: str) -> bool:
    try:
        has = scope.by_key(scope.catalogue(language))
        wanted = [scope.key(message) for message in scope.for_everybody(scope.template())]
    except (FileNotFoundError, PoFileError, ValueError):
        # There is none, or somebody broke the file: then its words are nobody's, and pages and letters go on.
        return False
    return all(found in has and approval(has[found]) for found in wanted)


def forget() -> None:
    """Read the catalogues again: one was changed."""
    _all_approved.cache_clear()
