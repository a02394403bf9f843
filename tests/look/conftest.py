"""A browser and a served gallery for the tests of the look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.look import gallery as pages

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the gallery."""
    with pages.serving() as found:
        yield found


@pytest.fixture
def opened(address: str, chromium: Browser) -> Iterator[Opener]:
    """Open a page of the gallery at a width, with any context the browser can be given; complaints of the browser fail."""
    contexts, said = [], []

    def open_page(path: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}/{path}")
        page.evaluate("document.fonts.ready")
        return page

    open_page.said = said  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()
