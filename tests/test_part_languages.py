"""Every part of a page says which language it is in, and lies the way it is read: names, the landlord's words, and residents' own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import clock, i18n, marked
from tests import crawl, pseudo
from tests.browser_client import CheckingClient
from tests.lived_in import LivedIn, comers
from tests.part_languages import LATIN, misread, not_marked
from tests.test_every_page import let_in, lived_in, made_up
from tests.town import Town

__all__ = ["made_up"]


def pages(client: CheckingClient, town: Town, kind: str, language: str) -> Iterator[crawl.Found]:
    """Each page that somebody of a kind can reach, in a language."""
    complaint = lived_in(town, language)
    start = "/" if kind == "nobody" else let_in(client, town, kind, complaint)
    client.get(f"/?lang={language}")
    town.register.rollback()
    yield from (found for found in crawl.pages(client, start, alike=2) if "/staff" not in found.what)


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("kind", ["nobody", "resident"])
def test_items_53_and_54_no_words_of_another_language_stand_among_ours_unsaid(client: CheckingClient, town: Town, kind: str) -> None:
    found = list(pages(client, town, kind, "en@mirror"))
    assert all(each.page.get("dir") == "rtl" for each in found)
    assert {each.what: words for each in found if (words := not_marked(each.page))} == {}


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[frozenset[str]]:
    """Arabic, whole; answers the Latin words that it says itself."""
    pseudo.write_whole(tmp_path / "translations")
    monkeypatch.setattr(i18n, "FOLDER", tmp_path / "translations")
    i18n.catalogue.cache_clear()
    i18n.installed.cache_clear()
    yield frozenset(LATIN.findall((i18n.FOLDER / "ar/LC_MESSAGES/messages.po").read_text()))
    monkeypatch.undo()
    i18n.catalogue.cache_clear()
    i18n.installed.cache_clear()


@pytest.mark.parametrize("kind", ["nobody", "resident"])
def test_items_53_and_54_in_arabic_no_latin_words_are_called_arabic_or_lie_from_right_to_left(
    client: CheckingClient, town: Town, arabic: frozenset[str], kind: str
) -> None:
    found = list(pages(client, town, kind, "ar"))
    assert all((each.page.get("lang"), each.page.get("dir")) == ("ar", "rtl") for each in found)
    assert {each.what: words for each in found if (words := misread(each.page, arabic))} == {}


@pytest.mark.parametrize(
    ("words", "apart"),
    [
        ("أمين (Housing Ombudsman) هنا", ["Housing Ombudsman"]),
        ("بالرقم 01632 960000، أو", ["01632\N{NO-BREAK SPACE}960000"]),
        ("(0)1632 960000 هنا", ["(0)1632\N{NO-BREAK SPACE}960000"]),
        ("نعرض £350.", ["£350"]),
    ],
)
def test_item_54_in_a_line_from_right_to_left_a_number_is_whole_and_a_bracket_stays_with_its_other(words: str, apart: list[str]) -> None:
    assert re.findall(r'<bdi dir="ltr">(.*?)</bdi>', str(marked.in_line(words))) == apart


@pytest.mark.usefixtures("arabic")
def test_money_has_the_sign_that_is_on_the_money_in_another_language_too() -> None:
    with i18n.speaking("ar"):
        assert i18n.locale() == "ar" and (i18n.money(35_000), i18n.money(1_205)) == ("£350", "£12.05")


@pytest.mark.usefixtures("arabic")
def test_of_no_message_nothing_is_said_and_not_the_head_of_the_catalogue() -> None:
    with i18n.speaking("ar"):
        assert (i18n.gettext(""), str(i18n.Lazy(""))) == ("", "")


@pytest.mark.usefixtures("arabic")
def test_item_54_among_arabic_words_a_day_and_time_have_its_comma_and_a_reference_stays_on_its_line() -> None:
    with i18n.speaking("ar"):
        assert "، " in i18n.moment(clock.now()) and "," not in i18n.moment(clock.now())
        assert str(marked.in_line("رقمك 7K4Q M2XD R.")) == 'رقمك <bdi class="reference" dir="ltr">7K4Q M2XD R</bdi>.'
        assert str(marked.said_in("حجم الحروف: 18 point", "ar")) == '<bdi lang="ar">حجم الحروف: <bdi dir="ltr">18 point</bdi></bdi>'


@pytest.mark.usefixtures("arabic")
def test_what_stands_around_english_words_runs_as_they_do_on_an_arabic_page() -> None:
    with i18n.speaking("ar"):
        assert [marked.runs(words) for words in ("Rain comes in.", "المطر", "2026", "")] == ["ltr", "rtl", "rtl", "rtl"]
    assert marked.runs() == "ltr"


def seen(client: CheckingClient) -> Iterator[crawl.Found]:
    """A complaint, and all that is shown of it in one place, letters too: what no link leads to from another."""
    start = "/your-complaint" if client.get("/your-complaint").status_code == 200 else "/for-somebody"
    for url in (start, "/your-complaint/everything"):
        if (answer := client.get(url)).status_code == 200:
            yield crawl.Found(f"GET {url}", 200, answer.get_data(as_text=True))


ALSO = ("nobody", "asking", "by mail", "complaining", "several", "contractor", "ringing", "resident", "representative")


def test_items_53_and_54_hold_for_everybody_who_comes_and_in_every_state_of_a_complaint(app: Flask, town: Town, arabic: frozenset[str]) -> None:
    there, found, read = LivedIn(town), {}, 0
    town.register.rollback()
    for kind in ALSO:
        for comer in comers(there, kind):
            client = app.test_client()
            assert isinstance(client, CheckingClient)
            comer.enters(client)
            client.get("/?lang=ar")
            town.register.rollback()
            several = kind in ("resident", "representative")
            for each in seen(client) if several else crawl.pages(client, *comer.starts, press=False, alike=1):
                read += 1
                found[f"{kind}: {each.what}"] = misread(each.page, arabic)
    assert read > 60
    assert {what: words for what, words in found.items() if words} == {}
