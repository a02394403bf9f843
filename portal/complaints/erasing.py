"""Erasing a complaint whose time is over: an event first, then everything that was said in it; what is counted stays (decisions 16 and 20)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, or_, select, update

from portal import clock
from portal.access import Viewer
from portal.complaints import events, retention, searching
from portal.complaints.challenges import Challenge
from portal.complaints.models import (
    Action,
    Answer,
    Complaint,
    Definition,
    Outcome,
    Point,
    RefusedPoint,
    Remedy,
    StagePerson,
)
from portal.complaints.notices import Notice
from portal.complaints.papers import Attachment, ContractorQuestion, Draft, Issue, Letter, Outbox
from portal.complaints.people import Adjustment, Home, Party, Person
from portal.complaints.recording import record, session_of
from portal.db import Base, Register
from portal.rules.keeping import LAW
from portal.rules.steps import RuleBroken, Step

COUNTED = frozenset({"event", "letter", "party", "definition", "answer", "refused_point", "remedy", "action", "stage_person"})
"""The tables that name a complaint and keep their rows, without a word; every other one that names it loses them, a new one too."""


def erase(complaint: Complaint, *, by: Viewer, because: str) -> list[str]:
    """Erase what was said in a complaint, and whoever is known from it alone; answers the names of its files, to take off the disk after the commit.

    What stays is its number, its dates, what was found and decided, and every event without its words: it is counted as before.
    RuleBroken while anything is owed or waits, its time is not over, it is kept for longer, or the Ombudsman has it.
    """
    for words in retention.kept_because(complaint):
        raise RuleBroken(LAW, words)
    until = retention.ends_on(complaint).isoformat()
    record(complaint, Step.ERASED, by=by, stage=complaint.stage, details={"until": until, "reason": bool(because.strip())}, words={"because": because})
    return _everything_of(complaint)


def erase_again(complaint: Complaint, on: date, *, by: Viewer) -> list[str]:
    """Erase what was erased on a day and came back with a backup, whatever that says of it; answers the names of its files."""
    details = {"until": on.isoformat(), "reason": True, "again": True}
    record(complaint, Step.ERASED, by=by, stage=complaint.stage, details=details, words={"because": f"It was erased on {on.isoformat()}, and came back with a backup."})
    return _everything_of(complaint)


def _everything_of(complaint: Complaint) -> list[str]:
    register, names = session_of(complaint), _stored(complaint)
    people, home = [each.person_id for each in complaint.parties], complaint.home_id
    _empty(complaint)
    events.seal(register)
    number = complaint.id
    register.execute(events.erase_words(number))
    _empty_letters(register, number)
    _forget_comers(register, number)
    for table in _naming("complaint_id"):
        _run(register, delete(table).where(table.c.complaint_id == number))
    _blank(register, number)
    _forget_people(register, number, people, home)
    register.expire(complaint)
    return names


def erase_several(register: Register, complaints: list[Complaint], *, by: Viewer, because: str) -> list[str]:
    """The same of several at once, all of them or none; answers the names of their files. The caller has locked them."""
    return [name for each in complaints for name in erase(each, by=by, because=because)]


def _naming(column: str) -> list[Table]:
    """The tables whose rows name a complaint, or a party, and go with it; whatever points to a row before it. Asked when all are known."""
    return [table for table in reversed(Base.metadata.sorted_tables) if column in table.c and table.name not in COUNTED]


def _stored(complaint: Complaint) -> list[str]:
    """Under what names its files lie on the disk, and the copies of them that are shown."""
    rows = session_of(complaint).execute(select(Attachment.stored_as, Attachment.copy_as).where(_files_of(complaint.id)))
    return [name for row in rows for name in row if name]


def _files_of(number: int) -> ColumnElement[bool]:
    drafts = select(Draft.id).where(Draft.complaint_id == number)
    return or_(Attachment.complaint_id == number, Attachment.draft_id.in_(drafts))


def _empty(complaint: Complaint) -> None:
    """The complaint itself and its parties: who they were, where they lived, what they said."""
    complaint.words = complaint.when_words = complaint.relationship_to_landlord = ""
    complaint.wanted, complaint.home_id = {}, None
    complaint.version += 1
    now = clock.now()
    for each in complaint.parties:
        each.name_as_given = each.home_as_given = ""
        each.code_lookup = each.proof = each.agreed = each.given_contact = each.opened_at = each.opened_how = None
        each.until = each.until or now
    searching.make_unfindable(complaint)


def _empty_letters(register: Register, number: int) -> None:
    """The words of its letters. On PostgreSQL the portal's own role may change no letter: the owner's function does that, where an erasure says so."""
    if register.get_bind().dialect.name == "postgresql":
        register.execute(select(func.empty_letters(number)))
    else:
        _run(register, update(Letter).where(Letter.complaint_id == number).values(body={}))


def _forget_comers(register: Register, number: int) -> None:
    """Whoever is signed in to it, the codes they asked for, and what is left of the mail."""
    parties = select(Party.id).where(Party.complaint_id == number)
    letters = select(Letter.id).where(Letter.complaint_id == number)
    issues = select(Issue.id).where(Issue.letter_id.in_(letters))
    challenges = select(Challenge.id).where(Challenge.party_id.in_(parties))
    notices = select(Notice.id).where(Notice.party_id.in_(parties))
    questions = select(ContractorQuestion.id).where(ContractorQuestion.complaint_id == number)
    theirs = (Outbox.complaint_id == number, Outbox.question_id.in_(questions), Outbox.issue_id.in_(issues), Outbox.challenge_id.in_(challenges), Outbox.notice_id.in_(notices))
    _run(register, delete(Outbox).where(or_(*theirs)))
    for table in _naming("party_id"):
        if not {"complaint_id", "letter_id"} & set(table.c.keys()):
            _run(register, delete(table).where(table.c.party_id.in_(parties)))
    _run(register, update(Issue).where(Issue.id.in_(issues)).values(form=None))
    _run(register, delete(Attachment).where(_files_of(number), Attachment.complaint_id.is_(None)))


def _blank(register: Register, number: int) -> None:
    """What is counted keeps its kind, its finding, its money and its days, and none of its words."""
    definitions = select(Definition.id).where(Definition.complaint_id == number)
    _run(register, update(Point).where(Point.definition_id.in_(definitions)).values(words="", whose=None))
    _run(register, update(Outcome).where(Outcome.definition_id.in_(definitions)).values(words=""))
    _run(register, update(RefusedPoint).where(RefusedPoint.complaint_id == number).values(words=""))
    _run(register, update(Answer).where(Answer.complaint_id == number).values(reasons="", fault=None, impact=None, no_remedy_because=None))
    _run(register, update(Remedy).where(Remedy.complaint_id == number).values(words="", guidance=None))
    _run(register, update(Action).where(Action.complaint_id == number).values(what="", owner="", proof=None))
    _run(register, update(StagePerson).where(StagePerson.complaint_id == number).values(interest=None))


def _forget_people(register: Register, number: int, people: list[int], home: int | None) -> None:
    """Whoever has no part in a complaint that is still kept, with what they asked of us; and the home that no other complaint is about."""
    kept = exists().where(Party.person_id == Person.id, Party.complaint_id == Complaint.id, Complaint.erased_on.is_(None))
    gone = list(register.scalars(select(Person.id).where(Person.id.in_(people), ~kept)))
    _run(register, delete(Adjustment).where(Adjustment.person_id.in_(gone)))
    nothing = {"name": "", "email": None, "phone": None, "post": None, "safe_contact": None, "display": None, "landlord_record": None, "died_on": None}
    _run(register, update(Person).where(Person.id.in_(gone)).values(nothing))
    others = exists().where(Complaint.home_id == Home.id)
    _run(register, delete(Home).where(Home.id == home, ~others))


def _run(register: Register, statement: Any) -> None:
    register.execute(statement.execution_options(synchronize_session=False))
