"""F5: while somebody writes, their session, the key of the server or the server itself goes; not a letter of theirs is lost, nor a file."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from lxml import html

from portal import clock, create_app
from tests.browser_client import CheckingClient, Fields, form_values, words_of
from tests.resident.journeys import answers, code_on
from tests.resident.test_files import LAST
from tests.town import Town

BEGAN = datetime(2026, 5, 11, 9, tzinfo=clock.zone())
STORY = " ".join(f"On day {number} nobody came." for number in range(1, 240))[:5000].strip()
NAMES = ("ceiling.txt", "damp.txt", "letter.txt")
KEYS = {"another key": "another key that signs sessions now", "a restart": None, "no cookie": None}
AFTER = (timedelta(minutes=1), timedelta(hours=1), timedelta(hours=4), timedelta(hours=24))


def started_again(app: Flask, client: CheckingClient, fault: str) -> CheckingClient:
    """The same person's browser, at the portal as it is after the fault."""
    config = app.extensions["portal"]
    made = create_app(replace(config, secret_key=KEYS[fault] or config.secret_key))
    made.test_client_class, made.config["PROPAGATE_EXCEPTIONS"] = CheckingClient, True
    again = made.test_client()
    assert isinstance(again, CheckingClient)
    held = client.get_cookie("portal")
    if held and fault != "no cookie":
        again.set_cookie("portal", held.value)
    return again


def loses_nothing(app: Flask, client: CheckingClient, fault: str, after: timedelta) -> None:
    """Three files are sent and the code is on paper; then the story is typed, the fault comes, and Continue is pressed."""
    with clock.at(BEGAN):
        answers(client)
        client.send("/complain/files", {"files": [(io.BytesIO(b"words of mine"), name) for name in NAMES], "add": "1"}, form=LAST)
        client.send("/complain/story", {"story": "Rain.", "later": "1"})
        code = code_on(client.get("/complain/later").get_data(as_text=True))
        page = client.page("/complain/story")
        typed: Fields = form_values(page.xpath("//main//form[@method='post']")[0]) | {"story": STORY}
    with clock.at(BEGAN + after):
        browser, presses = started_again(app, client, fault), 1
        answer = browser.post("/complain/story", data=typed)
        if answer.status_code != 303:
            assert answer.status_code == 400
            said = html.document_fromstring(answer.get_data(as_text=True))
            form = next(each for each in said.xpath("//main//form[@method='post']") if "story" in each.fields)
            assert form.fields["story"].strip() == STORY, "every letter stands on the page"
            presses, answer = 2, browser.post("/complain/story", data=form_values(form))
        assert answer.status_code == 303 and presses <= 2
        assert browser.page("/complain/story").xpath("//textarea[@name='story']")[0].text.strip() == STORY
        if fault in ("no cookie", "another key"):
            browser.send("/follow", {"code": code})
        said_of_files = words_of(browser.page("/complain/files"))
        assert [name for name in NAMES if name not in said_of_files] == [], "every file that was sent is there, or comes back with the code"


@pytest.mark.parametrize("fault", KEYS)
def test_F5_after_four_hours_not_a_letter_is_lost(app: Flask, client: CheckingClient, town: Town, fault: str) -> None:
    loses_nothing(app, client, fault, timedelta(hours=4))


@pytest.mark.slow
@pytest.mark.parametrize("after", AFTER, ids=str)
@pytest.mark.parametrize("fault", KEYS)
def test_F5_whenever_it_goes_not_a_letter_is_lost(app: Flask, client: CheckingClient, town: Town, fault: str, after: timedelta) -> None:
    loses_nothing(app, client, fault, after)
