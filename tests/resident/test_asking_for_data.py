"""Asking for everything that is held: the resident sees the day, staff owe it, are reminded of it, and say how it went (ruling 9)."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.record import Event
from portal.complaints.settings import Reminder
from portal.letters.structure import as_text
from portal.post.reminders import remind
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_case import matched
from tests.resident.test_stopping import acting_for_edna, browsers
from tests.town import CODE, Town

ASK, CASE = "/your-complaint/everything/ask", "/your-complaint"
MONDAY, DAY = date(2026, 5, 18), date(2026, 5, 28)
IN_PARTICULAR = "What was written down about the visit in March."


@pytest.fixture(autouse=True)
def _town_stands_back(app: Flask, town: Town) -> None:
    """The town ends its reading before each request: SQLite lets nobody write while somebody reads."""
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Answered, with nothing owed but one promise far away."""
    with clock.at(MONDAY):
        found = matched(town, town.complains())
    town.acknowledged(found, on=date(2026, 5, 20))
    town.answered(found, on=date(2026, 5, 22))
    town.register.rollback()
    return found


def desk(client: CheckingClient, town: Town, role: Role = Role.HANDLER) -> CheckingClient:
    """Somebody of the staff, in a browser of their own."""
    browser = client.application.test_client()
    assert isinstance(browser, CheckingClient)
    let_in_staff(browser, town.register, town.staff[role], role)
    town.register.rollback()
    return browser


def asks(client: CheckingClient, words: str = IN_PARTICULAR) -> None:
    """The resident signs in and asks."""
    with clock.at(DAY):
        signs_in(client, CODE)
        assert client.send(ASK, {"words": words}).location == ASK


def happened(town: Town, complaint: Complaint, step: Step) -> list[Event]:
    """The events of a step."""
    town.register.rollback()
    town.register.expire_all()
    found = [one for one in complaint.events if one.step == step]
    town.register.rollback()
    return found


