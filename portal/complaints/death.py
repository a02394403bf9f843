"""A resident has died: what is sent to them stops, the complaint and its dates go on, somebody deals with the estate (ruling 4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from portal import clock
from portal.access import Viewer
from portal.complaints.caring import OURS
from portal.complaints.machine import locked_beside
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.people import Part, Party, Person
from portal.complaints.queries import visible
from portal.complaints.recording import answer_due, record, session_of
from portal.complaints.searching import make_findable
from portal.complaints.sending import FAILED, WAITING, facts_of, forget_queued, issue_to, keep, mark_failed
from portal.db import Register
from portal.letters.compose import compose
from portal.rules.standing import has_died
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

DIED = N_("This person has died.")
"""Why a message that was queued does not go, as staff read it beside the message."""


@dataclass(frozen=True, slots=True)
class EstateContact:
    """Who deals with the estate: their name, how to reach them in writing and in which language, who they are to it, and what we were shown."""

    name: str
    who: str
    shown: str
    safe_contact: Mapping[str, Any] = field(default_factory=dict)
    language: str = OURS


def record_death(complaint: Complaint, on: date, *, by: Viewer) -> None:
    """Write down the day a resident died, on the person: in each of their complaints nothing more goes to them.

    Authority that they gave ends. Every date stays as it is. RuleBroken for a day to come.
    """
    if on > clock.today():
        raise RuleBroken("5.12", N_("%(day)s has not come yet."), {"day": on})
    person = complaint.resident.person
    person.died_on = on
    for each in _theirs(complaint, person):
        if not has_died(each.happenings):
            _stop(each)
            record(each, Step.DEATH_RECORDED, by=by, stage=each.stage)
            each.version += 1


def _theirs(complaint: Complaint, person: Person) -> Iterator[Complaint]:
    """This complaint, and every other in which this person is the resident, each locked."""
    yield complaint
    part = select(Party.complaint_id).where(Party.person_id == person.id, Party.part == Part.RESIDENT, Party.complaint_id != complaint.id)
    for other in session_of(complaint).scalars(part.order_by(Party.complaint_id)).all():
        yield locked_beside(session_of(complaint), complaint, other)


def _stop(complaint: Complaint) -> None:
    """What still waits to go to them goes no more, and whoever acted for them acts no more."""
    for issue in [each for letter in complaint.letters for each in letter.issues if each.state == WAITING]:
        mark_failed(issue)
        forget_queued(issue, trouble=DIED)
    for party in complaint.parties:
        if party.part == Part.REPRESENTATIVE and party.until is None:
            party.until = clock.now()


def undo_death(complaint: Complaint, *, by: Viewer, why: str) -> None:
    """They have not died: it was written down by mistake. Whoever deals with an estate does so no more.

    Authority that ended stays ended until the resident gives it again.
    """
    if not has_died(complaint.happenings):
        raise RuleBroken("5.12", N_("Nobody has written down that they died."))
    person = complaint.resident.person
    person.died_on = None
    for each in _theirs(complaint, person):
        if has_died(each.happenings):
            _end_estate(each)
            record(each, Step.DEATH_UNDONE, by=by, stage=each.stage, words={"why": why})
            each.version += 1


def name_estate_contact(complaint: Complaint, contact: EstateContact, *, by: Viewer) -> Letter:
    """Name who deals with the estate: our letters go to them from now on, those that reached nobody as well."""
    _end_estate(complaint)
    safe, now = dict(contact.safe_contact), clock.now()
    person = Person(
        name=contact.name, language=contact.language, email=safe.get("email"), phone=safe.get("phone"), post=safe.get("post"),
        safe_contact=safe, known_since=now,
    )  # fmt: skip
    party = Party(
        person=person, part=Part.ESTATE, name_as_given=contact.name, home_as_given="", scope="receive", agreed=contact.who,
        proof=contact.shown, authority="shown", since=now, matched_at=now, matched_by_id=by.staff_id,
    )  # fmt: skip
    complaint.parties.append(party)
    session_of(complaint).flush()
    record(complaint, Step.ESTATE_NAMED, by=by, stage=complaint.stage, details={"party": party.id}, words={"shown": contact.shown})
    complaint.version += 1
    make_findable(complaint)
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    missed = [letter for letter in complaint.letters if _reached_nobody(letter)]
    first = keep(complaint, compose("estate", replace(facts, answer_by=answer_due(complaint))), by=by)
    for letter in missed:
        issue_to(complaint, letter, party)
    return first


def _end_estate(complaint: Complaint) -> None:
    for party in complaint.parties:
        if party.part == Part.ESTATE and party.until is None:
            party.until = clock.now()


def _reached_nobody(letter: Letter) -> bool:
    states = {issue.state for issue in letter.issues}
    return FAILED in states and states <= {FAILED}


def without_contact(register: Register, viewer: Viewer) -> list[Complaint]:
    """The complaints of residents who died in which something is still owed and nobody deals with the estate, soonest owed first."""
    named = exists().where(Party.complaint_id == Complaint.id, Party.part == Part.ESTATE, Party.until.is_(None))
    died = exists().where(Party.complaint_id == Complaint.id, Party.part == "resident", Party.person_id == Person.id, Person.died_on.is_not(None))
    asked = visible(viewer).where(died, ~named, Complaint.next_due.is_not(None)).order_by(Complaint.next_due, Complaint.id)
    return list(register.scalars(asked.options(selectinload(Complaint.parties).selectinload(Party.person))))
