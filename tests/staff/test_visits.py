"""Where somebody is signed in: each browser, signing out of the others, and all of them over when an account is."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.people import Visit
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.town import Town

HERE = "/staff/account/visits"
NINE = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)


def test_each_browser_is_listed_with_when_it_began_and_was_last_seen(signed_in: SignIn) -> None:
    with clock.at(NINE):
        first = signed_in(Role.HANDLER)
    with clock.at(NINE + timedelta(hours=2)):
        second = signed_in(Role.HANDLER)
    with clock.at(NINE + timedelta(hours=3)):
        first.get("/staff/")
        page = words_of(second.page(HERE))
    assert page.index("Another browser") < page.index("This browser"), "the one seen last comes first"
    assert page.count("Since Monday 11 May 2026") == 2 and "Last seen Monday 11 May 2026, 12" in page.replace("12.00", "12.00")
    assert "Sign out everywhere else" in page


def test_a_visit_that_ran_out_is_listed_no_more(signed_in: SignIn) -> None:
    with clock.at(NINE):
        signed_in(Role.HANDLER)
    with clock.at(NINE + timedelta(hours=9)):
        page = words_of(signed_in(Role.HANDLER).page(HERE))
    assert "You are signed in nowhere else." in page and "Another browser" not in page


def test_signing_out_everywhere_else_leaves_this_browser_and_everybody_elses(signed_in: SignIn) -> None:
    here, there, somebody = signed_in(Role.HANDLER), signed_in(Role.HANDLER), signed_in(Role.TRIAGE)
    assert here.send(HERE, form="visits").location == HERE
    assert "you are signed out" in words_of(here.page(HERE))
    assert there.get("/staff/").location.startswith("/staff/sign-in")
    assert here.get("/staff/").status_code == somebody.get("/staff/").status_code == 200


def test_nobody_sees_where_somebody_else_is_signed_in(signed_in: SignIn) -> None:
    signed_in(Role.TRIAGE)
    assert words_of(signed_in(Role.HANDLER).page(HERE)).count("Since ") == 1


@pytest.mark.parametrize("times", range(3))
def test_the_visits_of_somebody_who_left_end_in_the_very_transaction_that_says_so(times: int, town: Town, signed_in: SignIn, app: Flask) -> None:
    browsers = [signed_in(Role.HANDLER) for _ in range(times)]
    said: list[str] = []
    event.listen(app.extensions["engine"], "commit", lambda _connection: said.append("commit"))
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda _c, _u, statement, *_: said.append(statement))
    manager = signed_in(Role.MANAGER)
    page = f"/staff/people/{town.staff[Role.HANDLER].id}"
    said.clear()
    assert manager.send(page, form="left").status_code == 303
    disabled = next(n for n, each in enumerate(said) if each.startswith("UPDATE staff SET disabled_at"))
    ended = next(n for n, each in enumerate(said) if each.startswith("DELETE FROM visit"))
    assert "commit" not in said[disabled:ended]
    assert all(each.get("/staff/").location.startswith("/staff/sign-in") for each in browsers)


def test_what_fails_after_somebody_was_said_to_have_left_leaves_them_signed_in(town: Town, signed_in: SignIn) -> None:
    browser: CheckingClient = signed_in(Role.HANDLER)

    def half() -> None:
        with town.writing():
            operations.say_left(town.register, town.staff[Role.HANDLER], by=town.viewer(Role.MANAGER))
            town.register.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert browser.get("/staff/").status_code == 200
    assert town.register.scalars(select(Visit).where(Visit.staff_id == town.staff[Role.HANDLER].id)).all()
