"""A complaint that only those who are named may see: a manager says who and why, and may open it again. Nothing changes for the resident."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.people import NamedReader, Party, Staff
from portal.complaints.queries import visible
from portal.complaints.record import EventWords
from portal.complaints.recording import record, session_of
from portal.db import Register
from portal.rules.people import named_in
from portal.rules.reading import last
from portal.rules.steps import Step


def restrict(complaint: Complaint, people: Iterable[Staff], *, by: Viewer, because: str) -> None:
    """From now on only these people and whoever says so see it. RuleBroken without a reason, or where nothing would change."""
    _keep(complaint, sorted({each.id for each in people} | {by.staff_id or 0}), by=by, because=because)


def open_again(complaint: Complaint, *, by: Viewer, because: str) -> None:
    """From now on everybody sees it who would if it had never been restricted. RuleBroken without a reason, or where it is not."""
    _keep(complaint, [], by=by, because=because)


def _keep(complaint: Complaint, named: list[int], *, by: Viewer, because: str) -> None:
    details = {"to": named, "reason": bool(because)}
    record(complaint, Step.RESTRICTED, by=by, stage=complaint.stage, details=details, words={"because": because})
    register = session_of(complaint)
    register.execute(delete(NamedReader).where(NamedReader.complaint_id == complaint.id))
    register.add_all(NamedReader(complaint_id=complaint.id, staff_id=each) for each in named)
    complaint.version += 1


def named_readers(complaint: Complaint) -> Sequence[Staff]:
    """Who alone may see it, by name; nobody where it is not restricted."""
    ids = named_in(complaint.happenings)
    return session_of(complaint).scalars(select(Staff).where(Staff.id.in_(ids)).order_by(Staff.name)).all() if ids else []


def why_restricted(complaint: Complaint) -> str:
    """The reason on the record for which it is restricted; nothing where it is not."""
    said = last(complaint.happenings, Step.RESTRICTED)
    kept = session_of(complaint).get(EventWords, said.number) if said and said.details["to"] else None
    return str(kept.words.get("because", "")) if kept else ""


def restricted(register: Register, viewer: Viewer) -> list[tuple[Complaint, list[str]]]:
    """The complaints kept to a few people of which this viewer is one, the newest first, each with the names of those who see it."""
    kept = select(NamedReader.complaint_id)
    asked = visible(viewer).where(Complaint.id.in_(kept)).order_by(Complaint.id.desc())
    found = register.scalars(asked.options(selectinload(Complaint.parties).selectinload(Party.person))).all()
    named = select(NamedReader.complaint_id, Staff.name).join(Staff, Staff.id == NamedReader.staff_id)
    names: dict[int, list[str]] = {}
    for row in register.execute(named.where(NamedReader.complaint_id.in_([each.id for each in found])).order_by(Staff.name)):
        names.setdefault(row.complaint_id, []).append(row.name)
    return [(each, names.get(each.id, [])) for each in found]
