"""Bringing a catalogue up to date with the messages there are, and writing it, always in one way."""

import os

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from portal import i18n
from portal.catalogues import plurals, scope


def bring_up_to_date() -> list[str]:
    """Every catalogue there is: new messages are empty, what nobody says any more is gone, nothing is guessed. Which there are."""
    template = scope.template()
    found = [language for language in i18n.LANGUAGES[1:] if scope.path_of(language).exists()]
    for language in found:
        write(renewed(scope.catalogue(language), template, language), language)
    return found


def renewed(old: Catalog, template: Catalog, language: str) -> Catalog:
    """The messages that the language needs, with the words and the comments that the old catalogue has of them."""
    new = Catalog(
        locale=language, header_comment=old.header_comment, project=old.project, version=old.version, copyright_holder=old.copyright_holder,
        msgid_bugs_address=old.msgid_bugs_address, creation_date=old.creation_date, revision_date=old.revision_date,
        last_translator=old.last_translator, language_team=old.language_team, fuzzy=False,
    )  # fmt: skip
    plurals.put_in(new, language)
    has = scope.by_key(old)
    for message in scope.needed(template, language):
        said = has.get(scope.key(message))
        new.add(
            message.id, _words(said, message, new.num_plurals), context=message.context, flags=(said.flags if said else set()) | message.flags,
            user_comments=said.user_comments if said else (),
        )  # fmt: skip
    return new


def _words(said: Message | None, message: Message, forms: int) -> str | tuple[str, ...]:
    """What was said of it, if it is still as many texts as it has to be."""
    if scope.is_counting(message):
        has = scope.forms(said) if said and scope.is_counting(said) else ()
        return has if len(has) == forms else ("",) * forms
    return said.string if said and isinstance(said.string, str) else ""


def write(catalogue: Catalog, language: str) -> None:
    """Put a catalogue in its place, whole or not at all, if that changes anything."""
    path = scope.path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    with aside.open("wb") as file:
        write_po(file, catalogue, no_location=True, ignore_obsolete=True)
    if path.exists() and path.read_bytes() == aside.read_bytes():
        aside.unlink()
    else:
        os.replace(aside, path)

