"""What is wrong with a translation, as far as somebody can tell who does not read it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from babel.messages.catalog import Catalog, Message

from portal.catalogues import scope
from portal.catalogues.plurals import forms_of

PLACE = re.compile(r"%\([a-z_0-9]+\)[sd]")
COUNTED = frozenset({"%(n)s", "%(num)s", "%(n)d", "%(num)d"})
MARKUP = re.compile(r"[<>&]")
SCRIPTS = {"bn": "BENGALI", "pa": "GURMUKHI", "ur": "ARABIC", "ar": "ARABIC"}
"""The script of each language that is not written in Latin letters; a Latin name may stand among its own."""
NOT_ITS_OWN = {
    "ro": "şţŞŢ", "ur": "يكىةﻱﻙ", "ar": "یکہےٹڈڑں", "tr": "", "pl": "", "cy": "", "so": "", "bn": "", "pa": "",
}  # fmt: skip
"""Letters that look right and are another language's: with a cedilla for a comma, or of the other of two languages of one script."""
SAME_AS_ENGLISH = 4
"""From how many words on a text that is the English, letter for letter, was not translated."""


def faults(catalogue: Catalog, template: Catalog, language: str) -> Iterator[str]:
    """All that keeps a catalogue from being whole, each said with the message it is about."""
    has = scope.by_key(catalogue)
    wanted = {scope.key(message): message for message in scope.needed(template, language)}
    for found, message in wanted.items():
        if found not in has:
            yield f"{named(message)}: it is missing."
        else:
            yield from of_message(has[found], message, language)
    for found in has.keys() - wanted.keys():
        yield f"{named(has[found])}: nothing says this in this language."


def of_message(translated: Message, english: Message, language: str) -> Iterator[str]:
    """What is wrong with one translated message."""
    said = scope.forms(translated)
    if translated.fuzzy:
        yield f"{named(english)}: it is marked as unsure (fuzzy)."
    if scope.is_counting(english) != scope.is_counting(translated) or (scope.is_counting(english) and len(said) != len(forms_of(language))):
        yield f"{named(english)}: it has {len(said)} forms, and the language has {len(forms_of(language)) if scope.is_counting(english) else 1}."
    elif not all(each.strip() for each in said):
        empty = [str(number) for number, each in enumerate(said, 1) if not each.strip()]
        yield f"{named(english)}: " + (f"form {' and '.join(empty)} of {len(said)} is empty." if len(empty) < len(said) else "it is empty.")
    else:
        for number, text in enumerate(said):
            yield from (f"{named(english)}: {what}" for what in _of_text(text, english, language, number))


def named(message: Message) -> str:
    """How a fault calls a message: its English, cut where it is long."""
    text = " ".join(scope.key(message)[0].split())
    return f"“{text if len(text) <= 90 else text[:88] + ' …'}”"


def _of_text(text: str, english: Message, language: str, form: int) -> Iterator[str]:
    model = english.id if isinstance(english.id, str) else english.id[-1]
    yield from _of_places(text, english, language, form)
    if PLACE.sub("", text).count("%") != PLACE.sub("", model).count("%"):
        yield "a sign “%” is there that is no place, or one was lost."
    if Counter(MARKUP.findall(text)) != Counter(MARKUP.findall(model)):
        yield "it has a <, > or & that the English has not, or lost one."
    if text.count("\n") != model.count("\n") or _edges(text) != _edges(model):
        yield "its lines, or the spaces at its ends, are not those of the English."
    yield from _of_letters(text, model, language)


def _of_places(text: str, english: Message, language: str, form: int) -> Iterator[str]:
    """A form that is said of one number alone may leave the number out; every other place is filled."""
    has = set(PLACE.findall(text))
    if isinstance(english.id, str):
        may = must = set(PLACE.findall(english.id))
    else:
        may = {place for each in english.id for place in PLACE.findall(each)}
        must = set(PLACE.findall(english.id[-1]))
        must -= COUNTED if len(forms_of(language)[form]) == 1 else set()
    if lost := sorted(must - has):
        yield f"it lost {', '.join(lost)}."
    if new := sorted(has - may):
        yield f"it has {', '.join(new)}, which the English has not."


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _of_letters(text: str, model: str, language: str) -> Iterator[str]:
    left = PLACE.sub(" ", text)
    own = {"LATIN", SCRIPTS.get(language, "LATIN")}
    letters = Counter(_script(each) for each in left if unicodedata.category(each)[0] in "LM")
    if strange := {each for each in letters if each not in own | {"COMBINING", "MODIFIER"}}:
        yield f"it has letters that are not of this language ({', '.join(sorted(strange)).lower()})."
    if wrong := sorted(set(left) & set(NOT_ITS_OWN.get(language, ""))):
        yield f"it has {' '.join(wrong)}, which this language does not write."
    words = PLACE.sub(" ", model).split()
    in_latin = language in SCRIPTS and len(words) > 1 and not letters[SCRIPTS[language]]
    if in_latin or (len(words) >= SAME_AS_ENGLISH and text == model):
        yield "it is not in this language."


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0]
    return "LATIN" if name in ("FEMININE", "MASCULINE") else name


def counts(catalogue: Catalog, template: Catalog, language: str) -> Mapping[str, int]:
    """How many messages are needed of a language, and how many it has: `needed`, `translated`, `missing`, `fuzzy`."""
    has = scope.by_key(catalogue)
    wanted = [has.get(scope.key(message)) for message in scope.needed(template, language)]
    said = [message for message in wanted if message is not None and all(each.strip() for each in scope.forms(message))]
    return {
        "needed": len(wanted), "translated": sum(not message.fuzzy for message in said),
        "missing": len(wanted) - len(said), "fuzzy": sum(message.fuzzy for message in said),
    }  # fmt: skip

