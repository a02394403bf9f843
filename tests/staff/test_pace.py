"""The brake: whom it takes for one network, and that it forgets."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from portal import clock, pace

NOON = datetime(2026, 5, 11, 12, 0, tzinfo=UTC)


def braked(app: Flask, address: str) -> bool:
    """Whether one more code from this address is too many."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        try:
            pace.brake("code")
        except TooManyRequests:
            return True
    return False


def test_one_home_with_many_addresses_is_one_network(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pace.MOST, "code", 2)
    assert [braked(app, f"2001:db8:1:2::{each}") for each in (1, 2, 3)] == [False, False, True]
    assert not braked(app, "2001:db8:1:3::1")
    assert [braked(app, each) for each in ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1")] == [False, False, True]


def test_what_says_no_address_is_one_network_and_no_fault(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pace.MOST, "code", 1)
    assert [braked(app, "not an address"), braked(app, "nor this")] == [False, True]


@pytest.mark.parametrize("here", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_on_the_machine_itself_nobody_is_slowed(here: str, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pace.MOST, "code", 0)
    assert not braked(app, here)


def test_what_is_an_hour_old_is_forgotten_so_that_the_brake_does_not_grow_for_ever(app: Flask) -> None:
    with clock.at(NOON):
        for each in range(50):
            braked(app, f"192.0.2.{each}")
        assert len(app.extensions["pace"].times) == 50
    with clock.at(NOON + timedelta(hours=1, seconds=1)):
        braked(app, "198.51.100.1")
        assert len(app.extensions["pace"].times) == 1
