"""Mail goes where it is safe at the very moment of sending, never to fill a stranger's box, and once for each letter."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, update

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Letter, Outbox
from portal.complaints.people import Party, Person
from portal.complaints.recording import deadlines_of
from portal.complaints.references import new_code
from portal.complaints.verify import first_fault
from portal.config import Config
from portal.post import may_send, trouble
from portal.post.office import Office
from portal.post.reminders import remind
from portal.post.worker import Worker
from tests.browser_client import CheckingClient
from tests.post import mail_server
from tests.post.conftest import PATIENTLY, Writes, office_for
from tests.post.test_sending import later
from tests.resident.journeys import complains
from tests.town import ACKNOWLEDGING, Town

OLD, NEW = "old@example.org", "new@example.org"


@pytest.mark.once
@pytest.mark.parametrize("times", [200, pytest.param(1_000, marks=pytest.mark.slow)])
def test_in_hundreds_of_orderings_nothing_goes_to_an_address_after_it_was_changed(
    town: Town, writes: Writes, office: Office, server: mail_server.Server, times: int
) -> None:
    """ML2: a letter, a change of address and a sending, in any order; the old address has only what went before the change."""
    seed = random.Random(20260511)
    complaint = writes(OLD)
    person, row = complaint.resident.person, town.register.scalars(select(Outbox)).one()
    town.register.rollback()
    after = 0
    for _ in range(times):
        with town.writing():
            person.email = OLD
            town.register.execute(update(Outbox).values(done_at=None, lease_until=None, due_at=clock.now(), outcome=None))
            complaint.letters[0].issues[0].state = "waiting"
        message = None
        order = seed.sample(["change", "build", "build"], 3)
        changed = False
        for step in order:
            if step == "change":
                with town.writing():
                    person.email = NEW
                changed = True
            else:
                with db.sessions(town.register.get_bind())() as register:  # type: ignore[arg-type]
                    to, _language = office._reader(register, register.get_one(Outbox, row.id))
                message = to
                assert to == (NEW if changed else OLD)
                after += changed
    assert after > times * 0.7
    assert message
    with town.writing():
        person.email = NEW
    office.deliver_all()
    assert {each.to[0] for each in server.taken} <= {NEW}


FORMS = 5_000
VICTIM = ("victim@example.org", "Victim@Example.org", "victim+again@example.org")


@pytest.mark.once
def test_five_thousand_forms_that_name_one_victim_send_three_receipts_and_keep_every_complaint(
    town: Town, writes: Writes, client: CheckingClient, office: Office, server: mail_server.Server
) -> None:
    """ML5: whoever fills in the form again and again with somebody else's address, however it is spelt."""
    for spelt in VICTIM:
        complains(client, reach={"channels": ["email"]}, details={"email": spelt})
        writes(spelt, code=new_code())
    sent_again(town, FORMS - 2 * len(VICTIM))
    for _ in range(2):
        office.deliver_all()
        later(town)
    assert len(server.taken) == 3
    assert town.register.scalar(select(func.count(Complaint.id))) == FORMS
    waiting = town.register.execute(select(Outbox.trouble, func.count(Outbox.id)).where(Outbox.done_at.is_(None)).group_by(Outbox.trouble)).all()
    assert [tuple(each) for each in waiting] == [(trouble.ENOUGH, FORMS - 3)]
    town.register.rollback()
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        later(town)
        office.deliver_all()
    assert len(server.taken) == 6


def sent_again(town: Town, times: int) -> None:
    """The newest complaint, with its receipt and the message that waits, so many times more, as though each were a form of its own."""
    register = town.register
    register.rollback()
    with town.writing():
        ids = {table: register.scalar(select(func.max(table.id))) or 0 for table in (Person, Complaint, Party, Letter, Issue, Outbox)}
        for table, last in ids.items():
            row = dict(register.execute(select(table.__table__).where(table.id == last)).mappings().one())
            links = {f"{other.__tablename__}_id": other for other in ids}
            rows = [
                row | {"id": last + n} | {name: ids[other] + n for name, other in links.items() if row.get(name) is not None} | _own(row, n)
                for n in range(1, times + 1)
            ]
            register.execute(insert(table.__table__), rows)  # type: ignore[arg-type]


