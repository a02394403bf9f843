"""Our own checks on every component and state: contrast themes, what a screen reader is given, the first link, a screen on its side."""

from typing import Any

import pytest

from tests.browser import own
from tests.browser.own import forced
from tests.look import gallery

pytestmark = pytest.mark.browser

WITH_CONTROLS = ["fields", "fields?wrong=yes", "desk", "queue"]


@pytest.mark.parametrize("path", WITH_CONTROLS)
def test_item_20_each_control_and_its_tick_can_be_seen_in_a_contrast_theme(path: str, opened: Any) -> None:
    assert forced.findings(opened(path)) == []


@pytest.mark.parametrize("path", [*gallery.NAMES, "fields?wrong=yes"])
def test_item_1_nothing_that_is_read_out_is_without_a_name(path: str, opened: Any) -> None:
    assert own.unnamed(opened(path)) == []


def test_item_8_the_first_link_moves_the_place_of_the_keyboard_past_what_repeats(opened: Any) -> None:
    page = opened("case")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the next stop is within the page itself"


@pytest.mark.parametrize("path", WITH_CONTROLS)
def test_item_23_a_phone_on_its_side_has_the_whole_page(path: str, opened: Any) -> None:
    page = opened(path, width=640, height=320)
    assert [each for each in own.findings(page) if each.startswith(("item_13", "item_17", "item_18"))] == []
