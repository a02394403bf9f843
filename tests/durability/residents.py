"""Residents who press Send, outside the system: each attempt and each answer is in a journal, fsynced, before the next step."""

import json
import os
import random
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.durability.drafts import Written

FIELD = re.compile(r'<input[^>]* name="(csrf_token|key|version|website)"[^>]* value="([^"]*)"')
SEND = "/complain/check"
RECEIPT = "/your-complaint/receipt"
THINKS = 0.1
"""The longest pause between two complaints of one resident, in seconds."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: str


class Journal:
    """Lines that are on the disk before `write` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, what: str, words: str, **more: Any) -> None:
        """One thing that happened, at this moment."""
        line = json.dumps({"what": what, "words": words, "at": time.monotonic(), **more})
        os.write(self.handle, f"{line}\n".encode())
        os.fsync(self.handle)

    def read(self) -> Iterator[dict[str, Any]]:
        """Every line, oldest first."""
        yield from map(json.loads, self.path.read_text().splitlines())


class Resident(threading.Thread):
    """Sends complaint after complaint until told to stop, as from one network; one of two presses again when no answer came, the other goes."""

    def __init__(self, port: int, journal: Journal, drafts: Iterator[Written], *, presses_again: bool, network: str | None = None, thinks: float = THINKS) -> None:
        super().__init__(daemon=True)
        self.port, self.journal, self.drafts = port, journal, drafts
        self.presses_again, self.network, self.thinks = presses_again, network, thinks
        self.cookie = ""
        self.enough = threading.Event()
        """Set from outside: finish the complaint in hand, and stop."""
        self.waiting = threading.Event()
        """Set while a whole POST has been sent and no answer has come."""
        self.acknowledged = 0
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            for written in self.drafts:
                if self.enough.is_set():
                    return
                self._complain(written)
                time.sleep(random.uniform(0, self.thinks))
        except BaseException as trouble:
            self.trouble = trouble
            raise

    def _complain(self, written: Written) -> None:
        self.cookie = written.cookie
        page = self._until_answered("GET", SEND)
        if page is None:
            return
        fields = dict(FIELD.findall(page.body))
        if page.status != 200 or not {"csrf_token", "key"} <= set(fields):
            raise AssertionError(f"The page before sending was not whole: {page.status} {page.location} {page.body[:200]}")
        while not self.enough.is_set():
            self.journal.write("sent", written.words)
            answer = self._ask("POST", SEND, fields)
            if answer is None:
                self.journal.write("unknown", written.words)
                if not self.presses_again:
                    return
                time.sleep(0.1)
                continue
            received = answer.status == 303 and answer.location == RECEIPT
            self.journal.write("acknowledged" if received else "refused", written.words, status=answer.status)
            self.acknowledged += received
            if received or answer.status not in (500, 503):
                return

    def _until_answered(self, method: str, path: str) -> Answer | None:
        while not self.enough.is_set():
            answer = self._ask(method, path)
            if answer and answer.status < 500:
                return answer
            time.sleep(0.05)
        return None

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer | None:
        """The answer, or None when none came: that is not a failure, only not known."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Cookie": f"portal={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"} | ({"X-Forwarded-For": self.network} if self.network else {})
        try:
            connection.request(method, path, body=urlencode(fields) if fields else None, headers=headers)
            if method == "POST":
                self.waiting.set()
            found = connection.getresponse()
            answer = Answer(found.status, found.headers.get("Location", ""), found.read().decode())
            self._remember(found.headers.get_all("Set-Cookie") or [])
            return answer
        except (OSError, HTTPException):
            return None
        finally:
            self.waiting.clear()
            connection.close()

    def _remember(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, rest = cookie.partition("=")
            if name == "portal":
                self.cookie = rest.partition(";")[0]
