"""The whole journey of a resident, on a narrow phone without scripts, in each language that they may read it in.

What is chosen is chosen by the names of the boxes: no words of any language are needed to go the way.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page

from portal import clock, i18n
from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of
from tests import pseudo
from tests.browser.fixtures import Browse, Served
from tests.part_languages import LATIN, misread, not_marked, said_on
from tests.resident.journeys import ANSWERS
from tests.test_every_page import made_up
from tests.town import Town

pytestmark = pytest.mark.browser
__all__ = ["made_up"]

NARROW, LONG_ENOUGH = 320, 4
"""A window in pixels; and how many words a message of ours has at least, so that it can be told from words of another language."""


@pytest.fixture
def language(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The language of this journey, where there is a catalogue of it; what that lacks is for the tests of catalogues, and filled here."""
    name: str = request.param
    if name in i18n.PSEUDO:
        request.getfixturevalue("made_up")
    if name not in i18n.installed():
        pytest.skip(f"There is no catalogue of {name} yet.")
    if name not in (i18n.DEFAULT, *i18n.PSEUDO) and lacking(name):
        pseudo.write_whole(tmp_path / "whole", name)
        monkeypatch.setattr(i18n, "FOLDER", tmp_path / "whole")
        i18n.catalogue.cache_clear()
    yield name
    monkeypatch.undo()
    i18n.catalogue.cache_clear()


def lacking(name: str) -> set[str]:
    """The messages that a catalogue does not say."""
    ours = {message for message, _ in pseudo.messages() if isinstance(message, str)}
    return {message for message in ours if i18n.catalogue(name).ugettext(message) == message}


def read(page: Page, english: Callable[[html.HtmlElement], list[str]], language: str) -> html.HtmlElement:
    """The page as it is now: in the language, the right way round, without English of ours, and no wider than the phone."""
    found = html.document_fromstring(page.content())
    assert (found.get("lang"), found.get("dir")) == (i18n.html_lang(language), i18n.direction(language)), page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, page.url
    assert english(found) == [], page.url
    return found


def in_english(language: str) -> Callable[[html.HtmlElement], list[str]]:
    """What finds English words of ours on a page in this language; in the made-up one of every page `test_every_page` asks that."""
    if language == "en@mirror":
        return not_marked
    if language in ("en", "en@pseudo"):
        return lambda page: []
    if i18n.direction(language) == "rtl":
        known = LATIN.findall((i18n.FOLDER / language / "LC_MESSAGES/messages.po").read_text())
        return lambda page: misread(page, known)
    ours = {message for message, _ in pseudo.messages() if isinstance(message, str) and len(message.split()) >= LONG_ENOUGH}
    return lambda page: [said.text for said in said_on(page) if said.lang == language and said.text in ours]


def fills(page: Page, told: dict[str, object]) -> None:
    """Put answers into the boxes that have these names."""
    for name, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            box = page.locator(f"main [name='{name}']")
            kind = box.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                page.locator(f"main [name='{name}'][value='{each}']").check()
            else:
                box.fill(str(each))


def presses(page: Page) -> None:
    """Press the one primary button of the page's form."""
    follows(page, "main form button.button:not(.quiet)")


def follows(page: Page, what: str) -> None:
    """Press it, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(what).first.click()


@pytest.mark.parametrize("language", ["en", "cy", "ar", "en@pseudo", pytest.param("en@mirror", marks=pytest.mark.slow)], indirect=True)
def test_the_whole_journey_is_in_their_language_on_a_narrow_phone_without_scripts(browse: Browse, served: Served, town: Town, language: str) -> None:
    english = in_english(language)
    page = browse(f"/?lang={language}", width=NARROW, scripts=False)
    read(page, english, language)
    follows(page, "main a.button[href*='/complain']")
    for question, told in ANSWERS.items():
        assert page.url.endswith(f"/complain/{question}")
        read(page, english, language)
        fills(page, told)
        presses(page)
    for place in ("files", "check"):
        assert page.url.endswith(f"/complain/{place}")
        read(page, english, language)
        presses(page)
    receipt = read(page, english, language)
    assert page.url.endswith("/your-complaint/receipt")
    complaint = only_one(town)
    assert (complaint.language, complaint.letters[0].language) == (language, language)
    with i18n.speaking(language):
        heard = i18n.day(deadlines_of(complaint)[0].due_on)
    assert heard in " ".join(receipt.text_content().split()).replace("\N{NO-BREAK SPACE}", " ")
    number = complaint.id
    town.register.rollback()
    goes_on(page, lambda: read(page, english, language), number, town)


def goes_on(page: Page, look: Callable[[], html.HtmlElement], number: int, town: Town) -> None:
    """They look at their page and a letter, write to us, and, once we have answered, ask for stage 2."""
    page.goto("/your-complaint")
    look()
    follows(page, "main a[href*='/your-complaint/letters/']")
    look()
    page.goto("/your-complaint/messages")
    look()
    fills(page, {"words": "Nobody came on Monday."})
    presses(page)
    assert "Nobody came on Monday." in look().text_content()
    answers(town, number)
    page.goto("/your-complaint")
    look()
    follows(page, "main a[href$='/your-complaint/stage-2']")
    look()
    presses(page)
    assert re.search(r"/your-complaint/stage-2", page.url)
    look()


def only_one(town: Town) -> Complaint:
    """The one complaint there is."""
    town.register.expire_all()
    return town.register.query(Complaint).one()


def answers(town: Town, number: int) -> None:
    """We acknowledge it, and answer it the next day."""
    complaint = only_one(town)
    assert complaint.id == number
    town.acknowledged(complaint)
    with clock.at(clock.now() + timedelta(seconds=1)):
        town.answered(complaint)
    town.register.rollback()
