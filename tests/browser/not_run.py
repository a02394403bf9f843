"""Browser tests without a browser: taken out, and named one by one at the end; in CI that is a failure."""

import os

import pytest

from tests.browser import chromium

NOT_RUN = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chromium.find():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    config.stash[NOT_RUN] = [item.nodeid for item in left_out]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    names = config.stash.get(NOT_RUN, [])
    if names:
        terminalreporter.section(f"{len(names)} browser tests were NOT RUN: there is no Chromium here")
        terminalreporter.write("\n".join(names) + "\n")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash.get(NOT_RUN, []) and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
