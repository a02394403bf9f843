"""Two people at once: one of them wins, nothing is written twice, and the record stays one chain."""

import os
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from portal import db
from portal.access import Role, Viewer
from portal.complaints import keys, operations, queries
from portal.complaints.models import Complaint
from portal.complaints.record import Event
from portal.complaints.verify import first_fault
from portal.db import Register
from portal.rules.steps import RuleBroken, Step
from tests.town import ACKNOWLEDGING, Town


def at_once(engine: Engine, people: int, does: Callable[[Register, int], object]) -> list[object]:
    """Let so many people, each with a session of their own, do something at the same moment; what each got."""
    ready = Barrier(people)

    def one(number: int) -> object:
        with db.sessions(engine)() as register:
            ready.wait()
            try:
                return does(register, number)
            except RuleBroken as broken:
                return broken

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


def press_together(town: Town, engine: Engine, browsers: int) -> None:
    """One key, pressed by so many at once: one complaint, and everybody has its reference."""

    def press(register: Register, number: int) -> str:
        with db.transaction(register):
            answer = keys.claim(register, "the-same-key", "the same words")
            if answer is not None:
                return answer
            complaint = operations.raise_complaint(register, operations.Told(name="Ana", words="The roof leaks"))
            keys.settle(register, "the-same-key", complaint.reference)
            return complaint.reference

    answers = at_once(engine, browsers, press)
    assert len(set(answers)) == 1
    assert town.register.query(Complaint).count() == 1


def test_one_key_pressed_by_eight_browsers_makes_one_complaint(town: Town, engine: Engine) -> None:
    press_together(town, engine, 8)


@pytest.mark.slow
def test_F4_one_key_pressed_by_a_hundred_browsers_makes_one_complaint(town: Town, engine: Engine) -> None:
    press_together(town, engine, 100)


def until_not_busy(press: Callable[[], str]) -> str:
    """As a person does it: whoever is told that we are busy, on a machine that is, presses again."""
    for _ in range(5):
        try:
            return press()
        except OperationalError as busy:
            if "deadlock" in str(busy).lower():
                raise
    raise AssertionError("The database was busy every time.")


PRESSES = int(os.environ.get("PRESSES", "10000"))


@pytest.mark.slow
def test_F4_ten_thousand_presses_of_five_people_in_any_order_make_one_complaint_for_each_form(town: Town, engine: Engine) -> None:
    """Forms are pressed again, late, and with other words; whoever comes first is who counts, and everybody else has that answer or is told."""
    forms, seed = PRESSES // 10, random.randrange(2**32)
    print(f"\nseed {seed}")

    def press(register: Register, form: int, words: str) -> str:
        with db.transaction(register):
            answer = keys.claim(register, f"form{form}", words)
            if answer is None:
                made = operations.raise_complaint(register, operations.Told(name="Ana", words=f"{form}: {words}"))
                keys.settle(register, f"form{form}", answer := made.reference)
        return answer

    def presses(register: Register, number: int) -> list[tuple[int, str, str]]:
        chance, got = random.Random(seed + number), []
        for _ in range(PRESSES // 5):
            form, words = chance.randrange(forms), chance.choice(("the words", "the words", "other words"))
            got.append((form, words, until_not_busy(lambda form=form, words=words: press(register, form, words))))  # type: ignore[misc]
        return got

    came = [each for got in at_once(engine, 5, presses) for each in (got if isinstance(got, list) else pytest.fail(str(got)))]
    kept = {complaint.reference: complaint.words for complaint in town.register.query(Complaint)}
    taken = {form: (reference, words) for form, words, reference in came if reference != keys.OTHER_WORDS}
    assert len(came) == PRESSES and len(kept) == len(taken) == len({form for form, _words, _answer in came})
    for form, words, answer in came:
        reference, first = taken[form]
        assert answer == (reference if words == first else keys.OTHER_WORDS), form
        assert kept[reference] == f"{form}: {first}"
    assert first_fault(town.register) is None


def test_the_same_key_with_other_words_is_told_apart(register: Register) -> None:
    with db.transaction(register):
        assert keys.claim(register, "key", "first words") is None
        keys.settle(register, "key", "/somewhere")
    with db.transaction(register):
        assert keys.claim(register, "key", "first words") == "/somewhere"
        assert keys.claim(register, "key", "other words") == keys.OTHER_WORDS


def test_a_key_is_not_used_up_by_what_failed(register: Register, town: Town) -> None:
    try:
        with db.transaction(register):
            keys.claim(register, "key", "words")
            raise RuleBroken("5.12", "No")
    except RuleBroken:
        pass
    with db.transaction(register):
        assert keys.claim(register, "key", "words") is None


def test_two_handlers_acknowledge_and_one_letter_goes(town: Town, engine: Engine) -> None:
    complaint_id = town.complains().id
    staff = [town.staff[Role.HANDLER].id, town.staff[Role.MANAGER].id]
    town.register.rollback()

    def acknowledge(register: Register, number: int) -> str:
        by = Viewer(Role.HANDLER if number == 0 else Role.MANAGER, staff_id=staff[number])
        with db.transaction(register):
            complaint = queries.locked(register, by, complaint_id)
            assert complaint is not None
            operations.acknowledge(complaint, ACKNOWLEDGING, by=by)
        return "sent"

    answers = at_once(engine, 2, acknowledge)
    assert sorted(type(answer).__name__ for answer in answers) == ["RuleBroken", "str"]
    sent = town.register.query(Event).filter_by(complaint_id=complaint_id, step=Step.ACKNOWLEDGED).count()
    assert sent == 1


def test_twelve_complaints_at_once_leave_one_whole_chain(town: Town, engine: Engine) -> None:
    town.register.rollback()

    def complain(register: Register, number: int) -> None:
        with db.transaction(register):
            operations.raise_complaint(register, operations.Told(name=f"Person {number}", words="The roof leaks"))

    at_once(engine, 12, complain)
    numbers = [event.number for event in town.register.query(Event).order_by(Event.number)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert town.register.query(Complaint).count() == 12
    assert first_fault(town.register) is None
