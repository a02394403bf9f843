"""F1: the server is killed under residents who press Send, and nothing they were told is lost; a little each day, far more by `make slow`."""

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal import db, keyring
from portal.complaints.verify import first_fault
from portal.config import new_secrets, read_secrets
from tests.durability import drafts
from tests.durability.auditor import Findings, audit
from tests.durability.drafts import Written
from tests.durability.residents import Journal, Resident
from tests.durability.server import Server

pytestmark = pytest.mark.processes

RESIDENTS = 8
KILLS, SUBMISSIONS = int(os.environ.get("KILLS", "500")), int(os.environ.get("SUBMISSIONS", "5000"))
"""What `make slow` does. A release wants KILLS=1000 and SUBMISSIONS=10000, which take twice as long."""

SPARE = 1000
"""Drafts beyond those that must be acknowledged: nobody may run out of complaints before the kills are done."""


@dataclass(frozen=True)
class Run:
    """What a run of kills came to."""

    kills: int
    inside: int
    slowest: float
    found: Findings
    fault: str


class Shared:
    """One pile of drafts that all residents take from."""

    def __init__(self, pile: list[Written]) -> None:
        self.pile = pile

    def __iter__(self) -> Iterator[Written]:
        while True:
            try:
                yield self.pile.pop()
            except IndexError:
                return


def kill_again_and_again(folder: Path, target: str, *, kills: int, submissions: int, people: int = RESIDENTS) -> Run:
    """Residents send, the server is killed at random moments and brought up again; then the database is read."""
    server, journal = Server(folder, target), Journal(folder / "journal")
    pile = iter(Shared(written(server, submissions + SPARE, folder / "files")))
    residents = [Resident(server.port, journal, pile, presses_again=n % 2 == 0) for n in range(people)]
    try:
        done, inside, slowest = _kill(server, residents, kills=kills, submissions=submissions)
    finally:
        for resident in residents:
            resident.enough.set()
        for resident in residents:
            resident.join(30)
        server.stop()
    return Run(done, inside, slowest, audit(journal, folder / "portal.db", folder / "files"), fault_in(server))


def _kill(server: Server, residents: list[Resident], *, kills: int, submissions: int) -> tuple[int, int, float]:
    """How many kills, how many of them inside an open POST, and the slowest start again in seconds."""
    server.start()
    slowest, inside = 0.0, 0
    for resident in residents:
        resident.start()
    for done in range(kills):
        left = submissions - acknowledged(residents)
        wait_for(residents, more=random.randint(1, max(2, 2 * left // (kills - done))))
        time.sleep(random.uniform(0, 0.04))
        inside += any(each.waiting.is_set() for each in residents)
        server.kill()
        slowest = max(slowest, server.start())
    wait_for(residents, more=submissions - acknowledged(residents))
    return kills, inside, slowest


def acknowledged(residents: list[Resident]) -> int:
    """How many complaints residents have been told are received."""
    return sum(each.acknowledged for each in residents)


def wait_for(residents: list[Resident], *, more: int) -> None:
    """Until so many more have been acknowledged; a run in which nothing happens for long proves nothing."""
    wanted, until = acknowledged(residents) + more, time.monotonic() + 30
    while acknowledged(residents) < wanted:
        assert all(each.is_alive() for each in residents), "Void: a resident stopped."
        assert time.monotonic() < until, "Void: nothing was acknowledged for half a minute."
        time.sleep(0.002)


def written(server: Server, number: int, files: Path) -> list[Written]:
    """Drafts in the database of an installation, a third of them with a file."""
    engine = db.connect(server.database, durable=False)
    made = drafts.write(engine, server.secrets, number, "kill", files)
    engine.dispose()
    return made


def fault_in(server: Server) -> str:
    """What `flask verify` would say of the record."""
    engine = db.connect(server.database)
    with db.sessions(engine)() as register:
        fault = first_fault(register)
    engine.dispose()
    return str(fault or "")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Path]:
    """A folder for an installation, whose keys are in use here too."""
    before = keyring.ring()
    new_secrets(tmp_path / "secrets.json", demo=True)
    keyring.use(read_secrets(tmp_path / "secrets.json", demo=True)[1])
    yield tmp_path
    keyring.use(before)


def nothing_was_lost(run: Run, *, inside: int, acknowledged: int) -> None:
    """A run that shows too little proves nothing; what it shows must be whole."""
    found = run.found
    print(f"\n{run.kills} kills, {run.inside} inside an open POST; {found.acknowledged} acknowledged, {found.unknown} unknown, "
          f"{found.refused} refused, {found.complaints} in the database, {found.with_files} with a file; slowest start again {run.slowest:.1f} s.")  # fmt: skip
    assert run.inside >= inside, "Void: too few kills landed inside an open POST."
    assert found.acknowledged >= acknowledged, "Void: too few were acknowledged."
    assert found.with_files >= found.complaints / 4, "Void: too few had a file."
    assert (found.lost, found.doubled, found.half, found.never_sent) == ([], [], [], [])
    assert (found.integrity, run.fault) == ("ok", "")


def test_fifty_kills_lose_nothing_that_was_acknowledged(installation: Path) -> None:
    nothing_was_lost(kill_again_and_again(installation, "wsgi:app", kills=50, submissions=500), inside=15, acknowledged=500)


@pytest.mark.slow
def test_F1_hundreds_of_kills_under_twenty_residents_lose_nothing_that_was_acknowledged(installation: Path) -> None:
    run = kill_again_and_again(installation, "wsgi:app", kills=KILLS, submissions=SUBMISSIONS, people=20)
    nothing_was_lost(run, inside=3 * KILLS // 10, acknowledged=SUBMISSIONS)
    assert run.slowest <= 5, "serving again within five seconds, every time"


@pytest.mark.slow
def test_an_answer_before_the_commit_is_caught(installation: Path) -> None:
    run = kill_again_and_again(installation, "tests.durability.answers_early:app", kills=3, submissions=24)
    assert run.found.complaints >= 12, "Void: too few were kept at all."
    assert run.found.lost, "The kill test did not notice complaints that were acknowledged and never kept."
