"""Services and their teams, and the days that the landlord chooses: kept on pages, by an administrator or a manager (I1)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import contractors, operations
from portal.complaints.models import Complaint
from portal.complaints.people import AccountChange, Staff
from portal.complaints.settings import Service, SettingChange
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town

HERE = "/staff/services"
KEEPERS = (Role.ADMINISTRATOR, Role.MANAGER)


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with clock.at(date(2026, 5, 12)):
        yield


def of_repairs(town: Town) -> str:
    return f"{HERE}/{town.repairs.id}"


def team(town: Town, service: Service) -> list[str]:
    """The names of those whom the account changes put into a team."""
    found = [town.register.get_one(Staff, one.staff_id).name for one in town.register.query(AccountChange).filter_by(service_id=service.id)]
    town.register.rollback()
    return found


@pytest.mark.parametrize("role", KEEPERS)
def test_a_service_is_added_on_a_page_and_whoever_adds_it_says_who_works_on_it(town: Town, signed_in: SignIn, role: Role) -> None:
    browser = signed_in(role)
    added = browser.send(HERE, {"name": "  Grounds   and gardens "})
    made = town.register.query(Service).filter_by(name="Grounds and gardens").one()
    assert added.location == f"{HERE}/{made.id}"
    senior = town.staff[Role.SENIOR]
    assert browser.send(added.location, {"people": [str(senior.id)]}).location == HERE
    page = words_of(browser.page(HERE))
    assert "Grounds and gardensSenior Person 1 person" in page
    assert "Grounds and gardens was added" in page and town.staff[role].name in page
    assert team(town, made) == ["Senior Person"]
    assert "Grounds and gardens" in words_of(browser.page(f"/staff/people/{senior.id}"))


def test_a_service_is_renamed_everywhere_and_its_old_name_is_kept(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    town.triaged(complaint)
    administrator = signed_in(Role.ADMINISTRATOR)
    kept = administrator.send(of_repairs(town), {"name": "Repairs and maintenance"})
    assert kept.location == HERE
    assert "Repairs was renamed Repairs and maintenanceAdministrator Person" in words_of(administrator.page(HERE))
    assert "Repairs and maintenance" in words_of(signed_in(Role.MANAGER).page("/staff/?service=" + str(town.repairs.id)))
    assert team(town, town.repairs) == [], "its team is as it was"


def test_who_is_taken_out_of_a_team_is_asked_why_from_the_next_page(town: Town, signed_in: SignIn) -> None:
    complaint: Complaint = town.complains()
    town.given_to(complaint)
    town.triaged(complaint)
    senior = signed_in(Role.SENIOR)
    assert senior.get(url(complaint)).status_code == 200
    stays = [str(each.id) for role, each in town.staff.items() if role is not Role.SENIOR] + [str(town.second_reviewer.id)]
    signed_in(Role.MANAGER).send(of_repairs(town), {"people": stays})
    assert senior.get(url(complaint)).location.startswith(url(complaint, "why"))
    assert team(town, town.repairs) == ["Senior Person"], "one change is written down, and no other"


def test_a_press_that_changes_nothing_is_not_written_down_and_who_left_stays_in_their_team(town: Town, signed_in: SignIn) -> None:
    with town.writing():
        operations.say_left(town.register, town.staff[Role.COLLEAGUE], by=town.viewer(Role.MANAGER))
    before = town.register.query(AccountChange).count()
    administrator = signed_in(Role.ADMINISTRATOR)
    assert "Colleague Person" not in words_of(administrator.page(of_repairs(town)))
    assert administrator.send(of_repairs(town)).location == HERE
    assert town.register.query(AccountChange).count() == before and not town.register.query(SettingChange).count()
    with town.writing():
        operations.say_back(town.register, town.staff[Role.COLLEAGUE], by=town.viewer(Role.MANAGER))
    assert "Repairs" in words_of(signed_in(Role.COLLEAGUE).page("/staff/account"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("  ", "Write what the service is called"), ("repairs", "There is a service of this name already"), ("g" * 81, "1 letter too long"), ("g" * 700, "too long")],
)
def test_a_name_that_is_none_or_another_services_is_told_beside_its_box_and_kept(town: Town, signed_in: SignIn, name: str, said: str) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    with town.writing():
        operations.add_service(town.register, "Lettings", by=town.viewer(Role.ADMINISTRATOR))
    lettings = town.register.query(Service).filter_by(name="Lettings").one().id
    for address in (HERE, f"{HERE}/{lettings}"):
        answer = browser.send(address, {"name": name})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and words_of(page).count(said) == 2 and name.strip() in page
    unknown = browser.send(f"{HERE}/{lettings}", {"people": ["999"]})
    assert unknown.status_code == 422 and "Choose one of the answers" in words_of(unknown.get_data(as_text=True))


def test_before_any_service_is_named_the_page_says_that_everybody_is_one_team(town: Town, signed_in: SignIn) -> None:
    with town.writing():
        for staff in town.staff.values():
            operations.set_teams(town.register, staff, [], by=town.viewer(Role.MANAGER))
        operations.set_teams(town.register, town.second_reviewer, [], by=town.viewer(Role.MANAGER))
        town.register.query(AccountChange).delete()
        town.register.delete(town.repairs)
    page = words_of(signed_in(Role.ADMINISTRATOR).page(HERE))
    assert "No service is named yet" in page and "everybody is one team" in page


def days_open(town: Town, complaint: Complaint) -> timedelta:
    asking = operations.Asking("When were you there?", "Weir Roofing")
    with town.writing():
        question = operations.ask_contractor(complaint, asking, contractors.new_link(), by=town.viewer(Role.MANAGER))
        return question.expires_at - question.asked_at


def test_how_long_a_contractors_link_stays_open_is_set_on_a_page_and_holds_from_then(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    assert days_open(town, complaint) == timedelta(14)
    browser: CheckingClient = signed_in(Role.ADMINISTRATOR)
    assert browser.send("/staff/settings", {"question_open_for": "5"}).location == "/staff/settings"
    town.register.info.pop("landlord", None)
    assert days_open(town, complaint) == timedelta(5)
    page = words_of(browser.page("/staff/settings"))
    assert "can open the link to a question: 5Before: 14Administrator Person" in page and "question_open_for" not in page


@pytest.mark.parametrize("typed", ["", "0", "61", "-1", "five", "5.5", "٥", "9" * 30])
def test_a_number_of_days_that_is_none_is_told_beside_its_box_and_kept(town: Town, signed_in: SignIn, typed: str) -> None:
    answer = signed_in(Role.ADMINISTRATOR).send("/staff/settings", {"question_open_for": typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Write a number from 1 to 60" in words_of(page) and f'value="{typed}"' in page
    assert not town.register.query(SettingChange).count()
