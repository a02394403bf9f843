"""The record: one chain, refused change, and a check that names the first bad entry."""

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from portal import db, keyring
from portal.complaints.models import Complaint
from portal.complaints.people import Adjustment
from portal.complaints.verify import Fault, first_fault
from portal.db import Register
from tests import postgres
from tests.town import Town

Tamper = Callable[..., None]


@pytest.fixture
def unguarded(engine: Engine) -> Tamper:
    """Changes the database as somebody could who holds the file, or the owner's password."""

    def on_sqlite(*statements: str, **values: object) -> None:
        with sqlite3.connect(str(engine.url.database)) as connection:
            for table in ("event", "letter", "event_words"):
                for kind in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{kind}")
            for statement in statements:
                connection.execute(statement, values)
        connection.close()

    def on_postgresql(*statements: str, **values: object) -> None:
        owner = postgres.as_owner(engine)
        with owner.begin() as connection:
            for table in ("event", "letter", "event_words"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE event_words DROP CONSTRAINT fk_event_words_number"))
            for statement in statements:
                connection.execute(text(statement), values)
        owner.dispose()

    return on_sqlite if engine.dialect.name == "sqlite" else on_postgresql


@pytest.fixture
def lived(town: Town) -> Complaint:
    """A complaint with some history."""
    complaint = town.complains()
    town.acknowledged(complaint)
    town.register.rollback()
    return complaint


def test_a_record_nobody_touched_has_no_fault(lived: Complaint, register: Register) -> None:
    assert first_fault(register) is None


@pytest.mark.parametrize("table", ["event", "letter"])
@pytest.mark.parametrize("change", ["UPDATE {} SET stage = 2", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_what_was_recorded(
    lived: Complaint, engine: Engine, table: str, change: str
) -> None:
    with engine.connect() as connection, pytest.raises(DatabaseError, match=r"never change|permission denied"):
        connection.execute(text(change.format(table)))


def test_replacing_an_event_on_sqlite_is_refused_too(lived: Complaint, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection, pytest.raises(DatabaseError):
        connection.execute(text("INSERT OR REPLACE INTO event SELECT * FROM event WHERE number = 1"))


TAMPERINGS: dict[str, tuple[str, Callable[[Fault], bool]]] = {
    "the day of an event is altered": (
        "UPDATE event SET happened_on = '2001-01-01' WHERE number = 2",
        lambda fault: (fault.number, fault.kind) == (2, "altered"),
    ),
    "the details of an event are altered": (
        "UPDATE event SET details = '{}' WHERE number = 2",
        lambda fault: (fault.number, fault.kind) == (2, "altered"),
    ),
    "an event is taken out": (
        "DELETE FROM event WHERE number = 2",
        lambda fault: (fault.number, fault.kind) == (2, "missing"),
    ),
    "the last event is cut off": (
        "DELETE FROM event WHERE number = (SELECT max(number) FROM event)",
        lambda fault: "cut off" in fault.kind,
    ),
    "two events change places": (
        "UPDATE event SET number = CASE number WHEN 2 THEN -3 ELSE -2 END WHERE number IN (2, 3);"
        "UPDATE event SET number = -number WHERE number < 0",
        lambda fault: fault.number == 2 and "inserted or moved" in fault.kind,
    ),
    "an event's words are taken out": (
        "DELETE FROM event_words WHERE number = 1",
        lambda fault: fault.number == 1 and "words are missing" in fault.kind,
    ),
    "the received date is moved": (
        "UPDATE complaint SET received_on = '2001-01-01'",
        lambda fault: "changed outside" in fault.kind,
    ),
    "the resident's words are changed": (
        "UPDATE complaint SET words = 'All is well'",
        lambda fault: "changed outside" in fault.kind,
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_the_first_bad_entry_and_its_fault_are_named(
    lived: Complaint, register: Register, unguarded: Tamper, tampering: str
) -> None:
    statements, expected = TAMPERINGS[tampering]
    unguarded(*statements.split(";"))
    fault = first_fault(register)
    assert fault is not None
    assert expected(fault), fault


def test_words_put_in_place_of_an_events_own_are_noticed(
    lived: Complaint, register: Register, unguarded: Tamper
) -> None:
    sealed = keyring.ring().seal("event_words.words", '{"words": "something else"}')
    unguarded("UPDATE event_words SET words = :sealed WHERE number = 1", sealed=sealed)
    fault = first_fault(register)
    assert fault is not None
    assert (fault.number, fault.kind) == (1, "its words were altered")


def test_no_event_holds_anything_personal(town: Town, engine: Engine) -> None:
    town.complains("The CANARY sang", name="CANARY", address="CANARY Lane", adjustments={"words": "CANARY"})
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM event")).all()
    assert rows
    assert "CANARY" not in str(rows)


def test_what_was_asked_for_is_sealed_in_the_database(town: Town, engine: Engine, register: Register) -> None:
    town.complains(adjustments={"kinds": ["large_print"], "words": "CANARY"}, safe_contact={"channels": ["portal"], "times": "CANARY"})
    with engine.connect() as connection:
        wish: bytes = connection.execute(text("SELECT wish FROM adjustment")).scalar_one()
        safe: bytes = connection.execute(text("SELECT safe_contact FROM person")).scalar_one()
    assert b"CANARY" not in bytes(wish)
    assert b"CANARY" not in bytes(safe)
    assert register.query(Adjustment).one().wish["words"] == "CANARY"


def test_writing_outside_a_transaction_is_a_programming_error(register: Register, lived: Complaint) -> None:
    lived.words = "changed"
    with pytest.raises(RuntimeError, match="outside transaction"):
        register.commit()
    register.rollback()


def test_what_fails_leaves_no_trace(town: Town, register: Register) -> None:
    class Stop(Exception):
        pass

    def half_of_something() -> None:
        with db.transaction(register):
            register.add(Complaint())
            raise Stop

    with pytest.raises(Stop):
        half_of_something()
    assert register.query(Complaint).count() == 0
    assert first_fault(register) is None