def test_ruling_9_they_ask_in_one_press_and_see_the_day_wherever_they_look(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(DAY):
        signs_in(client, CODE)
        assert "If you ask today, it goes to you by Sunday 28 June 2026." in words_of(client.page(ASK))
    asks(client)
    with clock.at(DAY):
        for page in (ASK, CASE, "/your-complaint/everything"):
            assert "Sunday 28 June 2026" in words_of(client.page(page)), page
        assert IN_PARTICULAR in words_of(client.page(ASK))
    with clock.at(date(2026, 6, 29)):
        signs_in(client, CODE)
        assert "It should have gone to you by" in words_of(client.page(ASK))


def test_nothing_personal_is_in_the_event(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    (event,) = happened(town, complaint, Step.DATA_ASKED)
    assert event.details == '{"due":"2026-06-28","request":1}'


def test_ruling_9_it_is_a_task_with_its_day_in_the_queue_and_in_what_is_due(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    hana = desk(client, town)
    with clock.at(date(2026, 6, 26)):
        for page in ("/staff/", "/staff/due"):
            assert "Send Samira Haddad everything that we hold" in words_of(hana.page(page)), page
        case = hana.page(f"/staff/complaints/{complaint.reference}")
        assert "Send them everything that we hold, by Sunday 28 June: they asked for it" in words_of(case)
        assert "Samira Haddad asked for everything that we hold. It goes by Sunday 28 June 2026." in words_of(case)


def test_ruling_9_whoever_has_it_is_reminded_once_before_and_with_the_managers_once_it_is_late(
    client: CheckingClient, town: Town, engine: Engine, complaint: Complaint
) -> None:
    asks(client)
    for number in range(20, 36):
        with clock.at(date(2026, 6, 1) + timedelta(number - 1)):
            remind(db.sessions(engine))
    made = [(one.about, one.kind, one.due_on) for one in town.register.query(Reminder).order_by(Reminder.id) if one.about.startswith("data")]
    town.register.rollback()
    assert made == [("data sent 2", "due soon", date(2026, 6, 28)), ("data sent 2", "late", date(2026, 6, 28))] or made == [
        ("data sent 1", "due soon", date(2026, 6, 28)), ("data sent 1", "late", date(2026, 6, 28)),
    ]  # fmt: skip


def test_ruling_9_it_is_done_with_the_day_and_how_it_went(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    hana = desk(client, town)
    url = f"/staff/complaints/{complaint.reference}/data/sent"
    with clock.at(date(2026, 6, 3)):
        assert IN_PARTICULAR in words_of(hana.page(url))
        assert hana.send(url, {"on": "2 June 2026", "how": "post", "left_out": "The words of a neighbour."}).status_code == 303
        said = words_of(hana.page(f"/staff/complaints/{complaint.reference}/data"))
        assert "Sent on Tuesday 2 June 2026 By post" in said and "The words of a neighbour." in said
        assert "Send them everything" not in words_of(hana.page(f"/staff/complaints/{complaint.reference}"))
    (event,) = happened(town, complaint, Step.DATA_SENT)
    assert event.details == '{"how":"post","request":1}' and event.happened_on == date(2026, 6, 2)
    with clock.at(date(2026, 6, 4)):
        signs_in(client, CODE)
        assert "We sent you everything that we hold about you." in words_of(client.page(CASE))
        assert "We sent it on Tuesday 2 June 2026" in words_of(client.page(ASK)) and "neighbour" not in words_of(client.page(ASK))
        assert client.send(ASK).status_code == 303


def test_ruling_17_what_they_asked_by_phone_counts_from_then_and_a_letter_tells_the_day(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    hana = desk(client, town)
    with clock.at(DAY):
        sent = hana.send(f"/staff/complaints/{complaint.reference}/data", {"on": "26 May 2026", "told": "phone", "words": "All the notes."})
    assert sent.status_code == 303
    town.register.expire_all()
    letter = complaint.letters[-1]
    said = as_text(letter.body)
    town.register.rollback()
    assert letter.kind == "data_asked" and "On Tuesday 26 May 2026 you asked us" in said and "by Friday 26 June 2026" in said and "All the notes." in said
    with clock.at(DAY):
        signs_in(client, CODE)
        assert "We wrote to say by when you have everything that we hold." in words_of(client.page(CASE))


def test_a_second_request_while_the_first_waits_says_that_the_first_counts(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    hana = desk(client, town)
    with clock.at(DAY):
        again = hana.send(f"/staff/complaints/{complaint.reference}/data", {"on": "28 May 2026", "told": "phone"})
    assert again.status_code == 422 and "The first request counts." in words_of(again.get_data(as_text=True))


def test_nothing_is_said_to_be_sent_that_nobody_asked_for(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    hana = desk(client, town)
    with clock.at(DAY):
        sent = hana.send(f"/staff/complaints/{complaint.reference}/data/sent", {"on": "28 May 2026", "how": "post", "left_out": "Nothing."})
    assert sent.status_code == 422 and "Nobody waits for everything that we hold." in words_of(sent.get_data(as_text=True))


def test_who_acts_for_them_cannot_ask_and_is_told_who_can(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read", "receive", "write", "decide"))
    _edna, rhys, _ = browsers(client, town, complaint)
    assert rhys.get(ASK).status_code == 403
    assert "They can ask us for it, and it goes to them." in words_of(rhys.page("/your-complaint/everything"))


BECAUSE = "There are four years of repairs to read."


def takes_longer(client: CheckingClient, town: Town, complaint: Complaint, *, on: date = date(2026, 6, 8), **said: str) -> CheckingClient:
    """The handler takes more time."""
    hana = desk(client, town)
    with clock.at(on):
        sent = hana.send(f"/staff/complaints/{complaint.reference}/data/more-time", {"due_on": "28 July 2026", "words": BECAUSE} | said)
        assert sent.location == f"/staff/complaints/{complaint.reference}", words_of(sent.get_data(as_text=True))
    return hana


def test_more_time_is_told_in_a_letter_with_why_and_the_new_day_is_the_day_for_both(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    hana = takes_longer(client, town, complaint)
    town.register.expire_all()
    letter = complaint.letters[-1]
    said = as_text(letter.body)
    assert letter.kind == "data_extended" and "by Tuesday 28 July 2026, and not by Sunday 28 June 2026" in said and BECAUSE in said
    town.register.rollback()
    (event,) = happened(town, complaint, Step.DATA_EXTENDED)
    assert event.details == '{"due":"2026-07-28","reason":true,"request":1}'
    with clock.at(date(2026, 6, 29)):
        case = words_of(hana.page(f"/staff/complaints/{complaint.reference}"))
        assert "Send them everything that we hold, by Tuesday 28 July: they asked for it" in case
        assert "took more time to send everything that we hold, and wrote to them why. It goes by Tuesday 28 July 2026." in case
        assert BECAUSE in words_of(hana.page(f"/staff/complaints/{complaint.reference}/data/sent"))
        signs_in(client, CODE)
        mine = words_of(client.page(ASK))
        assert "It goes to you by" in mine and "Tuesday 28 July 2026" in mine and "We first told you Sunday 28 June 2026" in mine and BECAUSE in mine
        assert "We wrote to say that it takes us longer" in words_of(client.page(CASE))


def test_more_time_is_not_taken_once_the_first_month_is_over_nor_for_more_than_the_law_gives(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    hana, here = desk(client, town), f"/staff/complaints/{complaint.reference}/data/more-time"
    for on, said, words in (
        (date(2026, 6, 29), {}, "They had to be told by Sunday 28 June 2026"),
        (date(2026, 6, 8), {"due_on": "29 August 2026"}, "not after Friday 28 August 2026"),
        (date(2026, 6, 8), {"due_on": "28 June 2026"}, "after Sunday 28 June 2026"),
        (date(2026, 6, 8), {"words": " "}, "Write why it takes longer"),
        (date(2026, 6, 8), {"due_on": "soon"}, "Write the date like 12 June 2026"),
    ):
        with clock.at(on):
            answer = hana.send(here, {"due_on": "28 July 2026", "words": BECAUSE} | said)
            assert answer.status_code == 422 and words in words_of(answer.get_data(as_text=True)), words
    assert not happened(town, complaint, Step.DATA_EXTENDED)


def test_a_manager_refuses_a_request_on_a_ground_and_they_are_told_who_else_looks_at_it(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    here = f"/staff/complaints/{complaint.reference}/data/refusal"
    assert desk(client, town).get(here).status_code == 403
    manager = desk(client, town, Role.MANAGER)
    with clock.at(date(2026, 6, 8)):
        bare = manager.send(here, {"words": ""})
        assert bare.status_code == 422 and "Choose one of the answers" in words_of(bare.get_data(as_text=True))
        sent = manager.send(here, {"ground": "excessive", "words": "It is the fourth time this month."})
        assert sent.status_code == 303, words_of(sent.get_data(as_text=True))
        assert "Send them everything" not in words_of(manager.page(f"/staff/complaints/{complaint.reference}"))
    town.register.expire_all()
    letter = complaint.letters[-1]
    said = as_text(letter.body)
    town.register.rollback()
    assert letter.kind == "data_refused" and "manifestly excessive" in said and "It is the fourth time this month." in said
    assert "Information Commissioner" in said and "0303 123 1113" in said and "ask a court" in said
    with clock.at(date(2026, 6, 9)):
        signs_in(client, CODE)
        page = words_of(client.page(ASK))
        assert "that we do not send it, because: It is the fourth time this month." in page and "Information Commissioner" in page
        assert client.send(ASK).status_code == 303, "they may ask again"


def test_everybody_who_waits_stands_on_one_list_by_the_day_it_goes(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(MONDAY):
        other = matched(town, town.complains("The lift is broken.", code="M" * 24, name="Ines Falk"))
    manager, there = desk(client, town, Role.MANAGER), "/staff/data-requests"
    with clock.at(DAY):
        assert "Nobody waits for it." in words_of(manager.page(there))
    asks(client)
    with clock.at(date(2026, 5, 20)), town.writing():
        operations.ask_for_data(other, "", by=town.resident(other))
    takes_longer(client, town, complaint)
    with clock.at(date(2026, 6, 23)):
        page = words_of(manager.page(there))
        assert page.index("Send everything to Ines Falk") < page.index("Send everything to Samira Haddad") and "2 wait." in page and "1 is late" in page
        assert "More time was taken." in page and "Saturday 20 June" in page and "Tuesday 28 July" in page
        assert there in {link.get("href") for link in manager.page("/staff/due").iter("a")}
    with town.writing(), clock.at(date(2026, 6, 23)):
        operations.say_data_sent(other, by=town.viewer(Role.HANDLER), on=date(2026, 6, 23), how="post", left_out="Nothing.")
    with clock.at(date(2026, 6, 24)):
        assert "Ines Falk" not in words_of(manager.page(there))


def test_more_time_counts_once_its_letter_was_posted(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    asks(client)
    with clock.at(date(2026, 6, 1)), town.writing():
        complaint.resident.person.safe_contact = {"channels": ["post"], "post": "14 Quarry Bank"}
    hana = takes_longer(client, town, complaint)
    there = f"/staff/complaints/{complaint.reference}/data/sent"
    with clock.at(date(2026, 6, 9)):
        page = words_of(hana.page(there))
        assert "Sunday 28 June 2026" in page and "It counts once the letter that says so has gone to them, by Sunday 28 June 2026" in page
        with town.writing():
            issue = next(each for each in complaint.letters[-1].issues if each.state == "waiting")
            operations.mark_posted(complaint, issue, by=town.viewer(Role.TRIAGE), on=date(2026, 6, 9))
        assert "Tuesday 28 July 2026" in words_of(hana.page(there))
