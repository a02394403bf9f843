"""Tests that take a program which is not ours to install: skipped where it is not, and named and numbered at the end, in CI too."""

import os
import shutil
from pathlib import Path

import pytest

FROM = {"clamd": "clamav-daemon", "lighthouse": "none; npm has it", "nginx": "nginx-light", "pdftotext": "poppler-utils", "lou_translate": "liblouis-bin"}
"""Each program, and Debian's package of it."""

BESIDE = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin")
"""Where what a server runs lies, which is not on everybody's path."""


def find(program: str) -> str | None:
    """Where a program is: where its name in capitals says, which may be nowhere, or where this machine has it. None if it is not."""
    if (named := os.environ.get(program.upper())) is not None:
        return named or None
    return shutil.which(program) or shutil.which(program, path=os.pathsep.join(each for each in BESIDE if Path(each).is_dir()))


def reason(program: str) -> str:
    """Why a test was not run, and what would change that."""
    return f"there is no {program} here (Debian: {FROM[program]})"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        if not find(mark.args[0]):
            pytest.skip(reason(mark.args[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    for program in FROM:
        names = [each.nodeid for each in skipped if reason(program) in str(each.longrepr)]
        if names:
            terminalreporter.section(f"{len(names)} tests were NOT RUN: {reason(program)}")
            terminalreporter.write("\n".join(names) + "\n")
