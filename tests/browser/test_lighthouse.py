"""What Lighthouse says of the five pages that a resident waits for most (`npm install --global lighthouse`, or its place in LIGHTHOUSE).

It imitates a slow phone far away: its own network, and a processor a quarter as quick. The figures of the last run are in docs/accessibility.md.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium as finding
from tests.browser.fixtures import Served
from tests.browser_client import Fields
from tests.not_run import find
from tests.post.mail_server import free_port
from tests.resident.journeys import ANSWERS
from tests.visitors import InChromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.needs("lighthouse")]

AT_LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}


@pytest.fixture
def watched(chromium: Browser, served: Served, tmp_path: Path) -> Iterator[tuple[Page, int]]:
    """A page of a browser that Lighthouse can be told to use too, and the port to reach it at."""
    port = free_port()
    context = chromium.browser_type.launch_persistent_context(
        str(tmp_path / "browser"), executable_path=finding.find(), args=[*finding.ARGUMENTS, f"--remote-debugging-port={port}"],
        base_url=served.address, viewport={"width": 412, "height": 823},
    )  # fmt: skip
    yield context.pages[0], port
    context.close()


def judged(page: Page, port: int, report: Path) -> dict[str, int]:
    """What Lighthouse gives the page that is shown, out of a hundred, by category; its whole report is kept."""
    program = find("lighthouse")
    assert program
    command = [program, page.url, f"--port={port}", "--disable-storage-reset", "--quiet", "--output=json", "--output=html", f"--output-path={report}"]
    subprocess.run([*command, f"--only-categories={','.join(AT_LEAST)}"], check=True, timeout=180)
    found = json.loads(report.with_suffix(".report.json").read_text())["categories"]
    return {name: round(100 * found[name]["score"]) for name in AT_LEAST}


def pages(visitor: InChromium) -> Iterator[str]:
    """Bring somebody to each page in turn; its name, once it is shown."""
    visitor.opens("/")
    yield "start"
    for question, told in ANSWERS.items():
        visitor.opens(f"/complain/{question}")
        if question == "story":
            yield "question"
        _fills(visitor.page, told)
    visitor.opens("/complain/check")
    yield "check"
    _sends(visitor.page)
    yield "receipt"
    visitor.opens("/your-complaint")
    yield "case"


def _fills(page: Page, told: Fields) -> None:
    for name, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            box = page.locator(f"main [name='{name}']").first
            if box.get_attribute("type") in ("radio", "checkbox"):
                page.locator(f"main [name='{name}'][value='{each}']").check()
            elif box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(str(each))
            else:
                box.fill(str(each))
    _sends(page)


def _sends(page: Page) -> None:
    before = page.url
    page.locator("main form button:not([formaction])").last.click()
    page.wait_for_url(lambda url: url != before)


def test_the_five_pages_are_judged_whole_and_quick(watched: tuple[Page, int], request: pytest.FixtureRequest) -> None:
    page, port = watched
    folder = request.config.rootpath / "test-results/lighthouse"
    folder.mkdir(parents=True, exist_ok=True)
    found = {name: judged(page, port, folder / name) for name in pages(InChromium(page))}
    print(found)
    assert len(found) == 5
    assert {name: given for name, given in found.items() if any(given[each] < least for each, least in AT_LEAST.items())} == {}
