"""What was heard is kept with its day, and the statement tells that day and no other."""

import re
from datetime import date
from pathlib import Path

import pytest

from portal.public import statement
from tests.reader.listening import Conversation, in_order

HEARD = sorted(Path(__file__).with_name("heard").glob("*.txt"))
HEAD = re.compile(r"(?P<title>[A-Z].+)\n(?P<day>\d{4}-\d\d-\d\d): Orca [\d.]+, Chromium [\d.]+\n\n(?P<first>\[opens /.*)\n")


def day_of(path: Path) -> date:
    """The day a conversation was had."""
    found = HEAD.match(path.read_text())
    assert found, f"{path.name} does not begin with what it is, its day and its programs"
    return date.fromisoformat(found["day"])


def test_item_84_six_conversations_are_kept() -> None:
    assert {path.stem for path in HEARD} == {"complaining", "left_empty", "adding_files", "following", "acknowledging", "answering"}


@pytest.mark.parametrize("path", HEARD, ids=lambda path: path.stem)
def test_the_statement_says_the_day_it_was_heard(path: Path) -> None:
    listened = [each for each in statement.TRIED if "screen reader" in each.what]
    assert [each.on for each in listened] == [day_of(path)]


def test_phrases_are_asked_for_in_order() -> None:
    said = ["Page", "heading level 1", "Go on push button."]
    assert in_order(said, ("Page heading", "Go on")) is None
    assert in_order(said, ("Go on", "Page")) == "Page"


def test_what_ends_every_page_is_written_once() -> None:
    had = Conversation([("[opens /]", ["One", "leaving main content.", "Foot"]), ("-- Two --", ["Two", "heading level 1", "leaving main content.", "Foot"])])
    assert had.written.count("Foot") == 1
    assert "    Two heading level 1\n" in had.written
