"""A world for a story: its people, the day it is, a real mail server, and a browser where the story asks for one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import pytest
from flask import Flask

from portal import clock, db
from portal.complaints.models import Complaint
from portal.post import show, smtp
from portal.post.office import Office
from tests.browser.fixtures import Served
from tests.browser_client import CheckingClient
from tests.post import mail_server
from tests.town import Town
from tests.visitors import ByHand, ByKeyboard, InChromium, Visitor

BY_HAND, SCRIPTS, NO_SCRIPTS, KEYBOARD, UNSTYLED = "by hand", "with scripts", "without scripts", "by keyboard", "without styles"
LISTENING = "with a screen reader"
EVERY_WAY = [
    BY_HAND, *(pytest.param(way, marks=pytest.mark.browser) for way in (SCRIPTS, KEYBOARD)),
    pytest.param(UNSTYLED, marks=[pytest.mark.browser, pytest.mark.slow]),
]  # fmt: skip
"""By keyboard it is walked without scripts; without styles, which is by `make slow`, with them."""

BY_HAND_AND_WITHOUT_SCRIPTS = [BY_HAND, pytest.param(NO_SCRIPTS, marks=[pytest.mark.browser, pytest.mark.slow])]
"""Without scripts a whole complaint is walked each day by keyboard; these by `make slow`."""


@dataclass
class World:
    """The people of the story, the day it is, and the worker that carries the letters."""

    person: Callable[[], Visitor]
    day_is: Callable[[date], None]
    letters_go_out: Callable[[], int]
    town: Town

    @property
    def reference(self) -> str:
        """The reference of the one complaint there is."""
        found = self.town.register.query(Complaint).one().reference
        self.town.register.rollback()
        return found


@pytest.fixture
def mailbox() -> Iterator[mail_server.Server]:
    """A real mail server."""
    with mail_server.running() as running:
        yield running


@pytest.fixture
def world(request: pytest.FixtureRequest, app: Flask, town: Town, mailbox: mail_server.Server) -> Iterator[World]:
    """The world a story happens in: walked by hand unless the test says otherwise."""
    walked = getattr(request, "param", BY_HAND)
    config = replace(app.extensions["portal"], mail=mailbox.url)
    server = replace(smtp.Server.at(mailbox.url), answer_within=10, done_within=30)
    office = Office(db.sessions(app.extensions["engine"]), config, show.by_server(server))
    pretended: list[Any] = []

    def day_is(day: date) -> None:
        while pretended:
            pretended.pop().__exit__(None, None, None)
        pretended.append(clock.at(day))
        pretended[0].__enter__()
        if walked != BY_HAND:
            served: Served = request.getfixturevalue("served")
            served.moment = day

    def person() -> Visitor:
        if walked == LISTENING:
            return cast(Visitor, request.getfixturevalue("listener")())
        if walked == BY_HAND:
            client = app.test_client()
            assert isinstance(client, CheckingClient)
            return ByHand(client)
        page = request.getfixturevalue("browse")("/", scripts=walked in (SCRIPTS, UNSTYLED))
        if walked == UNSTYLED:
            page.route("**/*.css", lambda route: route.fulfill(content_type="text/css", body=""))
        return ByKeyboard(page) if walked == KEYBOARD else InChromium(page)

    yield World(person, day_is, office.deliver_all, town)
    while pretended:
        pretended.pop().__exit__(None, None, None)
