"""A brake on the doors that are open to everyone: so many an hour from one network, wide enough for a shared one.

Each process counts alone and forgets when it ends: with several, somebody gets so many of each.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Lock

from flask import abort, current_app, request, session

from portal import clock
from portal.complaints.kinds import NotTaken

AN_HOUR, A_MINUTE = 3600.0, 60.0
MOST = {"begin": 120, "send": 120, "upload": 400, "message": 300, "code": 300, "ask": 120, "sign in": 300, "report": 60}
"""Generous on purpose: a hostel, a library or an office of advisers shares one address."""

MOST_OF_ALL = {"report": 600}
"""The same of everybody together, where nobody waits for an answer and the log is what would fill."""

MOST_BYTES, A_DAY = 1024**3, 86_400.0
"""What one network may send us in files on one day."""

HERE = "here"


@dataclass
class Pace:
    """When each thing was done in the last hour, by what it is and from where."""

    times: defaultdict[tuple[str, ...], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    bytes_of: dict[str, tuple[float, int]] = field(default_factory=dict)
    swept_at: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def lately(self, *key: str, now: float) -> deque[float]:
        """The moments within the last hour, oldest first; whoever did nothing for an hour is forgotten."""
        if abs(now - self.swept_at) > A_MINUTE:
            self.swept_at = now
            for old in [each for each, times in self.times.items() if not times or times[-1] < now - AN_HOUR]:
                del self.times[old]
        times = self.times[key]
        while times and times[0] < now - AN_HOUR:
            times.popleft()
        return times


def brake(what: str) -> None:
    """429 when this network has done this too often in the last hour. What was typed is given back on that page.

    On the machine itself, or behind a proxy that does not say for whom it asks, people cannot be told apart.
    """
    where = network()
    if where == HERE:
        return
    now, pace = clock.now().timestamp(), _pace()
    with pace.lock:
        times = pace.lately(what, where, now=now)
        if len(times) >= MOST[what]:
            abort(429)
        times.append(now)


def brake_all(what: str) -> None:
    """429 when everybody together has done this too often in the last hour, those on the machine itself among them."""
    now, pace = clock.now().timestamp(), _pace()
    with pace.lock:
        times = pace.lately(what, "everybody", now=now)
        if len(times) >= MOST_OF_ALL[what]:
            abort(429)
        times.append(now)


def weigh(size: int) -> None:
    """NotTaken when this network has filled its share of a day with files; whoever is known is not counted (E9)."""
    where = network()
    if where == HERE or session.get("party") or session.get("_user_id"):
        return
    now, pace = clock.now().timestamp(), _pace()
    with pace.lock:
        began, sent = pace.bytes_of.get(where, (now, 0))
        began, sent = (began, sent) if now - began < A_DAY else (now, 0)
        if sent + size > MOST_BYTES:
            raise NotTaken("no_space")
        pace.bytes_of[where] = (began, sent + size)


def network() -> str:
    """Who shares an address: one IPv4 address, or the half of an IPv6 address that a home or an office is given."""
    try:
        address = ip_address(request.remote_addr or "127.0.0.1")
    except ValueError:
        return "unknown"
    if address.version == 6:
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return HERE
    return str(address) if address.version == 4 else f"{int(address) >> 64:x}"


def _pace() -> Pace:
    found: Pace = current_app.extensions.setdefault("pace", Pace())
    return found
