"""A page with 39 faults, and its twin without: which of our checks finds which. A check that stops finding what it found is itself broken."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from tests import plain, saved_pages
from tests.browser import axe, own
from tests.browser.own import forced

pytestmark = [pytest.mark.browser, pytest.mark.processes]

HERE = Path(__file__).parent
FAULTS, AT_LEAST = 39, 39
WHOLE = {"axe:document-title": "no-title", "ours:item_8_the_first_stop_leads_past_what_repeats": "no-way-past"}
"""What is found of a whole page names another element, or none."""

Said = tuple[str, str]
"""A check as `tool:rule`, and the words or markup it is about."""


def planted() -> dict[str, str]:
    """Each fault and what finds it, as written down."""
    with (HERE / "planted.csv").open(newline="") as file:
        return {row["fault"]: row["found by"] for row in csv.DictReader(file)}


def in_a_browser(chromium: Browser, name: str) -> list[Said]:
    """What axe and our own checks find at each size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    own.listen(page)
    page.goto((HERE / name).as_uri())
    found = [f"axe:{each}" for each in axe.findings(page)]
    found += [f"ours:{each}" for each in [*_forced(page, name), *own.everywhere(page)]]
    context.close()
    return [tuple(each.split(": ", 1)) for each in found]  # type: ignore[misc]


def _forced(page: Page, name: str) -> list[str]:
    found = forced.findings(page)
    page.goto((HERE / name).as_uri())
    return found


def without_one(folder: Path, name: str) -> list[Said]:
    """What html-validate finds, line by line, and which sentences are hard."""
    shutil.copy(HERE / name, folder)
    lines = (HERE / name).read_text().splitlines()
    said = [(each.split(": ")[0], lines[int(re.search(r":(\d+)\)$", each)[1]) - 1]) for each in saved_pages.faults(folder)]  # type: ignore[index]
    words = [each for each in html.document_fromstring("\n".join(lines)).iter("p") if not each.findall(".//*") and list(plain.hard(each.text_content()))]
    marked = [(rule, line[line.rfind("<", 0, max(0, line.find("data-fault"))) :]) for rule, line in said]
    return [(f"html-validate:{rule}", line) for rule, line in marked] + [("words:hard", html.tostring(each, encoding="unicode")) for each in words]


def caught(found: list[Said]) -> dict[str, str]:
    """Each fault and what finds it."""
    by = {fault: set[str]() for fault in planted()}
    for rule, where in found:
        marks = [WHOLE[rule]] if rule in WHOLE else re.findall(r'^[^>]*?data-fault="([\w-]+)"', where)
        for fault in marks:
            by[fault].add(rule)
    return {fault: " ".join(sorted(rules)) for fault, rules in by.items()}


def test_item_84_what_is_planted_is_found_by_what_is_written_down(chromium: Browser, tmp_path: Path) -> None:
    found = caught(in_a_browser(chromium, "planted.html") + without_one(tmp_path, "planted.html"))
    missed = [fault for fault, by in found.items() if not by]
    print(f"{FAULTS - len(missed)} of {FAULTS} planted faults are found; not found: {missed}")
    assert FAULTS - len(missed) >= AT_LEAST, missed
    assert found == planted()


def test_the_twin_without_faults_gives_no_finding(chromium: Browser, tmp_path: Path) -> None:
    assert in_a_browser(chromium, "twin.html") + without_one(tmp_path, "twin.html") == []


BESIDE = {
    "item_17_words_of_a_choice_that_stand_below_its_box": '<p><input type="radio" id="yes" style="display: block"><label for="yes">Yes</label></p>',
    "item_25_words_that_are_slanted_or_all_capitals": '<p style="text-transform: uppercase">Read this</p>',
    "item_54_a_number_or_address_that_is_not_kept_whole": '<p><a href="tel:01632960192">01632 960192</a></p>',
}
"""Checks of what is no fault of WCAG, and what each finds."""


def test_every_check_of_our_own_finds_something_planted(chromium: Browser) -> None:
    page = chromium.new_page()
    for check, markup in BESIDE.items():
        page.set_content(f"<!DOCTYPE html><html lang='en'><title>One</title><main><h1>One</h1>{markup}</main></html>")
        assert any(each.startswith(check) for each in own.findings(page)), check
    page.close()
    assert own.names() == set(BESIDE) | {check.removeprefix("ours:") for found in planted().values() for check in found.split() if check.startswith("ours:")}


def test_the_page_has_each_fault_once() -> None:
    page = html.document_fromstring((HERE / "planted.html").read_text())
    assert sorted(page.xpath("//@data-fault")) == sorted(planted())
    assert len(planted()) == FAULTS
