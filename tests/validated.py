"""The end of every run: html-validate reads each page that any test was given, and a fault fails the run."""

import subprocess

import pytest

from tests import saved_pages

FAULTS = pytest.StashKey[list[str]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Pages are kept from this run alone; its workers begin after this."""
    if not _is_worker(session.config):
        saved_pages.forget()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _is_worker(session.config) or not any(saved_pages.FOLDER.glob("*.html")):
        return
    try:
        saved_pages.thin_out()
        found = saved_pages.faults()
    except (OSError, ValueError, subprocess.CalledProcessError) as trouble:
        found = [f"It could not read them: {trouble}"]
    session.config.stash[FAULTS] = found
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = config.stash.get(FAULTS, None)
    if found is None:
        return
    number = len(list(saved_pages.FOLDER.glob("*.html")))
    terminalreporter.section(f"html-validate read {number} pages and found {len(found)} faults")
    for fault in found:
        terminalreporter.write_line(fault)


def _is_worker(config: pytest.Config) -> bool:
    """Whether this process is one of several that a run is divided among."""
    return hasattr(config, "workerinput")
