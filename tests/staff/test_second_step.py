"""The second step of signing in: a code from a phone, once each; ten recovery codes; and a phone that is lost."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, text

from portal import accounts, clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.papers import Outbox
from portal.complaints.people import RecoveryCode, SecondFactor, Visit
from portal.complaints.second_factor import FEW
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import PASSWORD, Town

SIGN_IN, STEP, HERE, SET_UP = "/staff/sign-in", "/staff/sign-in/code", "/staff/account/second-step", "/staff/account/second-step/set-up"
NOON = datetime(2026, 5, 11, 12, 0, tzinfo=UTC)
EMAIL = "handler@landlord.example"


class Phone:
    """Somebody's phone, which has the secret."""

    def __init__(self, secret: str) -> None:
        self.app = pyotp.TOTP(secret)

    def shows(self, *, ago: int = 0) -> str:
        """What it shows now, or showed so many seconds ago."""
        return self.app.at(int(clock.now().timestamp()) - ago)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def set_up(browser: CheckingClient) -> tuple[Phone, list[str]]:
    """Somebody sets it up by what is on the pages: their phone, and their recovery codes."""
    assert browser.send(HERE, {"password": PASSWORD}, form="begin").location == SET_UP
    page = browser.page(SET_UP)
    phone = Phone("".join(words_of(page.find_class("groups")[0]).split()))
    return phone, codes_on(browser.send(SET_UP, {"code": phone.shows()}))


