"""Boxes for what somebody has typed a hundred times: their browser may fill in their own, and never somebody else's; none is asked for twice (items 29 and 33)."""

import re
from pathlib import Path

import pytest
from lxml import html

from tests import crawl, house
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_resident
from tests.resident.journeys import ANSWERS, answers
from tests.resident.test_representing import THEM
from tests.town import Town

OWN = {"name", "email", "tel", "street-address"}
EVERY_WAY = {"reach": {"channels": ["email", "phone", "post"]}}


def purposes(page: html.HtmlElement) -> dict[str, str]:
    """Each box that is written in, and what it says a browser may put there."""
    boxes = page.xpath("//main//input[@type='text' or @type='email' or @type='tel'] | //main//textarea")
    return {each.get("name"): each.get("autocomplete", "") for each in boxes}


def test_item_29_their_own_boxes_say_which_they_are(client: CheckingClient, town: Town) -> None:
    answers(client, **EVERY_WAY)
    said = purposes(client.page("/complain/name")) | purposes(client.page("/complain/home")) | purposes(client.page("/complain/details"))
    told = {"name": "name", "address": "street-address", "email": "email", "phone": "tel", "post": "street-address"}
    assert {box: said[box] for box in told} == told
    complaint = town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    said = purposes(client.page("/your-complaint/contact"))
    assert {box: said[box] for box in ("email", "phone", "post")} == {"email": "email", "phone": "tel", "post": "street-address"}


def test_item_29_boxes_for_somebody_else_are_filled_in_by_no_browser(client: CheckingClient) -> None:
    answers(client, name={"name": "Rhys Marsh", "whom": "other"}, them=THEM)
    said = purposes(client.page("/complain/them"))
    assert said and not set(said.values()) & OWN, said
    assert {said[box] for box in ("email", "phone")} == {"off"}


@pytest.mark.parametrize("path", [path for path in house.templates() if re.search(r'type="(?:tel|email)"', path.read_text())], ids=lambda path: path.stem)
def test_item_29_every_box_for_an_address_or_a_number_says_whose_it_is(path: Path) -> None:
    calls = re.findall(r"fields\.text\([^{}]*type=\"(?:tel|email)\"[^{}]*\)", path.read_text())
    assert [each for each in calls if "autocomplete=" not in each] == []


def test_item_33_no_way_to_reach_them_is_asked_for_twice_in_a_complaint(client: CheckingClient) -> None:
    answers(client, **EVERY_WAY)
    asked: dict[str, list[str]] = {}
    for question in (*ANSWERS, "details"):
        for box, purpose in purposes(client.page(f"/complain/{question}")).items():
            if purpose in OWN:
                asked.setdefault(purpose, []).append(f"{question}: {box}")
    assert {purpose: boxes for purpose, boxes in asked.items() if len(boxes) > 1} == {"street-address": ["home: address", "details: post"]}
    page = client.page("/complain/details")
    assert page.xpath("//input[@name='where']"), "where letters go is chosen, and written again only where it is another address"


CONTACT = "/your-complaint/contact"


def boxes_of(page: html.HtmlElement) -> dict[str, str]:
    """Each box that is written in, by its label."""
    written = "//main//*[@id=$id][self::textarea or @type='text' or @type='email' or @type='tel']"
    return {words_of(label): str(label.get("for")) for label in page.xpath("//main//form//label") if page.xpath(written, id=label.get("for"))}


def test_item_33_after_it_was_sent_one_page_alone_asks_how_to_reach_them_and_shows_what_we_have(client: CheckingClient, town: Town) -> None:
    complaint = town.complains(safe_contact={"channels": ["email", "phone", "post"], "email": "samira@example.org", "phone": "01632 960111", "post": "14 Quarry Bank"})
    town.acknowledged(complaint)
    town.answered(complaint)
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    asked: dict[str, list[str]] = {}
    again: dict[str, set[str]] = {}
    for found in crawl.pages(client, "/your-complaint", press=False, alike=1, through=lambda url: url.startswith("/your-complaint")):
        path = found.what.split(" ")[1].partition("?")[0]
        for box, purpose in purposes(found.page).items():
            if purpose in OWN:
                asked.setdefault(path, []).append(box)
        for label in boxes_of(found.page):
            again.setdefault(label, set()).add(path)
    assert asked == {CONTACT: ["email", "phone", "post"]} and len(again) > 10
    assert {label: paths for label, paths in again.items() if len(paths) > 1} == {}, "a box with the same question stands on two pages"
    page = words_of(client.page(CONTACT))
    assert "Email, to s" in page and "the number that ends in 11" in page and "Post, to the address that we have" in page
