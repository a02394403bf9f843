"""Complaints written and not yet sent, as the browsers that wrote them hold them: a row each, and its cookie; with some, a file."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine

from portal import db
from portal.complaints import operations
from portal.complaints.files import Room, take
from portal.config import read_secrets

ANSWERS: dict[str, dict[str, Any]] = {
    "danger": {"danger": "no"},
    "name": {"name": "Samira Haddad"},
    "home": {"home": "address", "address": "14 Quarry Bank\nThornby\nTH4 0ZZ"},
    "you": {"relationship": "tenant"},
    "when": {"when": "Since February", "still": True, "unsure": False},
    "right": {"kinds": ["repair"], "words": ""},
    "reach": {"channels": ["email"]},
    "details": {"email": "samira@mail.example"},
    "easier": {"kinds": ["large_print"], "print_size": "18", "words": "", "span": "always"},
    "files": {},
}


@dataclass(frozen=True)
class Written:
    """A draft by its words, which no other has, and the session cookie of its browser."""

    words: str
    cookie: str


A_THIRD = 3
HAS_FILE = "There is a file with this."


def write(engine: Engine, secrets: Path, number: int, mark: str, files: Path | None = None) -> list[Written]:
    """So many drafts, each ready to be checked and sent; where a folder for files is given, a third of them with one, which holds the same words."""
    sign = signer(secrets)
    made = []
    with db.sessions(engine)() as register, db.transaction(register):
        for each in range(number):
            words = f"{mark}-{each:05d}: rain comes through the bedroom ceiling."
            draft, token = operations.begin_draft(register, language="en")
            if files and each % A_THIRD == 0:
                words = f"{words} {HAS_FILE}"
                operations.add_file(draft, take(files, "ceiling.txt", io.BytesIO(words.encode()), Room()))
            for question, answer in (ANSWERS | {"story": {"story": words}}).items():
                operations.save_draft(draft, question, answer)
            made.append(Written(words, sign({"draft": token})))
    return made


def signer(secrets: Path) -> Callable[[dict[str, object]], str]:
    """What makes the session cookie of an installation out of what is in it."""
    app = Flask("signing")
    app.secret_key = read_secrets(secrets, demo=True)[0]
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None

    def sign(held: dict[str, object]) -> str:
        return str(serializer.dumps(held))

    return sign