def codes_on(answer: object) -> list[str]:
    """The recovery codes on the page that shows them."""
    assert answer.status_code == 200, answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return re.findall(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", words_of(answer.get_data(as_text=True)))  # type: ignore[attr-defined]


def comes_to_the_door(app: Flask) -> CheckingClient:
    """A browser in which the password was given."""
    browser = app.test_client()
    assert isinstance(browser, CheckingClient)
    assert browser.send(SIGN_IN, {"email": EMAIL, "password": PASSWORD}).location == STEP
    return browser


def later(seconds: int) -> datetime:
    """So many seconds from now."""
    return clock.now() + timedelta(seconds=seconds)


def test_it_is_asked_for_once_a_code_has_shown_that_the_phone_has_it(town: Town, signed_in: SignIn, app: Flask) -> None:
    browser, other = signed_in(Role.HANDLER), signed_in(Role.HANDLER)
    assert browser.send(HERE, {"password": PASSWORD}, form="begin").location == SET_UP
    signed_in(Role.HANDLER)
    phone, codes = set_up(browser)
    assert len(codes) == len(set(codes)) == 10
    assert other.get("/staff/").location.startswith(SIGN_IN), "whoever had the password alone is out"
    assert "On since" in words_of(browser.page(HERE)).replace("On  ", "On ")
    with clock.at(later(60)):
        door = comes_to_the_door(app)
        assert door.get("/staff/").location.startswith(SIGN_IN), "the password alone opens nothing"
        assert door.send(STEP, {"code": phone.shows()}).location == "/staff/"
        assert door.get("/staff/").status_code == 200


def test_the_picture_and_the_text_are_the_same_secret_and_gone_once_it_is_on(signed_in: SignIn, town: Town) -> None:
    browser = signed_in(Role.HANDLER)
    browser.send(HERE, {"password": PASSWORD}, form="begin")
    picture = browser.get(f"{HERE}/picture")
    assert picture.mimetype == "image/svg+xml" and picture.get_data().startswith(b"<?xml") and b"style" not in picture.get_data()
    assert browser.page(SET_UP).xpath("//img[@alt and @src=$src]", src=f"{HERE}/picture")
    set_up(browser)
    for address in (f"{HERE}/picture", SET_UP):
        assert browser.get(address).location == HERE
    stored: bytes = town.register.execute(text("SELECT secret FROM second_factor")).scalar_one()
    secret = town.register.scalars(select(SecondFactor)).one().secret
    assert secret.encode() not in bytes(stored), "it lies sealed"


def test_a_code_is_good_once_and_so_is_the_one_before_it(signed_in: SignIn, app: Flask) -> None:
    phone, _codes = set_up(signed_in(Role.HANDLER))
    with clock.at(later(90)):
        code, before = phone.shows(), phone.shows(ago=30)
        assert comes_to_the_door(app).send(STEP, {"code": code}).status_code == 303
        again = comes_to_the_door(app)
        for used in (code, before, f" {code[:3]} {code[3:]} "):
            answer = again.send(STEP, {"code": used})
            assert answer.status_code == 422 and "used already" in words_of(answer.get_data(as_text=True))


@pytest.mark.parametrize(("ago", "status"), [(-60, 422), (-30, 303), (0, 303), (30, 303), (60, 422)])
def test_the_code_of_half_a_minute_either_side_is_taken_and_none_further(ago: int, status: int, signed_in: SignIn, app: Flask) -> None:
    phone, _codes = set_up(signed_in(Role.HANDLER))
    with clock.at(later(300)):
        assert comes_to_the_door(app).send(STEP, {"code": phone.shows(ago=ago)}).status_code == status


def test_after_a_few_wrong_codes_the_next_waits_ever_longer_and_a_restart_forgets_nothing(signed_in: SignIn, app: Flask, town: Town) -> None:
    phone, codes = set_up(signed_in(Role.HANDLER))
    with clock.at(later(300)):
        door = comes_to_the_door(app)
        for _ in range(FEW):
            assert "That is not the code" in words_of(door.send(STEP, {"code": "000 000"}).get_data(as_text=True))
        app.extensions.pop("pace", None)
        assert "several wrong codes" in words_of(door.send(STEP, {"code": phone.shows()}).get_data(as_text=True))
    with clock.at(later(300 + 61)):
        assert door.send(STEP, {"code": "000000"}).status_code == 422
    with clock.at(later(300 + 61 + 61)):
        assert "several wrong codes" in words_of(comes_to_the_door(app).send(STEP, {"code": phone.shows()}).get_data(as_text=True))
        assert comes_to_the_door(app).send(STEP, {"code": codes[0]}).status_code == 303, "a recovery code cannot be guessed, and does not wait"
        assert comes_to_the_door(app).send(STEP, {"code": phone.shows()}).status_code == 303


@pytest.mark.parametrize("times", [1, 5, 6, 9, 60])
def test_no_wait_is_longer_than_an_hour(times: int, signed_in: SignIn, town: Town, app: Flask) -> None:
    phone, _codes = set_up(signed_in(Role.HANDLER))
    with town.writing():
        factor = town.register.scalars(select(SecondFactor)).one()
        factor.wrong, factor.wrong_at = times, clock.now()
    with clock.at(later(3601)):
        assert comes_to_the_door(app).send(STEP, {"code": phone.shows()}).status_code == 303


def test_a_recovery_code_signs_in_once_typed_in_any_way_and_is_kept_nowhere(signed_in: SignIn, app: Flask, town: Town) -> None:
    _phone, codes = set_up(signed_in(Role.HANDLER))
    typed = f" {codes[3].lower().replace('-', ' ')} "
    door = comes_to_the_door(app)
    assert door.send(STEP, {"code": typed}).status_code == 303
    assert "You have 9 recovery codes left" in words_of(door.page(HERE))
    assert comes_to_the_door(app).send(STEP, {"code": typed}).status_code == 422
    kept = {each.code_lookup for each in town.register.scalars(select(RecoveryCode))}
    assert not kept & {code.replace("-", "") for code in codes}


def test_a_recovery_code_is_good_for_its_own_account_alone(signed_in: SignIn, app: Flask) -> None:
    _phone, _mine = set_up(signed_in(Role.HANDLER))
    _other, theirs = set_up(signed_in(Role.MANAGER))
    assert comes_to_the_door(app).send(STEP, {"code": theirs[0]}).status_code == 422


def test_ten_new_recovery_codes_end_the_old_and_need_a_code(signed_in: SignIn, app: Flask) -> None:
    browser = signed_in(Role.HANDLER)
    phone, old = set_up(browser)
    assert browser.send(HERE, {"code": "000000", "then": "codes"}).status_code == 422
    with clock.at(later(60)):
        new = codes_on(browser.send(HERE, {"code": phone.shows(), "then": "codes"}))
    assert len(new) == 10 and not set(new) & set(old)
    assert comes_to_the_door(app).send(STEP, {"code": old[0]}).status_code == 422
    assert comes_to_the_door(app).send(STEP, {"code": new[0]}).status_code == 303


def test_it_is_turned_off_with_a_code_and_no_other_way(signed_in: SignIn, town: Town) -> None:
    browser = signed_in(Role.HANDLER)
    phone, _codes = set_up(browser)
    assert browser.send(HERE, {"code": "", "then": "off"}).status_code == 422
    with clock.at(later(60)):
        assert browser.send(HERE, {"code": phone.shows(), "then": "off"}).location == HERE
    assert "Set it up" in words_of(browser.page(HERE))
    assert signed_in(Role.HANDLER).get("/staff/").status_code == 200
    assert town.register.scalars(select(RecoveryCode)).all() == []


def test_nobody_sets_up_a_second_one_over_the_first(signed_in: SignIn, town: Town) -> None:
    browser = signed_in(Role.HANDLER)
    fields = form_values(pick_form(browser.page(HERE), "begin"))
    set_up(browser)
    before = town.register.scalars(select(SecondFactor)).one().secret
    assert browser.post(f"{HERE}/begin", data=fields | {"key": "another"}).location == HERE
    assert town.register.scalars(select(SecondFactor)).one().secret == before


def test_the_step_that_comes_too_late_or_without_a_password_begins_again(signed_in: SignIn, app: Flask, client: CheckingClient) -> None:
    phone, _codes = set_up(signed_in(Role.HANDLER))
    assert "Write your email address and password first" in words_of(client.page(STEP))
    door = comes_to_the_door(app)
    fields = form_values(pick_form(door.page(STEP), 0))
    with clock.at(later(601)):
        assert door.post(STEP, data=fields | {"code": phone.shows()}).status_code == 422
        assert "Write your email address and password first" in words_of(door.page(STEP))


def test_somebody_who_leaves_between_the_two_steps_does_not_come_in(signed_in: SignIn, app: Flask, town: Town) -> None:
    phone, _codes = set_up(signed_in(Role.HANDLER))
    door = comes_to_the_door(app)
    fields = form_values(pick_form(door.page(STEP), 0))
    with town.writing():
        operations.say_left(town.register, town.staff[Role.HANDLER], by=town.viewer(Role.MANAGER))
    with clock.at(later(60)):
        assert door.post(STEP, data=fields | {"code": phone.shows()}).status_code == 422
    assert door.get("/staff/").location.startswith(SIGN_IN)


def test_the_way_back_leads_through_both_steps_to_the_page_that_was_asked_for(signed_in: SignIn, app: Flask) -> None:
    phone, _codes = set_up(signed_in(Role.HANDLER))
    browser = app.test_client()
    assert isinstance(browser, CheckingClient)
    step = browser.send(browser.get("/staff/find").location, {"email": EMAIL, "password": PASSWORD}).location
    with clock.at(later(60)):
        assert browser.send(step, {"code": phone.shows()}).location == "/staff/find"


def test_a_visit_that_is_half_way_is_listed_nowhere_and_switching_a_role_keeps_the_second_step(signed_in: SignIn, app: Flask, town: Town) -> None:
    browser = signed_in(Role.HANDLER)
    set_up(browser)
    comes_to_the_door(app)
    assert "You are signed in nowhere else" in words_of(browser.page("/staff/account/visits"))
    with town.writing():
        town.staff[Role.HANDLER].roles = [Role.HANDLER, Role.REVIEWER]
    browser.send("/staff/account", {"role": "reviewer"}, form="role")
    found = town.register.scalars(select(Visit).where(Visit.role == Role.REVIEWER)).one()
    assert found.how == accounts.SECOND_STEP


def demanded(manager: CheckingClient) -> None:
    """A manager says that everybody takes a second step."""
    assert manager.send("/staff/settings", {"second_factor_demanded": "yes"}).status_code == 303


def test_where_the_landlord_demands_it_everybody_sets_it_up_before_anything_else(signed_in: SignIn, app: Flask) -> None:
    manager, browser = signed_in(Role.MANAGER), signed_in(Role.HANDLER)
    assert browser.get("/staff/").status_code == 200
    demanded(manager)
    for who in (manager, browser):
        assert who.get("/staff/").location == who.get("/staff/find").location == HERE
    assert "asks everybody who works here for a second step" in words_of(browser.page(HERE))
    phone, _codes = set_up(browser)
    assert browser.get("/staff/").status_code == 200
    with clock.at(later(60)):
        assert browser.send(HERE, {"code": phone.shows(), "then": "off"}).location == HERE
        assert browser.get("/staff/").location == HERE, "and whoever turns it off sets it up again"


def test_a_manager_takes_it_away_from_somebody_whose_phone_is_lost_who_notices(signed_in: SignIn, town: Town) -> None:
    browser, manager = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
    set_up(browser)
    url = f"/staff/people/{town.staff[Role.HANDLER].id}"
    assert manager.send(url, {"lost": ""}, form="second-step").status_code == 422, "why is asked"
    assert browser.get("/staff/").status_code == 200
    assert manager.send(url, {"lost": "She rang from her desk"}, form="second-step").location == url
    assert "The second step was taken away. She rang from her desk Written down by Manager Person" in words_of(manager.page(url))
    assert [(row.kind, row.staff_id) for row in town.register.query(Outbox)] == [("account", town.staff[Role.HANDLER].id)] * 2
    assert browser.get("/staff/").location.startswith(SIGN_IN), "whoever has the phone is out"
    assert "The second step was taken away" in words_of(signed_in(Role.HANDLER).page("/staff/account"))
    assert not manager.page(url).xpath("//form[contains(@action, 'second-step')]")


def test_no_manager_takes_away_their_own_or_one_that_is_not_there(signed_in: SignIn, town: Town) -> None:
    manager, mine = signed_in(Role.MANAGER), town.staff[Role.MANAGER].id
    set_up(manager)
    url = f"/staff/people/{mine}"
    fields = form_values(pick_form(manager.page(url), "second-step")) | {"lost": "It is lost"}
    answer = manager.post(f"{url}/second-step", data=fields)
    assert answer.status_code == 422 and "your own second step" in words_of(answer.get_data(as_text=True))
    other = manager.post(f"/staff/people/{town.staff[Role.HANDLER].id}/second-step", data=fields)
    assert other.status_code == 422 and "They have no second step" in words_of(other.get_data(as_text=True))


def test_whoever_lost_their_second_step_sets_it_up_again_before_they_open_a_complaint_and_an_auditor_reads_why(
    signed_in: SignIn, app: Flask, town: Town
) -> None:
    administrator, manager = signed_in(Role.ADMINISTRATOR), signed_in(Role.MANAGER)
    set_up(signed_in(Role.HANDLER))
    administrator.send(f"/staff/people/{town.staff[Role.HANDLER].id}", {"lost": "The phone is lost"}, form="second-step")
    read = words_of(signed_in(Role.AUDITOR).page("/staff/record/accounts"))
    assert "Handler Person The second step was taken away. The phone is lost Administrator Person" in read
    demanded(manager)
    door = app.test_client()
    assert isinstance(door, CheckingClient)
    assert door.send(SIGN_IN, {"email": EMAIL, "password": PASSWORD}).status_code == 303
    assert {door.get(each).location for each in ("/staff/", "/staff/find", "/staff/account")} == {HERE}


@pytest.mark.parametrize("typed", ["", "not the password at all"])
def test_whoever_finds_a_session_open_turns_no_second_step_on(typed: str, signed_in: SignIn, town: Town) -> None:
    browser = signed_in(Role.HANDLER)
    refused = browser.send(HERE, {"password": typed}, form="begin")
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422 and 'id="password-error"' in page and (not typed or typed not in page)
    assert town.register.scalars(select(SecondFactor)).all() == []
    assert browser.get(SET_UP).location == HERE


def test_whoever_turns_it_on_or_off_is_told_by_mail_and_reads_it_on_their_page(signed_in: SignIn, town: Town) -> None:
    browser = signed_in(Role.HANDLER)
    phone, _codes = set_up(browser)
    mine = town.staff[Role.HANDLER].id
    assert [(row.kind, row.staff_id) for row in town.register.query(Outbox)] == [("account", mine)]
    town.register.rollback()
    with clock.at(later(60)):
        browser.send(HERE, {"code": phone.shows(), "then": "off"})
        assert [(row.kind, row.staff_id) for row in town.register.query(Outbox)] == [("account", mine)] * 2
        town.register.rollback()
        said = words_of(browser.page("/staff/account"))
    assert "The second step was turned on. Written down by Handler Person" in said and "The second step was turned off." in said


def test_the_page_of_somebody_with_a_second_step_and_another_account_asks_why_of_each(signed_in: SignIn, town: Town) -> None:
    set_up(signed_in(Role.HANDLER))
    with town.writing():
        operations.say_same(town.register, town.staff[Role.HANDLER], town.staff[Role.REVIEWER], by=town.viewer(Role.MANAGER))
    page = signed_in(Role.MANAGER).page(f"/staff/people/{town.staff[Role.HANDLER].id}")
    ids = [str(each) for each in page.xpath("//main//@id")]
    assert {"lost", "because"} <= set(ids) and len(ids) == len(set(ids))
