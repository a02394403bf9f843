"""What an intruder does to the record who holds the database: each way of it, drawn at random, with what `verify` should say."""

import io
import json
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from portal import db, keyring
from portal.access import Role
from portal.complaints import operations
from portal.complaints.events import FIXED, LETTER, START, WORKED_OUT, event_hash, state_hash
from portal.complaints.files import Room, take
from portal.complaints.models import Complaint
from portal.complaints.record import ChainHead, Event
from portal.complaints.verify import Fault, first_fault
from portal.db import Register
from tests.town import Town

HASHED = ("complaint_id", "step", "stage", "happened_on", "recorded_at", "actor", "details", "words_hash", "state_hash", "previous_hash", "hash")


def lived(town: Town, files: Path) -> None:
    """A few complaints with letters that went, files that came, and one answered."""
    for number, code in enumerate("MST"):
        complaint = town.complains(f"The stairs are dark, number {number}.", code=code * 24)
        town.acknowledged(complaint)
        with town.writing():
            sent = take(files, "note.txt", io.BytesIO(f"What I saw, {number}.".encode()), Room())
            operations.attach_file(complaint, sent, party_id=complaint.resident.id)
            operations.write(complaint, "It is still dark.", by=town.resident(complaint))
            operations.write_note(complaint, "A note.", by=town.viewer(Role.HANDLER))
        if code == "M":
            town.answered(complaint)
    town.register.rollback()


class Opened:
    """A copy of the database in an intruder's hands: its guards dropped, each tampering undone before the next."""

    def __init__(self, database: str, files: Path) -> None:
        self.files = files
        self.raw = sqlite3.connect(":memory:", isolation_level=None)
        with sqlite3.connect(database) as source:
            source.backup(self.raw)
        source.close()
        for (name,) in self.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.raw.execute(f"DROP TRIGGER {name}")
        self.sessions = db.sessions(create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool))
        self.last = int(self.one("SELECT max(number) FROM event"))

    def all(self, asked: str, *values: Any) -> list[Any]:
        """Rows."""
        return self.raw.execute(asked, values).fetchall()

    def one(self, asked: str, *values: Any) -> Any:
        """A value."""
        return self.raw.execute(asked, values).fetchone()[0]

    def run(self, changed: str, *values: Any) -> None:
        """A change; it has to be one."""
        assert self.raw.execute(changed, values).rowcount > 0, changed

    def after(self, tamper: Callable[["Opened", Random], int | None], rng: Random) -> tuple[int | None, Fault | None]:
        """The entry that is bad after a tampering, where it is one entry, and what `verify` finds; then all is as it was."""
        self.raw.execute("BEGIN")
        try:
            bad = tamper(self, rng)
            return bad, self.found()
        finally:
            self.raw.rollback()

    def found(self) -> Fault | None:
        """What `verify` finds."""
        with self.sessions() as session:
            return first_fault(session, self.files)


def other(rng: Random, value: Any) -> Any:
    """Another value of much the same kind, as somebody might put in its place."""
    if value is None:
        return rng.choice([1, 2, "2001-01-01"])
    if isinstance(value, int):
        return value + rng.choice([-1, 1, 100])
    if isinstance(value, bytes):
        at = rng.randrange(len(value))
        return value[:at] + bytes([value[at] ^ (1 << rng.randrange(8))]) + value[at + 1 :]
    if not value:
        return rng.choice("abc")
    at = rng.randrange(len(value))
    return rng.choice([value[:at] + rng.choice([c for c in "0123456789ab" if c != value[at]]) + value[at + 1 :], value[::-1] + "x", value[:at]])


def alters(the: Opened, rng: Random) -> int:
    """One column of one event."""
    number, column = rng.randint(1, the.last), rng.choice(HASHED)
    was = the.one(f"SELECT {column} FROM event WHERE number = ?", number)
    new = str(datetime.fromisoformat(was) + timedelta(seconds=rng.choice((-1, 1)) * rng.randint(1, 10**7))) if column == "recorded_at" else other(rng, was)
    the.run(f"UPDATE event SET {column} = ? WHERE number = ?", new, number)
    return number


def deletes(the: Opened, rng: Random) -> int:
    """Some events in a row, their words with them or not; the last of all among them or not."""
    first = rng.randint(1, the.last)
    last = min(the.last, first + rng.randrange(3))
    the.run("DELETE FROM event WHERE number BETWEEN ? AND ?", first, last)
    if rng.random() < 0.5:
        the.run("DELETE FROM event_words WHERE number BETWEEN ? AND ?", first, last)
    return first


