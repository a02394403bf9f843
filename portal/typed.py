"""What somebody had typed when their visit ran out: kept, and put back into its boxes when the same person comes in again.

A computer may be shared, so it is kept sealed and for an hour; it is found by what only the browser holds that sent it, and only by
the person whose visit it was. Anybody else who comes in there makes it be forgotten. Files, passwords and codes are never kept.
"""

import secrets
from typing import Any

from flask import g, request, session
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import ValidationError

from portal import accounts, coming_back, db
from portal.access import Do, Viewer
from portal.complaints import typed_words
from portal.db import Register

COOKIE = "typed"
NEVER = frozenset(("csrf_token", "password", "new_password", "new_password_again", "code", "link"))
HIDDEN = frozenset(("key", "version", "seen"))
"""What a form says of itself and nobody typed."""

NOT_OF = frozenset((Do.SIGN_IN, Do.SIGN_OUT, Do.KEEP_SIGN_IN, Do.SAY_OF_SELF))
"""Forms that hold little but secrets, or what nothing may lead to anybody from."""

MOST = 500_000
"""Bytes of a form that is read for this; one with large files in it is not."""


def keep(register: Register, door: str) -> None:
    """Keep what this form holds for whoever's visit ran out; nothing where it did not come from their page, or their visit was ended."""
    visit = accounts.last_visit(register, session.get("_user_id" if door == "staff" else "party"))
    back, said = coming_back.asked_for(door), _said()
    if visit is None or not accounts.has_run_out(visit) or back is None or not said:
        return
    token, before = secrets.token_urlsafe(24), session.get(COOKIE)
    kept = {"back": back, "sent_to": request.full_path.rstrip("?"), "said": said, "files": any(each.filename for each in request.files.values())}
    staff_id, party_id = visit.staff_id, visit.party_id
    with db.transaction(register):
        if before:
            typed_words.forget_typed(register, before)
        typed_words.keep_typed(register, token, kept, staff_id=staff_id, party_id=party_id)
    session[COOKIE] = token


def _said() -> list[tuple[str, str]]:
    """What was typed, box by box, where this page of ours sent it."""
    if request.method != "POST" or g.do in NOT_OF or not 0 < (request.content_length or 0) <= MOST:
        return []
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return []
    said = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER]
    return said if any(value.strip() for name, value in said if name not in HIDDEN) else []


def is_kept(register: Register) -> bool:
    """Whether something waits for whoever was signed out in this browser."""
    visit = accounts.last_visit(register, session.get("_user_id") or session.get("party")) if session.get(COOKIE) else None
    return visit is not None and _of(register, visit.staff_id, visit.party_id) is not None


def carried(register: Register, *, staff_id: int | None = None, party_id: int | None = None) -> tuple[dict[str, str], str | None]:
    """What the session of whoever comes in keeps of it, and the page it belongs to; inside a transaction.

    Of anybody else it keeps nothing, and what was typed is forgotten.
    """
    token = session.get(COOKIE)
    if not token:
        return {}, None
    found = _of(register, staff_id, party_id)
    if found is None:
        typed_words.forget_typed(register, token)
        return {}, None
    return {COOKIE: token}, found["back"]


def forget(register: Register) -> None:
    """It was put back, or whoever sat here leaves; inside a transaction."""
    if token := session.get(COOKIE):
        typed_words.forget_typed(register, token)


def waits(register: Register, viewer: Viewer) -> dict[str, Any] | None:
    """What this viewer had typed on the page that they ask for now."""
    if request.method != "GET" or COOKIE not in session:
        return None
    found = _of(register, viewer.staff_id, viewer.party_id)
    return found if found and found["back"] == request.full_path.rstrip("?") else None


def as_sent(kept: dict[str, Any]) -> None:
    """Let this request hold what was typed, as it was sent then: no token is with it, so that no form takes it."""
    request.method = "POST"
    request.form = ImmutableMultiDict([(name, value) for name, value in kept["said"]])
    request.files = ImmutableMultiDict()


def _of(register: Register, staff_id: int | None, party_id: int | None) -> dict[str, Any] | None:
    return typed_words.typed_by(register, session[COOKIE], staff_id=staff_id, party_id=party_id)
