"""What a page says when an answer is missing: one thing for each thing, and nothing that is not so."""

import pytest
from lxml import html
from werkzeug.test import TestResponse

from tests.browser_client import CheckingClient, Fields
from tests.resident.journeys import ANSWERS, signs_in
from tests.town import CODE, Town

POST = {"channels": ["post"]}
ALL = {"channels": ["email", "phone", "post"]}
KEPT = "We have kept everything you wrote."
CALM = "Nothing is lost."


def with_a_home(client: CheckingClient, ways: Fields) -> None:
    """As far as the details, for somebody with an address and these ways."""
    client.send("/complain/home", ANSWERS["home"])
    client.send("/complain/reach", ways)


def sorted_out(answer: TestResponse) -> list[str]:
    """What the list at the top of the page asks to be put right."""
    assert answer.status_code == 422
    page = html.document_fromstring(answer.get_data(as_text=True))
    return [each.text_content() for each in page.xpath("//div[@class='error-summary__body']//li")]


def test_somebody_who_did_not_say_where_letters_go_is_asked_that_alone(client: CheckingClient) -> None:
    with_a_home(client, POST)
    assert sorted_out(client.send("/complain/details", {"where": []})) == ["Choose where we should send letters"]


def test_the_address_is_asked_for_once_somewhere_else_is_chosen(client: CheckingClient) -> None:
    with_a_home(client, POST)
    assert sorted_out(client.send("/complain/details", {"where": "other"})) == ["Write the address we should send letters to"]


def test_somebody_without_a_home_is_asked_for_the_address_at_once(client: CheckingClient) -> None:
    client.send("/complain/home", {"home": "none"})
    client.send("/complain/reach", POST)
    assert sorted_out(client.send("/complain/details")) == ["Write the address we should send letters to"]


def test_each_thing_left_empty_is_said_once(client: CheckingClient) -> None:
    with_a_home(client, ALL)
    said = sorted_out(client.send("/complain/details"))
    assert len(said) == len(set(said)) == 5
    assert "Write the address we should send letters to" not in said



def test_nothing_is_said_to_be_kept_where_nothing_was_written(client: CheckingClient) -> None:
    for url in ("/complain/danger", "/complain/home", "/complain/story", "/complain/right", "/complain/when"):
        said = client.send(url).get_data(as_text=True)
        assert (KEPT in said, CALM in said) == (False, True), url


def test_what_was_written_is_said_to_be_kept(client: CheckingClient) -> None:
    for question, written in (("home", {"address": "By the lock"}), ("home", {"home": "address"}), ("story", {"story": "x" * 60_000})):
        said = client.send(f"/complain/{question}", written).get_data(as_text=True)
        assert (KEPT in said, CALM in said) == (True, False), written


def test_a_sum_of_days_keeps_nothing_and_says_nothing_else(client: CheckingClient) -> None:
    for typed in ("", "soon"):
        said = client.get(f"/when?received={typed}").get_data(as_text=True)
        assert (KEPT in said, CALM in said, "Nothing is kept." in said) == (False, True, True)


@pytest.mark.parametrize(("written", "kept"), [("", False), ("x" * 6_000, True)])
def test_a_page_that_went_stale_keeps_what_was_asked_of_the_new_person(
    client: CheckingClient, town: Town, written: str, kept: bool
) -> None:
    town.complains()
    signs_in(client, CODE)
    said = client.send("/your-complaint/stage-2", {"words": written, "csrf_token": "stale"}).get_data(as_text=True)
    assert (KEPT in said, CALM in said) == (kept, not kept)
