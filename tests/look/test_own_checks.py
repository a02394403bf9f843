"""Our own checks on every component and state: contrast themes, what a screen reader is given, the first link, a screen on its side."""

from typing import Any

import pytest

from tests.browser import own
from tests.browser.own import forced

pytestmark = pytest.mark.browser

WITH_CONTROLS = ["fields?wrong=yes", "desk", "queue"]


def test_item_20_each_control_and_its_tick_can_be_seen_in_a_contrast_theme(opened: Any) -> None:
    assert forced.findings(opened("fields?wrong=yes")) == []


@pytest.mark.parametrize("path", WITH_CONTROLS)
def test_items_1_and_23_nothing_is_read_out_without_a_name_and_a_phone_on_its_side_has_the_whole_page(path: str, opened: Any) -> None:
    page = opened(path, width=640, height=320)
    assert own.unnamed(page) == []
    assert [each for each in own.findings(page) if each.startswith(("item_13", "item_17", "item_18"))] == []


def test_item_8_the_first_link_moves_the_place_of_the_keyboard_past_what_repeats(opened: Any) -> None:
    page = opened("case")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the next stop is within the page itself"
