"""A portal with a planted fault, for the kill test to catch: it says "received" a moment before it has committed."""

import io
import threading
import time
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from sqlalchemy import event

from portal import create_app
from portal.db import Register

portal = create_app()
here = threading.local()
SEND, RECEIPT = "/complain/check", "/your-complaint/receipt"
TOO_EARLY = 0.2
"""How long before its commit the answer leaves, in seconds."""


@event.listens_for(Register, "before_commit")
def _let_the_answer_go(_: Register) -> None:
    if leaving := getattr(here, "leaving", None):
        leaving.set()
        time.sleep(TOO_EARLY)


def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer a press of Send when everything is written and nothing is committed."""
    if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) != ("POST", SEND):
        return portal(environ, start)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    leaving = threading.Event()
    threading.Thread(target=_work, args=({**environ, "wsgi.input": io.BytesIO(body)}, leaving)).start()
    leaving.wait(10)
    start("303 See Other", [("Location", RECEIPT), ("Content-Length", "0")])
    return []


def _work(environ: WSGIEnvironment, leaving: threading.Event) -> None:
    def ignore(*_: Any) -> Any:
        return lambda _: None

    here.leaving = leaving
    list(portal(environ, ignore))
