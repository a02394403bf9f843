"""A first visit is light in every language: the page, the stylesheet, the faces that its letters need, and the mark (60 kilobytes, six requests)."""

import gzip
import re
from functools import cache

import pytest

from portal import i18n
from tests.browser_client import CheckingClient
from tests.house import ROOT

STATIC = ROOT / "static"
CSS = (STATIC / "built/app.css").read_text()
MOST, MOST_OF_ANOTHER_SCRIPT, REQUESTS = 60_000, 120_000, 6


@cache
def faces() -> dict[str, list[tuple[int, int]]]:
    """Every face by its file: the characters that a browser fetches it for."""
    found = {}
    for rule in re.findall(r"@font-face\{[^}]*\}", CSS):
        name, ranges = re.findall(r"fonts/([\w-]+)\.woff2", rule)[0], re.findall(r"unicode-range:([^;}]+)", rule)[0]
        found[name] = [_range(each.strip().removeprefix("U+")) for each in ranges.split(",")]
    return found


def _range(written: str) -> tuple[int, int]:
    first, _dash, last = written.partition("-")
    return int(first.replace("?", "0"), 16), int((last or first).replace("?", "F"), 16)


def needed(text: str, language: str) -> list[str]:
    """The faces that a page with these letters fetches: of two that have a letter the one written later, and of another script's only its own language's."""
    letters, left = {ord(c) for c in text}, []
    own = re.findall(rf':root:lang\({language}\)\{{[^}}]*--face:"([^"]+)"', CSS)
    for name in reversed(faces()):
        family = re.findall(rf'@font-face\{{font-family:([^;]+);src:url\(\.\./fonts/{name}', CSS)[0].strip('"')
        if "atkinson" not in name and family not in own:
            continue
        here = {c for c in letters if any(low <= c <= high for low, high in faces()[name])}
        letters -= here if "atkinson" in name else set()
        left += [name] if here - {0x200C, 0x200D, 0x200E, 0x200F} else []
    return left


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_first_visit_is_under_sixty_kilobytes_in_every_language(client: CheckingClient, language: str) -> None:
    if language not in i18n.installed():
        pytest.skip(f"There is no catalogue of {language} yet.")
    page = client.get(f"/?lang={language}").get_data(as_text=True)
    in_our_faces = re.sub(r"<(a|bdi) [^>]*\blang=[^>]*>[^<]*</\1>", "", page)
    sizes = {name: (STATIC / f"fonts/{name}.woff2").stat().st_size for name in needed(re.sub(r"<[^>]+>", "", in_our_faces), language)}
    latin = sum(size for name, size in sizes.items() if "atkinson" in name)
    linked = {each for each in re.findall(r'<(?:link|script) [^>]*(?:href|src)="([^"]+)"', page) if not each.endswith(".woff2")}
    weight = latin + sum(len(gzip.compress(each.encode(), 9)) for each in (page, CSS, (STATIC / "built/mark.svg").read_text()))
    assert weight < MOST, (weight, sizes)
    assert sum(sizes.values()) - latin < MOST_OF_ANOTHER_SCRIPT
    assert 1 + len(linked) + len(sizes) <= REQUESTS, (linked, sizes)


def test_an_english_page_fetches_one_face_and_a_polish_one_two() -> None:
    assert needed("Start a complaint", "en") == ["atkinson-hyperlegible-next-latin"]
    assert set(needed("Złóż skargę", "pl")) == {"atkinson-hyperlegible-next-latin", "atkinson-hyperlegible-next-latin-ext"}
    assert "noto-sans-arabic" in needed("شكوى", "ar") and needed("شكوى", "en") == []


def ahead(client: CheckingClient) -> list[str]:
    """The faces that the first page has fetched before its stylesheet asks for them, so that no line moves when they come."""
    return [each.get("href", "").rpartition("/")[2] for each in client.page("/").xpath("//link[@rel='preload'][@as='font'][@crossorigin]")]


def test_the_face_of_a_page_comes_ahead_of_its_words_where_they_are_written_in_it_and_nowhere_else(client: CheckingClient) -> None:
    assert ahead(client) == ["atkinson-hyperlegible-next-latin.woff2"]
    client.send("/display", {"face": "serif"})
    assert ahead(client) == []
    client.send("/display", {"face": "usual"})
    client.get("/?lang=ur")
    assert ahead(client) == []
