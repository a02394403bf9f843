"""A brake on the doors that are open to everyone: so many an hour from one address, wide enough for a shared one."""

from collections import defaultdict, deque
from ipaddress import ip_address
from threading import Lock

from flask import abort, current_app, request

from portal import clock

AN_HOUR = 3600.0
MOST = {"begin": 120, "send": 120, "upload": 400, "code": 300}
"""Generous on purpose: a hostel, a library or an office of advisers shares one address. Each process counts alone."""

Seen = dict[tuple[str, str], deque[float]]
_lock = Lock()


def brake(what: str) -> None:
    """429 when this address has done this too often in the last hour. What was typed is given back on that page.

    On the machine itself, or behind a proxy that does not say for whom it asks, people cannot be told apart.
    """
    if ip_address(request.remote_addr or "127.0.0.1").is_loopback:
        return
    now, seen = clock.now().timestamp(), _seen()
    with _lock:
        times = seen[what, str(request.remote_addr)]
        while times and times[0] < now - AN_HOUR:
            times.popleft()
        if len(times) >= MOST[what]:
            abort(429)
        times.append(now)


def _seen() -> Seen:
    found: Seen = current_app.extensions.setdefault("pace", defaultdict(deque))
    return found
