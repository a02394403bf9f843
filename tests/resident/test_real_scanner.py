"""A real clamd, where this machine has one, with a signature of our own: what it knows is held, and all else waits for its word (E6)."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal import db
from portal.post.scanning import Scanner, scan
from tests import not_run, samples
from tests.browser_client import CheckingClient
from tests.durability.server import free_port
from tests.resident.test_files import rows
from tests.resident.test_hostile_files import sent, with_scanner
from tests.town import Town

pytestmark = [pytest.mark.needs("clamd"), pytest.mark.processes]

PATIENCE = 60
MOST = "3M"
"""The largest stream it takes here. A landlord's takes 26 megabytes; one that takes less leaves larger files waiting, and hands none on."""

SETTINGS = """
Foreground yes
DatabaseDirectory {folder}/signatures
LogFile {folder}/clamd.log
PidFile {folder}/clamd.pid
TemporaryDirectory {folder}
TCPSocket {port}
TCPAddr 127.0.0.1
StreamMaxLength {most}
ConcurrentDatabaseReload no
"""
Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[tuple[Scanner, Start]]:
    """Where it will listen, and what starts it. It knows one thing: the words that every scanner is tried with."""
    program, port, started = not_run.find("clamd"), free_port(), list[subprocess.Popen[bytes]]()
    assert program
    (tmp_path / "signatures").mkdir()
    (tmp_path / "signatures/ours.ndb").write_text(f"Portal.Test:0:*:{samples.EICAR.hex()}\n")
    (tmp_path / "clamd.conf").write_text(SETTINGS.format(folder=tmp_path, port=port, most=MOST))

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([program, "--config-file", str(tmp_path / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        started.append(process)
        until = time.monotonic() + PATIENCE
        while not is_up(port):
            assert process.poll() is None and time.monotonic() < until, (tmp_path / "clamd.log").read_text()
            time.sleep(0.05)
        return process

    yield Scanner("127.0.0.1", port), start
    for each in started:
        each.kill()
        each.wait(PATIENCE)


def is_up(port: int) -> bool:
    """Whether it answers."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as asked:
            asked.sendall(b"zPING\0")
            return asked.recv(64).startswith(b"PONG")
    except OSError:
        return False


def test_U6_E6_a_real_clamd_holds_what_it_knows_and_nothing_is_handed_on_without_its_word(
    client: CheckingClient, app: Flask, town: Town, engine: Engine, clamd: tuple[Scanner, Start]
) -> None:
    scanner, start = clamd
    with_scanner(app, scanner)
    bad = {"eicar.txt": samples.EICAR, "eicar.docx": samples.docx({"word/a.bin": samples.EICAR}), "eicar.pdf": samples.PDF + samples.EICAR}
    good = {"fine.txt": b"The ceiling leaks.", "fine.docx": samples.docx(), "fine.png": samples.picture("PNG"), "fine.pdf": samples.PDF}
    links = sent(client, *bad.items(), *good.items())

    def settled() -> int:
        return scan(db.sessions(engine), app.extensions["portal"].files, scanner)

    def answers() -> list[int]:
        return [client.get(link).status_code for link in links]

    assert (settled(), answers()) == (0, [404] * 7), "it is not there yet"
    process = start()
    assert settled() == 7
    assert [row.state for row in rows(town)] == ["held"] * 3 + ["clean"] * 4
    assert answers() == [404] * 3 + [200] * 4
    process.kill()
    process.wait(PATIENCE)
    assert settled() == 0 and answers() == [404] * 3 + [200] * 4, "what was found stays found"


def test_U6_E6_what_is_too_long_for_a_real_clamd_goes_on_waiting_and_so_it_does_while_it_is_killed_again_and_again(
    client: CheckingClient, app: Flask, town: Town, engine: Engine, clamd: tuple[Scanner, Start]
) -> None:
    scanner, start = clamd
    with_scanner(app, scanner)
    long, short = sent(client, ("long.txt", b"word " * 1_000_000), ("short.txt", b"words"))
    files = app.extensions["portal"].files
    for _ in range(3):
        process = start()
        process.kill()
        process.wait(PATIENCE)
        assert scan(db.sessions(engine), files, scanner) == 0
        assert [client.get(link).status_code for link in (long, short)] == [404, 404]
    start()
    assert scan(db.sessions(engine), files, scanner) == 1
    assert [row.state for row in rows(town)] == ["checking", "clean"]
    assert [client.get(link).status_code for link in (long, short)] == [404, 200]
