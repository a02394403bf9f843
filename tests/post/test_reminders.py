"""Reminders: two working days before, and once it is late; each once, whatever the worker and the clock have been doing."""

from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, select

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.calendar import calendar
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.settings import ExtraHoliday, Reminder
from portal.letters.structure import as_text
from portal.post.reminders import remind
from portal.post.worker import Worker
from tests.post import mail_server
from tests.post.conftest import Writes
from tests.rules import second_counter
from tests.town import Town, answering

MONDAY = date(2026, 5, 11)
DUE = date(2026, 5, 18)


@pytest.fixture
def owed(town: Town) -> Complaint:
    """A complaint received on Monday 11 May, to be acknowledged by Monday 18 May."""
    with clock.at(MONDAY):
        complaint = town.complains()
    assert complaint.next_due == DUE
    town.register.rollback()
    return complaint


def made(town: Town) -> list[tuple[str, date]]:
    """Every reminder made, in order."""
    found = [(row.kind, row.due_on) for row in town.register.scalars(select(Reminder).order_by(Reminder.id))]
    town.register.rollback()
    return found


def read_by(town: Town) -> list[tuple[str, str]]:
    """To whom what was queued, in order."""
    staff = {each.id: each.name.split()[0] for each in town.staff.values()}
    rows = town.register.scalars(select(Outbox).where(Outbox.staff_id.is_not(None)).order_by(Outbox.id))
    found = [(row.kind, staff[row.staff_id or 0]) for row in rows]
    town.register.rollback()
    return found


def reminded_on(town: Town, engine: Engine, *days: date) -> list[tuple[str, date]]:
    """The reminders there are once it has been each of these days."""
    for day in days:
        with clock.at(day):
            remind(db.sessions(engine))
    return made(town)


def test_the_first_reminder_comes_two_working_days_before_it_is_due(town: Town, engine: Engine, owed: Complaint) -> None:
    assert reminded_on(town, engine, date(2026, 5, 12), date(2026, 5, 13)) == []
    assert reminded_on(town, engine, date(2026, 5, 14)) == [("due soon", DUE)]


def test_it_is_late_the_day_after_it_was_due_and_not_before(town: Town, engine: Engine, owed: Complaint) -> None:
    assert reminded_on(town, engine, DUE) == [("due soon", DUE)]
    assert reminded_on(town, engine, DUE + timedelta(days=1)) == [("due soon", DUE), ("late", DUE)]


def test_each_is_made_once_however_often_it_is_asked_for(town: Town, engine: Engine, owed: Complaint) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(14) for _ in range(3)]
    assert reminded_on(town, engine, *days) == [("due soon", DUE), ("late", DUE)]


def test_after_three_days_off_what_became_late_is_said_to_be_late_once(town: Town, engine: Engine, owed: Complaint) -> None:
    days = [date(2026, 5, 13), date(2026, 5, 20), date(2026, 5, 21)]
    assert reminded_on(town, engine, *days) == [("late", DUE)]


def test_a_clock_put_back_makes_none_again(town: Town, engine: Engine, owed: Complaint) -> None:
    days = [date(2026, 5, 19), date(2026, 5, 14), date(2026, 5, 19)]
    assert reminded_on(town, engine, *days) == [("late", DUE), ("due soon", DUE)]


@pytest.mark.parametrize("received", [date(2026, 3, 23), date(2026, 10, 19)])
def test_the_nights_the_clocks_change_make_none_twice_and_lose_none(town: Town, engine: Engine, received: date) -> None:
    with clock.at(received):
        due = town.complains().next_due
    town.register.rollback()
    assert due
    midnight = datetime(received.year, received.month, received.day, tzinfo=clock.zone())
    for hour in range(24 * 12):
        with clock.at(midnight + timedelta(hours=hour)):
            remind(db.sessions(engine))
    assert made(town) == [("due soon", due), ("late", due)]


def test_a_bank_holiday_is_not_one_of_the_two_days(town: Town, engine: Engine) -> None:
    with clock.at(date(2026, 12, 21)):
        due = town.complains().next_due
    town.register.rollback()
    assert due == date(2026, 12, 30)
    assert reminded_on(town, engine, date(2026, 12, 23)) == []
    assert reminded_on(town, engine, date(2026, 12, 24)) == [("due soon", due)]


def test_what_is_done_is_not_reminded_of_and_what_follows_is(town: Town, engine: Engine, owed: Complaint) -> None:
    town.acknowledged(owed, on=date(2026, 5, 13))
    answer_due = owed.next_due
    town.register.rollback()
    assert answer_due
    assert reminded_on(town, engine, DUE, DUE + timedelta(days=1)) == []
    assert reminded_on(town, engine, answer_due) == [("due soon", answer_due)]


