"""A bank holiday proclaimed late: added by a manager with its source; what a letter told stays, and whoever's date moves is told."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.recounting import recount_everybody, recount_if_asked
from portal.complaints.settings import ExtraHoliday
from portal.complaints.verify import first_fault
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town

THANKS = {"day": "14 May 2026", "name": "A day of thanks", "source": "The Gazette of 11 May 2026"}
MONDAY = date(2026, 5, 11)


def added(town: Town) -> list[ExtraHoliday]:
    town.register.rollback()
    return list(town.register.scalars(select(ExtraHoliday)))


def counted_again(engine: Engine) -> int | None:
    """The worker comes by."""
    return recount_if_asked(db.sessions(engine))


def test_ruling_19_a_manager_adds_a_proclaimed_day_with_its_source(town: Town, signed_in: SignIn) -> None:
    with clock.at(MONDAY):
        browser = signed_in(Role.MANAGER)
        answer = browser.send("/staff/bank-holidays", THANKS)
        assert answer.status_code == 303
        page = words_of(browser.page(answer.location)).replace("\xa0", " ")
    assert "Thursday 14 May 2026, A day of thanks. Proclaimed: The Gazette of 11 May 2026. Added by Manager Person" in page
    assert "The open complaints are being counted again." in page
    assert [(each.day, each.recounted_at) for each in added(town)] == [(date(2026, 5, 14), None)]


@pytest.mark.parametrize("role", [Role.COLLEAGUE, Role.TRIAGE, Role.HANDLER, Role.REVIEWER])
def test_ruling_19_nobody_but_a_manager_adds_one(town: Town, signed_in: SignIn, role: Role) -> None:
    assert signed_in(role).get("/staff/bank-holidays").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "8 May 2026"}, "Give a day that has not gone by."),
        ({"day": "16 May 2026"}, "Saturday 16 May 2026 is at a weekend, so it is not counted anyway."),
        ({"day": "25 May 2026"}, "Monday 25 May 2026 is a bank holiday already: Spring Bank Holiday."),
        ({"source": " "}, "Write where it was proclaimed, so that anybody can look it up"),
        ({"name": ""}, "Write what the day is called"),
        ({"day": "soon"}, "Write the date like 12 June 2026"),
    ],
)
def test_ruling_19_what_is_no_proclaimed_day_to_come_is_not_added(
    town: Town, signed_in: SignIn, changed: dict[str, str], said: str
) -> None:
    with clock.at(MONDAY):
        answer = signed_in(Role.MANAGER).send("/staff/bank-holidays", THANKS | changed)
    assert answer.status_code == 422
    assert said in words_of(answer.get_data(as_text=True)).replace("\xa0", " ")
    if "source" not in changed:
        assert "The Gazette of 11 May 2026" in answer.get_data(as_text=True)
    assert added(town) == []


def test_a_second_press_and_a_second_manager_add_it_once(town: Town, signed_in: SignIn) -> None:
    with clock.at(MONDAY):
        browser = signed_in(Role.MANAGER)
        assert browser.send("/staff/bank-holidays", THANKS).status_code == 303
        assert browser.send("/staff/bank-holidays", THANKS).status_code == 422
    assert len(added(town)) == 1


def test_ruling_19_a_date_told_in_a_letter_stays_and_staff_see_the_code_s_date_beside_it(
    town: Town, engine: Engine, signed_in: SignIn
) -> None:
    with clock.at(MONDAY):
        complaint = town.complains()
        assert signed_in(Role.MANAGER).send("/staff/bank-holidays", THANKS).status_code == 303
        town.register.rollback()
        assert counted_again(engine) == 0
        assert complaint.next_due == date(2026, 5, 18)
        page = words_of(signed_in(Role.TRIAGE).page(url(complaint))).replace("\xa0", " ")
    assert "Monday 18 May 2026" in page
    assert "We told them this day, so it stays. Counted now, the Code’s date is Tuesday 19 May 2026." in page
    town.register.rollback()
    assert [letter.kind for letter in complaint.letters] == ["receipt"]


@pytest.fixture
def moved(town: Town, engine: Engine, signed_in: SignIn) -> Complaint:
    """News was promised every three working days, the next on Tuesday 26 May; then Friday 22 May is made a bank holiday."""
    with clock.at(MONDAY):
        complaint = town.complains()
        town.acknowledged(complaint)
    more = {"reason": "The roofer is ill.", "new_date": "2026-06-09", "interval": 3, "interval_agreed": "By phone."}
    with clock.at(date(2026, 5, 20)), town.writing():
        operations.extend(complaint, more, by=town.viewer(Role.HANDLER))
    assert (complaint.next_step, complaint.next_due) == (Step.UPDATED, date(2026, 5, 26))
    town.register.rollback()
    with clock.at(date(2026, 5, 20)):
        assert signed_in(Role.MANAGER).send("/staff/bank-holidays", THANKS | {"day": "22 May 2026"}).status_code == 303
        town.register.rollback()
        assert counted_again(engine) == 1
        assert counted_again(engine) is None
        assert recount_everybody(db.sessions(engine)) == (1, [])
    return complaint


def test_ruling_19_a_date_no_letter_told_moves_and_the_resident_is_told_once(town: Town, moved: Complaint) -> None:
    assert moved.next_due == date(2026, 5, 27)
    assert [each.kind for each in moved.letters].count("date_moved") == 1
    letter = moved.letters[-1]
    assert letter.issues[0].state == "issued"
    words = str(letter.body).replace("\xa0", " ")
    for said in (
        "A date has moved", "Friday 22 May 2026 has been made a bank holiday (A day of thanks).",
        "We will write to you with news by Wednesday 27 May 2026.", "Until now we had counted Tuesday 26 May 2026.",
    ):  # fmt: skip
        assert said in words, said
    recounted = next(each for each in moved.happenings if each.step is Step.DATES_RECOUNTED)
    assert dict(recounted.details) == {"was": "2026-05-26", "now": "2026-05-27", "holidays": ["2026-05-22"], "news_by": "2026-05-27"}
    assert first_fault(town.register) is None
    town.register.rollback()


def test_the_resident_s_page_says_that_a_date_moved_and_why(app: Flask, town: Town, moved: Complaint) -> None:
    with clock.at(date(2026, 5, 21)):
        client = app.test_client()
        assert isinstance(client, CheckingClient)
        let_in_resident(client, town.register, moved)
        page = words_of(client.page("/your-complaint")).replace("\xa0", " ")
    assert "We wrote to say that a date has moved, because of a new bank holiday." in page
    assert "Wednesday 27 May 2026" in page
