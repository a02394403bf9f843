"""A million complaints in minutes: what operations wrote for a few, copied by the database under new numbers."""

import secrets
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    func,
    insert,
    literal,
    select,
    update,
)

from portal import db
from portal.complaints import events, references, searching
from portal.complaints.models import Complaint
from portal.complaints.record import ChainHead, Event
from tests.bench import loading, patterns
from tests.bench.patterns import OF_ITS_OWN, Pattern, Row, pattern_of, table
from tests.town import Town

BATCH = 20_000
RECORD = ("event", "event_words")
NEW_EACH_TIME = {("complaint", "reference"), ("complaint", "search_text"), ("party", "code_lookup"), ("outbox", "message_id")}
"""What no two complaints may share; all the rest of a copy, but for its numbers, is the pattern's."""


def seed(engine: Engine, number: int, *, still_open: int) -> None:
    """Bring a fresh database to so many complaints, the newest of them with something owed; the record stays whole."""
    with db.sessions(engine)() as register:
        town = Town(register)
        opened = [pattern_of(engine, complaint.id) for complaint in patterns.opened(town)]
        done = [pattern_of(engine, complaint.id) for complaint in patterns.done(town)]
        register.rollback()
    first, more = number - still_open - len(done), still_open - len(opened)
    kinds = [n % len(done) for n in range(first)] + [len(done) + n % len(opened) for n in range(more)]
    with loading.quickly(engine, [*OF_ITS_OWN, *RECORD]) as connection:
        Copier(connection, done + opened).write(kinds)
    with db.sessions(engine)() as register, db.transaction(register):
        searching.rebuild(register)


class Copier:
    """Copies of some patterns: a row's number is worked out from the copy's own and the row's place in its pattern."""

    def __init__(self, connection: Connection, found: list[Pattern]) -> None:
        self.connection = connection
        self.first = {name: connection.scalar(select(func.max(table(name).c.id))) or 0 for name in OF_ITS_OWN}
        self.each = {name: max(len(pattern.rows[name]) for pattern in found) for name in OF_ITS_OWN}
        self.number, self.last = connection.execute(select(ChainHead.number, ChainHead.hash)).one()
        self.sealed = [_as_hashed(pattern) for pattern in found]
        own = MetaData()
        self.copies = Table("copies", own, Column("n", Integer, primary_key=True), Column("pattern", Integer),
                            Column("reference", Text), Column("token", Text), prefixes=["TEMPORARY"])  # fmt: skip
        self.chain = Table("chain", own, Column("number", Integer, primary_key=True), Column("complaint_id", Integer),
                           Column("pattern", Integer), Column("place", Integer), Column("hash", Text),
                           Column("previous_hash", Text), Column("state_hash", Text), prefixes=["TEMPORARY"])  # fmt: skip
        self.shapes = {name: _shape(own, name) for name in (*OF_ITS_OWN, *RECORD)}
        own.create_all(connection)
        for kind, pattern in enumerate(found):
            self._keep(kind, pattern)

    def write(self, kinds: Sequence[int]) -> None:
        """Write a copy of each of these patterns, in this order; the chain goes on from its head."""
        drawn = list(_different_references(len(kinds)))
        for start in range(0, len(kinds), BATCH):
            made = [(n, kinds[n], drawn[n], secrets.token_hex(32))
                    for n in range(start, min(start + BATCH, len(kinds)))]  # fmt: skip
            loading.fill(self.connection, self.copies, made)
            loading.fill(self.connection, self.chain, list(self._chained(made)))
            for name in OF_ITS_OWN:
                self._copy(name, self._row(name))
            for name in RECORD:
                self._copy(name, self._recorded(name))
            for each in (self.copies, self.chain):
                loading.empty(self.connection, each)
        self.connection.execute(update(ChainHead).values(number=self.number, hash=self.last))

    def _keep(self, kind: int, pattern: Pattern) -> None:
        """Keep a pattern's rows where the database can copy them, each number in them as a place in the pattern."""
        places = {(name, row["id"]): place for name in OF_ITS_OWN for place, row in enumerate(pattern.rows[name], 1)}
        for name in OF_ITS_OWN:
            for row in pattern.rows[name]:
                placed = {column.name: places[owner, row[column.name]] for column, owner in _numbers(name)
                          if row[column.name] is not None}  # fmt: skip
                self._kept(name, row | placed | {"pattern": kind, "place": placed["id"]})
        for name, rows in zip(RECORD, (pattern.events, pattern.words), strict=True):
            for place, row in enumerate(rows, 1):
                self._kept(name, row | {"pattern": kind, "place": place})

    def _kept(self, name: str, row: Row) -> None:
        if name == "complaint":
            row |= {"search_text": row["search_text"].partition(" ")[2]}
        self.connection.execute(insert(self.shapes[name]), row)

    def _copy(self, name: str, asked: Select[Any]) -> None:
        self.connection.execute(insert(table(name)).from_select([column.name for column in table(name).columns], asked))

    def _row(self, name: str) -> Select[Any]:
        """A table's rows of every copy in hand."""
        shape, copies, owners = self.shapes[name], self.copies, {column.name: owner for column, owner in _numbers(name)}

        def value(column: str) -> ColumnElement[Any]:
            if (name, column) in NEW_EACH_TIME:
                return self._new(name, column, shape)
            if column in owners:
                owner = owners[column]
                return self.first[owner] + copies.c.n * self.each[owner] + shape.c[column]
            return shape.c[column]

        found = select(*(value(column.name).label(column.name) for column in table(name).columns))
        return found.join_from(copies, shape, shape.c.pattern == copies.c.pattern).order_by(copies.c.n, shape.c.place)

    def _new(self, name: str, column: str, shape: Table) -> ColumnElement[Any]:
        """What only this copy has; nothing where the pattern has nothing."""
        copies = self.copies
        if column == "message_id":
            return literal("<") + func.substr(copies.c.token, shape.c.place, 32) + literal("@complaints.invalid>")
        if column == "search_text":
            return func.lower(copies.c.reference) + literal(" ") + shape.c.search_text
        return {"reference": copies.c.reference, "code_lookup": copies.c.token}[column]

    def _recorded(self, name: str) -> Select[Any]:
        """The events, or their words, of every copy in hand, with what the chain says of them."""
        shape, chain = self.shapes[name], self.chain
        columns = [(chain if column.name in chain.c else shape).c[column.name] for column in table(name).columns]
        here = (shape.c.pattern == chain.c.pattern) & (shape.c.place == chain.c.place)
        return select(*columns).join_from(chain, shape, here).order_by(chain.c.number)

    def _chained(self, made: Sequence[tuple[int, int, str, str]]) -> Iterator[tuple[object, ...]]:
        """Each event of these copies, sealed into the chain as the operations seal it."""
        for n, kind, reference, _token in made:
            (before, after), rows = self.sealed[kind]
            state = sha256(f"{before}{reference}{after}".encode()).hexdigest()
            complaint_id = self.first["complaint"] + n + 1
            for place, row in enumerate(rows, 1):
                self.number, previous = self.number + 1, self.last
                said = f"{previous}\n[{self.number},{complaint_id}{row}{state}\"]"
                self.last = sha256(said.encode()).hexdigest()
                yield self.number, complaint_id, kind, place, self.last, previous, state


