"""What a browser keeps of us: one cookie, begun anew whenever somebody comes in, and emptied when they go."""

from typing import Any

from flask import Response, session

LEAVE_NOTHING = '"cache", "storage"'


def begin_anew(**kept: Any) -> None:
    """Nothing of an earlier session is carried into this one but the language, and what is said here."""
    language = session.get("language")
    session.clear()
    session.update(kept | ({"language": language} if language else {}))


def leaves_nothing(answer: Response) -> Response:
    """The same answer, telling the browser to forget what it kept of our pages."""
    answer.headers["Clear-Site-Data"] = LEAVE_NOTHING
    return answer
