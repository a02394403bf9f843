"""Words as the stylesheet sets them: large, upright, in short lines that begin where reading does (item 25)."""

import re

from tests.look.test_built_files import CSS

SCREEN = re.sub(r"@media print\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", CSS)
SMALLEST, BODY, LONGEST = 1.0, 1.1875, 40
"""In rem: the smallest words, running text on both sides of the house, and the longest line. A line of 40 rem holds some 75 letters."""


def rems(name: str) -> list[float]:
    """Every size that a property is given in rem."""
    return [float(each) for each in re.findall(rf"(?:^|[{{;]){re.escape(name)}:([\d.]+)rem", SCREEN)]


def test_item_25_nothing_is_slanted_all_capitals_or_spread_to_both_edges() -> None:
    assert not re.search(r"font-style:(?:italic|oblique)|text-transform:(?:upper|lower)case|text-align:justify|font-variant(?:-caps)?:[^;}]*small-caps", CSS)


def test_item_25_running_text_is_19_pixels_or_more_and_nothing_is_under_16() -> None:
    assert min(rems("--body")) == BODY
    assert min(rems("--small") + rems("font-size")) >= SMALLEST
    assert not re.search(r"font-size:[\d.]+px", SCREEN), "sizes follow what the reader set in their browser"


def test_item_25_no_line_is_longer_than_75_letters_or_so() -> None:
    assert max(rems("--measure")) <= LONGEST
