"""A machine without clamd or nginx: the tests that take them are named and numbered, and fail nowhere, in CI neither."""

import os
import subprocess
import sys

import pytest

from tests import not_run
from tests.house import ROOT

pytestmark = pytest.mark.processes

WITHOUT = {"clamd": "tests/resident/test_real_scanner.py", "nginx": "tests/wire/test_proxied.py"}


@pytest.mark.parametrize("program", WITHOUT)
def test_what_could_not_run_is_named_and_numbered_in_ci_too(program: str) -> None:
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name} | {"CI": "true", program.upper(): ""}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:tests.validated", "-p", "no:tests.browser.scans", "-m", "", WITHOUT[program]]
    said = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=120, check=False)
    number = said.stdout.count(f"\n{WITHOUT[program]}::")
    assert said.returncode == 0, said.stdout + said.stderr
    assert number > 0 and f"{number} tests were NOT RUN: {not_run.reason(program)}" in said.stdout