def test_whoever_has_the_complaint_is_reminded_and_managers_too_once_it_is_late(
    town: Town, engine: Engine, owed: Complaint
) -> None:
    with clock.at(MONDAY):
        town.given_to(owed)
    reminded_on(town, engine, DUE, DUE + timedelta(days=1))
    assert read_by(town) == [("due soon", "Handler"), ("late", "Handler"), ("late", "Manager")]


def test_a_complaint_nobody_has_is_brought_to_those_who_give_it_out(town: Town, engine: Engine, owed: Complaint) -> None:
    reminded_on(town, engine, DUE)
    assert read_by(town) == [("due soon", "Triage")]


def test_a_handler_who_left_is_not_reminded_but_somebody_is(town: Town, engine: Engine, owed: Complaint) -> None:
    with clock.at(MONDAY):
        town.given_to(owed)
    with town.writing():
        town.staff[Role.HANDLER].disabled_at = clock.now()
    reminded_on(town, engine, DUE)
    assert read_by(town) == [("due soon", "Triage")]


def test_two_workers_at_once_make_one(town: Town, engine: Engine, owed: Complaint) -> None:
    count: list[int] = []

    def on_the_day() -> None:
        with clock.at(DUE):
            count.append(remind(db.sessions(engine)))

    threads = [Thread(target=on_the_day) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sum(count) == 1
    assert made(town) == [("due soon", DUE)]
    assert len(read_by(town)) == 1


def test_a_worker_reminds_once_a_day_and_again_after_a_restart_changes_nothing(
    town: Town, owed: Complaint, worker: Worker, server: mail_server.Server
) -> None:
    with clock.at(DUE):
        worker.round()
        worker.round()
        Worker(worker.office).round()
    assert [each.message["Subject"] for each in server.taken] == ["Something is due soon"]
    assert [each.to for each in server.taken] == [["triage@landlord.example"]]
    with clock.at(DUE + timedelta(days=1)):
        worker.round()
    assert [each.message["Subject"] for each in server.taken[1:]] == ["Something is late"] * 2


def about(town: Town) -> list[tuple[str, str, date]]:
    """Every reminder made, with what it is about, in order of the day it is about."""
    rows = town.register.scalars(select(Reminder).order_by(Reminder.due_on, Reminder.id))
    found = [(row.about, row.kind, row.due_on) for row in rows]
    town.register.rollback()
    return found


def agreed(town: Town, complaint: Complaint, *, review_on: date) -> None:
    """An adjustment is agreed, by the manager, to be looked at again on a day."""
    with town.writing():
        adjustment = complaint.resident.person.adjustments[0]
        adjustment.decision, adjustment.review_on = "agreed", review_on
        adjustment.decided_by_id = town.staff[Role.MANAGER].id


def daily(town: Town, engine: Engine, first: date, last: date) -> None:
    """The worker is up on every day from the first to the last."""
    reminded_on(town, engine, *(first + timedelta(days=number) for number in range((last - first).days + 1)))


def test_each_promise_has_its_reminders_whatever_else_is_late(town: Town, engine: Engine, owed: Complaint) -> None:
    town.acknowledged(owed, on=date(2026, 5, 13))
    promises = {"actions": [
        {"what": "Mend the tiles", "owner": "Dean Cole", "due_on": "2026-06-02"},
        {"what": "Pay £350", "owner": "Accounts", "due_on": "2026-06-02"},
    ]}  # fmt: skip
    with clock.at(date(2026, 5, 20)), town.writing():
        operations.respond(owed, answering(1) | promises, by=town.viewer(Role.HANDLER))
    tiles, money = [each.id for each in owed.actions]
    town.register.rollback()
    with clock.at(date(2026, 5, 29)), town.writing():
        operations.complete_action(owed, owed.actions[1], by=town.viewer(Role.HANDLER), on=clock.today(), proof="Paid.")
    daily(town, engine, date(2026, 5, 20), date(2026, 6, 5))
    assert about(town) == [(f"action promised {tiles}", "due soon", date(2026, 6, 2)), (f"action promised {tiles}", "late", date(2026, 6, 2))]
    assert f"action promised {money}" not in {each[0] for each in about(town)}


def missed(town: Town, complaint: Complaint) -> list[str]:
    """What the resident was told of promises that nobody kept, letter by letter."""
    town.register.rollback()
    found = [as_text(letter.body) for letter in complaint.letters if letter.kind == "action_missed"]
    town.register.rollback()
    return found


def test_ruling_23_the_day_after_a_promise_was_missed_the_resident_is_told_once_and_again_if_its_new_day_goes_by(
    town: Town, engine: Engine, owed: Complaint
) -> None:
    town.acknowledged(owed, on=date(2026, 5, 13))
    town.answered(owed, on=date(2026, 5, 20))
    with clock.at(date(2026, 5, 20)), town.writing():
        operations.redate_action(owed, owed.actions[0], by=town.viewer(Role.HANDLER), due_on=date(2026, 6, 2), reason="The tiles are late.")
    town.register.rollback()
    daily(town, engine, date(2026, 5, 20), date(2026, 6, 2))
    assert missed(town, owed) == []
    daily(town, engine, date(2026, 6, 3), date(2026, 6, 10))
    [told] = missed(town, owed)
    for words in ("We have no record that we did what we promised you. We are sorry.", "Mend the tiles", "Tuesday 2 June 2026", "Housing Ombudsman"):
        assert words in told
    with clock.at(date(2026, 6, 10)), town.writing():
        operations.redate_action(owed, owed.actions[0], by=town.viewer(Role.HANDLER), due_on=date(2026, 6, 12), reason="It rained.")
    town.register.rollback()
    daily(town, engine, date(2026, 6, 10), date(2026, 6, 19))
    assert len(missed(town, owed)) == 2


def test_whose_an_action_is_is_reminded_of_it_with_whoever_has_the_complaint(town: Town, engine: Engine, owed: Complaint) -> None:
    town.acknowledged(owed, on=date(2026, 5, 13))
    town.answered(owed, on=date(2026, 5, 20))
    with town.writing():
        owed.actions[0].owner_id = town.staff[Role.COLLEAGUE].id
    daily(town, engine, date(2099, 6, 1), date(2099, 6, 1))
    assert read_by(town) == [("due soon", "Colleague"), ("due soon", "Handler")]


def test_ruling_32_once_a_date_has_gone_by_the_late_notice_is_reminded_of_beside_the_answer(
    town: Town, engine: Engine, owed: Complaint
) -> None:
    town.acknowledged(owed, on=date(2026, 5, 13))
    due = owed.next_due
    assert due == date(2026, 5, 28)
    town.register.rollback()
    daily(town, engine, date(2026, 5, 25), date(2026, 6, 2))
    assert about(town) == [
        ("responded 1", "due soon", due), ("responded 1", "late", due),
        ("late told 1", "due soon", date(2026, 5, 29)), ("late told 1", "late", date(2026, 5, 29)),
    ]  # fmt: skip
    assert read_by(town) == [
        ("due soon", "Handler"), ("late", "Handler"), ("late", "Manager"), ("late", "Handler"), ("late", "Manager"),
    ]  # fmt: skip


def test_news_promised_is_reminded_of_while_the_answer_is_late(town: Town, engine: Engine, owed: Complaint) -> None:
    town.acknowledged(owed, on=date(2026, 5, 13))
    late = {"reason": "The roofer is ill.", "new_date": "2026-06-30", "interval": 5, "interval_agreed": "By phone."}
    with clock.at(date(2026, 5, 29)), town.writing():
        operations.tell_late(owed, late, by=town.viewer(Role.HANDLER))
    town.register.rollback()
    daily(town, engine, date(2026, 5, 29), date(2026, 6, 8))
    assert ("late told 1", "late", date(2026, 5, 29)) not in about(town)
    assert [each for each in about(town) if each[0] == "updated 1"] == [
        ("updated 1", "due soon", date(2026, 6, 5)), ("updated 1", "late", date(2026, 6, 5)),
    ]  # fmt: skip


def test_what_was_agreed_is_looked_at_again_on_its_day_even_when_nothing_else_is_owed(town: Town, engine: Engine) -> None:
    with clock.at(MONDAY):
        complaint = town.complains(adjustments={"kinds": ["large_print"], "words": ""})
    agreed(town, complaint, review_on=date(2026, 5, 22))
    with clock.at(MONDAY), town.writing():
        operations.withdraw(complaint, by=town.resident(complaint))
    town.register.rollback()
    daily(town, engine, MONDAY, date(2026, 5, 29))
    assert about(town) == [("adjustment review 1", "due soon", date(2026, 5, 22)), ("adjustment review 1", "late", date(2026, 5, 22))]
    assert read_by(town) == [("due soon", "Manager"), ("late", "Manager")]


def everything_owed(town: Town) -> Complaint:
    """A complaint whose answer, news, late notice, promise and adjustment all fall due between 28 May and 9 June 2026."""
    with clock.at(MONDAY):
        complaint = town.complains(adjustments={"kinds": ["large_print"], "words": ""})
    agreed(town, complaint, review_on=date(2026, 6, 3))
    town.acknowledged(complaint, on=date(2026, 5, 13))
    more = {"reason": "The roofer is ill.", "new_date": "2026-06-02", "interval": 3, "interval_agreed": "By phone."}
    with clock.at(date(2026, 5, 22)), town.writing():
        operations.extend(complaint, more, by=town.viewer(Role.HANDLER))
    with clock.at(date(2026, 5, 22)), town.writing():
        operations.promise_action(
            complaint, by=town.viewer(Role.HANDLER), stage=1, what="Ring back", owner="Dean Cole", due_on=date(2026, 6, 4)
        )
    town.register.rollback()
    return complaint


STARTS = datetime(2026, 5, 22, 1, tzinfo=clock.zone())


def moments(*, jump: timedelta = timedelta(0), off: bool = False) -> list[datetime]:
    """Every six hours of three weeks; with a jump, the clock is wrong by so much for some hours in the middle."""
    usual = [STARTS + timedelta(hours=6 * number) for number in range(4 * 21)]
    if off:
        return [each for each in usual if not STARTS + timedelta(days=3) < each < STARTS + timedelta(days=7)]
    middle = [each + jump for each in usual[20:24]] if jump else []
    return [*usual[:24], *middle, *usual[24:]]


@pytest.mark.parametrize(
    "days",
    [moments(), moments(jump=timedelta(hours=-2)), moments(jump=timedelta(days=30)), moments(off=True)],
    ids=["as usual", "clock back 2 hours", "clock forward 30 days", "worker off for days"],
)
def test_every_alarm_is_made_once_whatever_the_worker_and_the_clock_do(town: Town, engine: Engine, days: list[datetime]) -> None:
    everything_owed(town)
    for moment in days:
        with clock.at(moment):
            remind(db.sessions(engine))
    found = about(town)
    assert len(found) == len(set(found))
    late = {(about, due) for about, kind, due in found if kind == "late"}
    assert late == {
        ("updated 1", date(2026, 5, 28)), ("responded 1", date(2026, 6, 2)), ("adjustment review 1", date(2026, 6, 3)),
        ("late told 1", date(2026, 6, 3)), ("action promised 1", date(2026, 6, 4)),
    }  # fmt: skip
    soon = {(about, due) for about, kind, due in found if kind == "due soon"}
    assert late - soon == ({("updated 1", date(2026, 5, 28))} if len(days) < 84 else set())


def test_every_bank_holiday_in_the_file_moves_the_reminder_as_another_counter_says(town: Town, engine: Engine) -> None:
    days = {day for day in calendar().holidays if date(2026, 1, 1) <= day <= date(2028, 2, 29)} | {date(2028, 2, 29)}
    for holiday in sorted(days):
        received = holiday - timedelta(days=4)
        due = second_counter.walk(received, 5, set(calendar().holidays), first_day_counts=False)
        with clock.at(received):
            complaint = town.complains(code=f"CODE{holiday}")
            town.register.rollback()
        before = len(made(town))
        for number in range((due - received).days + 2):
            today = received + timedelta(days=number)
            reminded_on(town, engine, today)
            left = second_counter.count(today, due, set(calendar().holidays), first_day_counts=False)
            expected = [("due soon", due)] * (left <= 2) + [("late", due)] * (today > due)
            assert made(town)[before:] == expected, (holiday, today)
        with clock.at(due + timedelta(days=1)), town.writing():
            operations.withdraw(complaint, by=town.resident(complaint))
        town.register.rollback()


def test_ruling_19_a_holiday_added_late_moves_the_reminder_of_a_date_nobody_was_told(town: Town, engine: Engine, owed: Complaint) -> None:
    with clock.at(MONDAY), town.writing():
        operations.promise_action(
            owed, by=town.viewer(Role.HANDLER), stage=1, what="Ring back", owner="Dean Cole", due_on=date(2026, 5, 15)
        )
    town.register.rollback()
    assert reminded_on(town, engine, date(2026, 5, 12)) == []
    with town.writing():
        town.register.add(ExtraHoliday(
            division="england-and-wales", day=date(2026, 5, 14), name="A day of thanks", source="A proclamation",
            added_by_id=town.staff[Role.MANAGER].id, added_at=clock.now(),
        ))  # fmt: skip
    town.register.rollback()
    assert reminded_on(town, engine, date(2026, 5, 12)) == [("due soon", date(2026, 5, 15))]


def test_reminders_that_break_do_not_stop_the_mail(
    writes: Writes, worker: Worker, server: mail_server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError

    writes()
    monkeypatch.setattr("portal.post.worker.remind", broken)
    assert worker.round() == worker.pause
    assert len(server.taken) == 1
