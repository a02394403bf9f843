"""One command brings the portal up on this machine; again, it keeps what is there; told to stop, it leaves nothing running."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from portal import access, run
from portal.config import ConfigError, new_secrets
from tests.post.mail_server import HERE, free_port

ROOT = Path(__file__).parents[1]


RUN = ("portal.run",)
SMALLER = "from portal.complaints import demo_year; demo_year.COMPLAINTS = 6; from portal import run; raise SystemExit(run.main())"
"""`python -m portal.run` with a year of six complaints; the whole year is for tests/test_demo.py, and for the clone that .ci/run makes."""


def environment(folder: Path, port: int) -> dict[str, str]:
    """An environment that says nothing of the portal but where it may live."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "FLASK_"))}
    return kept | {"PORTAL_INSTANCE": str(folder), "PORTAL_PORT": str(port), "PYTHONUNBUFFERED": "1"}


@contextmanager
def running(folder: Path, port: int, *module: str) -> Iterator[subprocess.Popen[str]]:
    """A program of ours, ended with all it started if the test does not end it."""
    started = subprocess.Popen(
        [sys.executable, *(("-c", SMALLER) if module == RUN else ("-m", *module))], cwd=ROOT, env=environment(folder, port), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.poll() is None:
            os.killpg(started.pid, signal.SIGKILL)
        started.communicate()


def read_until(program: subprocess.Popen[str], words: str) -> str:
    """What a program says, up to the line with these words."""
    said = ""
    assert program.stdout
    for line in program.stdout:
        said += line
        if words in line:
            return said
    return pytest.fail(f"It never said {words!r}: {said}")


def fetch(port: int, path: str) -> int:
    """The status of a page."""
    with urllib.request.urlopen(f"http://{HERE}:{port}{path}", timeout=10) as answer:
        status: int = answer.status
        return status


def ended(program: subprocess.Popen[str], *, group: bool) -> tuple[int, float]:
    """Tell a program to stop (or all it started, too); its exit code, and how many seconds it took."""
    began = time.monotonic()
    if group:
        os.killpg(program.pid, signal.SIGTERM)
    else:
        program.send_signal(signal.SIGINT)
    return program.wait(20), time.monotonic() - began


def living(family: list[psutil.Process]) -> list[psutil.Process]:
    """Those of a family of processes that still run."""
    return [each for each in family if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def ways_in(said: str) -> list[str]:
    """The codes and passwords that were printed."""
    return re.findall(r"(?:reference  |access code) +(.+)", said) + re.findall(r"@\S+ +(\S+)", said)


@pytest.mark.processes
def test_it_comes_up_says_what_to_open_keeps_its_data_and_stops_whole(tmp_path: Path) -> None:
    folder, port = tmp_path / "instance", free_port()
    with running(folder, port, "portal.run") as program:
        first = read_until(program, "Ctrl+C")
        assert [fetch(port, path) for path in ("/health", "/", "/follow", "/staff/sign-in")] == [200] * 4
        family = psutil.Process(program.pid).children(recursive=True)
        assert len(family) >= 3
        code, took = ended(program, group=True)
    assert (code, took < 10) == (0, True)
    assert living(family) == []
    for role in access.STAFF:
        assert role in first
    for name in ("secrets.json", "demo.json", "portal.db"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name

    with running(folder, port, "portal.run") as program:
        again = read_until(program, "Ctrl+C")
        assert ways_in(again) == ways_in(first)
        assert len(ways_in(first)) == 2 + len(access.STAFF) + 1
        assert ended(program, group=False)[0] == 0
    assert not list(folder.glob("*.new"))

    with running(folder, port, "portal.run") as program:
        read_until(program, "Ctrl+C")
        server = next(each for each in psutil.Process(program.pid).children() if "granian" in " ".join(each.cmdline()))
        family = psutil.Process(program.pid).children(recursive=True)
        server.terminate()
        said, _ = program.communicate(timeout=30)
        assert program.returncode == 1
    assert "It stopped by itself" in said
    assert living(family) == []


@pytest.mark.processes
def test_a_port_somebody_else_uses_is_said_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server((HERE, 0)) as taken:
        port = taken.getsockname()[1]
        with running(tmp_path, port, "portal.run") as program:
            said, _ = program.communicate(timeout=60)
            assert program.returncode == 1
    assert f"Something else uses port {port}" in said
    assert not (tmp_path / "portal.db").exists()


def test_a_live_installation_is_never_run_as_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    monkeypatch.delenv("PORTAL_SECRETS", raising=False)
    new_secrets(tmp_path / "secrets.json", demo=False)
    with pytest.raises(ConfigError, match="live installation"):
        run._refuse_what_is_not_ours(free_port())


def test_a_demo_stopped_half_way_leaves_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("portal.complaints.demo.fill", stopped)
    with pytest.raises(KeyboardInterrupt):
        run._make(tmp_path / "portal.db", tmp_path / "demo.json", "http://localhost")
    assert not (tmp_path / "portal.db").exists()
    assert not (tmp_path / "demo.json").exists()


@pytest.mark.processes
@pytest.mark.parametrize("signalled", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_leaves_cleanly_when_it_is_told_to(tmp_path: Path, signalled: signal.Signals) -> None:
    new_secrets(tmp_path / "secrets.json", demo=False)
    env = environment(tmp_path, 1)
    subprocess.run([sys.executable, "-m", "flask", "upgrade"], cwd=ROOT, env=env, check=True, capture_output=True)
    with running(tmp_path, 1, "flask", "work") as program:
        read_until(program, '"swept"')
        program.send_signal(signalled)
        said, _ = program.communicate(timeout=10)
        assert program.returncode == 0
    assert json.loads(said.splitlines()[-1])["outcome"] == "stopped"
