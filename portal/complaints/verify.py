"""`flask verify`: walk the whole record and name the first entry that is not as it was written."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.complaints.events import START, event_hash, state_hash, words_hash
from portal.complaints.models import Complaint
from portal.complaints.record import ChainHead, Event, EventWords
from portal.db import Register


@dataclass(frozen=True)
class Fault:
    """The first entry of the record that is not as it was written, and what is wrong with it."""

    number: int
    kind: str

    def __str__(self) -> str:
        return f"Event {self.number}: {self.kind}."


def first_fault(session: Register) -> Fault | None:
    """Walk the whole chain; the first bad entry, or None.

    Seen: an event altered, missing, inserted or moved; its words altered; a complaint's words or worked-out columns
    changed outside the portal; a tail cut while the head was left. Not seen by a chain alone: a tail cut together
    with its head, or the whole chain written again.
    """
    number, previous = 0, START
    newest: dict[int, Event] = {}
    for event, words in session.execute(
        select(Event, EventWords).outerjoin(EventWords, EventWords.number == Event.number).order_by(Event.number)
    ).yield_per(1000):
        number += 1
        if fault := _fault_of(event, words, number, previous):
            return fault
        previous = event.hash
        newest[event.complaint_id] = event
    head = session.execute(select(ChainHead)).scalar_one()
    if (head.number, head.hash) != (number, previous):
        return Fault(number + 1, "missing: the end of the record was cut off")
    return _state_fault(session, newest)


def _fault_of(event: Event, words: EventWords | None, number: int, previous: str) -> Fault | None:
    if event.number != number:
        return Fault(number, "missing")
    if event.previous_hash != previous:
        return Fault(number, "inserted or moved: it does not follow the one before it")
    if event.hash != event_hash(event):
        return Fault(number, "altered")
    if words is None:
        return Fault(number, "its words are missing, and no erasure says so")
    if words_hash(words.salt, words.words) != event.words_hash:
        return Fault(number, "its words were altered")
    return None


def _state_fault(session: Register, newest: dict[int, Event]) -> Fault | None:
    for complaint in session.scalars(select(Complaint).order_by(Complaint.id)).yield_per(500):
        last = newest.get(complaint.id)
        if last is None:
            return Fault(0, f"complaint {complaint.id} has no event at all")
        if last.state_hash != state_hash(complaint):
            return Fault(last.number, "the complaint was changed outside the portal after it")
    return None
