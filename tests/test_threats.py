"""Every row of the threat table is here once, and names a test that there is, or says why there is none yet."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tests.house import ROOT

TABLE = Path(__file__).with_name("threats.csv")
ROWS = {"A": 7, "B": 10, "C": 10, "D": 9, "E": 12, "G": 5, "H": 3, "I": 6, "J": 6, "K": 8}
"""How many rows each part of the table has; there is no part F."""


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Every row, in the order written."""
    with TABLE.open(newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def named_in(path: str) -> frozenset[str]:
    """The names of the tests in a file, those in classes among them."""
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_every_row_is_here_once() -> None:
    assert [row["id"] for row in rows()] == [f"{part}{number}" for part, many in ROWS.items() for number in range(1, many + 1)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_its_tests_exist_or_it_says_why_not_yet(row: dict[str, str]) -> None:
    named = row["tests"].split()
    assert len(row["attack"].split()) > 3, "what is attacked, in words"
    assert named or row["not yet"], "neither a test nor a reason"
    assert not row["not yet"] or len(row["not yet"].split()) > 4, "a reason is a sentence"
    for each in named:
        path, _, name = each.partition("::")
        assert re.fullmatch(r"tests/[\w/]+\.py", path) and (ROOT / path).is_file(), each
        assert name in named_in(path), each
