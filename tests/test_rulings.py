"""Every numbered ruling has a test that bears its number; one without any fails here."""

import re
from pathlib import Path

NUMBERED = range(1, 55)
NAMED = re.compile(r"^def test_(?:\w+_)?rulings?((?:_\d+)+)_", re.MULTILINE)


def test_every_ruling_has_a_test_named_for_it() -> None:
    found = {
        int(number)
        for path in Path(__file__).parent.rglob("test_*.py")
        for numbers in NAMED.findall(path.read_text())
        for number in numbers.strip("_").split("_")
    }
    assert sorted(set(NUMBERED) - found) == []
