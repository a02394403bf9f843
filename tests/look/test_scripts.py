"""What the two small scripts add: focus, a way out, spoken status, failures in words."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    """The id of the element that has the focus, or its name."""
    return str(
        page.evaluate(
            "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
        )
    )


def test_item_30_an_error_summary_has_the_focus_and_leads_to_the_box(opened: Any) -> None:
    page = opened("fields?wrong=yes")
    assert focused(page) == "error-summary"
    page.click("text=Say something about “When did it start?” >> nth=0")
    assert focused(page) == "when"
    page.click("text=Say something about “Are you safe?” >> nth=0")
    assert focused(page) == "safe"


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_takes_the_place_of_this_page_in_the_history(way: str, opened: Any, address: str) -> None:
    page = opened("start")
    page.route(
        "https://weather.example/**",
        lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"),
    )
    page.goto(f"{address}/case")
    if way == "button":
        page.click("[data-leave]")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://weather.example/")
    page.go_back()
    assert page.url == f"{address}/start"


def test_a_held_or_scattered_shift_key_leaves_nobody_out(opened: Any) -> None:
    page = opened("case")
    for key in ("Shift", "a", "Shift", "b", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url.endswith("/case")


def ask(page: Page) -> None:
    """Press something that htmx handles, put into the page by the test."""
    page.evaluate(
        """() => { const area = document.querySelector("main"); area.insertAdjacentHTML("beforeend",
        '<div id="region"><button id="ask" hx-get="/region" hx-target="#region" hx-swap="outerHTML">Ask</button></div>');
        htmx.process(area); }"""
    )
    page.click("#ask")


def test_after_a_swap_the_focus_goes_where_the_server_said_and_the_status_is_spoken_then_cleared(
    opened: Any,
) -> None:
    page = opened("desk")
    page.route(
        "**/region",
        lambda route: route.fulfill(
            body='<div id="region" data-say="Saved"><h2 data-focus id="now">Now</h2></div>'
        ),
    )
    page.evaluate("window.before = document.getElementById('status')")
    ask(page)
    expect(page.locator("#status")).to_have_text("Saved")
    assert focused(page) == "now"
    assert page.evaluate("window.before === document.getElementById('status')")
    expect(page.locator("#status")).to_have_text("", timeout=7000)


def test_a_control_that_went_with_its_region_leaves_the_focus_in_the_region(opened: Any) -> None:
    page = opened("desk")
    page.route("**/region", lambda route: route.fulfill(body='<div id="region"><p>Gone</p></div>'))
    ask(page)
    expect(page.locator("#region")).to_be_focused()


@pytest.mark.parametrize(
    ("fault", "words"),
    [("abort", "could not reach the server"), ("502", "did not work"), ("401", "signed out")],
)
def test_a_failure_is_told_in_words_and_nothing_is_swapped_in(fault: str, words: str, opened: Any) -> None:
    page = opened("desk")
    if fault == "abort":
        page.route("**/region", lambda route: route.abort())
    else:
        page.route("**/region", lambda route: route.fulfill(status=int(fault), body="<h1>Proxy</h1>"))
    ask(page)
    expect(page.locator("#alert")).to_contain_text(words)
    assert page.locator("h1").count() == 1
    assert page.get_attribute("#ask", "aria-disabled") is None
    assert page.get_attribute("#region", "aria-busy") is None


def test_an_answer_of_422_is_swapped_in(opened: Any) -> None:
    page = opened("desk")
    page.route("**/region", lambda route: route.fulfill(status=422, body='<div id="region">Say which</div>'))
    ask(page)
    expect(page.locator("#region")).to_have_text("Say which")


def test_nothing_is_kept_in_the_browser(opened: Any) -> None:
    page = opened("desk")
    page.route("**/region", lambda route: route.fulfill(body='<div id="region">Words</div>'))
    ask(page)
    expect(page.locator("#region")).to_have_text("Words")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
