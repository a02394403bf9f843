"""How pages look to whoever reads them: what they chose, in this visit, in this browser if they want it kept, and in their record.

What is kept is one short text, such as `colours=dark.size=largest`; anything else that a browser sends is passed over.
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, request, session

from portal import browser

NAME = "display"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "size": ("usual", "larger", "largest"),
    "spacing": ("usual", "wider"),
    "lines": ("usual", "shorter"),
    "colours": ("usual", "plain", "dark", "yellow"),
    "face": ("usual", "device", "serif"),
}
"""What can be chosen, the first of each being how pages are where nothing is."""


def read(text: str | None) -> dict[str, str]:
    """What a kept text chooses, of what can be chosen, without what is usual anyway."""
    pairs = (piece.partition("=")[::2] for piece in (text or "")[:200].split("."))
    return {name: value for name, value in pairs if value in CHOICES.get(name, ())[1:]}


def write(chosen: Mapping[str, str]) -> str:
    """The text that is kept of it."""
    return ".".join(f"{name}={chosen[name]}" for name in sorted(chosen) if chosen[name] in CHOICES.get(name, ())[1:])


def add_to(app: Flask) -> None:
    """Let every page know what was chosen, as classes of its root."""
    app.context_processor(_on_pages)


def _on_pages() -> dict[str, Any]:
    return {"display": " ".join(f"{name}-{value}" for name, value in sorted(read(kept()).items()))}


def kept() -> str:
    """What was chosen in this visit, or before in this browser; empty where nothing was."""
    return str(g.get("display") or session.get("display") or request.cookies.get(browser.cookie(NAME)) or "")


def is_kept_here() -> bool:
    """Whether this browser keeps it beyond this visit."""
    return browser.cookie(NAME) in request.cookies


def use(text: str) -> None:
    """Let pages look so until the browser is closed."""
    g.display = session["display"] = text


def remember(text: str | None) -> None:
    """Let pages look as the record of whoever came in says, where nothing was chosen in this browser."""
    if text and not kept():
        use(text)


def stays(answer: Response, text: str) -> Response:
    """The same answer, telling the browser to keep it for a year."""
    return browser.keeps(answer, NAME, text)


def is_forgotten(answer: Response) -> Response:
    """The same answer, telling the browser to keep it no longer than this visit."""
    return browser.forgets(answer, NAME)
