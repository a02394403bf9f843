"""Every item of the list of what each person can use is here once, and names its checks, or says what people must still do."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tests.house import ROOT

TABLE = Path(__file__).with_name("accessibility.csv")
ITEMS = 85
HOW = {"AX", "PW", "SR", "CT", "UN", "RV"}
"""axe and validators; a browser; a screen reader; words that are counted; a test without a browser; people."""

STANDS = {"checked": True, "in part": True, "not yet": False, "people": False}
"""How an item can stand -> whether it then names at least one check."""

SAID_IN = "docs/accessibility.md"


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Every row, in the order written."""
    with TABLE.open(newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def named_in(path: str) -> frozenset[str]:
    """The names of the functions in a file: its tests, or what it asks of every page."""
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


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
        assert re.fullmatch(r"tests/[\w/]+\.py", path) and (ROOT / path).is_file(), each
        assert name in named_in(path), each


def test_what_is_left_to_people_is_written_down_for_them() -> None:
    said = (ROOT / SAID_IN).read_text()
    left = [row["item"] for row in rows() if "RV" in row["how"].split() and f"**{row['item']}.**" not in said]
    assert left == [], f"{SAID_IN} does not say what people do about these"