def _own(row: Mapping[str, Any], number: int) -> dict[str, str]:
    """What no two rows share."""
    return {name: f"{row[name][:-5]}{number:05}" for name in ("reference", "code_lookup", "message_id") if row.get(name)}


def test_it_is_the_address_that_is_counted_and_not_whose_it_is(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    """ML5: an address on somebody's record, one they gave with this complaint alone, and one they have since changed."""
    known = writes("ana@example.org", code=new_code())
    with town.writing():
        known.resident.matched_at, known.resident.matched_by_id = clock.now(), town.staff[Role.TRIAGE].id
    given = writes("else@example.org", code=new_code())
    with town.writing():
        given.resident.given_contact = {"channels": ["email"], "email": "ana@example.org"}
    writes("ana@example.org", code=new_code())
    office.deliver_all()
    with town.writing():
        known.resident.person.email = "new@example.org"
    assert len(server.taken) == 3
    writes("ana@example.org", code=new_code())
    office.deliver_all()
    assert len(server.taken) == 3


def test_what_a_stranger_presses_does_not_fill_a_mailbox_and_what_staff_write_goes(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    """ML5: whoever sent the form holds its code, and could withdraw and take up again all day long."""
    complaint = writes("victim@example.org")
    for _ in range(5):
        with town.writing():
            operations.withdraw(complaint, by=town.resident(complaint))
            operations.resume(complaint, by=town.resident(complaint))
    office.deliver_all()
    assert len(server.taken) == 3
    town.given_to(complaint)
    town.triaged(complaint)
    with town.writing():
        operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    office.deliver_all()
    assert len(server.taken) == 4


@pytest.mark.once
def test_a_hundred_addresses_an_hour_have_their_first_message_and_those_we_know_are_not_among_them(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    """ML5: a flood of forms with an address each."""
    writes("known@example.org", code=new_code())
    with clock.at(clock.now() - timedelta(hours=2)):
        later(town)
        office.deliver_all()
    for number in range(may_send.STRANGERS_AN_HOUR + 5):
        writes(f"{number}@example.org", code=new_code())
    writes("known@example.org", code=new_code())
    later(town)
    office.deliver_all()
    assert len(server.taken) == 1 + may_send.STRANGERS_AN_HOUR + 1
    assert server.taken[-1].to == ["known@example.org"]
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        later(town)
        office.deliver_all()
    assert len(server.taken) == 1 + may_send.STRANGERS_AN_HOUR + 5 + 1


def test_somebody_whom_staff_have_matched_gets_every_receipt(town: Town, writes: Writes, office: Office, server: mail_server.Server) -> None:
    for number in range(5):
        complaint = writes("ana@example.org", code=f"CODE{number}")
        with town.writing():
            complaint.resident.matched_at, complaint.resident.matched_by_id = clock.now(), town.staff[Role.TRIAGE].id
    office.deliver_all()
    assert len(server.taken) == 5


@pytest.mark.once
@pytest.mark.parametrize("many", [60, pytest.param(200, marks=pytest.mark.slow)])
def test_after_an_outage_everything_goes_in_its_order_but_for_what_cannot(
    town: Town, writes: Writes, engine: Engine, config: Config, many: int
) -> None:
    """F7, an hour compressed: the server is away, comes back cutting, putting off and refusing; the rest is not held up."""
    port = mail_server.free_port()
    office = office_for(engine, config, f"smtp://127.0.0.1:{port}", within=PATIENTLY)
    worker = Worker(office)
    for number in range(many):
        writes(f"{number}@example.org", code=f"CODE{number}")
        if number % 10 == 0:
            assert 0 < worker.round() <= 15 * 60
    with mail_server.running(port) as server:
        server.refuses = {"7@example.org": "550 5.1.1 no such person"}
        server.script = ["250 OK", "cut", "451 4.3.0 later", "250 OK"]
        began = clock.now()
        for minutes in (0, 1, 2, 61, 122):
            with clock.at(began + timedelta(minutes=minutes)):
                worker.round()
                later(town)
    readers = [each.to[0] for each in server.taken]
    assert set(readers) == {f"{number}@example.org" for number in range(many)} - {"7@example.org"}
    twice = [each.id for each in server.taken if readers.count(each.to[0]) == 2]
    assert len(twice) == 2 and len(set(twice)) == 1
    assert len({each.id for each in server.taken}) == many - 1, "one identity for each"
    first_time = list(dict.fromkeys(readers))
    usual = [reader for reader in first_time if reader not in ("1@example.org", "2@example.org")]
    assert usual == sorted(usual, key=lambda reader: int(reader.split("@")[0]))
    assert first_fault(town.register) is None


@pytest.mark.parametrize("workers", [2, 8])
def test_many_workers_at_once_remind_once(town: Town, engine: Engine, workers: int) -> None:
    """F10: two to eight workers come by at the same moment."""
    for number in range(4):
        town.complains(code=f"CODE{number}")
    due = town.register.scalars(select(Complaint.next_due)).first()
    town.register.rollback()
    assert due
    made: list[int] = []

    def come_by() -> None:
        with clock.at(due):
            made.append(remind(db.sessions(engine)))

    threads = [Thread(target=come_by) for _ in range(workers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert sum(made) == 4
    assert town.register.scalar(select(func.count(Outbox.id)).where(Outbox.staff_id.is_not(None))) == 4


FROZEN = """
import os, signal, sys
from portal import db
from portal.post import outbox
engine = db.connect(sys.argv[1], durable=False)
with db.sessions(engine)() as register, db.transaction(register):
    mine = outbox.claim(register)
print("claimed", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
with db.sessions(engine)() as register, db.transaction(register):
    print("kept" if outbox.finish(register, mine, outbox.ACCEPTED) else "refused", flush=True)
"""


def test_a_worker_stopped_past_its_lease_and_woken_is_refused_by_its_fence(
    town: Town, writes: Writes, office: Office, database_url: str, server: mail_server.Server
) -> None:
    """F10: SIGSTOP after the claim, the lease ends, another worker sends, SIGCONT."""
    writes()
    process = subprocess.Popen([sys.executable, "-c", FROZEN, database_url], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == "claimed\n"
        _until_stopped(process.pid)
        with town.writing():
            town.register.execute(update(Outbox).values(lease_until=clock.now() - timedelta(seconds=1)))
        assert office.deliver_all() == 1
        os.kill(process.pid, signal.SIGCONT)
        assert process.stdout.readline() == "refused\n"
    finally:
        process.kill()
        process.wait()
    row = town.register.scalars(select(Outbox)).one()
    assert (row.outcome, row.fence, len(server.taken)) == ("accepted", 2, 1)


def _until_stopped(pid: int) -> None:
    for _ in range(500):
        if os.waitpid(pid, os.WUNTRACED | os.WNOHANG)[0]:
            return
        time.sleep(0.01)
    pytest.fail("it did not stop")


def test_ruling_4_nothing_more_is_sent_to_somebody_who_died_and_their_clocks_go_on(
    town: Town, writes: Writes, engine: Engine, office: Office, server: mail_server.Server
) -> None:
    complaint = writes()
    before = deadlines_of(complaint)
    with town.writing():
        complaint.resident.person.died_on = clock.today()
    assert deadlines_of(complaint) == before
    due = complaint.next_due
    town.register.rollback()
    office.deliver_all()
    assert server.taken == []
    assert due
    with clock.at(due):
        assert remind(db.sessions(engine)) == 1
