"""Whose complaint it is: who in our register that may be, the tie to them, and, once staff made sure, how they are reached elsewhere."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.access import Viewer
from portal.complaints.contacting import change_contact
from portal.complaints.contacts import record_contact
from portal.complaints.machine import locked_beside
from portal.complaints.models import Complaint
from portal.complaints.people import Part, Party, Person
from portal.complaints.queries import not_kept_from, several, visible
from portal.complaints.recording import record, session_of
from portal.complaints.searching import make_findable
from portal.db import Register
from portal.rules.steps import Step

ABOUT_A_WAY = ("since", "stopped")
"""What is kept of how the ways of one complaint came about, and holds for no other."""


def matches(register: Register, viewer: Viewer, complaint: Complaint, *, number: str = "") -> list[Person]:
    """People already on record who may be this party: same name, e-mail or phone, or the number typed; never the party's own new
    row, nor somebody known from restricted complaints alone.
    """
    person = complaint.resident.person
    same: list[ColumnElement[bool]] = [func.lower(Person.name) == func.lower(complaint.resident.name_as_given.strip())]
    same += [Person.email == person.email] if person.email else []
    same += [Person.phone == person.phone] if person.phone else []
    same += [_has(number)] if number else []
    return _known(register, viewer, person, or_(*same))


def numbered(register: Register, viewer: Viewer, complaint: Complaint, number: str) -> list[Person]:
    """Who else on record has this number, as far as the viewer may know of them."""
    return _known(register, viewer, complaint.resident.person, _has(number)) if number else []


def _has(number: str) -> ColumnElement[bool]:
    return func.lower(Person.landlord_record) == number.strip().lower()


def _known(register: Register, viewer: Viewer, but: Person, wanted: ColumnElement[bool]) -> list[Person]:
    parts = select(Party.person_id)
    known = or_(Person.id.in_(parts.where(not_kept_from(viewer, Party.complaint_id))), Person.id.not_in(parts))
    return list(register.scalars(select(Person).where(Person.id != but.id, wanted, known).order_by(Person.id).limit(10)))


def theirs(register: Register, viewer: Viewer, people: Iterable[Person]) -> dict[int, list[Complaint]]:
    """The complaints in which each of these people is the resident, by their ids, oldest first, as far as the viewer may see them."""
    found: dict[int, list[Complaint]] = {each.id: [] for each in people}
    mine = select(Party.complaint_id).where(Party.person_id.in_(found), Party.part == Part.RESIDENT)
    asked = visible(viewer).where(Complaint.id.in_(mine)).order_by(Complaint.id)
    together = (joinedload(Complaint.parties).joinedload(Party.person), selectinload(Complaint.events), selectinload(Complaint.actions))
    for each in register.scalars(asked.options(*together)).unique() if found else ():
        found[each.resident.person_id].append(each)
    return found


def match_person(complaint: Complaint, *, by: Viewer, person: Person | None, landlord_record: str) -> None:
    """Tie the party to a record: somebody already known, or (with None) this person, now known by `landlord_record`.

    What they asked for in this complaint goes with them. Its letters go where this complaint said, and those of other
    complaints where they went before.
    """
    party = complaint.resident
    if person is not None and person.id != party.person_id:
        _go_with(complaint, party, person)
    if landlord_record:
        party.person.landlord_record = landlord_record
    party.matched_at, party.matched_by_id = clock.now(), by.staff_id
    record(complaint, Step.PERSON_MATCHED, by=by, stage=complaint.stage)
    make_findable(complaint)


def _go_with(complaint: Complaint, party: Party, person: Person) -> None:
    """Put the party under this person, with what they asked for and how this complaint said to reach them."""
    told = dict(party.contact)
    for adjustment in [each for each in party.person.adjustments if each.complaint_id == complaint.id]:
        adjustment.person = person
    party.person = person
    party.given_contact = told if told != (person.safe_contact or {}) else None


def reach_elsewhere(
    complaint: Complaint, others: Sequence[Complaint], *, by: Viewer, kind: str, known: str, tell_old: bool, texts: bool
) -> list[Complaint]:
    """Reach the resident in these other complaints of theirs as this one says; answers those in which that changes something.

    Staff made sure that it is them: `kind` is how they spoke, `known` how they know, which each complaint keeps as a contact
    of its own, as when a resident tells staff of a new way (ruling 17). Nothing else follows: what the record says stays, so that
    a complaint that whoever does this may not see is never sent elsewhere; one that was restricted meanwhile is left alone.
    RuleBroken where somebody is changing one of them at this moment.
    """
    told, ids = _said_of(complaint.resident), [each.id for each in others]
    record_contact(complaint, by=by, kind=kind, incoming=True, who=complaint.resident.name, words=known, on=clock.today(), shown=False, proof=True)
    changed = []
    for each_id in sorted(ids):
        other = locked_beside(session_of(complaint), complaint, each_id)
        if not several(session_of(complaint), by, [each_id]) or _said_of(other.resident) == told:
            continue
        said = record_contact(other, by=by, kind=kind, incoming=True, who=other.resident.name, words=known, on=clock.today(), shown=False, proof=True)
        change_contact(other, told, by=by, proved="staff", tell_old=tell_old, texts=texts, said=said, beside=ids)
        changed.append(other)
    return changed


def _said_of(party: Party) -> dict[str, Any]:
    """How somebody is reached, whole, so that it means the same in another complaint: letters go to the same door."""
    said = {name: value for name, value in party.contact.items() if name not in ABOUT_A_WAY}
    return said | ({"post": party.postal_address} if party.is_safe("post") else {})
