"""Every letter of a language is in a face that its pages are sent, and no face is large (accessibility bar, section 5.2)."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from portal import i18n
from tests.look import gallery

FONTS = gallery.ROOT / "static/fonts"
CSS = (gallery.ROOT / "static/built/app.css").read_text()
LATIN = ("atkinson-hyperlegible-next-latin", "atkinson-hyperlegible-next-latin-ext")
FACES = {"ar": ("noto-sans-arabic",), "ur": ("noto-nastaliq-urdu",), "bn": ("noto-sans-bengali",), "pa": ("noto-sans-gurmukhi",)}
"""The face of each language that is not written in Latin letters."""

ALPHABETS = {
    "cy": "âêîôûŵŷàèìòùẁỳáéíóúẃýäëïöüẅÿ", "pl": "ąćęłńóśźż", "ro": "ăâîșț", "so": "’", "tr": "çğıöşüİâîû",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ؟،؛", "ur": "آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئؤۂ۔،؟",
    "bn": "অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহড়ঢ়য়ৎংঃঁািীুূৃেৈোৌ্।", "pa": "ੳਅੲਸਹਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵੜਸ਼ਖ਼ਗ਼ਜ਼ਫ਼ਲ਼ਾਿੀੁੂੇੈੋੌੰਂੱ੍।",
}  # fmt: skip
LARGEST = 120_000
"""Bytes of what a page in another script fetches for it."""


def letters_of(*names: str) -> set[int]:
    """Every character that these faces have a shape for."""
    return {code for name in names for code in TTFont(FONTS / f"{name}.woff2").getBestCmap()}


def said_in(language: str) -> str:
    """Everything that the portal says in a language: its catalogue, if it is there, and the names of days and months."""
    path: Path = i18n.FOLDER / language / "LC_MESSAGES" / "messages.po"
    words = []
    if path.exists():
        with path.open("rb") as file:
            words = [part for each in read_po(file) if each.id for part in ([each.string] if isinstance(each.string, str) else each.string or ())]
    with i18n.speaking(language):
        words += [i18n.day(date(2026, month, month)) for month in range(1, 13)]
    return " ".join(words)


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_has_a_shape_in_the_faces_that_its_pages_are_sent(language: str) -> None:
    has = letters_of(*LATIN, *FACES.get(language, ()))
    used = {c for c in unicodedata.normalize("NFC", said_in(language) + ALPHABETS[language]) if not c.isspace() and unicodedata.category(c) != "Cf"}
    parts = {c for c in used if ord(c) not in has and not all(ord(part) in has for part in unicodedata.normalize("NFD", c))}
    assert parts == set()


@pytest.mark.parametrize("language", FACES)
def test_another_script_fetches_one_small_face_and_never_waits_for_it(language: str) -> None:
    (name,) = FACES[language]
    assert (FONTS / f"{name}.woff2").stat().st_size < LARGEST
    rule = next(each for each in re.findall(r"@font-face\{[^}]*\}", CSS) if f"{name}.woff2" in each)
    assert "font-display:swap" in rule
    (family,) = re.findall(r"font-family:([^;]+)", rule)
    faces = dict(re.findall(r"(:root[^{]*)\{[^}]*?--face:([^;}]+)", CSS))
    assert faces[f":root:lang({language})"].startswith(f'"{family}"'), "it is used on the pages in its language"
    assert family not in faces[":root"], "and on no others but those that are alike"


@pytest.mark.parametrize(("name", "feature"), [("noto-sans-arabic", "init"), ("noto-nastaliq-urdu", "init"), ("noto-sans-bengali", "half"), ("noto-sans-gurmukhi", "blwf")])
def test_letters_still_join_in_a_face_that_was_cut_down(name: str, feature: str) -> None:
    table = TTFont(FONTS / f"{name}.woff2")["GSUB"].table
    assert feature in {each.FeatureTag for each in table.FeatureList.FeatureRecord}


@pytest.mark.parametrize(("language", "script"), [("bn", "bengali"), ("pa", "gurmukhi")])
def test_the_name_of_a_language_has_its_letters_on_every_page_in_a_file_of_no_size(language: str, script: str) -> None:
    name = f"name-in-{script}"
    assert {ord(each) for each in i18n.own_name(language)} <= letters_of(name)
    assert (FONTS / f"{name}.woff2").stat().st_size < 2_500
    rule = next(each for each in re.findall(r"@font-face\{[^}]*\}", CSS) if f"{name}.woff2" in each)
    assert "font-display:swap" in rule and "unicode-range" in rule
