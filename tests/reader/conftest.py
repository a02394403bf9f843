"""The desktop with the screen reader, and people who use the portal by what it says."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser import chromium as finding
from tests.browser.fixtures import Served
from tests.reader import desktop as desktops
from tests.reader.listening import Listening

HEARD = Path(__file__).with_name("heard")
WIDE, HIGH = "600", "700"


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[desktops.Desktop]:
    """One desktop for the whole run."""
    with desktops.running(tmp_path_factory.mktemp("desktop")) as made:
        yield made


@pytest.fixture(scope="session")
def seen_browser(desktop: desktops.Desktop) -> Iterator[Browser]:
    """A Chromium with a window on that desktop, which tells programs what is in it."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-renderer-accessibility"]
    with sync_playwright() as playwright:
        browser = _launched(playwright, arguments, desktop)
        yield browser
        browser.close()


def _launched(playwright: Playwright, arguments: list[str], desktop: desktops.Desktop) -> Browser:
    return playwright.chromium.launch(executable_path=finding.find(), headless=False, args=arguments, env=dict(desktop.environment))


@pytest.fixture
def listener(seen_browser: Browser, desktop: desktops.Desktop, served: Served) -> Iterator[Callable[[], Listening]]:
    """Somebody new, in a window of their own; the one before is closed."""
    people: list[Listening] = []

    def somebody() -> Listening:
        context = seen_browser.new_context(no_viewport=True, base_url=served.address, locale="en-GB", timezone_id="Europe/London")
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.set_content("<!doctype html><html lang=en><title>Ready</title><h1>Ready</h1>")
        desktop.hears(quiet=1.5)
        desktop.clicks(WIDE, HIGH)
        desktop.hears(quiet=1)
        people.append(Listening(page, desktop))
        return people[-1]

    yield somebody
    for each in people:
        each.page.context.close()


@pytest.fixture
def keep() -> Callable[[Listening, str, str], AbstractContextManager[None]]:
    """Write a conversation down when it ends, well or not, with its day and the programs it was had with."""

    @contextmanager
    def kept(person: Listening, name: str, title: str) -> Iterator[None]:
        try:
            yield
        finally:
            programs = ", ".join(_version(each) for each in ("orca", finding.find() or "chromium"))
            day = datetime.now(UTC).date().isoformat()
            HEARD.mkdir(exist_ok=True)
            (HEARD / f"{name}.txt").write_text(f"{title}\n{day}: {programs}\n\n{person.conversation.written}\n")

    return kept


def _version(program: str) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=30).stdout.strip()
    return said.removesuffix(" built on Debian GNU/Linux 12 (bookworm)") if said[0].isalpha() else f"{Path(program).name.title()} {said}"
