"""One client that asks for a page again and again, and what that took of the clock and of the processor."""

import gzip
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage

import psutil

from tests.durability.server import Server

HELD_TO = re.compile(r'<(?:link|script)[^>]*?(?:href|src)="(/[^"]+)"')
FONT = re.compile(r"url\(([^)]*-latin\.woff2)\)")


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


class Client:
    """A browser without a screen; `beside` finds the processes that work for the server besides its own."""

    def __init__(self, server: Server, beside: Callable[[], list[psutil.Process]]) -> None:
        self.server, self.beside = server, beside
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def measure(self, into: Measured, requests: Iterator[Request] | Sequence[Request], *, expected: int, name: str) -> None:
        """Send these one after the other; RuntimeError for an answer that is not the one expected."""
        before = self._processor()
        for each in requests:
            began = time.perf_counter()
            status, _headers, _body = self.ask(each)
            into.times.append(time.perf_counter() - began)
            if status != expected:
                said = self.server.log.read_text()[-1500:]
                raise RuntimeError(f"{name} answered {status}, and so nothing was measured.\n{said}")
        into.processor += self._processor() - before

    def ask(self, each: Request, **more: str) -> tuple[int, HTTPMessage, bytes]:
        """Send one request, from an address that has sent few others."""
        from_somewhere = f"10.0.{random.randrange(256)}.{random.randrange(256)}"
        headers = {"X-Forwarded-For": from_somewhere, "Cookie": each.cookie if "=" in each.cookie else f"portal={each.cookie}", **more}
        if each.body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if each.body else "GET", each.path, body=each.body, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def first_visit(self) -> tuple[int, int]:
        """How many requests a first visit makes and how many bytes it is sent, to a browser that only knows gzip."""
        _status, headers, page = self.ask(Request("/"), **{"Accept-Encoding": "gzip"})
        sent = [page]
        text = (gzip.decompress(page) if headers.get("Content-Encoding") == "gzip" else page).decode()
        for path in dict.fromkeys(HELD_TO.findall(text)):
            _status, headers, body = self.ask(Request(path), **{"Accept-Encoding": "gzip"})
            sent.append(body)
            if headers.get_content_type() == "text/css":
                style = (gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body).decode()
                sent += [self.ask(Request(f"{path.rpartition('/')[0]}/{font}"))[2] for font in FONT.findall(style)]
        return len(sent), sum(map(len, sent))

    def _processor(self) -> float:
        """Seconds of processor time that the server's processes have used, and those of its database."""
        assert self.server.process
        top = psutil.Process(self.server.process.pid)
        times = [each.cpu_times() for each in (top, *top.children(recursive=True), *self.beside())]
        return float(sum(each.user + each.system for each in times))
