"""The validator that reads every page after the tests: a fault planted is a fault seen."""

from pathlib import Path

import pytest

from tests import saved_pages

pytestmark = pytest.mark.processes

GOOD = '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>'


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<p><div>In a paragraph</div></p>", "no-implicit-close"),
        ('<a href="/"><button type="button">Press</button></a>', "element-permitted-content"),
        ('<p id="a">One</p><p id="a">Two</p>', "no-dup-id"),
        ('<p style="color: red">Red</p>', "no-inline-style"),
        ("<button>Send</button>", "no-implicit-button-type"),
    ],
)
def test_the_validator_sees_a_planted_fault(tmp_path: Path, fault: str, rule: str) -> None:
    (tmp_path / "planted.html").write_text(GOOD.format(fault))
    assert any(each.startswith(rule) for each in saved_pages.faults(tmp_path)), saved_pages.faults(tmp_path)
