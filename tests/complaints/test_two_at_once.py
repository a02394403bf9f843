"""Two people at once: one of them wins, nothing is written twice, and the record stays one chain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine

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


def test_one_key_pressed_by_eight_browsers_makes_one_complaint(town: Town, engine: Engine) -> None:
    def press(register: Register, number: int) -> str:
        with db.transaction(register):
            answer = keys.claim(register, "the-same-key", "the same words")
            if answer is not None:
                return answer
            complaint = operations.raise_complaint(register, operations.Told(name="Ana", words="The roof leaks"))
            keys.settle(register, "the-same-key", complaint.reference)
            return complaint.reference

    answers = at_once(engine, 8, press)
    assert len(set(answers)) == 1
    assert town.register.query(Complaint).count() == 1


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
