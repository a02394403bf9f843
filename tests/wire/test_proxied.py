"""Through a real nginx, where this machine has one, on the settings we ship: a whole journey over TLS, a file among it, and slow clients beside it (K2, E10)."""

import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import keyring
from portal.config import new_secrets, read_secrets
from tests.resident.journeys import ANSWERS, code_on
from tests.wire.nginx import Browser, Nginx
from tests.wire.slow_clients import SlowClients
from tests.wire.test_answers import EVERYWHERE

pytestmark = [pytest.mark.needs("nginx"), pytest.mark.processes]

WORDS = "zzrainqinq the bedroom"
FILE = ("zzceiling.txt", b"Measured on Tuesday.\n" * 50_000)
WAITS = 1.0
"""Seconds within which 95 of 100 answers come to everybody else (U10)."""


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Nginx]:
    """The portal behind it, in a folder of its own."""
    before = keyring.ring()
    new_secrets(tmp_path / "secrets.json", demo=True)
    keyring.use(read_secrets(tmp_path / "secrets.json", demo=True).keys)
    with Nginx(tmp_path).running() as made:
        yield made
    keyring.use(before)


def complains(browser: Browser) -> str:
    """Every question answered, a file sent, and the complaint; answers the access code."""
    for question, answer in (ANSWERS | {"story": {"story": WORDS}}).items():
        assert browser.sends(f"/complain/{question}", answer) == 200 and browser.path.startswith("/complain/"), (question, browser.path)
    assert browser.sends("/complain/files", {"add": "1"}, files=FILE) == 200
    assert FILE[0] in browser.words
    assert browser.goes("/complain/check") == 200
    assert browser.sends("/complain/check") == 200 and browser.path == "/your-complaint/receipt"
    return code_on(browser.body.decode())


def test_N3_K2_E10_a_whole_journey_over_tls_through_nginx_while_slow_clients_send(nginx: Nginx) -> None:
    slow = SlowClients(nginx, 12)
    slow.start()
    assert slow.connected.wait(30)
    browser = Browser(nginx)
    code = complains(browser)
    assert {each.name for each in browser.cookies if each.secure} == {"__Host-portal"}
    assert browser.sends("/your-complaint/messages", {"words": "When will somebody come?"}) == 200 and "When will somebody come?" in browser.words
    assert browser.sends("/your-complaint/messages", form="sign-out") == 200 and browser.path == "/signed-out"
    assert browser.sends("/follow", {"code": "wrong"}) == 422, "refused for what it says, and not for where it stood"
    assert browser.sends("/follow", {"code": code}) == 200 and browser.path == "/your-complaint"
    assert browser.goes("/your-complaint/files/1") == 200 and browser.body == FILE[1], "the file came whole, and comes back so"
    slow.stop()
    assert slow.sent > 0 and slow.hung_up == 0, "Void: nobody was slow."


def test_E10_K3_what_nginx_adds_and_writes_down(nginx: Nginx) -> None:
    browser = Browser(nginx)
    assert browser.goes(f"/follow?lang=en&said={WORDS.replace(' ', '+')}") == 200
    assert {name: browser.headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert browser.headers["Strict-Transport-Security"] == "max-age=31536000" and browser.headers["Server"] == "nginx", "which nginx it is, it does not say"
    assert browser.goes("/follow", b"x" * 28_000_000, **{"Content-Type": "text/plain", "Referer": f"{nginx.address}/{WORDS.split()[0]}"}) == 413
    assert browser.goes("/csp", b"{}", **{"Content-Type": "application/csp-report"}) == 400
    said = nginx.logs
    assert "GET /follow 200" in said and WORDS.split()[0] not in said, "an address stands in the log without what was asked, and without where from"


class Waiting(threading.Thread):
    """Somebody else, who goes on reading pages and sending a form; how long each answer took, and what went wrong."""

    def __init__(self, nginx: Nginx, enough: threading.Event) -> None:
        super().__init__(daemon=True)
        self.browser, self.enough = Browser(nginx), enough
        self.took, self.wrong = list[float](), list[str]()

    def run(self) -> None:
        while not self.enough.is_set():
            for path, sends in (("/", False), ("/when", False), ("/follow", True)):
                began = time.monotonic()
                try:
                    status = self.browser.sends(path, {"code": "wrong"}) if sends else self.browser.goes(path)
                except OSError as fault:
                    self.wrong.append(f"{path}: {fault}")
                    continue
                self.took.append(time.monotonic() - began)
                if status != (422 if sends else 200):
                    self.wrong.append(f"{path}: {status}")
                time.sleep(0.2)


@pytest.mark.slow
def test_U10_E10_two_hundred_slow_clients_keep_nobody_else_waiting(nginx: Nginx) -> None:
    """For a minute; a page and a form of theirs count as one answer each, so a form is timed with the page that it stood on."""
    slow, enough = SlowClients(nginx, 200), threading.Event()
    slow.start()
    assert slow.connected.wait(60)
    others = [Waiting(nginx, enough) for _ in range(5)]
    for each in others:
        each.start()
    time.sleep(60)
    enough.set()
    for each in others:
        each.join(60)
    slow.stop()
    took = sorted(second for each in others for second in each.took)
    print(f"\n200 slow clients sent {slow.sent:,} bytes, {slow.hung_up} of them were cut off; {len(took)} answers to 5 others, "
          f"the middle one in {statistics.median(took) * 1000:.0f} ms, 95 of 100 within {took[int(len(took) * 0.95)] * 1000:.0f} ms, the slowest {took[-1] * 1000:.0f} ms.")  # fmt: skip
    assert slow.sent > 200 * 100 * 45 and slow.hung_up == 0, "Void: they were not slow for long enough."
    assert [fault for each in others for fault in each.wrong] == []
    assert len(took) > 300 and took[int(len(took) * 0.95)] < WAITS