def cuts_the_tail(the: Opened, rng: Random) -> int:
    """The end of the record, its words with it; where the record ends is left."""
    first = rng.randint(2, the.last)
    the.run("DELETE FROM event WHERE number >= ?", first)
    the.run("DELETE FROM event_words WHERE number >= ?", first)
    return first


def closes_the_gap(the: Opened, rng: Random) -> int:
    """Events are taken out, and those after them numbered as though they had not been there."""
    first = rng.randint(1, the.last - 1)
    for table in ("event", "event_words"):
        the.run(f"DELETE FROM {table} WHERE number = ?", first)
        the.run(f"UPDATE {table} SET number = -(number - 1) WHERE number > ?", first)
        the.run(f"UPDATE {table} SET number = -number WHERE number < 0")
    the.run("UPDATE chain_head SET number = number - 1")
    return first


def inserts(the: Opened, rng: Random) -> int:
    """A copy of an event with its words, as a rule following the one before it, before the end; what follows is moved along."""
    place, copied = rng.randint(1, the.last), rng.randint(1, the.last)
    columns = [name for _, name, *_ in the.all("PRAGMA table_info(event)")]
    row = dict(zip(columns, the.all("SELECT * FROM event WHERE number = ?", copied)[0], strict=True))
    salt, words = the.all("SELECT salt, words FROM event_words WHERE number = ?", copied)[0]
    for table in ("event", "event_words"):
        the.run(f"UPDATE {table} SET number = -(number + 1) WHERE number >= ?", place)
        the.run(f"UPDATE {table} SET number = -number WHERE number < 0")
    before = the.one("SELECT hash FROM event WHERE number = ?", place - 1) if place > 1 else START
    row |= {"number": place, "hash": f"{rng.getrandbits(256):064x}"} | ({"previous_hash": before} if rng.random() < 0.7 else {})
    the.run(f"INSERT INTO event VALUES ({','.join('?' * len(columns))})", *row.values())
    the.run("INSERT INTO event_words VALUES (?, ?, ?)", place, salt, words)
    the.run("UPDATE chain_head SET number = number + 1")
    return place


def reorders(the: Opened, rng: Random) -> int:
    """Two events change places, with their words or without."""
    one, two = sorted(rng.sample(range(1, the.last + 1), 2))
    for table in ("event", "event_words") if rng.random() < 0.5 else ("event",):
        the.run(f"UPDATE {table} SET number = CASE number WHEN ? THEN ? ELSE ? END WHERE number IN (?, ?)", one, -two, -one, one, two)
        the.run(f"UPDATE {table} SET number = -number WHERE number < 0")
    return one


def rewords(the: Opened, rng: Random) -> int:
    """The words of an event: a bit of what is sealed, others well sealed, the salt, those of another event, or none."""
    number, way = rng.randint(1, the.last), rng.randrange(5)
    salt, words = the.all("SELECT salt, words FROM event_words WHERE number = ?", number)[0]
    if way == 0:
        the.run("UPDATE event_words SET words = ? WHERE number = ?", other(rng, words), number)
    elif way == 1:
        sealed = keyring.ring().seal("event_words.words", json.dumps({"words": f"Something else, {rng.random()}."}))
        the.run("UPDATE event_words SET words = ? WHERE number = ?", sealed, number)
    elif way == 2:
        the.run("UPDATE event_words SET salt = ? WHERE number = ?", other(rng, salt), number)
    elif way == 3:
        from_another = rng.choice([each for each in range(1, the.last + 1) if each != number])
        the.run("UPDATE event_words SET (salt, words) = (SELECT salt, words FROM event_words WHERE number = ?) WHERE number = ?", from_another, number)
    else:
        the.run("DELETE FROM event_words WHERE number = ?", number)
    return number


def adds_words(the: Opened, rng: Random) -> int:
    """Words of an event that never was."""
    number = the.last + rng.randint(1, 50)
    the.run("INSERT INTO event_words SELECT ?, salt, words FROM event_words WHERE number = 1", number)
    return number


