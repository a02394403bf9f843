"""Browsers with a member of staff signed in."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.access import Role
from portal.complaints.people import Staff
from tests.browser_client import CheckingClient
from tests.town import PASSWORD, Town

SignIn = Callable[..., CheckingClient]


@pytest.fixture(autouse=True)
def _town_stands_back(app: Flask, town: Town) -> None:
    """The town ends its reading before each request: SQLite lets nobody write while somebody reads."""
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)


@pytest.fixture
def signed_in(app: Flask, town: Town) -> SignIn:
    """A new browser in which somebody has signed in, by their role or as themselves."""

    def sign_in(who: Role | Staff) -> CheckingClient:
        browser = app.test_client()
        assert isinstance(browser, CheckingClient)
        email = (town.staff[who] if isinstance(who, Role) else who).email
        answer = browser.send("/staff/sign-in", {"email": email, "password": PASSWORD})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return browser

    return sign_in
