"""The validator that reads every page after the tests: a fault planted is a fault seen."""

from pathlib import Path

import pytest
from lxml import html

from tests import saved_pages

pytestmark = pytest.mark.processes

GOOD = '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>'


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<p><div>In a paragraph</div></p>", "no-implicit-close"),
        ('<a href="/"><button type="button">Press</button></a>', "element-permitted-content"),
        ('<p id="a">One</p><p id="a">Two</p>', "no-dup-id"),
        ('<p style="color: red">Red</p>', "no-inline-style"),
        ("<button>Send</button>", "no-implicit-button-type"),
    ],
)
def test_item_3_the_validator_sees_a_planted_fault(tmp_path: Path, fault: str, rule: str) -> None:
    (tmp_path / "planted.html").write_text(GOOD.format(fault))
    assert any(each.startswith(rule) for each in saved_pages.faults(tmp_path)), saved_pages.faults(tmp_path)


def test_a_page_is_kept_that_has_something_where_no_page_had_it_and_not_for_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_pages, "FOLDER", tmp_path)
    monkeypatch.setattr(saved_pages, "KNOWN", {})
    kept = []
    for inside in ("<p>One</p>", "<p>Two</p><p>Three</p>", "<ul><li>One</li></ul>", "<p class='lead'>One</p>", "<h2>A</h2><h3>B</h3>", "<h3>B</h3><h2>A</h2>"):
        text = GOOD.format(inside)
        saved_pages.keep(html.document_fromstring(text), text)
        kept.append(len(list(tmp_path.glob("*.html"))))
    assert kept == [1, 1, 2, 3, 4, 5]


def test_of_what_two_processes_kept_one_is_read_and_what_was_kept_whatever_there_is_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_pages, "FOLDER", tmp_path)
    texts = [GOOD.format(inside) for inside in ("<p>One</p><p>Three</p>", "<p>Two</p>", "<ul><li>One</li></ul>")]
    for text in texts:
        monkeypatch.setattr(saved_pages, "KNOWN", {})
        saved_pages.keep(html.document_fromstring(text), text)
    saved_pages.keep_all(GOOD.format("<p>Four</p>"))
    monkeypatch.setattr(saved_pages, "KNOWN", {})
    saved_pages.thin_out()
    left = sorted(each.read_text() for each in tmp_path.glob("*.html"))
    assert left == sorted([texts[0], texts[2], GOOD.format("<p>Four</p>")])
