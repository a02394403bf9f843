"""Which messages each language has to say: everybody's those of the public and of residents, a language of staff pages all."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal import i18n

STAFF_ALONE = ("portal/staff/", "templates/staff/")
"""Where words are that staff alone read."""

Key = tuple[str, str | None]


def template() -> Catalog:
    """Every message there is, with the files that say it: as `make translations` collected them. FileNotFoundError without it."""
    return read(i18n.FOLDER / "messages.pot")


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as its file has it. FileNotFoundError where there is none."""
    return read(path_of(language), language)


def path_of(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return i18n.FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(path: Path, language: str | None = None) -> Catalog:
    """A file of messages. PoFileError, ValueError or UnicodeDecodeError for one that is none; FileNotFoundError."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def needed(template: Catalog, language: str) -> Iterator[Message]:
    """The messages that a language has to say, in the order of the template."""
    return (message for message in template if message.id and (language in i18n.STAFF_LANGUAGES or not is_for_staff_alone(message)))


def for_everybody(template: Catalog) -> Iterator[Message]:
    """The messages that residents and the public may read."""
    return (message for message in template if message.id and not is_for_staff_alone(message))


def is_for_staff_alone(message: Message) -> bool:
    """Whether only pages of staff say it; what no file is named for is everybody's."""
    return bool(message.locations) and all(file.startswith(STAFF_ALONE) for file, _line in message.locations)


def key(message: Message) -> Key:
    """What a message is found by: its English (of a counting one, the English of one) and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def by_key(messages: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue by what each is found by."""
    return {key(message): message for message in messages if message.id}


def forms(message: Message) -> tuple[str, ...]:
    """What a message is translated as: one text, or of a counting one as many as the language has forms."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def is_counting(message: Message) -> bool:
    """Whether it counts something."""
    return not isinstance(message.id, str)
