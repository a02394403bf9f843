"""What a browser keeps of us: one cookie, begun anew whenever somebody comes in, and emptied when they go.

Another stays for a year where somebody marked the browser as their own: it holds a number drawn by lot, and nothing else.
"""

import secrets
from datetime import timedelta
from typing import Any

from flask import Response, current_app, request, session

LEAVE_NOTHING = '"cache", "storage"'
A_YEAR = timedelta(days=365)
LONGEST_TOKEN = 64


def begin_anew(**kept: Any) -> None:
    """Nothing of an earlier session is carried into this one but the language, how pages look, and what is said here."""
    carried = {name: session[name] for name in ("language", "display") if name in session}
    session.clear()
    session.update(kept | carried)


def speak(language: str, *, unless_chosen: bool = False) -> None:
    """Pages are in this language until the browser is closed; `unless_chosen` here already."""
    if not (unless_chosen and "language" in session):
        session["language"] = language


def leaves_nothing(answer: Response) -> Response:
    """The same answer, telling the browser to forget what it kept of our pages."""
    answer.headers["Clear-Site-Data"] = LEAVE_NOTHING
    return answer


def cookie(name: str) -> str:
    """What a cookie of ours is called here: on https it is held to this very host."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def keeps(answer: Response, name: str, value: str) -> Response:
    """The same answer, telling the browser to keep this for a year, out of the reach of scripts."""
    answer.set_cookie(cookie(name), value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"], path="/")
    return answer


def forgets(answer: Response, name: str) -> Response:
    """The same answer, telling the browser to keep it no longer."""
    answer.delete_cookie(cookie(name), httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"], path="/")
    return answer


def own_token() -> str | None:
    """What this browser is known by, if somebody marked it as their own."""
    token = request.cookies.get(cookie("own"))
    return token if token and len(token) <= LONGEST_TOKEN else None


def new_own_token() -> str:
    """The same of a browser that is about to be marked, or was before for another complaint."""
    return own_token() or secrets.token_urlsafe(24)


def stays_own(answer: Response, token: str) -> Response:
    """The same answer, telling the browser to keep for a year that it is somebody's own."""
    return keeps(answer, "own", token)


def is_own_no_more(answer: Response) -> Response:
    """The same answer, telling the browser to forget that it is somebody's own."""
    return forgets(answer, "own")
