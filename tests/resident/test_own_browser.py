"""Two of a day's codes are kept for a browser that the resident marked as their own, whoever uses up the rest (C5, S6)."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.codes import LIMITS
from portal.complaints import references
from portal.complaints.models import Complaint
from portal.complaints.own_browsers import LASTS, OwnBrowser
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import signs_in
from tests.resident.posted import Posted
from tests.resident.test_codes import (
    ASK,
    CASE,
    NOON,
    all_that_is_said,
    asks,
    other,
    reference_of,
    theirs,
    types,
)
from tests.town import CODE, Town

assert theirs, "A complaint whose resident can be reached by e-mail."


def marks(client: CheckingClient, own: str = "yes", code: str = CODE) -> None:
    """Come in with the access code, press the button, and leave again."""
    signs_in(client, code)
    answer = client.send(CASE, {"own": own}, form="own-browser")
    assert answer.location == f"{CASE}#opened"
    client.post("/sign-out")


def uses_up(app: Flask, reference: str, posted: Posted, networks: int = 4) -> int:
    """Somebody asks for codes from so many networks, as often as they like, an hour apart; how many go."""
    sent = 0
    for number in range(networks):
        with clock.at(NOON + timedelta(hours=number)):
            for _ in range(5):
                asks(other(app), reference, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"})
            sent += codes_sent(posted)
    return sent


def codes_sent(posted: Posted) -> int:
    """How many codes have gone since last asked."""
    return sum(about == "Your code" for _to, about in posted.goes())


def test_s6_c5_the_resident_comes_in_from_their_own_browser_when_everything_else_is_used_up(
    client: CheckingClient, app: Flask, town: Town, theirs: Complaint, posted: Posted
) -> None:
    reference = reference_of(theirs, town)
    with clock.at(NOON):
        marks(client)
    assert uses_up(app, reference, posted) == LIMITS.sent_a_day - LIMITS.kept_for_own
    with clock.at(NOON + timedelta(hours=4)):
        asks(other(app), reference, environ_base={"REMOTE_ADDR": "198.51.100.9"})
        assert codes_sent(posted) == 0, "Nothing is left for anybody else."
        for _ in range(LIMITS.kept_for_own):
            asks(client, reference)
            assert types(client, posted.code).location == CASE
            client.post("/sign-out")
        asks(client, reference)
        assert codes_sent(posted) == 0
    with clock.at(NOON + timedelta(days=1, hours=5)):
        asks(client, reference)
        assert codes_sent(posted) == 1


def test_s6_neither_do_the_codes_of_an_hour_nor_of_a_network_stop_it(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, posted: Posted) -> None:
    reference = reference_of(theirs, town)
    marks(client)
    for number in range(3):
        for _ in range(5):
            asks(other(app), reference, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"})
    assert codes_sent(posted) == LIMITS.sent_an_hour
    for _ in range(3):
        asks(client, reference, environ_base={"REMOTE_ADDR": "203.0.113.0"})
    assert codes_sent(posted) == LIMITS.kept_for_own


def test_s4_all_in_all_a_day_has_ten(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, posted: Posted) -> None:
    reference, sent = reference_of(theirs, town), 0
    with clock.at(NOON):
        marks(client)
    for hour in range(23):
        with clock.at(NOON + timedelta(hours=hour)):
            for browser in (client, other(app), other(app)):
                asks(browser, reference)
            sent += codes_sent(posted)
    assert sent == LIMITS.sent_a_day


OTHERS = ["another complaint's", "taken back", "signed out everywhere", "marked a year ago", "an invented mark"]


@pytest.mark.parametrize("which", OTHERS)
def test_only_a_browser_that_is_marked_now_and_for_this_complaint_has_any_kept(
    client: CheckingClient, app: Flask, town: Town, theirs: Complaint, posted: Posted, which: str
) -> None:
    reference = reference_of(theirs, town)
    with clock.at(NOON - LASTS - timedelta(hours=1) if which == "marked a year ago" else NOON):
        if which == "another complaint's":
            town.complains(safe_contact={"channels": ["email"], "email": "else@example.org"}, code="B" * 24)
            marks(client, code="B" * 24)
        elif which == "an invented mark":
            client.set_cookie("own", "x" * 32)
        else:
            marks(client)
        if which == "taken back":
            marks(client, "no")
        if which == "signed out everywhere":
            signs_in(client, CODE)
            client.send(CASE, form="/sign-out", fields={"everywhere": "yes"})
    assert uses_up(app, reference, posted) == LIMITS.sent_a_day, "Without a browser of theirs nothing is kept back."
    with clock.at(NOON + timedelta(hours=4)):
        asks(client, reference)
        assert codes_sent(posted) == 0


def test_the_mark_is_a_cookie_of_its_own_that_says_nothing_and_stays_until_it_is_taken_away(client: CheckingClient, town: Town, theirs: Complaint) -> None:
    reference_of(theirs, town)
    assert client.get_cookie("own") is None
    signs_in(client, CODE)
    assert "Is this your own phone or computer" in words_of(client.page(CASE))
    answer = client.send(CASE, {"own": "yes"}, form="own-browser")
    said = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("own="))
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Max-Age=31536000" in said and "Path=/" in said
    assert "You marked this browser as your own." in words_of(client.page(CASE))
    client.post("/sign-out")
    kept = client.get_cookie("own")
    assert kept and kept.value not in str(town.register.scalars(select(OwnBrowser.token_lookup)).all())
    town.register.rollback()
    signs_in(client, CODE)
    client.send(CASE, {"own": "no"}, form="own-browser")
    assert client.get_cookie("own") is None
    assert town.register.scalars(select(OwnBrowser)).all() == []
    town.register.rollback()


def test_s3_a_marked_browser_learns_no_more_than_any_other(client: CheckingClient, app: Flask, town: Town, theirs: Complaint) -> None:
    with clock.at(NOON):
        marks(client)
        known = all_that_is_said(client, reference_of(theirs, town))
        stranger = other(app)
        stranger.set_cookie("own", "x" * 32)
        unknown = all_that_is_said(stranger, references.new_reference())
    assert [(what, said) for what, said, _asked in known] == [(what, said) for what, said, _asked in unknown]
    assert [asked for *_rest, asked in known] == [asked for *_rest, asked in unknown]
    assert ASK


def test_a_button_that_is_none_of_ours_marks_nothing(client: CheckingClient, town: Town, theirs: Complaint) -> None:
    reference_of(theirs, town)
    signs_in(client, CODE)
    assert client.send(CASE, {"own": "perhaps"}, form="own-browser").status_code == 422
    assert client.get_cookie("own") is None
