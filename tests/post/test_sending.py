"""A letter is issued when the mail server has taken it; whatever the server does, intake goes on and nothing is lost."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update

from portal import clock, db
from portal.access import Role
from portal.complaints import operations, queries
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.verify import first_fault
from portal.config import Config
from portal.post import outbox, smtp, trouble
from portal.post.office import Office
from portal.post.worker import Worker
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.post import mail_server
from tests.post.conftest import PATIENTLY, QUICKLY, Writes, office_for
from tests.town import ACKNOWLEDGING, PASSWORD, Town


def the_row(town: Town) -> Outbox:
    """The newest message of the outbox, as it is now."""
    town.register.rollback()
    row = town.register.scalars(select(Outbox).order_by(Outbox.id.desc())).first() or pytest.fail("empty")
    town.register.expunge(row)
    town.register.rollback()
    return row


def issued(town: Town, complaint: Complaint) -> list[str]:
    """The state of each issue of the newest letter, as it is now; nothing is left open."""
    town.register.rollback()
    states = [issue.state for issue in complaint.letters[-1].issues]
    town.register.rollback()
    return states


def later(town: Town, minutes: float = 16) -> None:
    """Let every wait be over."""
    with town.writing():
        town.register.execute(update(Outbox).values(due_at=clock.now() - timedelta(minutes=minutes)))


def test_a_letter_is_issued_on_the_day_the_server_took_it(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes()
    assert issued(town, complaint) == ["waiting"]
    assert office.deliver_all() == 1
    row = the_row(town)
    assert (row.outcome, row.trouble, row.tries) == ("accepted", None, 1)
    assert issued(town, complaint) == ["issued"]
    assert complaint.letters[-1].issues[0].issued_on == clock.today()
    told = [event for event in complaint.happenings if event.step is Step.ISSUED]
    assert [(each.by, each.details["channel"]) for each in told] == [("machine", "email")]
    assert [each.to for each in server.taken] == [["samira@example.org"]]
    assert first_fault(town.register) is None


def test_an_acknowledgement_is_met_only_when_the_server_has_taken_it(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes()
    town.given_to(complaint)
    town.triaged(complaint)
    with town.writing():
        operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    assert complaint.next_step == Step.ISSUED
    town.register.rollback()
    office.deliver_all()
    assert complaint.next_step == Step.RESPONDED


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("451 4.3.0 not just now", trouble.LATER),
        ("421 4.3.2 going down", trouble.LATER),
        ("530 5.7.0 sign in first", trouble.LATER),
        ("cut", trouble.CUT_OFF),
    ],
)
def test_a_message_the_server_did_not_take_now_waits_and_goes_later(
    town: Town, writes: Writes, office: Office, server: mail_server.Server, answer: str, why: str
) -> None:
    complaint = writes()
    server.script = [answer]
    office.deliver_all()
    row = the_row(town)
    assert (row.done_at, row.trouble, issued(town, complaint)) == (None, why, ["waiting"])
    assert row.due_at > clock.now()
    later(town)
    assert office.deliver_all() == 1
    assert issued(town, complaint) == ["issued"]


def test_a_server_that_falls_silent_after_the_final_dot_is_not_waited_for(
    town: Town, writes: Writes, engine: Engine, config: Config, server: mail_server.Server
) -> None:
    writes()
    server.script = ["hang"]
    office_for(engine, config, server.url).deliver_all()
    row = the_row(town)
    assert (row.done_at, row.trouble) == (None, trouble.CUT_OFF)


def test_a_message_cut_after_the_final_dot_is_repeated_under_the_same_identity(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    writes()
    server.script = ["cut", "cut"]
    for _ in range(3):
        office.deliver_all()
        later(town)
    assert len(server.taken) == 3
    assert {each.id for each in server.taken} == {the_row(town).message_id}


def test_an_address_refused_for_good_is_not_tried_again_and_is_not_issued(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes("gone@example.org")
    server.refuses["gone@example.org"] = "550 5.1.1 <gone@example.org> no such person"
    office.deliver_all()
    row = the_row(town)
    assert (row.outcome, row.trouble) == ("refused", trouble.REFUSED)
    assert row.done_at is not None
    assert issued(town, complaint) == ["failed"]
    assert Step.ISSUED not in {event.step for event in complaint.happenings}


def test_one_refused_message_does_not_hold_up_the_next(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    for address in ("first@example.org", "bad@example.org", "slow@example.org", "last@example.org"):
        writes(address, code=f"CODE{address}")
    server.refuses = {"bad@example.org": "550 no", "slow@example.org": "451 later"}
    assert office.deliver_all() == 2
    assert [each.to for each in server.taken] == [["first@example.org"], ["last@example.org"]]


def test_a_message_that_cannot_be_made_waits_and_holds_up_nobody(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    writes("poisoned@example.org", code="A")
    row = the_row(town)
    with town.writing():
        town.register.execute(update(Outbox).where(Outbox.id == row.id).values(kind="nobody knows this kind"))
    writes("fine@example.org", code="B")
    assert office.deliver_all() == 1
    assert [each.to for each in server.taken] == [["fine@example.org"]]
    waiting = queries.mail_waiting(town.register, town.viewer(Role.MANAGER))
    assert [(each.id, each.trouble) for each in waiting] == [(row.id, trouble.NOT_MADE)]


@pytest.mark.parametrize("address", ["nobody", "a@b", "two@example.org, three@example.org", "x@example.org\r\nBcc: y@example.org", "", "<>"])
def test_what_is_not_one_address_is_never_mailed(
    town: Town, writes: Writes, office: Office, server: mail_server.Server, address: str
) -> None:
    complaint = writes(address)
    office.deliver_all()
    assert server.taken == []
    assert issued(town, complaint) == ["failed"]
    assert the_row(town).trouble in (trouble.BAD_ADDRESS, trouble.NO_ADDRESS)


def test_an_address_in_another_script_reaches_a_server_that_can_take_it(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    writes("sam@bücher.example", code="A")
    writes("سميرة@example.org", code="B")
    office.deliver_all()
    assert [each.to for each in server.taken] == [["sam@xn--bcher-kva.example"]]
    assert the_row(town).trouble == trouble.BAD_ADDRESS


def test_when_the_server_is_down_intake_goes_on_and_mail_keeps_its_order(
    town: Town, writes: Writes, engine: Engine, config: Config
) -> None:
    port = mail_server.free_port()
    worker = Worker(office_for(engine, config, f"smtp://127.0.0.1:{port}"))
    waits = []
    for number in range(4):
        writes(f"{number}@example.org", code=f"CODE{number}")
        waits.append(worker.round())
    assert [round(wait / 60) in range(1, 16) for wait in waits] == [True] * 4
    assert waits[0] < waits[1] < waits[2] < waits[3] <= 15 * 60
    assert queries.mail_waiting(town.register, town.viewer(Role.MANAGER))[0].trouble == trouble.UNREACHABLE
    town.register.rollback()
    with mail_server.running(port) as server:
        worker.round()
        assert [each.to for each in server.taken] == [[f"{number}@example.org"] for number in range(4)]
    assert worker.unreached == 0


def test_a_server_that_accepts_and_says_nothing_counts_as_down(writes: Writes, engine: Engine, config: Config) -> None:
    writes()
    with mail_server.talking() as port, pytest.raises(smtp.Unreachable):
        office_for(engine, config, f"smtp://127.0.0.1:{port}").deliver_all()


def test_a_server_that_turns_everybody_away_counts_as_down(writes: Writes, engine: Engine, config: Config) -> None:
    writes()
    with mail_server.talking(b"554 go away\r\n") as port, pytest.raises(smtp.Unreachable):
        office_for(engine, config, f"smtp://127.0.0.1:{port}").deliver_all()


def test_a_wrong_password_stops_the_mail_and_loses_none(
    town: Town, writes: Writes, engine: Engine, config: Config
) -> None:
    writes()
    with mail_server.talking(b"220 hello\r\n", b"250-here\r\n250 AUTH PLAIN\r\n", b"535 no\r\n") as port, pytest.raises(smtp.Unreachable):
        office_for(engine, config, f"smtp://me:wrong@127.0.0.1:{port}").deliver_all()
    assert the_row(town).done_at is None


def test_a_server_without_a_good_certificate_is_given_nothing(writes: Writes, engine: Engine, config: Config) -> None:
    writes()
    with mail_server.talking(b"220 hello\r\n", b"250 here\r\n") as port, pytest.raises(smtp.Unreachable):
        office_for(engine, config, f"starttls://127.0.0.1:{port}").deliver_all()


def test_a_server_that_answers_one_byte_at_a_time_is_hung_up_on(
    town: Town, writes: Writes, engine: Engine, config: Config
) -> None:
    writes()
    began = time.monotonic()
    with mail_server.talking(b"220 hello\r\n", b"250 here\r\n", drip=b"2") as port:
        office_for(engine, config, f"smtp://127.0.0.1:{port}", within=PATIENTLY, in_all=QUICKLY).deliver_all()
    assert time.monotonic() - began < PATIENTLY
    row = the_row(town)
    assert (row.done_at, row.trouble in (trouble.LATER, trouble.CUT_OFF)) == (None, True)


def test_without_a_server_mail_waits_untouched(town: Town, writes: Writes, engine: Engine, config: Config) -> None:
    complaint = writes()
    assert Office.of(db.sessions(engine), config).deliver_all() == 0
    assert (the_row(town).tries, issued(town, complaint)) == (0, ["waiting"])


def test_the_demo_without_a_server_shows_what_would_have_gone(
    town: Town, writes: Writes, engine: Engine, config: Config
) -> None:
    complaint = writes()
    office = Office.of(db.sessions(engine), replace(config, demo=True))
    assert office.deliver_all() == 1
    town.register.rollback()
    shown = queries.mail_shown(town.register, town.viewer(Role.MANAGER))
    assert [each.outcome for each in shown] == ["shown"]
    assert b"There is a letter for you" in (shown[0].shown or b"")
    assert issued(town, complaint) == ["issued"]


def test_a_setting_that_is_no_mail_server_is_refused_at_once() -> None:
    for url in ("mail.example.org", "https://mail.example.org", "smtp://"):
        with pytest.raises(ValueError, match="PORTAL_MAIL"):
            smtp.Server.at(url)


def test_a_server_is_read_from_its_setting() -> None:
    found = smtp.Server.at("smtps://me%40here:a%2Fb@mail.example.org")
    assert (found.port, found.user, found.password) == (465, "me@here", "a/b")


def test_the_wait_doubles_up_to_fifteen_minutes_and_is_never_quite_the_same() -> None:
    longest = [max(outbox.wait_after(tries) for _ in range(50)) for tries in range(1, 8)]
    assert [round(wait / timedelta(minutes=1)) for wait in longest] == [1, 2, 4, 8, 15, 15, 15]
    assert max(longest) <= timedelta(minutes=15)
    assert len({outbox.wait_after(3) for _ in range(50)}) > 40
    assert min(outbox.wait_after(5000) for _ in range(50)) >= timedelta(minutes=12)


def test_no_transaction_is_open_while_the_server_takes_its_time(
    town: Town, writes: Writes, office: Office, server: mail_server.Server, engine: Engine
) -> None:
    writes()
    seen, manager = list[int](), town.viewer(Role.MANAGER)
    town.register.rollback()

    def somebody_complains() -> None:
        with db.sessions(engine)() as other, db.transaction(other):
            seen.append(len(queries.mail_waiting(other, manager)))

    server.before_answer = somebody_complains
    office.deliver_all()
    assert seen == [1]


def test_staff_see_what_will_not_go_and_why_until_it_has_gone_another_way(
    app: Flask, client: CheckingClient, town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes("gone@example.org")
    server.refuses["gone@example.org"] = "550 5.1.1 <gone@example.org> no such person"
    office.deliver_all()
    who = {"email": town.staff[Role.TRIAGE].email, "password": PASSWORD}
    town.register.rollback()
    assert client.send("/staff/sign-in", who).status_code == 303
    seen = words_of(client.page("/staff/mail"))
    assert trouble.REFUSED in seen
    assert "gone@example.org" not in seen
    with town.writing():
        operations.mark_issued(complaint, complaint.letters[0].issues[0], by=town.viewer(Role.TRIAGE))
    assert trouble.REFUSED not in words_of(client.page("/staff/mail"))
