"""Small catalogues of a test's own, in a folder of its own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from portal import i18n
from portal.catalogues import approving, plurals, scope, updating
from portal.catalogues.drafted import DRAFTED, ENGLISH_BELOW

Words = Mapping[str | tuple[str, ...], str | tuple[str, ...]]
Translated = Callable[..., None]
EVERYBODY, STAFF = "templates/public/start.html", "templates/staff/queue.html"


def template_of(messages: Mapping[str | tuple[str, ...], str]) -> Catalog:
    """A template of messages, each with the file that says it."""
    made = Catalog(fuzzy=False)
    for message, file in messages.items():
        made.add(message, locations=[(file, 0)])
    return made


def put_template(template: Catalog) -> None:
    """Put a template into the folder of the catalogues."""
    i18n.FOLDER.mkdir(parents=True, exist_ok=True)
    with (i18n.FOLDER / "messages.pot").open("wb") as file:
        write_po(file, template, include_lineno=False, omit_header=True)


def put(language: str, words: Words, *, approved_by: str = "") -> None:
    """Put a catalogue of a language there, approved by somebody or nobody."""
    made = Catalog(locale=language, last_translator=approving.DRAFTED, fuzzy=False)
    plurals.put_in(made, language)
    for message, said in words.items():
        added = made.add(message, said)
        if approved_by:
            approving.approve(added, approved_by, date(2026, 11, 1))
    updating.write(made, language)
    forget()


def edited(path: Path, language: str, words: Words, *, fuzzy: bool = False) -> Path:
    """A file that somebody edited and sent back."""
    made = Catalog(locale=language, fuzzy=False)
    plurals.put_in(made, language)
    for message, said in words.items():
        made.add(message, said, flags=["fuzzy"] if fuzzy else [])
    with path.open("wb") as file:
        write_po(file, made)
    return path


def said_in(language: str) -> dict[str, str | tuple[str, ...]]:
    """What a catalogue says, by its English."""
    return {scope.key(message)[0]: _string(message) for message in scope.catalogue(language) if message.id}


def _string(message: Message) -> str | tuple[str, ...]:
    said = scope.forms(message)
    return said if scope.is_counting(message) else said[0]


def forget() -> None:
    """Let everything be read again."""
    approving.forget()
    i18n.catalogue.cache_clear()
    i18n.installed.cache_clear()


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for the catalogues of this test alone."""
    monkeypatch.setattr(i18n, "FOLDER", tmp_path / "translations")
    forget()
    yield i18n.FOLDER
    monkeypatch.undo()
    forget()


FEW: dict[str | tuple[str, ...], dict[str, str]] = {
    str(DRAFTED.message): {"pl": "Te słowa przetłumaczyła maszyna.", "ur": "یہ الفاظ مشین نے ترجمہ کیے ہیں۔", "cy": "Peiriant a gyfieithodd y geiriau hyn."},
    str(ENGLISH_BELOW.message): {"pl": "Poniżej po angielsku.", "ur": "نیچے انگریزی میں۔", "cy": "Yr un peth yn Saesneg isod."},
    "Read this page in English": {"pl": "Czytaj po angielsku", "ur": "انگریزی میں پڑھیں", "cy": "Darllenwch yn Saesneg"},
    "What we understand your complaint to be": {"pl": "Jak rozumiemy Twoją skargę", "ur": "ہم آپ کی شکایت کو کیسے سمجھتے ہیں", "cy": "Sut rydym yn deall eich cwyn"},
    "There is a letter for you": {"pl": "Jest dla Ciebie list", "ur": "آپ کے لیے ایک خط ہے", "cy": "Mae llythyr i chi"},
    "%(code)s is your code.": {"pl": "%(code)s to Twój kod.", "ur": "%(code)s آپ کا کوڈ ہے۔", "cy": "%(code)s yw eich cod."},
    "Language": {"pl": "Język", "ur": "زبان", "cy": "Iaith"},
}  # fmt: skip
"""A few words that pages, letters and messages have, in three languages."""


@pytest.fixture
def few_words(catalogues: Path) -> Path:
    """Small catalogues of three languages that nobody has approved."""
    put_template(template_of(dict.fromkeys(FEW, EVERYBODY)))
    for language in ("pl", "ur", "cy"):
        put(language, {message: said[language] for message, said in FEW.items()})
    return catalogues


def approve_all(language: str) -> None:
    """Somebody approves every word of a language."""
    put(language, {message: said[language] for message, said in FEW.items()}, approved_by="Jan Nowak-Example")
