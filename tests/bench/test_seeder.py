"""The bulk seeder writes what the operations write."""

from typing import Any

from sqlalchemy import Engine, func, select

from portal import db
from portal.access import Role, Viewer
from portal.complaints import searching
from portal.complaints.models import Complaint
from portal.complaints.recording import refresh
from portal.complaints.verify import first_fault
from tests.bench import seeder
from tests.bench.patterns import OF_ITS_OWN, Pattern, pattern_of
from tests.bench.seeder import NEW_EACH_TIME

NUMBERS = ("number", "previous_hash", "hash", "state_hash")


def test_a_seeded_complaint_has_every_row_that_the_operations_wrote(engine: Engine) -> None:
    seeder.seed(engine, 60, still_open=20)
    with db.sessions(engine)() as register:
        complaints = list(register.scalars(select(Complaint).order_by(Complaint.id)))
        for by_hand, seeded in (*zip(complaints[10:20], complaints[20:30], strict=True), *zip(complaints[:10], complaints[-10:], strict=True)):
            assert without_numbers(pattern_of(engine, by_hand.id)) == without_numbers(pattern_of(engine, seeded.id))


def test_the_record_of_a_seeded_register_is_whole(engine: Engine) -> None:
    seeder.seed(engine, 60, still_open=20)
    with db.sessions(engine)() as register:
        assert register.scalar(select(func.count()).select_from(Complaint)) == 60
        assert register.scalar(select(func.count()).where(Complaint.next_due.is_not(None))) == 20
        assert first_fault(register) is None


def test_the_columns_of_a_seeded_complaint_are_what_the_rules_work_out(engine: Engine) -> None:
    seeder.seed(engine, 60, still_open=20)
    with db.sessions(engine)() as register, db.transaction(register):
        for complaint in register.scalars(select(Complaint)):
            refresh(complaint)
        assert not register.dirty or not any(register.is_modified(each) for each in register.dirty)


def test_a_seeded_complaint_can_be_found_as_one_that_was_raised_can(engine: Engine) -> None:
    seeder.seed(engine, 60, still_open=20)
    with db.sessions(engine)() as register:
        for complaint in register.scalars(select(Complaint)):
            assert complaint.search_text == searching.text_of(complaint)
        viewer = Viewer(Role.MANAGER)
        assert searching.how_many(register, viewer, ["rain", "haddad"], is_open=False) == 40
        assert searching.how_many(register, viewer, ["rain", "haddad"], is_open=True) == 20


def without_numbers(pattern: Pattern) -> list[Any]:
    """A pattern without what must differ: numbers, hashes and random characters."""
    own = {f"{name}_id" for name in OF_ITS_OWN} | {"id", *NUMBERS}
    tables = {**pattern.rows, "event": pattern.events, "event_words": pattern.words}
    return [
        (name, {key: value for key, value in row.items() if key not in own and (name, key) not in NEW_EACH_TIME})
        for name, rows in tables.items()
        for row in rows
    ]
