"""Browser tests without a browser: skipped, and named and numbered at the end; in CI each of them fails."""

import os

import pytest

from tests.browser import chromium

REASON = "there is no Chromium here"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or chromium.find():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"Not run: {REASON}.", pytrace=False)
    pytest.skip(REASON)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    names = [each.nodeid for each in skipped if REASON in str(each.longrepr)]
    if names:
        terminalreporter.section(f"{len(names)} browser tests were NOT RUN: {REASON}")
        terminalreporter.write("\n".join(names) + "\n")
