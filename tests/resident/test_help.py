"""What every page offers somebody who is stuck: a person to ring, at any hour where it cannot wait, and a true word about waiting."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from lxml import html

from portal import clock, db, pace
from portal.complaints.settings import LandlordSetting
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.resident.journeys import signs_in
from tests.town import CODE, Town

PAGES = ("/", "/policy", "/complain/story", "/follow", "/no-such-page")
EMERGENCY = "01632 960999 Our emergency line, at any hour. If a life is in danger, ring 999."


def help_on(client: CheckingClient, url: str) -> html.HtmlElement:
    """The help at the end of a page."""
    page = html.document_fromstring(client.get(url, follow_redirects=True).get_data(as_text=True))
    return page.xpath("//aside[@class='help']")[0]


@pytest.mark.parametrize("url", [*PAGES, "/your-complaint", "/your-complaint/words"])
def test_item_10_every_page_says_whom_to_ring_when_it_cannot_wait(client: CheckingClient, town: Town, url: str) -> None:
    town.complains()
    signs_in(client, CODE)
    said = help_on(client, url)
    assert EMERGENCY in words_of(said)
    assert {"tel:999", "tel:01632960999"} <= set(said.xpath(".//a/@href"))


def test_the_page_where_they_say_what_happened_says_it_before_they_write_much(client: CheckingClient) -> None:
    links = client.page("/complain/story").xpath("//main//form//p//a/@href")
    assert links[:2] == ["tel:01632960999", "tel:999"]


def test_the_hours_begin_with_a_capital_however_the_landlord_wrote_them(client: CheckingClient, town: Town) -> None:
    with db.transaction(town.register):
        town.register.add(LandlordSetting(name="phone_hours", value="free, Monday to Friday", set_at=clock.now()))
    assert "Free, Monday to Friday" in words_of(help_on(client, "/"))


def test_whoever_is_asked_to_wait_can_go_on_when_the_page_says_they_can(
    app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST, "code", 2)
    town.complains()
    began = datetime(2026, 5, 18, 9, tzinfo=UTC)
    browser, answers = app.test_client(), []
    for minutes in (0, 0, 0, 61):
        with clock.at(began + timedelta(minutes=minutes)):
            filled = form_values(pick_form(html.document_fromstring(browser.get("/follow").data), 0))
            filled["code"] = CODE
            answers.append(browser.post("/follow", data=filled, environ_base={"REMOTE_ADDR": "203.0.113.7"}))
    assert [each.status_code for each in answers] == [303, 303, 429, 303]
    said = words_of(answers[2].get_data(as_text=True))
    assert "Wait a minute" in said and "try again in an hour" in said
    assert (pace.A_MINUTE, pace.AN_HOUR) == (60, 3600)
    assert "kept" not in said
