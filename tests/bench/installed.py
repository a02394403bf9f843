"""A seeded installation on SQLite or PostgreSQL with its one-worker server, and the pages that are asked of it."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil
from sqlalchemy import Engine, select

from portal import accounts, db, keyring
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.queries import PAGE_SIZE
from portal.config import read_secrets
from tests import postgres
from tests.bench import seeder
from tests.bench.asking import Client, Measured, Request
from tests.durability import drafts
from tests.durability.residents import FIELD, SEND
from tests.durability.server import Server

OPEN = int(os.environ.get("PORTAL_BENCH_OPEN", "2500"))
ROUNDS, EACH = int(os.environ.get("PORTAL_BENCH_ROUNDS", "5")), 100
FILLING = {"max_wal_size": "8GB", "full_page_writes": "off", "autovacuum": "off"}
"""How PostgreSQL is set while a million complaints are made, and only then."""


class Bench:
    """What is measured on one engine at one size."""

    def __init__(self, folder: Path, size: int, database: str | None, beside: Callable[[], list[psutil.Process]]) -> None:
        self.server = Server(folder, "tests.bench.served:app", workers=1, database=database)
        keyring.use(read_secrets(self.server.secrets, demo=True)[1])
        engine = db.connect(self.server.database, durable=False)
        began = time.monotonic()
        seeder.seed(engine, size, still_open=min(OPEN, size // 2))
        self.took = time.monotonic() - began
        self.pages = self._pages(engine)
        self.drafts = drafts.write(engine, self.server.secrets, ROUNDS * EACH, "bench")
        engine.dispose()
        self.client = Client(self.server, beside)

    def _pages(self, engine: Engine) -> dict[str, Request]:
        sign = drafts.signer(self.server.secrets)
        with db.sessions(engine)() as register, db.transaction(register):
            handler = next(one for one in register.scalars(select(Staff)) if Role.HANDLER in one.roles)
            answering = select(Complaint).where(Complaint.next_step == "responded")
            open_case = register.scalars(answering.order_by(Complaint.id.desc()).limit(1)).one()
            staff = sign({"_user_id": accounts.begin_staff_visit(register, handler, Role.HANDLER), "_fresh": True})
            party = sign({"party": accounts.begin_party_visit(register, open_case.resident)})
            reference = open_case.reference
            deep = self._hundredth(register)
            service = open_case.service_id
        asked = {
            "queue": "/staff/", "queue, page 100 or the last": deep, "queue of one owner": "/staff/?with=me",
            "queue of one service": f"/staff/?service={service}", "with nothing owed": "/staff/?owed=nothing",
            "with nothing owed, of one service": f"/staff/?owed=nothing&service={service}",
            "due soon or late": "/staff/due", "search, open": "/staff/find?q=rain+haddad",
            "search, archive": "/staff/find?q=rain+haddad&where=archive",
            "search, archive, nothing found": "/staff/find?q=rain+giraffe&where=archive", "case": f"/staff/complaints/{reference}",
        }  # fmt: skip
        return {
            "bare hello": Request("/bare/hello"), "one query, one template": Request("/bare/page"),
            "a case's rows, nothing drawn": Request(f"/bare/rows/{reference}"),
            "start": Request("/"), "resident's case": Request("/your-complaint", party),
        } | {name: Request(path, staff) for name, path in asked.items()}  # fmt: skip

    def _hundredth(self, register: db.Register) -> str:
        """The address of the queue's hundredth page, or of its last where it has fewer."""
        owed = select(Complaint.danger_rank, Complaint.next_due, Complaint.id).where(Complaint.next_due.is_not(None))
        places = register.execute(owed.order_by(*owed.selected_columns).limit(99 * PAGE_SIZE + 1)).all()
        rank, due, number = places[(len(places) - 1) // PAGE_SIZE * PAGE_SIZE - 1]
        return f"/staff/?after={rank}.{due}.{number}"

    def run(self) -> dict[str, Measured]:
        """Every page in turn, again and again, so that what else the machine does falls on all of them alike."""
        found = {name: Measured() for name in (*self.pages, "raise")}
        for name, page in self.pages.items():
            self.client.measure(Measured(), [page] * 20, expected=200, name=name)
        for _ in range(ROUNDS):
            for name, page in self.pages.items():
                self.client.measure(found[name], [page] * EACH, expected=200, name=name)
            self.client.measure(found["raise"], list(self._to_send()), expected=303, name="raise")
        return found

    def _to_send(self) -> Iterator[Request]:
        for _ in range(EACH):
            written = self.drafts.pop()
            _status, headers, body = self.client.ask(Request(SEND, f"portal={written.cookie}"))
            cookie = headers.get("Set-Cookie", "").partition(";")[0] or f"portal={written.cookie}"
            yield Request(SEND, cookie, urlencode(dict(FIELD.findall(body.decode()))))


@contextmanager
def installed(folder: Path, engine: str, size: int) -> Iterator[Bench]:
    """So many complaints on this engine, and the server answering for as long as the block lasts."""
    with _database(engine) as (url, filled, beside):
        bench = Bench(folder, size, url, beside)
        filled()
        os.sync()  # So that what was made is not still being written while the pages are measured.
        print(f"{size:,} complaints made in {bench.took:.0f} s on {engine}.", file=sys.stderr)
        bench.server.start()
        try:
            yield bench
        finally:
            bench.server.stop()


@contextmanager
def _database(engine: str) -> Iterator[tuple[str | None, Callable[[], None], Callable[[], list[psutil.Process]]]]:
    """Where the complaints go, what to do once they are there, and the database's processes, where it has any."""
    if engine == "sqlite":
        yield None, lambda: None, list
        return
    with postgres.running(durable=True) as cluster:
        for name, value in FILLING.items():
            cluster.admin.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        cluster.admin.execute("SELECT pg_reload_conf()")

        def filled() -> None:
            cluster.admin.execute("ALTER SYSTEM RESET ALL")
            cluster.admin.execute("SELECT pg_reload_conf()")
            cluster.admin.execute("CHECKPOINT")

        def beside() -> list[psutil.Process]:
            children = psutil.Process(cluster.pid).children()
            return [each for each in children if postgres.APP in " ".join(each.cmdline())]

        yield cluster.new_database(), filled, beside
