"""The chain: every event of the installation in one line, each holding the hash of the one before (decision 17)."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Delete, delete, inspect, select
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from portal.complaints.record import ChainHead, Event, EventWords
from portal.db import Register
from portal.rules.history import Happening
from portal.rules.steps import Step

if TYPE_CHECKING:
    from portal.complaints.models import Complaint
    from portal.complaints.papers import Letter

START = "0" * 64
FIXED = ("reference", "edition", "division", "received_on", "channel", "words", "when_words", "wanted", "language")
LETTER = ("number", "kind", "stage", "language", "body", "written_on", "written_by")
WORKED_OUT = ("stage", "next_step", "next_stage", "next_due", "danger_rank", "handler_id", "answered_on", "all_done_on")


@dataclass
class Pending:
    """An event that has happened in this transaction and is numbered when it commits."""

    complaint: Complaint
    event: Event
    words: dict[str, Any]
    salt: str


def canonical(value: object) -> str:
    """The one way a value is written before it is hashed: sorted, no spaces, dates as ISO words."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _sha(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def words_hash(salt: str, words: dict[str, Any]) -> str:
    """The salted hash that stands for an event's words, so that lawful erasure leaves the chain whole."""
    return _sha(salt, canonical(words))


def state_hash(complaint: Complaint) -> str:
    """The hash of what must not change unseen."""
    return _sha(state_text(complaint))


def state_text(complaint: Complaint) -> str:
    """What must not change unseen, as it is hashed: the words as received, and what was worked out."""
    return canonical({name: getattr(complaint, name) for name in (*FIXED, *WORKED_OUT)})


def letter_hash(letter: Letter) -> str:
    """The hash of a letter as it went out; the event that says so keeps it among its words."""
    return _sha(canonical({name: getattr(letter, name) for name in LETTER}))


def event_hash(event: Event) -> str:
    """The hash of one event: everything in its row, and the hash before it."""
    return _sha(event.previous_hash, event_text(event))


def event_text(event: Event) -> str:
    """Everything in an event's row, as it is hashed."""
    row = [
        event.number, event.complaint_id, event.step, event.stage, event.happened_on, event.recorded_at.isoformat(),
        event.actor, event.details, event.words_hash, event.state_hash,
    ]  # fmt: skip
    return canonical(row)


def append(complaint: Complaint, happening: Happening, words: dict[str, Any]) -> None:
    """Put a happening at the end of a complaint's history. It is sealed into the chain when the transaction commits."""
    salt = secrets.token_hex(16)
    row = Event(
        step=happening.step,
        stage=happening.stage,
        happened_on=happening.on,
        recorded_at=happening.at,
        actor=happening.by,
        details=canonical(dict(happening.details)),
        words_hash=words_hash(salt, words),
    )
    _waiting(complaint).append(Pending(complaint, row, words, salt))


def _waiting(complaint: Complaint) -> list[Pending]:
    session = inspect(complaint).session
    if session is None:
        raise RuntimeError("An event was recorded for a complaint that is in no session.")
    waiting: list[Pending] = session.info.setdefault("pending_events", [])
    return waiting


def pending(complaint: Complaint) -> list[Event]:
    """What has happened to a complaint in the transaction under way."""
    session = inspect(complaint).session
    waiting = session.info.get("pending_events", ()) if session is not None else ()
    return [each.event for each in waiting if each.complaint is complaint]


def follows(complaint: Complaint) -> dict[str, Any]:
    """Where what follows from the history alone is kept; empty again once an event is recorded, or the events are read anew."""
    known, rests_on = inspect(complaint).info, (complaint.events, pending(complaint))
    kept: tuple[Any, ...] = known.get("follows", (None, None, {}))
    if kept[0] is not rests_on[0] or kept[1] != rests_on[1]:
        kept = known["follows"] = (*rests_on, {})
    found: dict[str, Any] = kept[2]
    return found


@sqlalchemy_event.listens_for(Register, "before_commit")
def seal(session: Session) -> None:
    """Number, hash and write what happened: complaints were locked first, the head of the chain is locked last.

    It is done when the transaction commits; sooner only by whoever changes nothing of another complaint after it.
    """
    waiting: list[Pending] = session.info.pop("pending_events", [])
    if not waiting:
        return
    session.flush()
    head = session.execute(select(ChainHead).with_for_update()).scalar_one()
    for each in waiting:
        event = each.event
        event.number, event.previous_hash = head.number + 1, head.hash
        event.complaint_id = each.complaint.id
        event.state_hash = state_hash(each.complaint)
        event.hash = event_hash(event)
        vars(event).pop("happening", None)  # It was read before it had its number.
        head.number, head.hash = event.number, event.hash
        session.add(event)
        session.flush()
        session.add(EventWords(number=event.number, salt=each.salt, words=each.words))
    session.flush()


def erase_words(complaint_id: int) -> Delete:
    """Take away the words, and the salts of their hashes, of every event of a complaint but its erasure; the database refuses it before that is sealed."""
    theirs = select(Event.number).where(Event.complaint_id == complaint_id, Event.step != Step.ERASED)
    return delete(EventWords).where(EventWords.number.in_(theirs)).execution_options(synchronize_session=False)


@sqlalchemy_event.listens_for(Register, "after_rollback")
def _forget(session: Session) -> None:
    """What did not happen leaves no trace."""
    session.info.pop("pending_events", None)
