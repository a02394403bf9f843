"""F2: the worker is killed again and again; each message goes, under one name, and again only where nobody could know that it had gone."""

import os
import random
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal import clock, db
from portal.complaints import operations
from portal.complaints.references import new_code
from portal.complaints.verify import first_fault
from tests.durability.server import Server
from tests.durability.test_kill import installation
from tests.durability.working import Working
from tests.post import mail_server

__all__ = ["installation"]

pytestmark = [pytest.mark.processes, pytest.mark.slow]

WORKER_KILLS, MESSAGES = int(os.environ.get("WORKER_KILLS", "300")), int(os.environ.get("MESSAGES", "3000"))
"""What `make slow` does. A release wants WORKER_KILLS=1000 and MESSAGES=5000."""

PATIENCE = 120
AT_ONCE = 100


@dataclass(frozen=True)
class Run:
    """What came of it: how many kills fell between the server's taking a message and our writing that down, and of which messages."""

    kills: int
    between: Counter[str]
    taken: Counter[str]
    kept: dict[str, str]
    fault: str


def written(server: Server, number: int) -> None:
    """So many complaints of people whom staff know, each with a receipt that waits to be mailed."""
    engine = db.connect(server.database, durable=False)
    with db.sessions(engine)() as register:
        for first in range(0, number, AT_ONCE):
            with db.transaction(register):
                for each in range(first, min(first + AT_ONCE, number)):
                    told = operations.Told(name="Samira Haddad", words="The roof.", safe_contact={"channels": ["email"], "email": f"{each}@example.org"})
                    operations.raise_complaint(register, told, code=new_code()).resident.matched_at = clock.now()
    engine.dispose()


def undone(database: Path) -> set[str]:
    """The names of messages that are not written down as gone."""
    with sqlite3.connect(database) as connection:
        return {name for (name,) in connection.execute("SELECT message_id FROM outbox WHERE done_at IS NULL")}


def kill_again_and_again(folder: Path, *, kills: int, messages: int) -> Run:
    """Half of the kills are aimed at the moment after the mail server took a message, half fall where they fall."""
    server, between = Server(folder), Counter[str]()
    written(server, messages)
    with mail_server.running() as mail:
        worker = Working(server, mail.url)
        for done in range(kills):
            before, share = len(mail.taken), 2 * (messages - len(mail.taken)) // (kills - done)
            worker.start()
            reached(worker, mail, before + random.randint(1, max(1, share)))
            if done % 2:
                reached(worker, mail, len(mail.taken) + 1)
            else:
                time.sleep(random.uniform(0, 0.03))
            worker.kill()
            time.sleep(0.02)
            between.update({each.id for each in mail.taken[before:]} & undone(folder / "portal.db"))
        worker.start()
        until = time.monotonic() + PATIENCE
        while undone(folder / "portal.db"):
            assert worker.is_alive and time.monotonic() < until, worker.log.read_text()[-2000:]
            time.sleep(0.2)
        worker.kill()
        taken = Counter(each.id for each in mail.taken)
    with sqlite3.connect(folder / "portal.db") as connection:
        kept = dict(connection.execute("SELECT message_id, outcome FROM outbox"))
    engine = db.connect(server.database)
    with db.sessions(engine)() as register:
        fault = str(first_fault(register) or "")
    engine.dispose()
    return Run(kills, between, taken, kept, fault)


def reached(worker: Working, mail: mail_server.Server, number: int) -> None:
    """Until the mail server has taken so many, or nothing is left to take."""
    until = time.monotonic() + 10
    while len(mail.taken) < number and time.monotonic() < until:
        assert worker.is_alive, worker.log.read_text()[-2000:]
        time.sleep(0.0005)


def test_F2_hundreds_of_kills_lose_no_message_and_repeat_only_what_nobody_could_know_had_gone(installation: Path) -> None:
    run = kill_again_and_again(installation, kills=WORKER_KILLS, messages=MESSAGES)
    again = Counter({name: times - 1 for name, times in run.taken.items() if times > 1})
    print(f"\n{run.kills} kills of the worker, {run.between.total()} of them after the server took a message and before that was written; "
          f"{len(run.kept)} messages, {run.taken.total()} taken, {again.total()} of them again.")  # fmt: skip
    assert set(run.kept) == set(run.taken) and len(run.kept) == MESSAGES, "each went, under the one name it has"
    assert set(run.kept.values()) == {"accepted"}
    assert again == run.between, "again as often as it was interrupted there, and nothing else again"
    assert run.fault == ""
    assert run.between.total() >= WORKER_KILLS // 5, "Void: too few kills fell between the two."
