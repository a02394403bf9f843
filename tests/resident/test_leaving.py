"""“Leave this page now” on every page after the first that could give somebody away, and subjects that say nothing (item 62, ML1)."""

from urllib.parse import urljoin

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.post import mail
from tests import crawl, reached
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_resident
from tests.lived_in import LivedIn, comers
from tests.resident.journeys import complains
from tests.town import Town

OUTSIDE = ("nobody", "asking", "complaining", "several", "ringing", "resident", "representative")
"""Everybody who is no member of staff, and may have somebody looking over their shoulder."""
FIRST = {"/", "/health"}
"""The first page says nothing of anybody, and has nothing to hide yet."""
CONTRACTORS = "/question"
"""What a contractor reads at work: nothing on it tells a resident's household anything."""
TO_ANYBODY = {"letter": "There is a letter for you", "message": "There is a message for you", "code": "Your code", "changed": "Something was changed", "new code": "Something was changed"}
TO_STAFF = {"due soon", "late", "list", "answered", "account", "first password", "test"}
TO_CONTRACTORS = {"question"}


@pytest.mark.parametrize("kind", OUTSIDE)
def test_item_62_every_page_after_the_first_can_be_left_at_once_with_no_script(kind: str, app: Flask, town: Town) -> None:
    there, read = LivedIn(town), set()
    for comer in comers(there, kind):
        town.register.rollback()
        client = app.test_client()
        assert isinstance(client, CheckingClient)
        comer.enters(client)
        for found in crawl.pages(client, *comer.starts, alike=1, through=lambda url: reached.endpoint(app, url) not in read):
            path = found.what.partition(" ")[2].partition("?")[0]
            if path in FIRST or path.startswith(("/staff", CONTRACTORS)):
                continue
            read.add(reached.endpoint(app, path, found.what.partition(" ")[0]))
            ways = found.page.xpath("//a[@data-leave]")
            assert [urljoin("/", each.get("href")) for each in ways] == ["/leave"], found.what
            assert words_of(ways[0]) == "Leave this page now" and "noreferrer" in ways[0].get("rel"), found.what
    assert len(read) > 1, read


def test_item_62_leaving_forgets_who_they_were_and_goes_to_a_page_that_says_nothing(client: CheckingClient, town: Town) -> None:
    answer = client.get("/leave")
    assert answer.status_code == 303 and "localhost" not in (answer.location or "localhost") and "complain" not in (answer.location or "")


def test_item_62_a_copy_of_the_cookie_opens_nothing_once_they_left(client: CheckingClient, town: Town) -> None:
    let_in_resident(client, town.register, town.complains())
    town.register.rollback()
    old = client.get_cookie("portal")
    assert old and client.get("/your-complaint").status_code == 200
    assert client.get("/leave").status_code == 303 and client.get_cookie("portal") is None
    client.set_cookie("portal", old.value)
    assert client.get("/your-complaint").location == "/follow"


def test_item_62_a_copy_of_the_cookie_shows_no_receipt_of_what_was_sent_before_they_left(client: CheckingClient) -> None:
    complains(client)
    old = client.get_cookie("portal")
    client.get("/leave")
    client.set_cookie("portal", old.value if old else "")
    assert client.get("/your-complaint/receipt").location == "/follow"


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_item_62_a_browser_that_fetches_ahead_of_a_press_ends_nothing(client: CheckingClient, town: Town, header: str) -> None:
    let_in_resident(client, town.register, town.complains())
    town.register.rollback()
    assert client.get("/leave", headers={header: "prefetch;prerender"}).status_code == 503, "so that the press comes to us"
    assert client.get("/your-complaint").status_code == 200


def test_item_62_they_leave_even_where_the_register_cannot_be_written_to(client: CheckingClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in_resident(client, town.register, town.complains())
    town.register.rollback()

    def fails(*_given: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("portal.accounts.end_visit", fails)
    assert client.get("/leave").status_code == 303 and client.get_cookie("portal") is None


def test_ML1_four_subjects_reach_residents_and_none_of_them_says_what_it_is_about() -> None:
    assert {kind: words for kind, words in mail.SUBJECTS.items() if kind not in TO_STAFF | TO_CONTRACTORS} == TO_ANYBODY
    assert len(set(TO_ANYBODY.values())) == 4
    for words in TO_ANYBODY.values():
        assert not {"complaint", "landlord", "housing", "ombudsman", "repair", "stage"} & set(words.casefold().split())
