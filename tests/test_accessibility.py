"""Every item of the list of what each person can use is here once, and names its checks, or says what people must still do."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tests.browser import own
from tests.house import ROOT

TABLE = Path(__file__).with_name("accessibility.csv")
ITEMS = 85
HOW = {"AX", "PW", "SR", "CT", "UN", "RV"}
"""axe and validators; a browser; a screen reader; words that are counted; a test without a browser; people."""

STANDS = {"checked": True, "in part": True, "not yet": False, "people": False}
"""How an item can stand -> whether it then names at least one check."""

OURS = "tests/browser/own/"
SAID_IN = "docs/accessibility.md"


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Every row, in the order written."""
    with TABLE.open(newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def named_in(path: str) -> frozenset[str]:
    """The names of the functions in a file: its tests, or what it asks of every page; and our own checks in a browser."""
    text = (ROOT / path).read_text()
    if path.startswith(OURS):
        return frozenset(re.findall(r"\bitem_\d+_\w+", text))
    return frozenset(node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))


def items_in(name: str) -> set[int]:
    """The items that a check is named for: `item_27_`, `items_51_52_and_66_`, `items_75_to_81_`."""
    found: set[int] = set()
    for words in re.findall(r"items?_(\d+(?:_(?:(?:and|to)_)?\d+)*)(?=_|$)", name):
        parts = words.split("_")
        found.update(int(each) for each in parts if each.isdigit())
        for place in (number for number, each in enumerate(parts) if each == "to"):
            found.update(range(int(parts[place - 1]), int(parts[place + 1])))
    return found


def test_item_1_to_85_are_here_once() -> None:
    assert [row["item"] for row in rows()] == [str(number) for number in range(1, ITEMS + 1)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"item {row['item']}")
def test_its_checks_exist_or_it_says_why_not(row: dict[str, str]) -> None:
    stands, _, why = row["status"].partition(": ")
    checks = row["checks"].split()
    assert set(row["how"].split()) <= HOW and row["how"], "how it is meant to be checked"
    assert len(row["asks"].split()) > 4, "what it asks, in words"
    assert stands in STANDS, f"{stands!r} is no way to stand"
    assert checks or not STANDS[stands] or why, "neither a check nor a reason"
    assert stands == "checked" or len(why.split()) > 4, "what is missing is a sentence"
    for each in checks:
        path, _, name = each.partition("::")
        assert re.fullmatch(r"tests/[\w/]+\.(py|js)", path) and (ROOT / path).is_file(), each
        assert name in named_in(path), each
    named_for = set[int]().union(*(items_in(each.partition("::")[2]) for each in checks))
    assert not STANDS[stands] or not checks or int(row["item"]) in named_for, "no check of it has its number in its name"


def test_items_are_read_from_the_names_of_checks() -> None:
    assert items_in("test_ruling_13_item_39_to_ask_is_to_complain") == {39}
    assert items_in("test_items_51_52_and_66_words_are_plain") == {51, 52, 66}
    assert items_in("test_items_75_to_78_at_a_desk") == {75, 76, 77, 78}


def test_every_check_of_our_own_is_named_by_its_item() -> None:
    listed = {name: int(row["item"]) for row in rows() for path, _, name in (each.partition("::") for each in row["checks"].split()) if path.startswith(OURS)}
    assert {name: items_in(name) for name in own.names()} == {name: {item} for name, item in listed.items()}


def test_what_is_left_to_people_is_written_down_for_them() -> None:
    said = (ROOT / SAID_IN).read_text()
    left = [row["item"] for row in rows() if "RV" in row["how"].split() and f"**{row['item']}.**" not in said]
    assert left == [], f"{SAID_IN} does not say what people do about these"