def _numbers(name: str) -> Iterator[tuple[Column[object], str]]:
    """The columns that hold the number of a row of the complaint's own, and in which table that is."""
    for column in table(name).columns:
        owners = [key.column.table.name for key in column.foreign_keys]
        owner = name if column.name == "id" else owners[0] if owners else None
        if owner in OF_ITS_OWN:
            yield column, owner


def _shape(own: MetaData, name: str) -> Table:
    """Where the patterns' rows of a table are kept."""
    columns = [Column(column.name, column.type) for column in table(name).columns]
    where = [Column(each, Integer, primary_key=True, autoincrement=False) for each in ("pattern", "place")]
    return Table(f"shape_of_{name}", own, *where, *columns, prefixes=["TEMPORARY"])


def _as_hashed(pattern: Pattern) -> tuple[tuple[str, str], list[str]]:
    """A pattern as it is hashed: its state around the reference, and of each event what stands between its numbers and that."""
    complaint = Complaint(**pattern.rows["complaint"][0])
    before, _reference, after = events.state_text(complaint).partition(complaint.reference)
    state, rows = "state", []
    for row in pattern.events:
        text = events.event_text(Event(**row | {"number": 0, "complaint_id": 0, "state_hash": state}))
        rows.append(text.removeprefix("[0,0").removesuffix(f'{state}"]'))
    return (before, after), rows


def _different_references(many: int) -> Iterator[str]:
    """So many references, none twice: of a million drawn at random two are alike nearly every other time."""
    drawn: set[str] = set()
    while len(drawn) < many:
        one = references.new_reference()
        if one not in drawn:
            drawn.add(one)
            yield one
