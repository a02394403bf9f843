"""axe-core in the page: every finding in a line a person can act on, and what it cannot decide, unless a person has."""

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "wcag2aaa"]
"""WCAG 2.2 A and AA, axe's best practice, and of AAA what axe can ask: contrast of seven to one, links of one name, no page that moves on."""

SOURCE = Path(__file__).parents[1] / "vendor/axe.min.js"
REVIEWED = Path(__file__).with_name("axe_unsure.csv")
"""What axe could not decide and somebody has: the rule, a pattern for where, and why it is right as it is."""

RUN = """tags => axe.run(document, { runOnly: tags, resultTypes: ['violations', 'incomplete'], elementRef: true, preload: false }).then((said) => {
  const within = (one) => { const label = one && one.parentElement && one.parentElement.closest('label'); return label ? ` within ${label.className}` : ''; };
  const lines = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => [rule.id, `${node.html.slice(0, 160)}${within(node.element)}`]));
  return [lines(said.violations), lines(said.incomplete)];
})"""


@cache
def _source() -> str:
    return SOURCE.read_text()


@cache
def reviewed() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each rule that axe is unsure of, and where that was looked at."""
    with REVIEWED.open(newline="") as file:
        return tuple((row["rule"], re.compile(row["where"])) for row in csv.DictReader(file))


def findings(page: Page, tags: Sequence[str] = TAGS) -> list[str]:
    """What axe finds wrong with the page as it is now: rule, and where. A rule with a question mark is what it is unsure of and nobody has looked at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    wrong, unsure = page.evaluate(RUN, list(tags))
    open_yet = [(rule, where) for rule, where in unsure if not any(rule == known and pattern.search(where) for known, pattern in reviewed())]
    return [f"{rule}: {where}" for rule, where in wrong] + [f"{rule}?: {where}" for rule, where in open_yet]
