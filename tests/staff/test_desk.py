"""The desk: what stage 1 found stays beside the boxes, one blank row at a time, and the keyboard goes where the work goes on."""

from datetime import date

import pytest
from playwright.sync_api import Page

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests.browser.fixtures import Browse
from tests.browser_client import form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import ACKNOWLEDGING, PASSWORD, Town


def at_stage_2(town: Town, *, stage_1_answered: bool = True) -> Complaint:
    """A complaint whose second stage is acknowledged, and waits for the reviewer's answer."""
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    if stage_1_answered:
        town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    return complaint


def reviewed(town: Town, complaint: Complaint) -> None:
    """A reviewer has it, and has acknowledged it."""
    town.given_to(complaint, Role.REVIEWER)
    with town.writing():
        operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.REVIEWER))


def test_the_reviewer_answers_each_point_with_what_stage_1_decided_and_why_beside_it(town: Town, signed_in: SignIn) -> None:
    complaint = at_stage_2(town)
    with clock.at(date(2026, 6, 2)):
        reviewed(town, complaint)
        page = signed_in(Role.REVIEWER).page(url(complaint, "response"))
    first, second = (words_of(page.get_element_by_id(f"point{number}")) for number in (1, 2))
    assert "Stage 1 decided: upheld The first order was closed by mistake." in first
    assert "Stage 1 decided: not upheld Our records show two calls." in second
    assert "Nobody rang back." in second


def test_nothing_is_said_of_an_earlier_stage_where_there_was_none(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.acknowledged(complaint)
    page = signed_in(Role.HANDLER).page(url(complaint, "response"))
    assert "Stage" not in words_of(page.get_element_by_id("point1"))


def test_a_point_that_stage_1_never_answered_says_so(town: Town, signed_in: SignIn) -> None:
    complaint = at_stage_2(town)
    more = [*ACKNOWLEDGING["points"], {"number": 3, "text": "The answer came late.", "responsibility": "ours"}]
    with clock.at(date(2026, 6, 2)):
        town.given_to(complaint, Role.REVIEWER)
        with town.writing():
            operations.acknowledge(complaint, ACKNOWLEDGING | {"points": more}, by=town.viewer(Role.REVIEWER))
        page = signed_in(Role.REVIEWER).page(url(complaint, "response"))
    assert "Stage 1 did not answer this point." in words_of(page.get_element_by_id("point3"))


def test_a_letter_is_begun_with_one_row_of_each_kind(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    browser = signed_in(Role.HANDLER)
    boxes = form_values(pick_form(browser.page(url(complaint, "acknowledgement")), 0))
    assert "p1-text" in boxes and "p2-text" not in boxes
    town.acknowledged(complaint)
    boxes = form_values(pick_form(browser.page(url(complaint, "response")), 0))
    assert {"p1-kind1", "p2-kind1", "a1-what"} <= set(boxes)
    assert not {"p1-kind2", "p2-kind2", "a2-what"} & set(boxes)


WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def at_work(browse: Browse, town: Town) -> Browse:
    """Open a page in Chromium as the handler."""
    email = town.staff[Role.HANDLER].email
    town.register.rollback()

    def open_page(path: str, **options: object) -> Page:
        page = browse("/staff/sign-in", **options)
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.goto(path)
        return page

    return open_page


def focused(page: Page) -> str:
    """The id of what the keyboard is on."""
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.browser
@WITH_AND_WITHOUT
def test_the_keyboard_goes_to_the_new_row_and_to_what_is_missing(scripts: bool, at_work: Browse, town: Town) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    address = url(complaint, "acknowledgement")
    town.register.rollback()
    page = at_work(address, scripts=scripts)
    page.get_by_role("button", name="Add another point").click()
    page.wait_for_url("**#p2-text")
    assert focused(page) == "p2-text"
    page.get_by_role("button", name="Check what is missing").click()
    page.wait_for_url("**#asks-heading")
    assert focused(page) == "asks-heading"


@pytest.mark.browser
@WITH_AND_WITHOUT
def test_the_keyboard_goes_to_the_new_remedy_and_the_new_action(scripts: bool, at_work: Browse, town: Town) -> None:
    complaint = town.complains()
    town.acknowledged(complaint)
    address = url(complaint, "response")
    town.register.rollback()
    page = at_work(address, scripts=scripts)
    for button, box in (("Add a remedy to point 2", "p2-kind2"), ("Add an action", "a2-what")):
        page.get_by_role("button", name=button).click()
        page.wait_for_url(f"**#{box}")
        assert focused(page) == box


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_rule_between_two_points_is_drawn_above_the_name_of_the_second(width: int, at_work: Browse, town: Town) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    address = url(complaint, "acknowledgement")
    town.register.rollback()
    page = at_work(address, width=width)
    page.get_by_role("button", name="Add another point").click()
    page.wait_for_url("**#p2-text")
    second = page.locator(".point").nth(1)
    line, name = second.bounding_box(), second.locator("legend").first.bounding_box()
    assert line and name and line["y"] + 8 < name["y"]
    assert second.evaluate("element => getComputedStyle(element).borderBlockStartWidth") == "1px"
