"""The demo's year: every way that a complaint can go is somewhere in it, its dates are true, and it is the same each time."""

import fcntl
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal import clock, db
from portal.access import STAFF
from portal.complaints import demo, demo_year, leaving
from portal.complaints.landlord import landlord_of
from portal.complaints.papers import Letter
from portal.complaints.people import Home
from portal.complaints.verify import first_fault
from portal.letters.compose import LETTERS
from portal.letters.paper.printing import printed
from portal.letters.structure import as_text
from portal.rules.reading import barred_from
from portal.rules.steps import Step
from tests.demo_rulings import SHOWN, Demo
from tests.letters.felt import read_back
from tests.letters.read_again import drawn, seen, tags, words

NEVER_WRITTEN = {"outside": "It is kept as the kind of letter that went."}


@pytest.fixture(scope="module")
def seeded(empty_database: Path, tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Iterator[Demo]:
    """The demo's register, filled once a run, whatever the number of its processes, and only read."""
    folder = tmp_path_factory.getbasetemp().parent / f"demo-{testrun_uid}"
    folder.mkdir(exist_ok=True)
    path = folder / "portal.db"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            shutil.copy(empty_database, folder / "new.db")
            _fill(folder / "new.db")
            (folder / "new.db").rename(path)
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.sessions(engine)() as register:
        yield Demo(register)
    engine.dispose()


def _fill(path: Path) -> None:
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.sessions(engine)() as register:
        signs = demo.fill(register)
    engine.dispose()
    assert signs.reference and signs.code and len(signs.staff) == len(STAFF) + 1


def test_the_demo_holds_a_year_of_two_hundred_complaints_from_four_thousand_homes(seeded: Demo) -> None:
    assert 190 <= len(seeded.complaints) <= 230
    assert seeded.register.scalar(select(func.count()).where(Home.landlord_record.is_not(None))) == 4000
    received = [each.received_on for each in seeded.complaints]
    assert max(received) <= clock.today() and clock.today() - min(received) > timedelta(330)
    owed = [each for each in seeded.complaints if each.next_due]
    assert 30 <= len(owed) <= 100
    assert any(each.next_due and each.next_due < clock.today() for each in owed), "something is late"
    assert {each.service_id for each in seeded.complaints} - {None}
    assert first_fault(seeded.register) is None
    assert all(one.on <= clock.day_of(one.at) for one in seeded.happened), "nothing was written down before it happened"


def test_the_demo_s_landlord_is_late_with_little_and_with_nothing_for_months(seeded: Demo) -> None:
    owed = [each.next_due for each in seeded.complaints if each.next_due]
    late = [due for due in owed if due < clock.today()]
    assert 5 <= len(late) <= len(owed) // 4
    assert min(late) > clock.today() - timedelta(30)


@pytest.mark.parametrize("number", range(1, 55))
def test_the_demo_shows_every_ruling(seeded: Demo, number: int) -> None:
    what, is_there = SHOWN[number]
    assert is_there(seeded), f"The demo has none of this: {what}."


def test_everything_that_can_happen_happens_in_the_demo(seeded: Demo) -> None:
    assert {str(step) for step in Step} - {str(one.step) for one in seeded.happened} == set()


def test_every_letter_is_written_in_the_demo(seeded: Demo) -> None:
    assert set(LETTERS) - {letter.kind for letter in seeded.letters} <= set(NEVER_WRITTEN)


def of_each_kind(seeded: Demo) -> list[Letter]:
    """The longest letter of each kind, of each stage and in each language that the demo has."""
    found = {(letter.kind, letter.stage, letter.language): letter for letter in sorted(seeded.letters, key=lambda one: len(str(one.body)))}
    return list(found.values())


def test_every_kind_of_letter_in_the_demo_is_printed_whole_and_in_the_size_that_was_asked(seeded: Demo) -> None:
    for letter in of_each_kind(seeded):
        for size in (12, 24):
            file = printed(letter.body, letter.language, size, on=letter.written_on)
            said = seen("".join(each.words for each in tags(file)))
            assert not {word for word in words(as_text(letter.body)) if word not in said}, letter.kind
            assert min(each.size for each in drawn(file)) >= size, letter.kind


@pytest.mark.needs("lou_translate")
def test_every_kind_of_letter_in_the_demo_comes_back_from_braille(seeded: Demo) -> None:
    english = [letter for letter in of_each_kind(seeded) if letter.language == "en"]
    assert len({letter.kind for letter in english}) > 30
    for letter in english:
        for grade in (1, 2):
            read_back(letter.body, grade)


def test_letters_in_the_demo_go_in_the_forms_that_the_portal_makes_itself(seeded: Demo) -> None:
    forms = {issue.form for letter in seeded.letters for issue in letter.issues}
    assert {"large_print", "file"} <= forms


def test_what_would_make_it_easier_is_asked_agreed_and_declined_in_the_demo(seeded: Demo) -> None:
    asked = [one for person in seeded.persons() for one in person[0].resident.person.adjustments]
    assert {one.decision for one in asked} == {"asked", "agreed", "declined"}


def test_an_answer_in_the_demo_was_approved_by_somebody_who_wrote_nothing_of_it(seeded: Demo) -> None:
    approved = [one.details for one in seeded.steps(Step.RESPONDED) if "approved_by" in one.details and not one.details.get("outside")]
    assert approved and all(set(one["approved_by"]).isdisjoint(one["drafted_by"]) for one in approved)
    assert not landlord_of(seeded.register).answers_approved, "whoever looks round can send an answer alone"


def test_two_accounts_in_the_demo_are_one_person_s_and_what_bars_one_bars_both(seeded: Demo) -> None:
    staff = {each.name: each for each in leaving.everybody(seeded.register)}
    second = next(each for each in staff.values() if each.same_person_id)
    first = next(each for each in staff.values() if each.id == second.same_person_id)
    theirs = [each for each in seeded.complaints if each.stage == 2 and f"staff:{first.id}" in barred_from(each.happenings, 2)]
    assert theirs and all(each.barred(2, second.id) for each in theirs)


def test_the_demo_s_year_is_told_the_same_way_each_time() -> None:
    assert list(demo_year.cases()) == list(demo_year.cases())
    assert len({str(each["told"]["name"]) for each in demo_year.cases()}) > 100
