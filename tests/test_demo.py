"""The demo's year: every way that a complaint can go is somewhere in it, its dates are true, and it is the same each time."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal import clock, db
from portal.complaints import demo, demo_year
from portal.complaints.people import Home
from portal.complaints.verify import first_fault
from portal.letters.compose import LETTERS
from portal.rules.steps import Step
from tests.demo_rulings import CANNOT, SHOWN, Demo

NOWHERE = {"adjustment decided": "Nobody in the demo has decided yet on what would make it easier."}
"""What does not happen in the demo, and why."""
NEVER_WRITTEN = {"outside": "It is kept as the kind of letter that went.", "adjustment": "Nothing is decided yet of what would make it easier."}


@pytest.fixture(scope="module")
def seeded(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo's register, filled once and only read."""
    path = tmp_path_factory.mktemp("demo") / "portal.db"
    shutil.copy(empty_database, path)
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.sessions(engine)() as register:
        signs = demo.fill(register)
        assert signs.reference and signs.code and len(signs.staff) == 6
        yield Demo(register)
    engine.dispose()


def test_the_demo_holds_a_year_of_two_hundred_complaints_from_four_thousand_homes(seeded: Demo) -> None:
    assert 190 <= len(seeded.complaints) <= 220
    assert seeded.register.scalar(select(func.count()).where(Home.landlord_record.is_not(None))) == 4000
    received = [each.received_on for each in seeded.complaints]
    assert max(received) <= clock.today() and clock.today() - min(received) > timedelta(330)
    owed = [each for each in seeded.complaints if each.next_due]
    assert 30 <= len(owed) <= 100
    assert any(each.next_due and each.next_due < clock.today() for each in owed), "something is late"
    assert {each.service_id for each in seeded.complaints} - {None}
    assert first_fault(seeded.register) is None
    assert all(one.on <= clock.day_of(one.at) for one in seeded.happened), "nothing was written down before it happened"


@pytest.mark.parametrize("number", range(1, 55))
def test_the_demo_shows_every_ruling(seeded: Demo, number: int) -> None:
    if number in CANNOT:
        assert number not in SHOWN, "It is shown now, so the reason why it cannot be is over."
        pytest.skip(CANNOT[number])
    what, is_there = SHOWN[number]
    assert is_there(seeded), f"The demo has none of this: {what}."


def test_everything_that_can_happen_happens_in_the_demo(seeded: Demo) -> None:
    assert {str(step) for step in Step} - {str(one.step) for one in seeded.happened} <= set(NOWHERE)


def test_every_letter_is_written_in_the_demo(seeded: Demo) -> None:
    assert set(LETTERS) - {letter.kind for letter in seeded.letters} <= set(NEVER_WRITTEN)


def test_the_demo_s_year_is_told_the_same_way_each_time() -> None:
    assert list(demo_year.cases()) == list(demo_year.cases())
    assert len({str(each["told"]["name"]) for each in demo_year.cases()}) > 100
