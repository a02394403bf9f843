"""axe-core in the page: WCAG 2.2 A and AA and its best practice, every finding in a line a person can act on."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SOURCE = Path(__file__).parents[1] / "vendor/axe.min.js"


@cache
def _source() -> str:
    return SOURCE.read_text()


def findings(page: Page, tags: Sequence[str] = TAGS) -> list[str]:
    """What axe finds wrong with the page as it is now: rule, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false })", list(tags))
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]
