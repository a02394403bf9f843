"""The complaint being written in this browser: a row on the server, its token in the session cookie and nowhere else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import g, session
from wtforms import FileField, HiddenField
from wtforms.csrf.core import CSRFTokenField

from portal import clock, pace
from portal.complaints import operations, queries
from portal.complaints.papers import DRAFT_KEPT_FOR, Draft
from portal.forms import BaseForm
from portal.resident.questions import UNFINISHED
from portal.web import register

NOT_ANSWERS = (HiddenField, CSRFTokenField, FileField)


def draft_here() -> Draft | None:
    """The complaint being written in this browser, if there is one that has not been sent."""
    draft = queries.draft_by_token(register(), session.get("draft"))
    return draft if draft and draft.complaint_id is None else None


def draft_to_write() -> Draft:
    """The same, locked for this transaction; begun now if there is none, so that nobody's words are lost."""
    draft = queries.draft_by_token(register(), session.get("draft"), locked=True)
    if draft is None or draft.complaint_id is not None:
        pace.brake("begin")
        draft, session["draft"] = operations.begin_draft(register(), language=g.language)
    return draft


def kept_until(draft: Draft | None) -> date:
    """The last day on which what is saved now can be carried on (decision 28)."""
    return draft.kept_until if draft else clock.today() + DRAFT_KEPT_FOR


def answer_in(form: BaseForm, *, unfinished: bool = False) -> dict[str, Any]:
    """What was answered, as the draft keeps it; an unfinished answer is kept too and asked for again."""
    answer = {f.name: _trimmed(f.data) for f in form if not isinstance(f, NOT_ANSWERS)}
    return answer | ({UNFINISHED: True} if unfinished else {})


def _trimmed(data: Any) -> Any:
    return data.strip() if isinstance(data, str) else data


def answers_of(draft: Draft | None) -> Mapping[str, Mapping[str, Any]]:
    """Every answer so far."""
    return draft.answers if draft else {}
