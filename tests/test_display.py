"""How pages look is chosen on one page: it holds in this visit, in a browser that keeps it, and wherever the person comes in."""

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import text

from portal import browser, display
from portal.access import Role
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_party, let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_codes import other
from tests.town import CODE, Town

DISPLAY = "/display"
LARGE_AND_DARK = {"size": "largest", "colours": "dark"}
CLASSES = {"size-largest", "colours-dark"}


def look(page: html.HtmlElement) -> set[str]:
    """What a page was made to look like."""
    return set((page.getroottree().getroot().get("class") or "").split())


def look_of(client: CheckingClient, url: str = "/") -> set[str]:
    """The same of an address."""
    return look(client.page(url))


def test_nothing_is_chosen_to_begin_with_and_a_page_says_nothing_of_it(client: CheckingClient) -> None:
    assert look_of(client) == set()


def test_what_was_chosen_holds_on_every_page_of_this_visit_and_in_no_cookie_of_its_own(client: CheckingClient) -> None:
    answer = client.send(DISPLAY, LARGE_AND_DARK)
    assert answer.status_code == 303
    saved = client.page(answer.location)
    assert "Saved. Pages look like this one from now on." in words_of(saved) and look(saved) == CLASSES
    for url in ("/", "/when", "/complain/story", "/staff/sign-in"):
        assert look_of(client, url) == CLASSES
    assert client.get_cookie("display") is None
    client.post("/sign-out")
    assert look_of(client, "/signed-out") == CLASSES, "who signs out can go on reading"


def test_it_stays_in_a_browser_where_the_box_is_ticked_and_goes_where_it_is_not_ticked_again(app: Flask, client: CheckingClient) -> None:
    client.send(DISPLAY, LARGE_AND_DARK | {"stay": "y"})
    kept = client.get_cookie("display")
    assert kept is not None and kept.max_age == browser.A_YEAR.total_seconds() and kept.http_only
    later = other(app)
    later.set_cookie("display", kept.value)
    assert look_of(later) == CLASSES
    answer = later.send(DISPLAY, {"stay": None})
    assert later.get_cookie("display") is None and look_of(later, answer.location) == CLASSES


def test_who_complained_finds_it_in_whatever_browser_they_come_in_with(app: Flask, client: CheckingClient, town: Town) -> None:
    town.complains()
    signs_in(client, CODE)
    client.send(DISPLAY, LARGE_AND_DARK)
    elsewhere = other(app)
    assert look_of(elsewhere) == set()
    signs_in(elsewhere, CODE)
    assert look_of(elsewhere, "/your-complaint") == CLASSES
    chosen_there = other(app)
    chosen_there.send(DISPLAY, {"colours": "yellow"})
    signs_in(chosen_there, CODE)
    assert look_of(chosen_there, "/your-complaint") == {"colours-yellow"}, "what was chosen in a browser counts there"


def test_staff_find_it_too(app: Flask, town: Town) -> None:
    handler, before = town.staff[Role.HANDLER], other(app)
    let_in_staff(before, town.register, handler, Role.HANDLER)
    before.send(DISPLAY, LARGE_AND_DARK)
    assert look_of(before, "/staff/") == CLASSES
    assert display.read(handler.display) == {"size": "largest", "colours": "dark"}


def test_what_is_kept_of_somebody_cannot_be_read_in_the_database(client: CheckingClient, town: Town) -> None:
    complaint = town.complains()
    let_in_party(client, town.register, complaint.resident)
    client.send(DISPLAY, LARGE_AND_DARK)
    kept = [bytes(value) for value in town.register.scalars(text("SELECT display FROM person WHERE display IS NOT NULL"))]
    assert kept and not any(b"largest" in value for value in kept)


def test_the_way_back_leads_to_where_they_were_and_never_away(client: CheckingClient) -> None:
    page = client.page(DISPLAY, headers={"Referer": "http://localhost/when"})
    assert page.xpath("//a[@class='back']/@href") == ["/when"]
    assert client.page(page.xpath("//main//form/@action")[0]).xpath("//a[@class='back']/@href") == ["/when"]
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/no-such-page", "javascript:1"):
        assert client.page(DISPLAY, query_string={"from": elsewhere}).xpath("//a[@class='back']/@href") == ["/"]


@pytest.mark.parametrize("field", display.CHOICES)
@pytest.mark.parametrize("sent", ["", "huge", "\0", "größte" * 100])
def test_a_choice_that_is_none_is_refused_beside_its_question_and_changes_nothing(client: CheckingClient, field: str, sent: str) -> None:
    answer = client.send(DISPLAY, {field: sent})
    assert answer.status_code == 422
    assert html.document_fromstring(answer.get_data(as_text=True)).xpath(f"//*[@id='{field}-error']")
    assert look_of(client) == set()


@pytest.mark.parametrize("kept", ["size=huge", "colours=dark;size", "x" * 3_000, "size=", "..=.=", "size=largest\r\nSet-Cookie: a=b", "face=<script>"])
def test_a_cookie_that_says_something_else_is_passed_over(app: Flask, kept: str) -> None:
    client = other(app)
    client.set_cookie("display", kept)
    assert look_of(client) <= {"size-largest"}


def test_what_is_usual_is_not_kept_at_all() -> None:
    assert display.write({name: values[0] for name, values in display.CHOICES.items()}) == ""
    for name, values in display.CHOICES.items():
        for value in values[1:]:
            assert display.read(display.write({name: value})) == {name: value}

