"""Several complaints given to one person at once: each its own event, and what cannot be given is named with why."""

from datetime import date

import pytest
from sqlalchemy import select

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint, StagePerson
from portal.complaints.record import ReadEvent
from portal.complaints.references import new_code
from portal.complaints.verify import first_fault
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import Town

GIVE = "/staff/give?with=nobody"


@pytest.fixture
def waiting(town: Town) -> list[Complaint]:
    """Three complaints that nobody has."""
    made = [town.complains(name=name, code=new_code()) for name in ("Ada Quill", "Colm Byrne", "Tomasz Wilk")]
    town.register.rollback()
    return made


def filled(browser: CheckingClient, town: Town, to: Role, *, all_of_them: bool = True, url: str = GIVE) -> dict[str, object]:
    """The form as it is sent once every complaint is ticked and a person chosen."""
    page = browser.page(url)
    ticked = [box.get("value") for box in page.iter("input") if box.get("name") == "chosen"]
    chosen = ticked if all_of_them else ticked[:1]
    return form_values(pick_form(page, 0)) | {"chosen": chosen, "staff": str(town.staff[to].id), "interest": "no"}


def test_several_are_given_in_one_press_each_with_its_own_event_and_declaration(
    town: Town, waiting: list[Complaint], signed_in: SignIn
) -> None:
    browser = signed_in(Role.MANAGER)
    fields = filled(browser, town, Role.HANDLER)
    there = browser.post(GIVE, data=fields).location
    assert there and there.startswith("/staff/given?")
    assert "Handler Person has 3 of them" in words_of(browser.page(there))
    town.register.rollback()
    for complaint in waiting:
        assert [one.step for one in complaint.happenings].count(Step.ASSIGNED) == 1
        assert complaint.handler_id == town.staff[Role.HANDLER].id
    said = town.register.scalars(select(StagePerson.interest)).all()
    assert said == ["No interest declared"] * 3
    assert first_fault(town.register) is None


def test_pressing_twice_gives_them_once(town: Town, waiting: list[Complaint], signed_in: SignIn) -> None:
    browser = signed_in(Role.TRIAGE)
    fields = filled(browser, town, Role.HANDLER)
    assert browser.post(GIVE, data=fields).location == browser.post(GIVE, data=fields).location
    town.register.rollback()
    assert [len([one for one in each.happenings if one.step is Step.ASSIGNED]) for each in waiting] == [1, 1, 1]


def test_whoever_considered_stage_1_is_not_given_stage_2_and_the_rest_are_given(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        asked_again = town.complains(name="Faith Mensah", code=new_code())
        town.acknowledged(asked_again)
    town.answered(asked_again, on=date(2026, 5, 20))
    town.escalated(asked_again, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        fresh = town.complains(name="Ada Quill", code=new_code())
        town.register.rollback()
        browser = signed_in(Role.MANAGER)
        there = browser.post("/staff/give", data=filled(browser, town, Role.HANDLER, url="/staff/give")).location
        said = words_of(browser.page(there))
    assert "Handler Person has 1 of them Ada Quill’s complaint" in said
    assert "1 was not given Faith Mensah’s complaint. They considered the stage before this one (Code 6.13)." in said
    town.register.rollback()
    assert fresh.handler_id == town.staff[Role.HANDLER].id
    assert asked_again.handler_id != town.staff[Role.HANDLER].id


def test_one_that_somebody_changed_meanwhile_is_left_and_named(town: Town, waiting: list[Complaint], signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)
    fields = filled(browser, town, Role.HANDLER)
    town.given_to(waiting[1], Role.REVIEWER)
    said = words_of(browser.page(browser.post(GIVE, data=fields).location))
    assert "Handler Person has 2 of them" in said
    assert "Colm Byrne’s complaint. Somebody changed it while you chose. Look at it, and give it again. It is with Reviewer Person." in said


def test_one_that_was_withdrawn_meanwhile_is_left_and_named(town: Town, waiting: list[Complaint], signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)
    fields = filled(browser, town, Role.HANDLER)
    with town.writing():
        operations.withdraw(waiting[0], by=town.resident(waiting[0]))
    said = words_of(browser.page(browser.post(GIVE, data=fields).location))
    assert "Handler Person has 2 of them" in said and "1 was not given Ada Quill’s complaint." in said


def test_what_was_not_chosen_is_said_beside_its_box(town: Town, waiting: list[Complaint], signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)
    fields = filled(browser, town, Role.HANDLER)
    for name, words in (("chosen", "Choose at least one complaint"), ("staff", "Choose who answers"), ("interest", "whether they have an interest")):
        answer = browser.post(GIVE, data={key: value for key, value in fields.items() if key != name})
        assert answer.status_code == 422
        assert words_of(answer.get_data(as_text=True)).count(words) == 2
    answer = browser.post(GIVE, data=fields | {"interest": "yes"})
    assert "Write what the interest is" in words_of(answer.get_data(as_text=True))
    town.register.rollback()
    assert {each.handler_id for each in waiting} == {None}


def test_made_up_choices_give_nothing_and_are_no_fault(town: Town, waiting: list[Complaint], signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)
    fields = filled(browser, town, Role.HANDLER)
    for odd in ("1", "x.y", "9" * 40, "-1.1", "' OR 1=1", "999.1", "²."):
        answer = browser.post(GIVE, data=fields | {"chosen": [odd]})
        assert answer.status_code in (303, 409, 422)
        assert browser.get("/staff/given", query_string={"to": odd, "chosen": odd}).status_code == 200
    town.register.rollback()
    assert {each.handler_id for each in waiting} == {None}


def test_only_those_who_may_give_out_are_led_there_and_what_they_read_is_written_down(
    town: Town, waiting: list[Complaint], signed_in: SignIn
) -> None:
    ids = ",".join(str(each.id) for each in waiting)
    assert "Give several to one person" not in words_of(signed_in(Role.HANDLER).page("/staff/"))
    browser = signed_in(Role.TRIAGE)
    link = next(each.get("href") for each in browser.page("/staff/").iter("a") if each.text == "Give several to one person")
    browser.page(link)
    town.register.rollback()
    read = town.register.scalars(select(ReadEvent).where(ReadEvent.route == "staff.give_several")).all()
    assert [each.listed for each in read] == [ids]
