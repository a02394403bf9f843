"""A real Chromium, the portal served to it over HTTP, and contexts with and without scripts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from portal import clock
from tests.browser import chromium as finding

Browse = Callable[..., Page]


class Served:
    """The portal over HTTP in this process, so that a test can set its clock and look into its database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.moment: datetime | date | None = None
        self.server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self.moment is None:
            return self.app(environ, start)
        with clock.at(self.moment):
            return self.app(environ, start)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=finding.find(), args=list(finding.ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def served(app: Flask) -> Iterator[Served]:
    """The portal on this test's database, served on a free port of this machine."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    made = Served(app)
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def browse(chromium: Browser, served: Served) -> Iterator[Browse]:
    """Open a page of the portal as a person new to it; what the browser complains of fails the test.

    `scripts=False` is a browser without them; other options are Playwright's for a context.
    """
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(path: str = "/", *, width: int = 1280, height: int = 900, scripts: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, base_url=served.address,
            locale="en-GB", timezone_id="Europe/London", **options,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if _is_trouble(message) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == [], "The browser complained."


def _is_trouble(message: Any) -> bool:
    """An error of the page itself; that a form was refused (4xx) is an answer, not an error."""
    return message.type == "error" and "the server responded with a status of 4" not in message.text
