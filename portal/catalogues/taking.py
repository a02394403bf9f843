"""Taking in a file that somebody edited: all of it or, where anything is wrong with it, none."""

from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from portal import i18n
from portal.catalogues import approving, checking, scope, updating


class NotTaken(Exception):
    """What is wrong with a file, message by message. Nothing of it was taken."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def take(path: Path, language: str, *, by: str, on: date) -> int:
    """Take in what a file has, approved by somebody on a day; what it leaves empty stays as it was. How many messages.

    NotTaken for a language of none of ours, for nobody's name, for a file that is none, and for words that cannot be right.
    """
    by = " ".join(by.split())
    if not by:
        raise NotTaken(["Say who approved it: --by and their name."])
    if language not in i18n.LANGUAGES[1:]:
        raise NotTaken([f"“{language}” is none of our languages: {', '.join(i18n.LANGUAGES[1:])}."])
    given, template = _given(path, language), scope.template()
    wanted = {scope.key(message): message for message in scope.needed(template, language)}
    if faults := [fault for message in given for fault in _faults(message, wanted.get(scope.key(message)), language)]:
        raise NotTaken(faults)
    if not given:
        raise NotTaken([f"{path} has no message with words in this language."])
    kept = updating.renewed(_kept(language), template, language)
    has = scope.by_key(kept)
    for message in given:
        taken = has[scope.key(message)]
        taken.string = message.string
        taken.flags.discard("fuzzy")
        approving.approve(taken, by, on)
    updating.write(_signed(kept), language)
    approving.forget()
    i18n.catalogue.cache_clear()
    return len(given)


def _given(path: Path, language: str) -> list[Message]:
    """The messages of the file that have words."""
    try:
        found = scope.read(path, language)
    except (PoFileError, ValueError, OSError) as fault:
        raise NotTaken([f"{path} cannot be read as a catalogue of messages: {fault}"]) from fault
    return [message for message in found if message.id and any(each.strip() for each in scope.forms(message))]


def _faults(given: Message, english: Message | None, language: str) -> list[str]:
    if english is None:
        return [f"{checking.named(given)}: nothing says this in this language. Is the file an old one?"]
    return list(checking.of_message(given, english, language))


def _kept(language: str) -> Catalog:
    try:
        return scope.catalogue(language)
    except FileNotFoundError:
        return Catalog(locale=language, last_translator=approving.DRAFTED)


def _signed(catalogue: Catalog) -> Catalog:
    """The header says whose words they are once all of them are approved, and until then that they are a machine's."""
    all_of_it = [message for message in catalogue if message.id]
    approved = [found for message in all_of_it if (found := approving.approval(message))]
    names = sorted({found.by for found in approved})
    catalogue.last_translator = f"Approved by {', '.join(names)}" if len(approved) == len(all_of_it) else approving.DRAFTED
    return catalogue
