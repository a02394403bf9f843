"""Reminders: two working days before, and once it is late; each once, whatever the worker and the clock have been doing."""

from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, select

from portal import clock, db
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.settings import Reminder
from portal.post.reminders import remind
from portal.post.worker import Worker
from tests.post import mail_server
from tests.post.conftest import Writes
from tests.town import Town

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


def test_reminders_that_break_do_not_stop_the_mail(
    writes: Writes, worker: Worker, server: mail_server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError

    writes()
    monkeypatch.setattr("portal.post.worker.remind", broken)
    assert worker.round() == worker.pause
    assert len(server.taken) == 1
