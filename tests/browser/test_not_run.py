"""A machine without a Chromium: its browser tests are named and numbered, and in CI they fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

pytestmark = pytest.mark.processes

ONE = "tests/browser/test_in_a_browser.py"


@pytest.fixture
def without_chromium(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has node and nothing to browse with."""
    (tmp_path / "bin").mkdir()
    if node := shutil.which("node"):
        (tmp_path / "bin/node").symlink_to(node)
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "CHROMIUM") and "PYTEST" not in name}
    return kept | {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}


def run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What pytest says and answers of the browser tests of one file, in such a machine."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:tests.validated", "-p", "no:tests.browser.scans", ONE]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_browser_tests_that_could_not_run_are_named_and_numbered(without_chromium: dict[str, str]) -> None:
    said = run(without_chromium)
    number = said.stdout.count("\ntests/browser/test_in_a_browser.py::")
    assert said.returncode == 0, said.stdout
    assert number > 0 and f"{number} browser tests were NOT RUN" in said.stdout


def test_in_ci_a_browser_test_that_could_not_run_is_a_failure(without_chromium: dict[str, str]) -> None:
    said = run(without_chromium | {"CI": "true"})
    assert said.returncode == 1 and "there is no Chromium here" in said.stdout
