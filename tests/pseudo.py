"""The made-up languages: English with accents, longer, in brackets; so that what was never translated stands out."""

import re
import string
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from portal import i18n
from tests.house import ROOT

OPEN, CLOSE = "⟦", "⟧"
METHODS = [("portal/**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}
OURS = {"_l": None, "Lazy": None, "lazy_gettext": None}
KEYWORDS = {
    "_": None, "gettext": None, "ngettext": (1, 2), "NP_": ((1, "c"), 2), "N_": None, **OURS,
}  # fmt: skip
ACCENTED = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
ARABIC = {ord(each): letter for pair in (string.ascii_lowercase, string.ascii_uppercase) for each, letter in zip(pair, "ابتثجحخدذرزسشصضطظعغفقكلمنه", strict=True)}
PLACE_OR_TAG = re.compile(r"(%\([a-z_0-9]+\)[sd]|%%|<[^>]+>|&[a-z]+;)")


def accented(message: str) -> str:
    """A message in the made-up language: its places kept, a third longer, in brackets."""
    parts = PLACE_OR_TAG.split(message)
    said = "".join(part if i % 2 else part.translate(ACCENTED) for i, part in enumerate(parts))
    return f"{OPEN}{said}{' ~' * max(1, len(message) // 6)}{CLOSE}"


@cache
def messages() -> tuple[tuple[str | tuple[str, ...], str | None], ...]:
    """Every message of the portal and its context, as `make translations` would collect them."""
    found = extract_from_dir(ROOT, METHODS, OPTIONS, KEYWORDS, directory_filter=lambda path: ".venv" not in str(path))
    return tuple(sorted({(each[2], each[4]) for each in found}, key=str))


def in_arabic_letters(message: str) -> str:
    """A message with another letter, an Arabic one, in the place of each of its own; its places and tags kept."""
    parts = PLACE_OR_TAG.split(message)
    return "".join(part if i % 2 else part.translate(ARABIC) for i, part in enumerate(parts))


def write_whole(folder: Path, name: str = "ar") -> None:
    """The catalogue of a language, with words that say nothing, in Arabic letters or with accents, for whatever it does not say yet."""
    known, fill = i18n.FOLDER / name / "LC_MESSAGES/messages.po", in_arabic_letters if i18n.direction(name) == "rtl" else accented
    catalog = read_po(known.open("rb"), locale=name) if known.exists() else Catalog(locale=name, fuzzy=False)
    for message, context in messages():
        has = catalog.get(message, context)
        if not (has and has.string and all(has.string)):
            forms = (fill(message[-1]),) * catalog.num_plurals
            catalog.add(message, fill(message) if isinstance(message, str) else forms, context=context)
    target = folder / name / "LC_MESSAGES/messages.po"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_po(file, catalog)


@cache
def written(folder: Path) -> Path:
    """The folder, with a catalogue of each made-up language in it, written once a process."""
    for name in i18n.PSEUDO:
        catalog = Catalog(fuzzy=False)
        for message, context in messages():
            said = accented(message) if isinstance(message, str) else tuple(accented(each) for each in message)
            catalog.add(message, said, context=context)
        target = folder / name / "LC_MESSAGES/messages.po"
        target.parent.mkdir(parents=True)
        with target.open("wb") as file:
            write_po(file, catalog)
    return folder
