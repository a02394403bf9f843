"""Two people at one complaint at the same moment: one of them wins, the other is told, and nothing of either is half-written (F9)."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from portal import clock, db
from portal.access import Role, Viewer
from portal.complaints import operations, queries
from portal.complaints.calendar import calendar
from portal.complaints.issues import issues_of
from portal.complaints.meaning import queries_of
from portal.complaints.models import Complaint
from portal.complaints.recording import session_of
from portal.complaints.recounting import recount
from portal.complaints.references import new_code
from portal.complaints.representing import name_representative, tell_of_representative
from portal.complaints.settings import LandlordSetting
from portal.complaints.verify import first_fault
from portal.forms import Stale
from portal.rules.steps import RuleBroken, Step
from tests.conftest import DATABASE
from tests.town import ACKNOWLEDGING, REFUSING, Town, answering

RACES = 10
"""Of each pair, every day, on each of the two databases."""

MANY = int(os.environ.get("RACES", "150"))
"""Of each pair, by `make slow`. The thousand that a release wants are the same races, run for longer: RACES=1000."""

Act = Callable[[Complaint, Viewer], object]
LATE = {"reason": "The roofer is ill.", "new_date": "2099-06-30", "interval": 3, "interval_agreed": "By phone."}
UNCONFIRMED = ACKNOWLEDGING | {"points": [ACKNOWLEDGING["points"][0], ACKNOWLEDGING["points"][1] | {"responsibility": "to_be_confirmed"}]}


def longer() -> dict[str, Any]:
    """Three working days more than the answer has."""
    return LATE | {"new_date": calendar().add(clock.today(), 13).isoformat()}


# Each state is what somebody finds on their screen when they begin.


def fresh(town: Town) -> Complaint:
    complaint = town.complains(code=new_code())
    town.given_to(complaint)
    town.triaged(complaint)
    return complaint


def acknowledged(town: Town) -> Complaint:
    complaint = town.complains(code=new_code())
    town.acknowledged(complaint)
    return complaint


def unconfirmed(town: Town) -> Complaint:
    complaint = fresh(town)
    with town.writing():
        town._issue(complaint, operations.acknowledge(complaint, UNCONFIRMED, by=town.viewer(Role.HANDLER)))
    return complaint


def queried(town: Town) -> Complaint:
    complaint = acknowledged(town)
    with town.writing():
        operations.query_meaning(complaint, "It is the wall.", by=town.resident(complaint))
    return complaint


def overdue(town: Town) -> Complaint:
    with clock.at(clock.today() - timedelta(days=60)):
        complaint = town.complains(code=new_code())
        town.acknowledged(complaint)
    return complaint


def answered(town: Town) -> Complaint:
    complaint = acknowledged(town)
    town.answered(complaint)
    return complaint


def refused(town: Town) -> Complaint:
    complaint = town.complains(code=new_code())
    town.refused(complaint)
    return complaint


def withdrawn(town: Town) -> Complaint:
    complaint = fresh(town)
    with town.writing():
        operations.withdraw(complaint, by=town.resident(complaint))
    return complaint


def in_danger(town: Town) -> Complaint:
    complaint = town.complains(code=new_code())
    with town.writing():
        operations.danger_told(complaint, {"words": "Gas"}, by=town.resident(complaint))
    return complaint


def voided(town: Town) -> Complaint:
    complaint = acknowledged(town)
    with town.writing():
        operations.void_letter(complaint, complaint.letters[-1], "It was number 41's.", by=town.viewer(Role.HANDLER), wrong="person")
    return complaint


def raised(town: Town) -> Complaint:
    complaint = acknowledged(town)
    with town.writing():
        operations.raise_issue(complaint, "And the bell.", by=town.resident(complaint))
    return complaint


def to_approve(town: Town) -> Complaint:
    if town.register.query(LandlordSetting).first() is None:
        with town.writing():
            town.register.add(LandlordSetting(name="refusals_approved", value=True, set_at=clock.now()))
    complaint = fresh(town)
    with town.writing():
        operations.save_writing(complaint, "refusal", REFUSING, by=town.viewer(Role.HANDLER), seen=0)
        operations.ask_approval(complaint, "refusal", by=town.viewer(Role.HANDLER), seen=1)
    return complaint


def spoken_for(town: Town) -> Complaint:
    complaint = acknowledged(town)
    with town.writing():
        party = name_representative(complaint, operations.ActingFor(name="Rhys Marsh", how="asked"), code=new_code(), language="en")
        tell_of_representative(complaint, party, by=town.resident(complaint))
    return complaint


def held(town: Town) -> Complaint:
    complaint = acknowledged(town)
    town.escalated(complaint)
    return complaint


def disputed(town: Town) -> Complaint:
    complaint = fresh(town)
    with town.writing():
        operations.dispute_receipt(complaint, "I told the caretaker.", by=town.resident(complaint))
    return complaint


def a_request(town: Town) -> Complaint:
    complaint = fresh(town)
    with town.writing():
        as_request(complaint, town.viewer(Role.HANDLER))
    return complaint


def called_spam(town: Town) -> Complaint:
    complaint = fresh(town)
    with town.writing():
        spam(complaint, town.viewer(Role.MANAGER))
    return complaint


# And what each then presses.


def acknowledge(one: Complaint, by: Viewer) -> object:
    return operations.acknowledge(one, ACKNOWLEDGING, by=by)


def acknowledge_and_answer(one: Complaint, by: Viewer) -> object:
    return operations.acknowledge_and_answer(one, ACKNOWLEDGING | answering(1), by=by)


def respond(one: Complaint, by: Viewer) -> object:
    return operations.respond(one, answering(1), by=by)


def extend(one: Complaint, by: Viewer) -> object:
    return operations.extend(one, longer(), by=by)


def tell_late(one: Complaint, by: Viewer) -> object:
    return operations.tell_late(one, LATE, by=by)


def refuse(one: Complaint, by: Viewer) -> object:
    return operations.refuse(one, REFUSING, by=by)


def direct(one: Complaint, by: Viewer) -> object:
    return operations.accept_as_directed(one, by=by, reference="HO 1")


def undo(one: Complaint, by: Viewer) -> object:
    return operations.undo_refusal(one, by=by, why="We were wrong.")


def assign(one: Complaint, by: Viewer) -> None:
    to = next(each for each in queries.staff_with(session_of(one), Role.HANDLER, Role.REVIEWER) if each.id != one.handler_id)
    operations.assign(one, to, by=replace(by, role=Role.MANAGER), interest="None")




def withdraw(one: Complaint, by: Viewer) -> object:
    return operations.withdraw(one, by=by)


def withdraw_a_point(one: Complaint, by: Viewer) -> object:
    return operations.withdraw(one, by=by, points=["1"])


def resume(one: Complaint, by: Viewer) -> object:
    return operations.resume(one, by=by)


def escalate(one: Complaint, by: Viewer) -> None:
    operations.escalate(one, by=by)


def query(one: Complaint, by: Viewer) -> None:
    operations.query_meaning(one, "It is the wall.", by=by)


def reply(one: Complaint, by: Viewer) -> object:
    return operations.answer_meaning(one, queries_of(one)[0], "We see it so because …", by=by)


def settle(one: Complaint, by: Viewer) -> object:
    return operations.settle_point(one, 2, by=by, responsibility="ours", whose="")


def correct_receipt(one: Complaint, by: Viewer) -> object:
    return operations.correct_receipt(one, one.received_day - timedelta(days=3), "The letter lay in the hall.", by=by)


def do_action(one: Complaint, by: Viewer) -> object:
    return operations.complete_action(one, one.actions[0], by=by, on=clock.today(), proof="The invoice.")


def redate_action(one: Complaint, by: Viewer) -> object:
    return operations.redate_action(one, one.actions[0], by=by, due_on=date(2099, 7, 1), reason="No tiles.")


def hand_over(one: Complaint, by: Viewer) -> None:
    operations.hand_over_danger(one.alerts[0], one, by=by, to="The emergency team")


def save(one: Complaint, by: Viewer) -> object:
    return operations.save_writing(one, "response", {"opening": by.name}, by=by, seen=0)


def as_request(one: Complaint, by: Viewer) -> object:
    return operations.make_request(one, by=by, kind="call", words="They agreed.", on=clock.today())


def spam(one: Complaint, by: Viewer) -> None:
    operations.mark_spam(one, by=by, why="An advert.")


def void(one: Complaint, by: Viewer) -> None:
    operations.void_letter(one, one.letters[-1], "It was number 41's.", by=by, wrong="person")


def answer_breach(one: Complaint, by: Viewer) -> None:
    operations.answer_breach(one, "They burnt it.", by=by)


def part(one: Complaint, by: Viewer) -> object:
    return operations.part_issue(one, issues_of(one)[0], by=by, ground="unrelated", reason="Another matter.")


def join_issue(one: Complaint, by: Viewer) -> object:
    return operations.join_issue(one, issues_of(one)[0], by=by, point={"text": "The bell.", "responsibility": "ours"}, reason="The same.")


def revise(one: Complaint, by: Viewer) -> object:
    return operations.revise_points(one, ACKNOWLEDGING | {"why": "You told us more."}, by=by)


def answer_a_part(one: Complaint, by: Viewer) -> object:
    return operations.answer_part(one, {"points": answering(1)["points"][:1], "rest": ["Nobody rang back."]}, by=by)


def correct_answer(one: Complaint, by: Viewer) -> object:
    return operations.correct_answer(one, answering(1) | {"why": "The sum was wrong."}, by=by)


def change_the_refusal(one: Complaint, by: Viewer) -> object:
    return operations.save_writing(one, "refusal", REFUSING | {"reasons": "Other reasons."}, by=by, seen=1)


def show(one: Complaint, by: Viewer) -> None:
    operations.show_authority(one, one.parties[-1], by=by, proof="A letter.")


def decline(one: Complaint, by: Viewer) -> None:
    operations.decline(one, one.parties[-1], by=by, reason="They did not ask him.")


def take_back(one: Complaint, by: Viewer) -> None:
    operations.take_back_stage_2(one, by=by)


def keep_receipt(one: Complaint, by: Viewer) -> object:
    return operations.keep_receipt(one, "Nobody remembers it.", by=by)


def voice(one: Complaint, by: Viewer) -> object:
    if by.role is Role.PARTY:
        return operations.voice(one, by=by)
    return operations.voice(one, by=by, on=clock.today(), said=("call", "Not happy."))


def no_spam(one: Complaint, by: Viewer) -> None:
    operations.unmark_spam(one, by=by, why="She rang.")


def pay(one: Complaint, by: Viewer) -> None:
    operations.pay_remedy(one, one.remedies[0], by=by, on=clock.today(), proof="Paid by card.")


H, M, RESIDENT = "handler", "manager", "resident"
PAIRS: list[tuple[Callable[[Town], Complaint], Act, str, Act, str]] = [
    (fresh, acknowledge, H, acknowledge, M),
    (fresh, acknowledge, H, acknowledge_and_answer, H),
    (fresh, refuse, M, acknowledge, H),
    (fresh, refuse, M, refuse, H),
    (fresh, withdraw, RESIDENT, acknowledge, H),
    (fresh, withdraw, RESIDENT, refuse, M),
    (fresh, correct_receipt, M, acknowledge, H),
    (fresh, assign, M, acknowledge, H),
    (fresh, assign, M, assign, M),
    (fresh, as_request, H, acknowledge, H),
    (fresh, spam, M, acknowledge, H),
    (acknowledged, respond, H, respond, H),
    (acknowledged, extend, H, respond, H),
    (acknowledged, extend, H, extend, H),
    (acknowledged, withdraw, RESIDENT, respond, H),
    (acknowledged, withdraw_a_point, RESIDENT, respond, H),
    (acknowledged, withdraw, RESIDENT, extend, H),
    (acknowledged, query, RESIDENT, respond, H),
    (acknowledged, assign, M, respond, H),
    (acknowledged, save, H, save, M),
    (unconfirmed, settle, H, settle, M),
    (unconfirmed, settle, M, withdraw, RESIDENT),
    (queried, reply, H, reply, M),
    (queried, reply, H, withdraw, RESIDENT),
    (overdue, tell_late, H, respond, H),
    (overdue, escalate, RESIDENT, respond, H),
    (answered, escalate, RESIDENT, escalate, H),
    (answered, do_action, H, do_action, M),
    (refused, direct, M, undo, M),
    (refused, undo, M, undo, M),
    (withdrawn, resume, RESIDENT, resume, H),
    (in_danger, hand_over, H, hand_over, M),
    (acknowledged, void, H, respond, H),
    (acknowledged, void, H, void, M),
    (voided, answer_breach, M, answer_breach, M),
    (raised, part, M, join_issue, H),
    (raised, part, M, part, M),
    (raised, join_issue, H, respond, H),
    (acknowledged, revise, H, respond, H),
    (acknowledged, answer_a_part, H, respond, H),
    (acknowledged, answer_a_part, H, withdraw, RESIDENT),
    (answered, correct_answer, H, correct_answer, M),
    (answered, correct_answer, H, escalate, RESIDENT),
    (answered, pay, H, pay, M),
    (to_approve, refuse, M, change_the_refusal, H),
    (spoken_for, show, M, decline, M),
    (held, take_back, RESIDENT, respond, H),
    (disputed, correct_receipt, M, keep_receipt, M),
    (a_request, voice, RESIDENT, voice, H),
    (called_spam, no_spam, M, no_spam, M),
]


@dataclass(frozen=True)
class Race:
    """Two people, a session each, who both saw the same version."""

    engine: Engine
    complaint_id: int
    version: int

    def run(self, acts: list[tuple[Act, Viewer]]) -> list[object]:
        """What came of each: `won`, or why not."""
        ready = Barrier(len(acts))
        return list(POOL.map(lambda each: self._press(ready, *each), acts))

    def _press(self, ready: Barrier, act: Act, by: Viewer) -> object:
        """As a page does it; whoever is told that we are busy, on a machine that is, presses again. A deadlock is a fault of ours."""
        ready.wait(30)
        for _ in range(PRESSES):
            try:
                return self._do(act, by)
            except OperationalError as busy:
                if "deadlock" in str(busy).lower():
                    raise
        raise AssertionError("The database was busy every time.")

    def _do(self, act: Act, by: Viewer) -> object:
        """Lock, look again, then do it."""
        with db.sessions(self.engine)() as register:
            try:
                with db.transaction(register):
                    complaint = queries.locked(register, by, self.complaint_id)
                    assert complaint is not None
                    if complaint.version != self.version:
                        raise Stale(complaint.version)
                    act(complaint, by)
            except (RuleBroken, Stale) as refusal:
                return refusal
        return "won"


PRESSES = 5
POOL = ThreadPoolExecutor(4)


def viewer(town: Town, who: str, complaint: Complaint) -> Viewer:
    """Who presses: the resident of it, or staff in their role."""
    return town.resident(complaint) if who == RESIDENT else town.viewer(Role(who))


@contextmanager
def agrees_with_the_rules(town: Town, complaint: Complaint) -> Iterator[None]:
    """Afterwards the columns that were worked out are those the history gives, and the chain is whole."""
    yield
    town.register.rollback()
    with town.writing():
        assert recount(complaint, by=Viewer()) is None
    town.register.rollback()


Pair = tuple[Callable[[Town], Complaint], Act, str, Act, str]
TRIED = [pytest.param(pair, marks=[pytest.mark.slow] if n % 3 and DATABASE == "sqlite" else []) for n, pair in enumerate(PAIRS)]
"""Each pair on PostgreSQL, which has a lock for each complaint; one in three on SQLite every day, where one lock stands before all that is written."""

each_pair = pytest.mark.parametrize("pair", TRIED, ids=lambda pair: f"{pair[1].__name__}-{pair[3].__name__}" if pair[1] is not pair[3] else f"{pair[1].__name__}-twice")


@each_pair
def test_of_two_at_once_one_wins_and_the_other_is_told(town: Town, engine: Engine, pair: Pair) -> None:
    one_wins(town, engine, pair, RACES)


@pytest.mark.slow
@each_pair
def test_F9_of_two_at_once_one_wins_however_often_they_race(town: Town, engine: Engine, pair: Pair) -> None:
    one_wins(town, engine, pair, MANY)


def one_wins(town: Town, engine: Engine, pair: Pair, races: int) -> None:
    """Two people press at the same moment, so often: one of them each time, the columns agree with the rules, and the chain is whole."""
    state, first, who, second, other = pair
    for _ in range(races):
        complaint = state(town)
        acts = [(first, viewer(town, who, complaint)), (second, viewer(town, other, complaint))]
        race = Race(engine, complaint.id, complaint.version)
        town.register.rollback()
        with agrees_with_the_rules(town, complaint):
            came = race.run(acts)
        assert came.count("won") == 1, came
    assert first_fault(town.register) is None
    town.register.rollback()


def test_a_letter_posted_by_two_is_posted_once(town: Town, engine: Engine) -> None:
    for _ in range(RACES):
        complaint = town.complains(code=new_code(), safe_contact={"channels": ["post"], "post": "1 Street"})
        by, ids = town.viewer(Role.TRIAGE), {complaint.letters[0].issues[0].id}
        complaint_id = complaint.id
        town.register.rollback()
        ready = Barrier(2)

        def post(_: int, by: Viewer = by, ids: set[int] = ids, ready: Barrier = ready) -> int:
            with db.sessions(engine)() as register:
                ready.wait(30)
                with db.transaction(register):
                    waiting = queries.locked_to_post(register, by, ids)
                    for issue, found in waiting:
                        operations.mark_issued(found, issue, by=by)
                return len(waiting)

        assert sorted(POOL.map(post, range(2))) == [0, 1]
        found = town.register.get_one(Complaint, complaint_id)
        assert [one.step for one in found.happenings].count(Step.ISSUED) == 1
        town.register.rollback()


def test_two_complaints_joined_into_each_other_at_once_leave_one_of_them(town: Town, engine: Engine) -> None:
    for _ in range(RACES):
        ana = town.complains(code=new_code())
        bea = town.complains(code=new_code())
        with town.writing():
            bea.parties[0].person = ana.parties[0].person
        by, pairs, ready = town.viewer(Role.MANAGER), [(ana.id, bea.id), (bea.id, ana.id)], Barrier(2)
        town.register.rollback()

        def join(pair: tuple[int, int], by: Viewer = by, ready: Barrier = ready) -> object:
            with db.sessions(engine)() as register:
                into = register.get_one(Complaint, pair[1])
                register.rollback()
                ready.wait(30)
                try:
                    with db.transaction(register):
                        complaint = queries.locked(register, by, pair[0])
                        assert complaint is not None
                        operations.join(complaint, into, by=by)
                except RuleBroken as refusal:
                    return refusal
            return "won"

        came = list(POOL.map(join, pairs))
        assert came.count("won") == 1, came
