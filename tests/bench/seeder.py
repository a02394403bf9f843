"""A hundred thousand complaints in minutes: what operations wrote for a few, written again and again under new numbers."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, update

from portal import clock, db
from portal.access import Role
from portal.complaints import events, operations, references, searching
from portal.complaints.models import Complaint
from portal.complaints.record import ChainHead, Event, EventWords
from portal.db import Base
from tests.town import Town, answering

BATCH = 500
OF_ITS_OWN = ("home", "person", "complaint", "party", "adjustment", "stage_person", "definition", "point", "outcome",
              "letter", "issue", "outbox", "answer", "remedy", "action")  # fmt: skip
"""The tables of which each complaint has rows of its own, in an order in which they can be written."""

NEW_EACH_TIME: dict[tuple[str, str], Callable[[], str]] = {
    ("complaint", "reference"): references.new_reference,
    ("party", "code_lookup"): lambda: secrets.token_hex(32),
    ("outbox", "message_id"): lambda: f"<{secrets.token_hex(16)}@complaints.invalid>",
}
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


def seed(engine: Engine, number: int, *, still_open: int) -> None:
    """Bring a fresh database to so many complaints, so many of them with something owed; the record stays whole."""
    with db.sessions(engine)() as register:
        town = Town(register)
        opened = [pattern_of(engine, complaint) for complaint in _open(town)]
        done = [pattern_of(engine, complaint) for complaint in _done(town)]
        register.rollback()
    with engine.begin() as connection:
        made = connection.scalar(select(func.count()).select_from(Complaint)) or 0
        kinds = [opened[n % len(opened)] for n in range(still_open - len(opened))]
        kinds += [done[n % len(done)] for n in range(number - made - len(kinds))]
        copy(connection, kinds)
    with db.sessions(engine)() as register, db.transaction(register):
        searching.rebuild(register)


def _open(town: Town) -> Iterator[Complaint]:
    """Complaints with something owed, received over the last ten days."""
    for days in range(10):
        with clock.at(clock.today() - timedelta(days=days)):
            complaint = town.complains(code=references.new_code(), **_more(days))
            if days % 2:
                town.acknowledged(complaint)
        yield complaint


def _done(town: Town) -> Iterator[Complaint]:
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


def pattern_of(engine: Engine, complaint: Complaint) -> Pattern:
    """Everything the operations wrote for one complaint."""
    found = Pattern()
    with engine.connect() as connection:
        for name in OF_ITS_OWN:
            found.rows[name] = _rows(connection, name, found, complaint.id)
        found.events = _plain(connection, select(table("event")).where(Event.complaint_id == complaint.id))
        numbers = [each["number"] for each in found.events]
        found.words = _plain(connection, select(table("event_words")).where(EventWords.number.in_(numbers)))
    found.events.sort(key=lambda row: row["number"])
    return found


def _rows(connection: Connection, name: str, found: Pattern, complaint_id: int) -> list[Row]:
    """A table's rows of this complaint: it by its number, the rest by the rows they belong to."""
    this = table(name)
    if name == "complaint":
        return _plain(connection, select(this).where(this.c.id == complaint_id))
    if name in ("home", "person"):
        complaint, party = table("complaint"), table("party")
        owner = {
            "home": select(complaint.c.home_id).where(complaint.c.id == complaint_id),
            "person": select(party.c.person_id).where(party.c.complaint_id == complaint_id),
        }[name]
        return _plain(connection, select(this).where(this.c.id.in_(owner)))
    if "complaint_id" in this.c:
        return _plain(connection, select(this).where(this.c.complaint_id == complaint_id))
    parent = {"point": "definition", "outcome": "definition", "issue": "letter"}[name]
    ids = [row["id"] for row in found.rows[parent]]
    return _plain(connection, select(this).where(this.c[f"{parent}_id"].in_(ids)))


def _plain(connection: Connection, query: Any) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(query)]


def copy(connection: Connection, patterns: list[Pattern]) -> None:
    """Write each pattern once more, in this order; the chain goes on from its head."""
    ids = {name: connection.scalar(select(func.max(table(name).c.id))) or 0 for name in OF_ITS_OWN}
    number, last = connection.execute(select(ChainHead.number, ChainHead.hash)).one()
    for start in range(0, len(patterns), BATCH):
        pile: dict[str, list[Row]] = {name: [] for name in (*OF_ITS_OWN, "event", "event_words")}
        for pattern in patterns[start : start + BATCH]:
            number, last = _add(pile, pattern, ids, number, last)
        for name, rows in pile.items():
            if rows:
                connection.execute(insert(table(name)), rows)
    connection.execute(update(ChainHead).values(number=number, hash=last))


def _add(pile: dict[str, list[Row]], pattern: Pattern, ids: dict[str, int], number: int, last: str) -> tuple[int, str]:
    renamed: dict[tuple[str, int], int] = {}
    for name in OF_ITS_OWN:
        for row in pattern.rows[name]:
            ids[name] += 1
            renamed[name, row["id"]] = ids[name]
    for name in OF_ITS_OWN:
        pile[name] += [_renamed(name, row, renamed) for row in pattern.rows[name]]
    _findable(pile["complaint"][-1])
    complaint = Complaint(**pile["complaint"][-1])
    for row, words in zip(pattern.events, pattern.words, strict=True):
        number += 1
        event = Event(**{**row, "number": number, "complaint_id": complaint.id, "previous_hash": last})
        event.state_hash = events.state_hash(complaint)
        event.hash = last = events.event_hash(event)
        pile["event"].append({column.name: getattr(event, column.name) for column in table("event").columns})
        pile["event_words"].append({**words, "number": number})
    return number, last


def _findable(row: Row) -> None:
    """What a copy can be found by begins with its own reference."""
    _old, _space, rest = row["search_text"].partition(" ")
    row["search_text"] = f"{row['reference'].lower()} {rest}"


def _renamed(name: str, row: Row, renamed: dict[tuple[str, int], int]) -> Row:
    """A row under new numbers, its own and those of the rows it belongs to."""
    made = dict(row)
    for column in table(name).columns:
        keys = [key.column.table.name for key in column.foreign_keys]
        owner = name if column.name == "id" else keys[0] if keys else None
        if owner and (owner, row[column.name]) in renamed:
            made[column.name] = renamed[owner, row[column.name]]
        elif (name, column.name) in NEW_EACH_TIME and row[column.name] is not None:
            made[column.name] = NEW_EACH_TIME[name, column.name]()
    return made
