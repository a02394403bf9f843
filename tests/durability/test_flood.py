"""OP6: five thousand false complaints in a few minutes hide none of the fifty true ones among them, and keep nobody waiting (J5)."""

import os
import sqlite3
from itertools import count
from pathlib import Path

import pytest

from portal import clock, db
from tests.durability import drafts
from tests.durability.auditor import audit
from tests.durability.residents import Journal, Resident
from tests.durability.server import Server
from tests.durability.test_kill import Shared, fault_in, installation

__all__ = ["installation"]

pytestmark = [pytest.mark.processes, pytest.mark.slow]

SPAM, TRUE = int(os.environ.get("SPAM", "5000")), 50
NETWORKS = 50
"""Where the false ones come from: so many, or each would soon be asked to wait."""

THINKS = 2.0
"""The longest pause of each of the eight programs that send false ones, in seconds: some eight a second come, six times as many as if they had an hour."""

SPREAD = 0.8 * SPAM * THINKS / 8 / (TRUE / 2)
"""The longest pause of each of the two people who send true ones, so that those are spread over most of the flood."""

WAITS, LONGER = 1.0, 3
"""Seconds within which 95 of 100 true ones are told that we have theirs; or, on a machine that is busy with other things, so many times what the
same takes there when nothing false is sent."""

QUIET = 30
"""How many are sent before the flood, to know that."""


class FromEverywhere(Resident):
    """A program that sends each complaint from another network than the one before."""

    networks = count()

    def _complain(self, written: drafts.Written) -> None:
        self.network = f"198.51.100.{next(self.networks) % NETWORKS}"
        super()._complain(written)


def waited(journal: Journal, mark: str) -> list[float]:
    """How long each complaint with this mark waited for its answer, in seconds, shortest first."""
    sent: dict[str, float] = {}
    found = []
    for line in journal.read():
        if line["words"].startswith(mark):
            if line["what"] == "acknowledged":
                found.append(line["at"] - sent[line["words"]])
            sent.setdefault(line["words"], line["at"])
    return sorted(found)


def people(server: Server, journal: Journal, pile: Shared, *, thinks: float) -> list[Resident]:
    """Two people, each in a home of their own, who share a pile."""
    return [Resident(server.port, journal, iter(pile), presses_again=True, network=f"203.0.113.{n}", thinks=thinks) for n in range(2)]


def sent(residents: list[Resident]) -> None:
    """They send all that they have."""
    for each in residents:
        each.start()
    for each in residents:
        each.join(1200)


def most(took: list[float]) -> float:
    """What 95 of 100 waited at most."""
    return took[int(len(took) * 0.95)]


def test_OP6_J5_five_thousand_false_complaints_hide_no_true_one_and_keep_nobody_waiting(installation: Path) -> None:
    server, journal = Server(installation), Journal(installation / "journal")
    engine = db.connect(server.database, durable=False)
    false, true, quiet = (Shared(drafts.write(engine, server.secrets, number, mark)) for number, mark in ((SPAM, "spam"), (TRUE, "true"), (QUIET, "quiet")))
    engine.dispose()
    server.start()
    today = clock.today()
    sent(people(server, journal, quiet, thinks=0.5))
    flood: list[Resident] = [FromEverywhere(server.port, journal, iter(false), presses_again=True, thinks=THINKS) for _ in range(8)]
    for each in flood:
        each.start()
    sent(people(server, journal, true, thinks=SPREAD))
    left = len(false.pile)
    for each in flood:
        each.join(1200)
    server.stop()
    found, took, took_false, alone = audit(journal, installation / "portal.db", installation / "files"), waited(journal, "true"), waited(journal, "spam"), waited(journal, "quiet")
    print(f"\n{len(took_false)} false ones and {len(took)} true ones kept, {found.refused} refused; of the true ones 95 of 100 waited at most {most(took) * 1000:.0f} ms, the middle one "
          f"{took[len(took) // 2] * 1000:.0f} ms; with no flood {most(alone) * 1000:.0f} and {alone[len(alone) // 2] * 1000:.0f} ms; {left} false ones were still to come.")  # fmt: skip
    assert left > 0, "Void: the flood was over before the true ones were."
    assert (len(took), len(took_false), found.complaints) == (TRUE, SPAM, SPAM + TRUE + QUIET), "all are kept, for somebody to look at"
    assert (found.lost, found.doubled, found.half, found.integrity, fault_in(server)) == ([], [], [], "ok", "")
    assert most(took) < max(WAITS, LONGER * most(alone))
    with sqlite3.connect(installation / "portal.db") as connection:
        days = connection.execute("SELECT DISTINCT happened_on FROM event JOIN complaint ON complaint.id = event.complaint_id WHERE step = 'received' AND words LIKE 'true-%'").fetchall()
    assert days == [(today.isoformat(),)], "received on the day they were sent"
