"""Structured logs from an allow-list: what happened to which route, never what anybody wrote."""

import json
import logging
import traceback
from typing import Any

ALLOWED = ("actor", "complaint", "route", "method", "status", "incident", "fault", "milliseconds", "job", "outcome", "count", "directive", "blocked")

"""What a line may hold. An actor and a complaint are numbers of ours: `staff:7`, 12. What was blocked is a host, without its path."""

_logger = logging.getLogger("portal")


def set_up() -> None:
    """One JSON object a line, on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    _logger.handlers = [handler]
    _logger.setLevel(logging.INFO)
    _logger.propagate = False


def note(what: str, **facts: Any) -> None:
    """Log one thing that happened. A fact outside the allow-list is a programming error: KeyError."""
    stray = set(facts) - set(ALLOWED)
    if stray:
        raise KeyError(f"Not on the allow-list of the log: {sorted(stray)}")
    _logger.info(json.dumps({"what": what, **facts}, ensure_ascii=True, default=str))


def trace(error: BaseException) -> None:
    """Where in our code something broke: file and line of each frame, never a value."""
    frames = traceback.extract_tb(error.__traceback__)
    _logger.error(json.dumps({"what": "trace", "at": [f"{f.filename}:{f.lineno}" for f in frames[-12:]]}))
