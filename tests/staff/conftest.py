"""Browsers with a member of staff signed in."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.access import Role
from portal.complaints.people import Staff
from tests.browser_client import CheckingClient
from tests.doors import let_in_staff
from tests.town import Town

SignIn = Callable[..., CheckingClient]


@pytest.fixture(autouse=True)
def _town_stands_back(app: Flask, town: Town) -> None:
    """The town ends its reading before each request: SQLite lets nobody write while somebody reads."""
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)


@pytest.fixture
def signed_in(app: Flask, town: Town) -> SignIn:
    """A new browser in which somebody is signed in, by their role or as themselves."""

    def sign_in(who: Role | Staff) -> CheckingClient:
        browser = app.test_client()
        assert isinstance(browser, CheckingClient)
        staff = town.staff[who] if isinstance(who, Role) else who
        let_in_staff(browser, town.register, staff, who if isinstance(who, Role) else Role(staff.roles[0]))
        return browser

    return sign_in
