"""A brake on the doors that are open to everyone: so many an hour from one address, wide enough for a shared one."""

from collections import defaultdict, deque
from threading import Lock

from flask import abort, request

from portal import clock

AN_HOUR = 3600.0
MOST = {"begin": 120, "send": 120, "upload": 400, "code": 300}
"""Generous on purpose: a hostel, a library or an office of advisers shares one address. One process counts alone."""

_seen: dict[tuple[str, str], deque[float]] = defaultdict(deque)
_lock = Lock()


def brake(what: str) -> None:
    """429 when this address has done this too often in the last hour. What was typed is given back on that page."""
    now, key = clock.now().timestamp(), (what, request.remote_addr or "")
    with _lock:
        times = _seen[key]
        while times and times[0] < now - AN_HOUR:
            times.popleft()
        if len(times) >= MOST[what]:
            abort(429)
        times.append(now)


def release() -> None:
    """Forget what was counted."""
    with _lock:
        _seen.clear()
