"""What happens to somebody at a desk when the live part does not come, comes late, or comes as something else (items 75 to 81)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests import saved_pages
from tests.browser.fixtures import Served
from tests.browser_client import CheckingClient
from tests.page_checks import check_page
from tests.staff.desks import DESKS, desk_at, where_desks_are, who_sits
from tests.town import Town

pytestmark = pytest.mark.browser

WRITTEN_OUT = re.compile(r'\b(defer|novalidate|hidden|checked|selected|open|multiple|crossorigin)=""')
"""What a browser writes of an attribute that has no value."""
PROXY = "<!DOCTYPE html><title>502</title><main><h1>Bad gateway</h1></main>"
TYPED = "The ceiling still leaks."
IN_CI = "answer"
"""The desk that stands for all of them in CI: they have one template and one script. `make slow` tries each."""

Faults = dict[str, tuple[Callable[[Route], Any], str]]
FAULTS: Faults = {
    "network cut": (lambda route: route.abort(), "could not reach the server"),
    "502": (lambda route: route.fulfill(status=502, content_type="text/html", body=PROXY), "did not work"),
    "signed out": (lambda route: route.fallback(), "signed out"),
}
"""What befalls the part on its way, and what the page then says."""


@pytest.fixture
def sit(chromium: Browser, served: Served, client: CheckingClient, town: Town) -> Iterator[Callable[[str], Page]]:
    """Sit down at a desk, signed in as somebody whose it is. That the browser itself complains of what fails is no fault of the page."""
    references, browsers = where_desks_are(town), who_sits(client.application, town)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=served.address, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()

    def at(desk: str) -> Page:
        browser, address = desk_at(desk, browsers, references)
        carry(browser, context, served.address)
        page.unroute_all()
        page.goto(address)
        page.evaluate("window.places = [document.getElementById('status'), document.getElementById('alert')]")
        return page

    yield at
    context.close()


@pytest.fixture
def sending(chromium: Browser, served: Served) -> Iterator[Page]:
    """The page on which a resident adds files."""
    context = chromium.new_context(viewport={"width": 320, "height": 900}, base_url=served.address, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/complain/files")
    yield page
    context.close()


def carry(browser: CheckingClient, context: BrowserContext, address: str) -> None:
    """The visit of the tests' own browser goes on in this one."""
    name = browser.application.config["SESSION_COOKIE_NAME"]
    cookie = browser.get_cookie(name)
    assert cookie is not None
    context.add_cookies([{"name": name, "value": cookie.value, "url": address}])


def types(page: Page) -> None:
    """Write into the first large box of the desk, without leaving it."""
    box = page.locator("main form[hx-post] textarea").first
    box.click()
    box.fill(TYPED)


def still_whole(page: Page) -> None:
    """What was typed is there, the keyboard is in its box, and nothing but the part was touched."""
    assert page.locator("main form[hx-post] textarea").first.input_value() == TYPED
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA", "item 76: the keyboard stays where it was"
    assert page.locator("main").count() == page.locator("h1").count() == page.locator("#written").count() == 1
    assert page.evaluate("window.places[0] === document.getElementById('status') && window.places[1] === document.getElementById('alert')"), "item 75"
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map((one) => one.id)).size === document.querySelectorAll('[id]').length"), "item 3"
    item_3_is_as_valid_as_it_came(page)
    assert page.get_attribute("#written", "aria-busy") is None, "item 78: it waits no longer"
    assert page.locator("main form button[disabled]").count() == 0, "item 78: nothing is switched off"


def item_3_is_as_valid_as_it_came(page: Page) -> None:
    """The page as the browser has it by now, checked as every page is that comes, and kept for the validator at the end of the run."""
    text = WRITTEN_OUT.sub(r"\1", page.content())
    found = check_page(text)
    if saved_pages.is_new(found, "after a live part"):
        saved_pages.keep_all(text)


def comes(page: Page) -> None:
    """The part comes as it should."""
    with page.expect_response(re.compile("/preview$")) as answer:
        types(page)
    assert answer.value.status == 200
    page.locator("html:not(:has(.htmx-request, .htmx-swapping, .htmx-settling))").wait_for(state="attached")
    page.wait_for_timeout(150)
    still_whole(page)
    expect(page.locator("#alert")).to_be_empty()


def fails(page: Page, fault: str) -> None:
    """It does not come; the page says so, with what to do, and keeps every word (items 79 to 81)."""
    befalls, words = FAULTS[fault]
    title = page.title()
    page.route("**/preview", befalls)
    if fault == "signed out":
        page.context.clear_cookies()
    types(page)
    expect(page.locator("#alert")).to_contain_text(words)
    still_whole(page)
    assert page.title() == title and "Bad gateway" not in page.content()


def comes_late(page: Page) -> None:
    """Nothing is said within a second; then that it works, until it has come (item 78)."""
    held: list[Route] = []
    page.route("**/preview", lambda route: held.append(route))
    with page.expect_request(re.compile("/preview$")):
        types(page)
    expect(page.locator("#written")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#status")).to_be_empty()
    expect(page.locator("#status")).to_have_text("Working", timeout=2000)
    held[0].continue_()
    expect(page.locator("#status")).to_be_empty()
    still_whole(page)


def all_that_may_befall(sit: Callable[[str], Page], desk: str) -> None:
    """Each of them at one desk, in turn."""
    comes(sit(desk))
    comes_late(sit(desk))
    for fault in FAULTS:
        fails(sit(desk), fault)


def test_items_75_to_81_at_a_desk_what_fails_is_told_and_every_word_stays(sit: Callable[[str], Page]) -> None:
    all_that_may_befall(sit, IN_CI)


@pytest.mark.slow
@pytest.mark.parametrize("desk", sorted(set(DESKS) - {IN_CI}))
def test_items_75_to_81_so_it_is_at_every_desk(sit: Callable[[str], Page], desk: str) -> None:
    all_that_may_befall(sit, desk)


@pytest.mark.parametrize("fault", ["network cut", "502"])
def test_items_76_to_81_a_file_that_did_not_reach_us_is_told_and_sent_again_by_one_press(sending: Page, fault: str) -> None:
    befalls, _ = FAULTS[fault]
    sending.route("**/complain/files", lambda route: befalls(route) if route.request.method == "POST" else route.fallback())
    notes: Any = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"words"}
    sending.set_input_files("input[type=file]", [notes])
    expect(sending.locator("[data-sending]").get_by_text("It did not reach us. You need not choose it again.")).to_be_visible()
    expect(sending.locator("#status")).to_have_text("notes.txt. It did not reach us. You need not choose it again.")
    assert sending.locator("main").count() == sending.locator("h1").count() == 1 and "Bad gateway" not in sending.content()
    sending.unroute_all()
    sending.get_by_role("button", name="Try again notes.txt").click()
    assert sending.evaluate("document.activeElement.type") == "file", "item 77: the button that went away leaves the keyboard on the box"
    expect(sending.locator("#kept h2")).to_have_text("One file so far")
    expect(sending.locator("#status")).to_have_text("One file so far")
