"""A day without a year is the one that is meant: the next one where something is promised, the last one where it is done."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from tests.browser_client import form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_casework import posting, promised
from tests.staff.test_path import url
from tests.town import Town

LAST_WEEK_OF_MAY = date(2026, 5, 28)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30 nov", "30/11/2026"),
        ("30 Nov", "30/11/2026"),
        ("30th November", "30/11/2026"),
        ("Monday 30 November", "30/11/2026"),
        ("30/11", "30/11/2026"),
        ("28 May", "28/5/2026"),
        ("27 May", "27/5/2027"),
        ("12/6/26", "12/6/2026"),
    ],
)
def test_a_day_promised_without_a_year_is_the_next_such_day(typed: str, meant: str, town: Town, signed_in: SignIn) -> None:
    with clock.at(LAST_WEEK_OF_MAY):
        complaint = town.complains()
        town.acknowledged(complaint)
        browser, address = signed_in(Role.HANDLER), url(complaint, "response")
        promise = {"a1-what": "Mend the tiles", "a1-owner": "Dean Cole", "a1-due_on": typed, "then": "later"}
        assert browser.send(address, promise).status_code == 303
        assert form_values(pick_form(browser.page(address), 0))["a1-due_on"] == meant


@pytest.mark.parametrize("typed", ["31 nov", "30 nev", "nov", "12", "1226", "30 11 nov", "soon"])
def test_what_is_no_day_is_still_told_and_kept(typed: str, town: Town, signed_in: SignIn) -> None:
    with clock.at(LAST_WEEK_OF_MAY):
        complaint = town.complains()
        town.acknowledged(complaint)
        refused = signed_in(Role.HANDLER).send(url(complaint, "response"), {"a1-due_on": typed, "then": "read"})
    assert refused.status_code == 422
    assert "Write the date like 12 June 2026" in words_of(refused.get_data(as_text=True))
    assert f'value="{typed}"' in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("today", "typed", "meant"),
    [(LAST_WEEK_OF_MAY, "27 may", date(2026, 5, 27)), (LAST_WEEK_OF_MAY, "28 May", LAST_WEEK_OF_MAY), (date(2027, 1, 5), "30 dec", date(2026, 12, 30))],
)  # fmt: skip
def test_a_day_on_which_something_was_done_is_the_last_such_day(
    today: date, typed: str, meant: date, town: Town, signed_in: SignIn
) -> None:
    complaint = promised(town)
    with clock.at(today):
        action = url(complaint, "actions", str(complaint.actions[0].id))
        assert signed_in(Role.HANDLER).send(action, {"on": typed, "proof": "Dean said so."}).status_code == 303
    town.register.rollback()
    assert complaint.actions[0].done_on == meant


def test_a_day_on_which_something_was_posted_is_the_last_such_day(town: Town, signed_in: SignIn) -> None:
    posted = posting(town)
    with clock.at(LAST_WEEK_OF_MAY):
        assert signed_in(Role.TRIAGE).send(url(posted, "letters/2/posted"), {"on": "15 May"}).status_code == 303
    town.register.rollback()
    assert posted.letters[1].issues[0].issued_on == date(2026, 5, 15)
