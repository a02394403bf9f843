"""Every component in a real browser: room, targets, contrast, focus, both directions, and axe."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import axe
from tests.look import gallery

pytestmark = pytest.mark.browser

PATHS = [
    *gallery.NAMES,
    "case?state=late",
    "question?wrong=yes",
    "fields?wrong=yes",
    "500?incident=7f3a21c9&kept=Rain",
]
SHAPES = [(width, direction) for width in (320, 1280) for direction in ("ltr", "rtl")]
READ = ((320, "rtl"),)
"""The shape that axe reads a page in; from left to right it reads every page that anybody can reach (tests/browser)."""

TOO_SMALL = """() => {
  const big = "button, summary, .button, select, input:not([type=hidden]), textarea, .mast a, .languages a, .foot a, .back, .pager a, .counts a";
  const shown = (one) => one.getClientRects().length && !one.closest(".skip");
  const size = (one) => one.getBoundingClientRect();
  const name = (one) => one.outerHTML.slice(0, 90) + " " + Math.round(size(one).width) + "x" + Math.round(size(one).height);
  const below = (list, floor) => [...list].filter((one) => shown(one) && (size(one).height < floor || size(one).width < floor)).map(name);
  const inline = (one) => getComputedStyle(one).display === "inline";
  const links = [...document.querySelectorAll("a:not(.skip)")].filter((one) => !inline(one));
  return [...below(document.querySelectorAll(big), 43.9), ...below(links, 24)];
}"""

CLIPPED = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  return !one.closest(".hidden, .skip, svg, thead") && one.clientHeight && style.overflow !== "visible" && !one.matches("textarea, input, select, option")
    && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2);
}).map((one) => one.outerHTML.slice(0, 90))"""


def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def directed(path: str, direction: str) -> str:
    """The path, asking for a direction."""
    return f"{path}{'&' if '?' in path else '?'}direction={direction}"


@pytest.mark.parametrize("path", PATHS)
def test_item_2_nothing_needs_scrolling_sideways_every_target_is_large_enough_and_axe_finds_nothing(
    path: str, opened: Any, address: str
) -> None:
    page = opened(path)
    for width, direction in SHAPES:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/{directed(path, direction)}")
        assert sideways(page) == 0, (width, direction)
        assert page.evaluate(TOO_SMALL) == [], (width, direction)
        if (width, direction) in READ:
            assert axe.findings(page) == [], (width, direction)
    assert opened.said == []


@pytest.mark.parametrize("path", PATHS)
def test_text_at_twice_its_size_and_with_more_space_is_not_clipped(path: str, opened: Any) -> None:
    page = opened(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(CLIPPED) == []
    assert sideways(page) == 0
    page.evaluate(
        """() => { document.documentElement.style.fontSize = ""; for (const one of document.querySelectorAll("body *")) {
        one.style.lineHeight = "1.5"; one.style.letterSpacing = "0.12em"; one.style.wordSpacing = "0.16em"; } }"""
    )
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("path", ["fields?wrong=yes", "queue", "desk", "case"])
def test_every_stop_of_the_tab_key_can_be_seen(path: str, opened: Any) -> None:
    page = opened(path)
    seen = 0
    page.evaluate("document.activeElement.blur()")
    for _ in range(80):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            """() => { const one = document.activeElement; if (one === document.body) return null;
            const drawn = one.matches(".radios__input, .checkboxes__input") ? getComputedStyle(one.nextElementSibling, "::before") : getComputedStyle(one);
            return {html: one.outerHTML.slice(0, 80), width: parseFloat(drawn.outlineWidth), style: drawn.outlineStyle}; }"""
        )
        if ring is None:
            break
        seen += 1
        assert ring["width"] >= 3, ring
        assert ring["style"] == "solid", ring
    assert seen > 5


def test_in_forced_colours_a_tick_and_a_dot_can_be_told_from_none(opened: Any) -> None:
    page = opened("fields", forced_colors="active")
    for name in ("radios", "checkboxes"):
        drawn = page.evaluate(
            """(name) => { const label = document.querySelector(`.${name}__label`), mark = getComputedStyle(label, "::after"), box = getComputedStyle(label, "::before");
            return {mark: mark.borderBottomColor, box: box.borderTopColor, ground: getComputedStyle(document.body).backgroundColor}; }""",
            name,
        )
        assert drawn["ground"] not in (drawn["mark"], drawn["box"]), drawn


def test_nothing_moves_for_someone_who_asked_for_less_motion(opened: Any) -> None:
    page = opened("case?state=late", reduced_motion="reduce")
    page.hover(".button")
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_margin_stands_on_the_side_where_reading_starts_and_only_arrows_turn(
    direction: str, opened: Any
) -> None:
    page = opened(f"case?direction={direction}")
    heading, body = (page.locator(f"section.part > {part}").nth(1).bounding_box() for part in ("h2", ".body"))
    assert (heading["x"] < body["x"]) == (direction == "ltr")
    turned = page.evaluate(
        "[...document.querySelectorAll('svg')].filter((one) => getComputedStyle(one).transform !== 'none').every((one) => one.matches('.turns'))"
    )
    assert turned


def test_a_tick_is_the_same_both_ways_round(opened: Any) -> None:
    drawn = []
    for direction in ("ltr", "rtl"):
        page = opened(f"question?direction={direction}")
        drawn.append(
            page.evaluate(
                """() => { const tick = getComputedStyle(document.querySelector(".checkboxes__label"), "::after");
                return [tick.borderLeftWidth, tick.borderRightWidth, tick.borderBottomWidth, tick.transform, tick.left, tick.right]; }"""
            )
        )
    left_to_right, right_to_left = drawn
    assert left_to_right[:4] == right_to_left[:4]
    assert left_to_right[4] == right_to_left[5], "the tick stands as far from the edge of its box"


def test_item_23_on_paper_the_working_is_open_and_what_cannot_be_pressed_is_gone(opened: Any) -> None:
    page = opened("case")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".working").is_visible()
    assert not page.locator(".actions").first.is_visible()
    assert not page.locator("[data-leave]").is_visible()
    assert page.locator(".help").is_visible()


def test_without_scripts_every_page_is_whole(opened: Any) -> None:
    page = opened("fields?wrong=yes", java_script_enabled=False)
    assert page.locator("[data-print]").is_hidden()
    assert page.locator("[data-leave]").get_attribute("href") == "https://weather.example/"
    assert page.locator(".error-summary a").count() == 10
