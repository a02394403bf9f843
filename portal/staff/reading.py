"""How a letter reads before it goes: what staff typed in it that is hard, or may hurt, and whether it says what comes next. Advice, never a refusal."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portal import hard_words
from portal.i18n import gettext as _
from portal.i18n import ngettext

MOST = 8
"""Pieces of advice at once: nobody mends more in one go."""
START = 60
"""Characters of a sentence by which it is known again."""
OWES_NEXT = frozenset(("response", "both", "interim", "update"))
"""Letters in which what comes next is for the writer to say; in the others our own words say it."""
NEXT = re.compile(r"\b(?:will|going to|next|shall)\b", re.IGNORECASE)

Advice = tuple[str, str]
"""What to think of, and where: the beginning of the sentence, or nothing."""


def advice(kind: str, body: Mapping[str, Any], language: str) -> list[Advice]:
    """What makes this letter hard to read, in the order of the letter; of one that is not in English only how long its sentences are."""
    typed = list(_typed(body))
    found = [one for words in typed for one in _of(words, language == "en")]
    if kind in OWES_NEXT and language == "en" and typed and not _says_next(body, typed):
        found.append((_("Nothing that you wrote says what happens next. Say who does what, and by which day."), ""))
    return list(dict.fromkeys(found))[:MOST]


def _typed(body: Mapping[str, Any]) -> Iterator[str]:
    """What staff typed; the resident's own words, and ours that are in every letter, are not theirs to mend."""
    for block in body.get("blocks", ()):
        if block["kind"] == "said":
            yield block["text"]
        elif block["kind"] == "actions":
            yield from (row["what"] for row in block["rows"])


def _of(words: str, is_english: bool) -> Iterator[Advice]:
    for sentence in hard_words.sentences(words):
        length, start = len(sentence.split()), _start(sentence)
        if length > hard_words.LONGEST:
            yield ngettext("This sentence has %(num)s word. Make two of it.", "This sentence has %(num)s words. Make two or three of it.", length), start
        elif is_english and hard_words.is_hard(sentence):
            yield _("This sentence has many long words. Try shorter ones."), start
        if is_english:
            yield from _words_in(sentence, start)


def _words_in(sentence: str, start: str) -> Iterator[Advice]:
    for found in hard_words.OFFICIAL.finditer(sentence):
        yield _("“%(word)s” is a word of the office. Say it as you would to a neighbour.", word=found[0]), start
    for found in hard_words.UNKIND.finditer(sentence):
        yield _("“%(word)s” may sound as if we doubt or blame them. Say it another way.", word=found[0]), start


def _says_next(body: Mapping[str, Any], typed: list[str]) -> bool:
    return any(block["kind"] == "actions" for block in body.get("blocks", ())) or any(NEXT.search(words) for words in typed)


def _start(sentence: str) -> str:
    return sentence if len(sentence) <= START else sentence[:START].rsplit(" ", 1)[0] + "…"
