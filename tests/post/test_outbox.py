"""One message, one worker at a time: a lease that ends, a fence that refuses whoever comes late, and many workers at once."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, func, select

from portal import clock, db
from portal.complaints.papers import Issue, Outbox
from portal.complaints.verify import first_fault
from portal.post import outbox
from portal.post.office import Office
from portal.post.outbox import Claim
from portal.post.show import Handed
from tests.post import mail_server
from tests.post.conftest import Writes
from tests.town import Town

NOON = datetime(2026, 5, 11, 12, tzinfo=clock.zone())


def claims(town: Town) -> Claim | None:
    """Take the next message."""
    with town.writing():
        return outbox.claim(town.register)


def finishes(town: Town, mine: Claim) -> bool:
    """Say that it has gone."""
    with town.writing():
        return outbox.finish(town.register, mine, outbox.ACCEPTED)


@pytest.fixture
def one(town: Town) -> Town:
    """A town with one message waiting since noon."""
    with clock.at(NOON):
        town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
    return town


def test_a_message_that_somebody_has_is_not_taken_again(one: Town) -> None:
    with clock.at(NOON):
        assert claims(one) is not None
        assert claims(one) is None


def test_a_message_whose_lease_has_ended_is_taken_again(one: Town) -> None:
    with clock.at(NOON):
        first = claims(one)
    with clock.at(NOON + outbox.LEASE - timedelta(seconds=1)):
        assert claims(one) is None
    with clock.at(NOON + outbox.LEASE):
        second = claims(one)
    assert first
    assert second
    assert (second.id, second.fence, second.tries) == (first.id, first.fence + 1, 2)


def test_whoever_comes_back_after_the_lease_is_refused(one: Town) -> None:
    with clock.at(NOON):
        first = claims(one)
    with clock.at(NOON + outbox.LEASE):
        second = claims(one)
    assert first
    assert second
    for write in (outbox.put_off, outbox.give_back):
        with one.writing():
            assert write(one.register, first, "late") is False
    assert finishes(one, first) is False
    assert finishes(one, second) is True
    assert finishes(one, second) is False


def test_a_worker_frozen_past_its_lease_does_not_record_the_letter_twice(
    one: Town, office: Office, server: mail_server.Server
) -> None:
    take = office.take
    assert take

    def freeze(message: EmailMessage) -> Handed:
        with clock.at(clock.now() + outbox.LEASE):
            assert office.deliver_one() == "accepted"
        return take(message)

    assert replace(office, take=freeze).deliver_one() == "accepted"
    row = one.register.scalars(select(Outbox)).one()
    assert (row.tries, row.fence) == (2, 2)
    assert len(server.taken) == 2
    assert {each.id for each in server.taken} == {row.message_id}
    assert one.register.scalars(select(Issue.state)).all() == ["issued"]
    assert first_fault(one.register) is None


def test_a_worker_killed_after_the_server_took_it_leaves_the_message_to_the_next(
    one: Town, office: Office, server: mail_server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Office, "_settle", killed)
        with pytest.raises(Killed):
            office.deliver_one()
    assert office.deliver_one() is None
    with clock.at(clock.now() + outbox.LEASE):
        assert office.deliver_one() == "accepted"
    assert len({each.id for each in server.taken}) == 1


def test_a_clock_put_back_two_hours_delays_nothing(one: Town, office: Office, server: mail_server.Server) -> None:
    with clock.at(NOON):
        assert claims(one)
    with clock.at(NOON - timedelta(hours=2)):
        assert claims(one)
    server.script = ["451 later"]
    with clock.at(NOON):
        assert office.deliver_one() == "later"
    with clock.at(NOON - timedelta(hours=2)):
        assert office.deliver_one() == "accepted"


def test_a_claim_that_waited_for_its_turn_does_not_take_what_another_has(one: Town) -> None:
    with clock.at(NOON + timedelta(seconds=3)):
        assert claims(one)
    with clock.at(NOON):
        assert not claims(one)


@pytest.mark.parametrize("workers", [2, 6])
def test_many_workers_at_once_send_each_message_once(
    town: Town, writes: Writes, engine: Engine, office: Office, server: mail_server.Server, workers: int
) -> None:
    many = 24
    for number in range(many):
        writes(f"{number}@example.org", code=f"CODE{number}")
    faults: list[BaseException] = []

    def work() -> None:
        try:
            office.deliver_all()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert faults == []
    assert sorted(each.to[0] for each in server.taken) == sorted(f"{number}@example.org" for number in range(many))
    with db.sessions(engine)() as register:
        assert register.scalar(select(func.count()).where(Issue.state == "issued")) == many
        assert set(register.scalars(select(Outbox.tries))) == {1}
        assert first_fault(register) is None
