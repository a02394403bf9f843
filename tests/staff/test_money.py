"""The money that is owed, by the day it was promised; and the residents who died and whose estate nobody deals with yet (rulings 4, 23)."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint, Remedy
from portal.complaints.references import new_code
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town

HERE = "/staff/money"
MONDAY = date(2026, 5, 11)


def offered(town: Town, name: str, *, took: date | None, pence: int = 35000) -> Complaint:
    """Answered with an offer of money, which they took on a day, or have not replied to."""
    with clock.at(MONDAY):
        made = town.complains(name=name, code=new_code())
    town.acknowledged(made, on=MONDAY)
    town.answered(made, on=date(2026, 5, 15))
    with town.writing():
        made.remedies[0].pence = pence
    if took:
        with clock.at(took), town.writing():
            operations.answer_offer(made, _money(made), by=town.resident(made), takes=True)
    return made


def _money(complaint: Complaint) -> Remedy:
    return next(one for one in complaint.remedies if one.pence)


@pytest.fixture
def owed(town: Town) -> list[Complaint]:
    """Three that were taken, the second first; one with no reply; one declined; one paid."""
    later, first, without, waits, declined, paid = (
        offered(town, name, took=took, pence=pence)
        for name, took, pence in (
            ("Later One", date(2026, 5, 22), 10000), ("First One", date(2026, 5, 18), 35050), ("No Day", None, 2000),
            ("No Reply", None, 700), ("Said No", date(2026, 5, 18), 900), ("Was Paid", date(2026, 5, 18), 800),
        )
    )  # fmt: skip
    with clock.at(date(2026, 5, 19)), town.writing():
        operations.answer_offer(declined, _money(declined), by=town.resident(declined), takes=False)
        operations.pay_remedy(paid, _money(paid), by=town.viewer(Role.MANAGER), on=date(2026, 5, 19), proof="BACS 4")
        _money(without).accepted_on = date(2026, 5, 18)
        operations.assign(later, town.staff[Role.SENIOR], by=town.viewer(Role.MANAGER), interest="None")
    return [without, first, later, waits, declined, paid]


def test_what_was_accepted_and_not_paid_stands_by_its_day_and_nothing_else(town: Town, signed_in: SignIn, owed: list[Complaint]) -> None:
    with clock.at(date(2026, 6, 17)):
        page = words_of(signed_in(Role.HANDLER).page(HERE))
    assert page.index("Pay £20 to No Day") < page.index("Pay £350.50 to First One") < page.index("Pay £100 to Later One")
    assert not [name for name in ("No Reply", "Said No", "Was Paid") if name in page]
    assert "£470.50 in all." in page and "£350.50 of it late" in page
    assert "No day told" in page and "1 working day late" in page


def test_a_manager_or_handler_goes_from_it_to_say_that_it_is_paid_and_comes_to_it_from_what_is_due(
    town: Town, signed_in: SignIn, owed: list[Complaint]
) -> None:
    with clock.at(date(2026, 6, 17)):
        for role in (Role.MANAGER, Role.HANDLER):
            browser = signed_in(role)
            assert [link for link in browser.page("/staff/due").iter("a") if link.get("href") == HERE]
            (link,) = [each for each in browser.page(HERE).iter("a") if each.text_content() == "Say it is paid: First One, £350.50"]
            assert browser.get(link.get("href")).status_code == 200
        triage = signed_in(Role.TRIAGE)
        assert "Say it is paid:" not in words_of(triage.page(HERE)), "they cannot"
        browser.send(link.get("href"), {"on": "17 June 2026", "proof": "BACS 5"})
        assert "First One" not in words_of(browser.page(HERE))


def test_mine_are_those_of_the_complaints_i_have(town: Town, signed_in: SignIn, owed: list[Complaint]) -> None:
    with clock.at(date(2026, 6, 1)):
        page = words_of(signed_in(Role.SENIOR).page(f"{HERE}?with=me"))
        nobodys = words_of(signed_in(Role.REVIEWER).page(f"{HERE}?with=me"))
    assert "Later One" in page and "First One" not in page
    assert "Nothing that was accepted waits to be paid." in nobodys


def test_what_is_kept_to_a_few_people_is_on_nobody_else_s_list(town: Town, signed_in: SignIn, owed: list[Complaint]) -> None:
    with town.writing():
        operations.restrict(owed[1], [], by=town.viewer(Role.MANAGER), because="Her brother works here.")
    with clock.at(date(2026, 6, 1)):
        assert "First One" not in words_of(signed_in(Role.HANDLER).page(HERE)) and "First One" in words_of(signed_in(Role.MANAGER).page(HERE))


def test_ruling_4_who_died_with_something_owed_is_listed_until_somebody_deals_with_the_estate(town: Town, signed_in: SignIn, owed: list[Complaint]) -> None:
    died = owed[1]
    with clock.at(date(2026, 6, 1)):
        with town.writing():
            operations.record_death(died, date(2026, 5, 30), by=town.viewer(Role.TRIAGE))
        assert "Nobody deals with the estate yet" in words_of(signed_in(Role.HANDLER).page(HERE))
        manager = signed_in(Role.MANAGER)
        assert "Say who deals with the estate: First One" in words_of(manager.page(HERE))
        assert url(died, "estate") in {link.get("href") for link in manager.page(HERE).iter("a")}
        contact = operations.EstateContact(name="Ada Lind", who="executor", shown="The will.", safe_contact={"channels": ["email"], "email": "ada@mail.example"})
        with town.writing():
            operations.name_estate_contact(died, contact, by=town.viewer(Role.MANAGER))
        assert "Nobody deals with the estate" not in words_of(manager.page(HERE))
