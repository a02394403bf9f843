"""`flask verify`: walk the whole record and name the first entry that is not as it was written."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.complaints.events import START, event_hash, letter_hash, state_hash, words_hash
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment, Letter
from portal.complaints.record import ChainHead, Event, EventWords
from portal.db import Register
from portal.rules.steps import Step

A_PIECE = 1000
UNREADABLE = (ValueError, TypeError, LookupError, InvalidTag)
"""What reading a row raises whose columns hold what the portal never writes."""


@dataclass(frozen=True)
class Fault:
    """The first entry of the record that is not as it was written, and what is wrong with it; 0 where it is no entry's."""

    number: int
    kind: str

    def __str__(self) -> str:
        return f"Event {self.number}: {self.kind}." if self.number else f"{self.kind[:1].upper()}{self.kind[1:]}."


def first_fault(session: Register, files: Path | None = None) -> Fault | None:
    """Walk the whole chain, and what it vouches for; the first bad entry, or None. `files` is the folder they are kept in.

    What was erased by the rules is whole: an event says so, and its words and its letters' words are gone. Seen: an event altered, missing, inserted or moved; its words altered, missing or added; a tail cut while the head was
    left; a complaint's words or worked-out columns changed outside the portal, or the whole complaint gone or added; a
    letter altered or gone after it was issued; a file changed, swapped or gone; words gone, or a complaint hidden, that no event says
    was erased; words still there, or put back, that one does. Not seen by a chain alone: a tail cut
    together with its head and the complaints put back to suit, or the whole chain written again.
    """
    return next(_faults(session, files), None)


@dataclass
class _Walked:
    """How far the walk has come, and what the events so far vouch for."""

    number: int = 0
    previous: str = START
    newest: dict[int, tuple[int, str]] = field(default_factory=dict)
    letters: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)
    erased: dict[int, int] = field(default_factory=dict)


def _faults(session: Register, files: Path | None) -> Iterator[Fault]:
    walked = _Walked(erased=_erasures(session))
    yield from _of_events(session, walked)
    heads = [(head.number, head.hash) for head in session.scalars(select(ChainHead))]
    if heads != [(walked.number, walked.previous)]:
        yield Fault(walked.number + 1, "missing: the end of the record was cut off, or what says where it ends was altered")
    if loose := session.scalar(select(EventWords.number).where(EventWords.number.not_in(select(Event.number))).limit(1)):
        yield Fault(loose, "there are words of it, and no event")
    yield from _of_complaints(session, walked)
    yield from _of_letters(session, walked)
    if files is not None:
        yield from _of_files(session, files)


def _rows(session: Register, asked: Any, key: InstrumentedAttribute[int]) -> Iterator[Any]:
    """Every row in the order of its key; None in the place of the first that cannot be read, and none after it."""
    after, size = None, A_PIECE
    while True:
        piece = asked.order_by(key).limit(size)
        try:
            found = session.execute(piece if after is None else piece.where(key > after)).all()
        except UNREADABLE:
            if size == 1:
                yield None
                return
            size = 1
            continue
        if not found:
            return
        yield from found
        after = getattr(found[-1][0], key.key)


def _of_events(session: Register, walked: _Walked) -> Iterator[Fault]:
    asked = select(Event, EventWords).outerjoin(EventWords, EventWords.number == Event.number)
    for row in _rows(session, asked, Event.number):
        walked.number += 1
        if row is None:
            yield Fault(walked.number, "altered: it, or its words, cannot be read")
            return
        event, words = row
        erased = event.number < walked.erased.get(event.complaint_id, 0)
        if fault := _fault_of(event, words, walked.number, walked.previous, is_erased=erased):
            yield fault
            return
        walked.previous = event.hash
        walked.newest[event.complaint_id] = (event.number, event.state_hash)
        if event.step == Step.ISSUED and words and (told := words.words.get("letter_hash")):
            walked.letters[event.complaint_id, event.happening.details["letter"]] = (event.number, told)


def _erasures(session: Register) -> dict[int, int]:
    """Each complaint that an event says was erased, with the number of that event."""
    rows = session.execute(select(Event.complaint_id, Event.number).where(Event.step == Step.ERASED))
    return {row.complaint_id: row.number for row in rows}


def _fault_of(event: Event, words: EventWords | None, number: int, previous: str, *, is_erased: bool) -> Fault | None:
    if event.number != number:
        return Fault(number, "missing")
    if event.previous_hash != previous:
        return Fault(number, "inserted or moved: it does not follow the one before it")
    if event.hash != event_hash(event):
        return Fault(number, "altered")
    if is_erased:
        return Fault(number, "it was erased, and its words are there") if words else None
    if words is None:
        return Fault(number, "its words are missing, and no erasure says so")
    if words_hash(words.salt, words.words) != event.words_hash:
        return Fault(number, "its words were altered")
    return None


def _of_complaints(session: Register, walked: _Walked) -> Iterator[Fault]:
    unseen = dict(walked.newest)
    for row in _rows(session, select(Complaint), Complaint.id):
        if row is None:
            yield Fault(0, "a complaint was changed outside the portal, and cannot be read")
            return
        complaint = row[0]
        number, state = unseen.pop(complaint.id, (0, ""))
        if not number:
            yield Fault(0, f"complaint {complaint.id} has no event at all")
        elif state != state_hash(complaint):
            yield Fault(number, "the complaint was changed outside the portal after it")
        elif (complaint.erased_on is not None) != (complaint.id in walked.erased):
            yield Fault(number, "the complaint is hidden, and no erasure says so" if complaint.erased_on else "the complaint was erased, and is shown again")
    for number, _state in sorted(unseen.values()):
        yield Fault(number, "the complaint it is about is gone")


def _of_letters(session: Register, walked: _Walked) -> Iterator[Fault]:
    unseen = dict(walked.letters)
    for row in _rows(session, select(Letter), Letter.id):
        if row is None:
            yield Fault(0, "a letter was altered, and cannot be read")
            return
        letter = row[0]
        number, told = unseen.pop((letter.complaint_id, letter.number), (0, ""))
        if letter.complaint_id in walked.erased and letter.body:
            yield Fault(walked.erased[letter.complaint_id], "the complaint was erased then, and the words of a letter of it are there")
        if number and told != letter_hash(letter):
            yield Fault(number, "the letter that was issued then was altered after it")
    for number, _told in sorted(unseen.values()):
        yield Fault(number, "the letter that was issued then is gone")


def _of_files(session: Register, folder: Path) -> Iterator[Fault]:
    """Those of complaints; one that is still with a draft may be taken away again while we look."""
    for row in _rows(session, select(Attachment).where(Attachment.complaint_id.is_not(None)), Attachment.id):
        if row is None:
            yield Fault(0, "what is kept about a file was altered, and cannot be read")
            return
        file = row[0]
        kept = folder / file.stored_as
        if not kept.is_file():
            yield Fault(0, f"file {file.id} is gone")
        elif (file.size, file.sha256) != _print_of(kept):
            yield Fault(0, f"file {file.id} is not the one that came")


def _print_of(path: Path) -> tuple[int, str]:
    with path.open("rb") as kept:
        return path.stat().st_size, hashlib.file_digest(kept, "sha256").hexdigest()
