"""`make bench`: each page against a bare page on the same server in one run; medians, p95, processor time, as ratios."""

import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPMessage
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
from tests.bench import seeder
from tests.durability import drafts
from tests.durability.residents import FIELD, SEND
from tests.durability.server import Server

SIZES = tuple(map(int, os.environ.get("PORTAL_BENCH_SIZES", "1000 100000").split()))
OPEN = int(os.environ.get("PORTAL_BENCH_OPEN", "400"))
ROUNDS, EACH = 5, 100


@dataclass(frozen=True)
class Request:
    """One request, ready to send."""

    path: str
    cookie: str = ""
    body: str | None = None


@dataclass
class Measured:
    """What the requests to one page took: seconds of the clock each, and of the processor together."""

    times: list[float] = field(default_factory=list)
    processor: float = 0.0

    @property
    def each(self) -> float:
        """Milliseconds of processor time for a request."""
        return self.processor / len(self.times) * 1000

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.times) * 1000

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return statistics.quantiles(self.times, n=20)[-1] * 1000


class Bench:
    """A seeded installation and its one-worker server."""

    def __init__(self, folder: Path, size: int) -> None:
        self.server = Server(folder, "tests.bench.served:app", workers=1)
        keyring.use(read_secrets(self.server.secrets, demo=True)[1])
        engine = db.connect(self.server.database, durable=False)
        began = time.monotonic()
        seeder.seed(engine, size, still_open=min(OPEN, size // 2))
        print(f"{size:,} complaints made in {time.monotonic() - began:.0f} s.", file=sys.stderr)
        self.pages = self._pages(engine)
        self.drafts = drafts.write(engine, self.server.secrets, ROUNDS * EACH, "bench")
        engine.dispose()
        self.server.start()
        self.connection = HTTPConnection("127.0.0.1", self.server.port, timeout=30)

    def _pages(self, engine: Engine) -> dict[str, Request]:
        sign = drafts.signer(self.server.secrets)
        with db.sessions(engine)() as register, db.transaction(register):
            handler = next(one for one in register.scalars(select(Staff)) if Role.HANDLER in one.roles)
            open_case = register.scalars(select(Complaint).where(Complaint.next_step == "responded")).first()
            assert open_case
            staff = sign({"_user_id": accounts.begin_staff_visit(register, handler, Role.HANDLER), "_fresh": True})
            party = sign({"party": accounts.begin_party_visit(register, open_case.resident)})
            case = f"/staff/complaints/{open_case.reference}"
            deep = self._hundredth(register)
        return {
            "bare hello": Request("/bare/hello"), "one query, one template": Request("/bare/page"),
            "the same, compiled anew": Request("/bare/anew"),
            "start": Request("/"), "resident's case": Request("/your-complaint", party),
            "queue": Request("/staff/", staff), "case": Request(case, staff), "queue, page 100 or the last": Request(deep, staff),
            "search, open": Request("/staff/find?q=rain+haddad", staff),
            "search, archive": Request("/staff/find?q=rain+haddad&where=archive", staff),
            "search, archive, nothing found": Request("/staff/find?q=rain+giraffe&where=archive", staff),
        }  # fmt: skip

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
            self._measure(Measured(), [page] * 20, expected=200, name=name)
        for _ in range(ROUNDS):
            for name, page in self.pages.items():
                self._measure(found[name], [page] * EACH, expected=200, name=name)
            self._measure(found["raise"], list(self._to_send()), expected=303, name="raise")
        return found

    def _to_send(self) -> Iterator[Request]:
        for _ in range(EACH):
            written = self.drafts.pop()
            _status, headers, text = self._ask(Request(SEND, f"portal={written.cookie}"))
            cookie = headers.get("Set-Cookie", "").partition(";")[0] or f"portal={written.cookie}"
            yield Request(SEND, cookie, urlencode(dict(FIELD.findall(text))))

    def _measure(self, into: Measured, requests: Sequence[Request], *, expected: int, name: str) -> None:
        before = self._processor()
        for each in requests:
            began = time.perf_counter()
            status, _headers, _text = self._ask(each)
            into.times.append(time.perf_counter() - began)
            if status != expected:
                said = self.server.log.read_text()[-1500:]
                raise RuntimeError(f"{name} answered {status}, and so nothing was measured.\n{said}")
        into.processor += self._processor() - before

    def _ask(self, each: Request) -> tuple[int, HTTPMessage, str]:
        from_somewhere = f"10.0.{random.randrange(256)}.{random.randrange(256)}"
        headers = {"X-Forwarded-For": from_somewhere, "Cookie": each.cookie if "=" in each.cookie else f"portal={each.cookie}"}
        if each.body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if each.body else "GET", each.path, body=each.body, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def _processor(self) -> float:
        """Seconds of processor time the server's processes have used."""
        assert self.server.process
        top = psutil.Process(self.server.process.pid)
        times = [each.cpu_times() for each in (top, *top.children(recursive=True))]
        return float(sum(each.user + each.system for each in times))


def lines(size: int, found: dict[str, Measured]) -> Iterator[str]:
    """One size's table."""
    hello, one = found["bare hello"].each, found["one query, one template"].each
    yield f"\n### {size:,} complaints\n"
    yield "| Page | median ms | p95 ms | processor ms | against hello | against one query |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, each in found.items():
        yield (
            f"| {name} | {each.median:.1f} | {each.p95:.1f} | {each.each:.2f} | {each.each / hello:.1f} | {each.each / one:.1f} |"
        )


def main() -> None:
    """Measure every size, and print the tables as docs/performance.md holds them."""
    print(f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    tables = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), size)
            try:
                tables[size] = bench.run()
            finally:
                bench.server.stop()
        print("\n".join(lines(size, tables[size])), flush=True)
    small, large = tables[SIZES[0]], tables[SIZES[-1]]
    for name in [name for name in large if name.startswith(("queue", "case", "search"))]:
        print(f"\n{name}: {large[name].each / small[name].each:.2f} times the processor time at {SIZES[-1]:,} as at {SIZES[0]:,}")


if __name__ == "__main__":
    main()
