"""What the operations wrote for one complaint: the pattern of which the bulk seeder makes its copies."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from portal import clock
from portal.access import Role
from portal.complaints import operations, references
from portal.complaints.models import Complaint
from portal.complaints.record import Event, EventWords
from portal.db import Base
from tests.town import Town, answering

OF_ITS_OWN = ("home", "person", "complaint", "party", "adjustment", "stage_person", "definition", "point", "outcome",
              "letter", "issue", "outbox", "answer", "remedy", "action")  # fmt: skip
"""The tables of which each complaint has rows of its own, in an order in which they can be read."""

Row = dict[str, Any]


@dataclass
class Pattern:
    """Every row of one complaint, by table, and its events with their words."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    events: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)


def table(name: str) -> Table:
    """A table by its name."""
    return Base.metadata.tables[name]


def opened(town: Town) -> Iterator[Complaint]:
    """Complaints with something owed, received over the last ten days."""
    for days in range(10):
        with clock.at(clock.today() - timedelta(days=days)):
            complaint = town.complains(code=references.new_code(), **_more(days))
            if days % 2:
                town.acknowledged(complaint)
        yield complaint


def done(town: Town) -> Iterator[Complaint]:
    """Complaints whose final answer has gone and whose actions are done."""
    for days in range(10):
        received = date(2024, 3, 4) + timedelta(days=37 * days)
        with clock.at(received):
            complaint = town.complains(code=references.new_code(), **_more(days))
            town.acknowledged(complaint)
        with clock.at(received + timedelta(days=9)):
            _answer(town, complaint)
        yield complaint


def _answer(town: Town, complaint: Complaint) -> None:
    with town.writing():
        letter = operations.respond(complaint, answering(1) | {"actions": []}, by=town.viewer(Role.HANDLER))
        town._issue(complaint, letter)


def _more(days: int) -> Row:
    """Some want large print, and half are written to by e-mail."""
    wish = {"adjustments": {"kinds": ["large_print"], "words": ""}} if days % 3 == 0 else {}
    mail = {"safe_contact": {"channels": ["email"], "email": "s@mail.example"}} if days % 2 else {}
    return wish | mail


def pattern_of(engine: Engine, complaint_id: int) -> Pattern:
    """Everything the operations wrote for one complaint."""
    found = Pattern()
    with engine.connect() as connection:
        for name in OF_ITS_OWN:
            found.rows[name] = _rows(connection, name, found, complaint_id)
        found.events = _plain(connection, select(table("event")).where(Event.complaint_id == complaint_id).order_by(Event.number))
        numbers = [each["number"] for each in found.events]
        words = select(table("event_words")).where(EventWords.number.in_(numbers)).order_by(EventWords.number)
        found.words = _plain(connection, words)
    return found


def _rows(connection: Connection, name: str, found: Pattern, complaint_id: int) -> list[Row]:
    """A table's rows of this complaint: it by its number, the rest by the rows they belong to."""
    this = table(name)
    if name == "complaint":
        where = this.c.id == complaint_id
    elif name in ("home", "person"):
        complaint, party = table("complaint"), table("party")
        owner = {
            "home": select(complaint.c.home_id).where(complaint.c.id == complaint_id),
            "person": select(party.c.person_id).where(party.c.complaint_id == complaint_id),
        }[name]
        where = this.c.id.in_(owner)
    elif "complaint_id" in this.c:
        where = this.c.complaint_id == complaint_id
    else:
        parent = {"point": "definition", "outcome": "definition", "issue": "letter"}[name]
        where = this.c[f"{parent}_id"].in_([row["id"] for row in found.rows[parent]])
    return _plain(connection, select(this).where(where).order_by(this.c.id))


def _plain(connection: Connection, query: Any) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(query)]