def moves_the_end(the: Opened, rng: Random) -> None:
    """Where the record ends: altered, gone, or said twice."""
    way = rng.randrange(3)
    if way == 0:
        column = rng.choice(("number", "hash"))
        the.run(f"UPDATE chain_head SET {column} = ?", other(rng, the.one(f"SELECT {column} FROM chain_head")))
    elif way == 1:
        the.run("DELETE FROM chain_head")
    else:
        the.run("INSERT INTO chain_head SELECT id + 1, number + 1, hash FROM chain_head")


def alters_a_complaint(the: Opened, rng: Random) -> None:
    """One of the columns that an event vouches for."""
    number, column = _any(the, rng, "complaint"), rng.choice([*FIXED, *WORKED_OUT])
    was = the.one(f"SELECT {column} FROM complaint WHERE id = ?", number)
    if column == "wanted":
        the.run("UPDATE complaint SET wanted = ? WHERE id = ?", json.dumps({"kinds": [f"{rng.random()}"]}), number)
    else:
        the.run(f"UPDATE complaint SET {column} = ? WHERE id = ?", other(rng, was), number)


def adds_or_takes_a_complaint(the: Opened, rng: Random) -> None:
    """A whole complaint put in or taken out, the record left as it is."""
    number = _any(the, rng, "complaint")
    if rng.random() < 0.5:
        the.run("DELETE FROM complaint WHERE id = ?", number)
    else:
        the.raw.execute("CREATE TEMPORARY TABLE another AS SELECT * FROM complaint WHERE id = ?", (number,))
        the.raw.execute("UPDATE another SET id = 900, reference = 'NOT-ONE'")
        the.run("INSERT INTO complaint SELECT * FROM another")


def alters_a_letter(the: Opened, rng: Random) -> None:
    """A letter that went: what it says, its day, whose it is; or the letter itself."""
    number, column = _any(the, rng, "letter"), rng.choice([*LETTER, "complaint_id", "gone"])
    if column == "gone":
        the.run("DELETE FROM letter WHERE id = ?", number)
        return
    was = the.one(f"SELECT {column} FROM letter WHERE id = ?", number)
    new: Any = was + 100 if column in ("number", "complaint_id", "stage") else was.replace("a", "e") if column == "body" else other(rng, was)
    the.run(f"UPDATE letter SET {column} = ? WHERE id = ?", new, number)


def swaps_files(the: Opened, rng: Random) -> None:
    """What a row says of its file: another's file, another size, another hash, or a file that never was."""
    one, two = (number for (number,) in rng.sample(the.all("SELECT id FROM attachment"), 2))
    column = rng.choice(("stored_as", "sha256", "size", "none"))
    if column == "none":
        the.run("UPDATE attachment SET stored_as = 'none' WHERE id = ?", one)
    elif column == "stored_as":
        first, second = (the.one("SELECT stored_as FROM attachment WHERE id = ?", each) for each in (one, two))
        the.run("UPDATE attachment SET stored_as = 'meanwhile' WHERE id = ?", one)
        the.run("UPDATE attachment SET stored_as = ? WHERE id = ?", first, two)
        the.run("UPDATE attachment SET stored_as = ? WHERE id = ?", second, one)
    else:
        the.run(f"UPDATE attachment SET {column} = ? WHERE id = ?", other(rng, the.one(f"SELECT {column} FROM attachment WHERE id = ?", one)), one)


def _any(the: Opened, rng: Random, table: str) -> int:
    return int(rng.choice(the.all(f"SELECT id FROM {table}"))[0])


WAYS: tuple[Callable[[Opened, Random], int | None], ...] = (
    alters, deletes, cuts_the_tail, closes_the_gap, inserts, reorders, rewords, adds_words, moves_the_end,
    alters_a_complaint, adds_or_takes_a_complaint, alters_a_letter, swaps_files,
)  # fmt: skip


def write_again(session: Register) -> None:
    """Hash the whole chain anew from what the rows say now, as somebody can who holds the database, the keys and this code."""
    previous = START
    complaints = {each.id: each for each in session.query(Complaint)}
    newest = {event.complaint_id: event.number for event in session.query(Event).order_by(Event.number)}
    for event in session.query(Event).order_by(Event.number):
        if newest[event.complaint_id] == event.number:
            event.state_hash = state_hash(complaints[event.complaint_id])
        event.previous_hash = previous
        previous = event.hash = event_hash(event)
    session.query(ChainHead).one().hash = previous
