"""What every page offers somebody who is stuck: a person to ring, at any hour where it cannot wait."""

import pytest
from lxml import html

from portal import clock, db
from portal.complaints.settings import LandlordSetting
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import signs_in
from tests.town import CODE, Town

PAGES = ("/", "/policy", "/complain/story", "/follow", "/no-such-page")
EMERGENCY = "01632 960999 Our emergency line, at any hour. If a life is in danger, ring 999."


def help_on(client: CheckingClient, url: str) -> html.HtmlElement:
    """The help at the end of a page."""
    page = html.document_fromstring(client.get(url, follow_redirects=True).get_data(as_text=True))
    return page.xpath("//aside[@class='help']")[0]


@pytest.mark.parametrize("url", [*PAGES, "/your-complaint", "/your-complaint/words"])
def test_every_page_says_whom_to_ring_when_it_cannot_wait(client: CheckingClient, town: Town, url: str) -> None:
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
