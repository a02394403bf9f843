"""The choice of language in a real browser: by keyboard, without scripts, on a narrow phone and from right to left, with nothing wrong on the way."""

import pytest
from playwright.sync_api import Page

from portal import i18n
from tests.browser import axe, own
from tests.browser.fixtures import Browse
from tests.catalogued import FEW, put

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("few_words")]
SUMMARY, NAMES = ".languages summary", ".languages li a"


@pytest.fixture(autouse=True)
def _all_ten(few_words: object) -> None:
    """Small catalogues of all of our languages."""
    for language in set(i18n.LANGUAGES[1:]) - {"pl", "ur", "cy"}:
        put(language, dict.fromkeys(FEW, "x"))


def wider_than_the_window(page: Page) -> bool:
    """Whether somebody has to move the page from side to side."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_it_opens_by_keyboard_without_scripts_and_leads_to_the_same_page(browse: Browse) -> None:
    page = browse("/paper?size=large", scripts=False)
    assert not page.locator(NAMES).first.is_visible()
    page.locator(SUMMARY).focus()
    page.keyboard.press("Enter")
    assert page.locator(NAMES).count() == 9 and page.locator(NAMES).last.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.lang") == "cy"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper?size=large&lang=pl")
    assert page.locator("html").get_attribute("lang") == "pl"


@pytest.mark.parametrize("language", ["en", "pl", "ur"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wrong_with_it_shut_or_open(browse: Browse, language: str, width: int) -> None:
    page = browse(f"/?lang={language}", width=width)
    assert axe.findings(page) == []
    page.locator(SUMMARY).click()
    assert axe.findings(page) == []
    assert [each for each in own.findings(page, walk=False) if "languages" in each] == []
    assert not wider_than_the_window(page)


def test_shut_it_takes_one_line_of_a_narrow_phone(browse: Browse) -> None:
    page = browse("/", width=320)
    assert page.locator(".languages").bounding_box()["height"] < 60  # type: ignore[index]


