"""The weekly list of what other teams opened: who, which complaint, when and why; and that managers are told of it once a week."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, select

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.people import Staff
from portal.complaints.settings import Service, WeekTold
from portal.post.weekly import tell_of_week
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town

MONDAY = date(2026, 5, 18)
PAGE = "/staff/opened-elsewhere"
WHY = "I cover for Repairs today."


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Of repairs, and the handler's."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.given_to(made)
        town.triaged(made)
    return made


@pytest.fixture
def stranger(town: Town) -> Staff:
    """A senior who works on lettings alone."""
    with town.writing():
        town.register.add(lettings := Service(name="Lettings"))
        town.register.flush()
        return town._staff("Lettings Senior", [Role.SENIOR], teams=[lettings])


def opens(signed_in: SignIn, staff: Staff, complaint: Complaint, *, at: datetime | date, why: str = WHY) -> None:
    """Somebody comes in at a moment, says why, and reads the complaint."""
    with clock.at(at):
        browser = signed_in(staff)
        browser.send(url(complaint, "why"), {"reason": why})
        assert browser.get(url(complaint)).status_code == 200


def told(town: Town) -> list[str]:
    """To whom a notice of a list was queued, in order."""
    asked = select(Staff.name).join(Outbox, Outbox.staff_id == Staff.id).where(Outbox.kind == "list").order_by(Outbox.id)
    found = list(town.register.scalars(asked))
    town.register.rollback()
    return found


def told_on(town: Town, engine: Engine, *moments: datetime | date) -> list[str]:
    for moment in moments:
        with clock.at(moment):
            tell_of_week(db.sessions(engine))
    return told(town)


def test_the_list_says_who_opened_which_complaint_when_and_why(town: Town, signed_in: SignIn, complaint: Complaint, stranger: Staff) -> None:
    opens(signed_in, stranger, complaint, at=MONDAY + timedelta(2))
    opens(signed_in, stranger, complaint, at=MONDAY + timedelta(3), why="They rang me by mistake.")
    with clock.at(MONDAY + timedelta(2)):
        assert signed_in(Role.SENIOR).get(url(complaint)).status_code == 200, "their own team is not listed"
    with clock.at(MONDAY + timedelta(8)):
        manager = signed_in(Role.MANAGER)
        page = words_of(manager.page(PAGE))
        assert "Monday 18 May 2026 to Sunday 24 May 2026" in page
        assert page.count("Lettings Senior Person") == 2 and WHY in page and "They rang me by mistake." in page
        assert "Samira" not in page and "Senior Person" not in page.replace("Lettings Senior Person", "")
        assert "20 May 2026" in page and "2 in this week" in page
        assert "Nobody opened" in words_of(manager.page(f"{PAGE}?week=2026-05-11"))
        assert "This week, so far." in words_of(manager.page(f"{PAGE}?week=2099-01-01")), "a week that has not come is this one"
        for odd in ("2026-13-99", "1", "0001-01-01", "-", "9999-12-31"):
            assert "18 May 2026" in words_of(manager.page(f"{PAGE}?week={odd}")) or odd == "9999-12-31"


def test_who_only_looked_at_the_page_that_asks_is_not_on_it(town: Town, signed_in: SignIn, complaint: Complaint, stranger: Staff) -> None:
    with clock.at(MONDAY):
        signed_in(stranger).page(url(complaint))
    with clock.at(MONDAY + timedelta(7)):
        assert "Nobody opened" in words_of(signed_in(Role.MANAGER).page(PAGE))


def test_a_complaint_kept_to_others_is_not_on_it(town: Town, signed_in: SignIn, complaint: Complaint, stranger: Staff) -> None:
    opens(signed_in, stranger, complaint, at=MONDAY)
    with town.writing():
        other = town._staff("Other Manager", [Role.MANAGER])
    with clock.at(MONDAY + timedelta(7)):
        with town.writing():
            operations.restrict(complaint, [], by=town.viewer(Role.MANAGER), because="A relative works here.")
        assert WHY in words_of(signed_in(Role.MANAGER).page(PAGE))
        assert "Nobody opened" in words_of(signed_in(other).page(PAGE))


def test_managers_are_told_once_when_the_week_is_over(town: Town, engine: Engine, signed_in: SignIn, complaint: Complaint, stranger: Staff) -> None:
    opens(signed_in, stranger, complaint, at=MONDAY + timedelta(2))
    late = datetime(2026, 5, 24, 23, 59, tzinfo=clock.zone())
    assert told_on(town, engine, MONDAY, MONDAY + timedelta(2), late) == []
    days = [MONDAY + timedelta(days) for days in range(7, 28) for _ in range(3)]
    assert told_on(town, engine, datetime(2026, 5, 25, 0, 0, tzinfo=clock.zone()), *days) == ["Manager Person"]


def test_nobody_is_told_of_a_week_in_which_nothing_was_opened(town: Town, engine: Engine, complaint: Complaint) -> None:
    assert told_on(town, engine, *(MONDAY + timedelta(days) for days in range(30))) == []


def test_what_was_missed_while_nothing_ran_is_told_in_one_message(
    town: Town, engine: Engine, signed_in: SignIn, complaint: Complaint, stranger: Staff
) -> None:
    for weeks in range(3):
        opens(signed_in, stranger, complaint, at=MONDAY + timedelta(weeks=weeks))
    assert told_on(town, engine, MONDAY + timedelta(weeks=3), MONDAY + timedelta(weeks=4)) == ["Manager Person"]
    assert town.register.query(WeekTold).count() == 3


def test_a_clock_that_goes_back_tells_nobody_twice(town: Town, engine: Engine, signed_in: SignIn, complaint: Complaint, stranger: Staff) -> None:
    opens(signed_in, stranger, complaint, at=MONDAY)
    assert told_on(town, engine, MONDAY + timedelta(7), MONDAY - timedelta(30), MONDAY + timedelta(7), MONDAY + timedelta(8)) == ["Manager Person"]


def test_two_workers_at_once_tell_nobody_twice(town: Town, engine: Engine, signed_in: SignIn, complaint: Complaint, stranger: Staff) -> None:
    opens(signed_in, stranger, complaint, at=MONDAY)

    def work() -> None:
        with clock.at(MONDAY + timedelta(7)):
            tell_of_week(db.sessions(engine))

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert told(town) == ["Manager Person"]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.at(MONDAY):
        yield
