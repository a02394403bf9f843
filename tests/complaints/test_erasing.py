"""Erasing: the event first, then every word of it, everywhere; the chain whole, the figures as before, and a theft still seen."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.access import MACHINE, Role
from portal.complaints import erasing, operations, retention, searching
from portal.complaints.figures import by_month
from portal.complaints.files import discard
from portal.complaints.issues import issues_of
from portal.complaints.models import Complaint
from portal.complaints.papers import ContractorQuestion, Letter, Outbox
from portal.complaints.people import Person
from portal.complaints.record import Event, EventWords
from portal.complaints.verify import first_fault
from portal.db import Base
from portal.rules.steps import RuleBroken, Step
from tests import walk
from tests.browser_client import CheckingClient, words_of
from tests.conftest import DATABASE
from tests.doors import let_in_staff
from tests.resident.test_case import matched
from tests.town import CODE, Town, answering
from tests.walk import Walk

ENDED, TODAY = date(2026, 5, 22), date(2032, 5, 24)
WHY = "Our retention policy of May 2026."
sqlite_only = pytest.mark.skipif(DATABASE != "sqlite", reason="reads the bytes of the file")


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Answered six years ago and all done."""
    return ended(town)


def ended(town: Town, *, on: date = ENDED, **told: Any) -> Complaint:
    """A complaint that was answered on a day, with nothing owed."""
    with clock.at(on - timedelta(4)):
        found = matched(town, town.complains(**told))
    town.acknowledged(found, on=on - timedelta(2))
    with clock.at(on), town.writing():
        letter = operations.respond(found, answering(1) | {"actions": []}, by=town.viewer(Role.HANDLER))
        town._issue(found, letter)
    town.register.rollback()
    return found


def erases(town: Town, complaint: Complaint, *, on: date = TODAY) -> list[str]:
    """A manager erases it."""
    town.register.rollback()
    with clock.at(on), town.writing():
        return operations.erase(complaint, by=town.viewer(Role.MANAGER), because=WHY)


def test_what_stays_is_counted_and_no_word_is_left(town: Town, complaint: Complaint, tmp_path: Path) -> None:
    number = complaint.id
    erases(town, complaint)
    kept = town.register.get_one(Complaint, number)
    assert (kept.words, kept.when_words, kept.wanted, kept.home_id, kept.search_text) == ("", "", {}, None, "")
    assert (kept.received_on, kept.answered_on, kept.erased_on) == (date(2026, 5, 18), ENDED, TODAY)
    assert {each.name_as_given for each in kept.parties} == {each.person.name for each in kept.parties} == {""}
    assert all(letter.body == {} for letter in kept.letters) and len(kept.letters) == 3
    assert [each.disposition for each in kept.answers] == ["upheld", "not_upheld"] and kept.remedies[0].pence == 35000
    last = kept.events[-1]
    assert last.step == Step.ERASED and json.loads(last.details) == {"reason": True, "until": "2032-05-22"}
    left = set(town.register.scalars(select(EventWords.number).join(Event, Event.number == EventWords.number).where(Event.complaint_id == number)))
    assert left == {last.number}
    town.register.rollback()
    assert first_fault(town.register, tmp_path) is None


def test_the_figures_are_as_before(town: Town, complaint: Complaint) -> None:
    with clock.at(TODAY):
        before = by_month(town.register)
        town.register.rollback()
        erases(town, complaint)
        assert by_month(town.register) == before


@pytest.mark.parametrize("on", [date(2032, 5, 21), date(2026, 5, 23)])
def test_nothing_is_erased_before_its_time(town: Town, complaint: Complaint, on: date) -> None:
    with clock.at(on):
        assert retention.over(town.register, retention.everything_kept()) == []
    with pytest.raises(RuleBroken, match="not over yet"):
        erases(town, complaint, on=on)


def test_whatever_happens_begins_its_time_anew_but_for_what_is_about_keeping_it(town: Town, complaint: Complaint) -> None:
    with clock.at(date(2030, 1, 7)), town.writing():
        operations.keep_longer(complaint, by=town.viewer(Role.MANAGER), because="A claim.")
    with clock.at(date(2030, 1, 8)), town.writing():
        operations.end_keeping(complaint, by=town.viewer(Role.MANAGER), because="It was settled.")
    assert retention.ends_on(complaint) == date(2032, 5, 22)
    with clock.at(date(2030, 1, 9)), town.writing():
        operations.write_note(complaint, "She rang.", by=town.viewer(Role.HANDLER))
    assert retention.ends_on(complaint) == date(2036, 1, 9)


def test_the_list_of_a_day_says_what_keeps_each(town: Town, complaint: Complaint) -> None:
    held, theirs = ended(town, code="M" * 24), ended(town, code="S" * 24)
    open_one = town.complains(code="T" * 24)
    with clock.at(date(2026, 5, 23)), town.writing():
        operations.keep_longer(held, by=town.viewer(Role.MANAGER), because="A claim.")
        operations.ombudsman_has(theirs, by=town.viewer(Role.LIAISON), theirs="HO-1")
    with clock.at(date(2032, 6, 1)):
        found = {one.complaint.id: one.kept_because for one in retention.over(town.register, retention.everything_kept())}
    assert found == {complaint.id: (), held.id: (retention.KEPT,), theirs.id: (retention.OMBUDSMAN,)}
    assert open_one.id not in found
    for kept in (held, theirs):
        with pytest.raises(RuleBroken):
            erases(town, kept, on=date(2032, 6, 1))


def test_what_was_put_aside_is_kept_for_less_and_what_is_tied_waits_for_the_other(town: Town, complaint: Complaint) -> None:
    with clock.at(ENDED):
        spam = town.complains(code="M" * 24)
        with town.writing():
            operations.mark_spam(spam, by=town.viewer(Role.MANAGER), why="An advertisement.")
    with clock.at(date(2027, 5, 24)):
        assert [one.complaint.id for one in retention.over(town.register, retention.everything_kept())] == [spam.id]
    with clock.at(date(2030, 1, 7)), town.writing():
        operations.raise_issue(complaint, "The gutter.", by=town.resident(complaint))
        operations.part_issue(complaint, _issue(complaint), by=town.viewer(Role.MANAGER), ground="answered", reason="It was answered.")
    town.register.rollback()
    with clock.at(date(2036, 2, 1)):
        found = {one.complaint.id: one.kept_because for one in retention.over(town.register, retention.everything_kept())}
    assert found == {spam.id: (), complaint.id: (retention.TIED,)}
    with pytest.raises(RuleBroken, match="tied to"):
        erases(town, complaint, on=date(2036, 2, 1))


def test_a_letter_that_has_not_gone_keeps_it(town: Town, complaint: Complaint) -> None:
    with town.writing():
        complaint.letters[-1].issues[0].state = "waiting"
    with clock.at(TODAY):
        assert [one.kept_because for one in retention.over(town.register, retention.everything_kept())] == [(retention.LETTER_WAITS,)]
    with pytest.raises(RuleBroken, match="has not gone yet"):
        erases(town, complaint)


def _issue(complaint: Complaint) -> Any:
    return issues_of(complaint)[0]


def test_a_person_with_another_complaint_keeps_what_is_theirs(town: Town, complaint: Complaint) -> None:
    other = town.complains("The lift is broken.", code="M" * 24)
    with town.writing():
        operations.match_person(other, by=town.viewer(Role.TRIAGE), person=complaint.resident.person, landlord_record="")
    person = complaint.resident.person_id
    erases(town, complaint)
    assert town.register.get_one(Person, person).name == "Samira Haddad"
    assert other.resident.name == "Samira Haddad" and other.words == "The lift is broken."


def test_an_erased_complaint_is_there_for_nobody(town: Town, client: CheckingClient, complaint: Complaint) -> None:
    reference = complaint.reference
    erases(town, complaint)
    town.register.rollback()
    with clock.at(TODAY):
        assert client.send("/follow", {"code": CODE}).status_code == 422
        for role in (Role.MANAGER, Role.HANDLER, Role.LEAD):
            let_in_staff(client, town.register, town.staff[role], role)
            town.register.rollback()
            gone, never = client.get(f"/staff/complaints/{reference}"), client.get("/staff/complaints/000000000")
            assert gone.status_code == never.status_code == 404
            assert "Samira" not in words_of(client.page("/staff/find?q=samira&where=archive"))
            assert client.get(f"/staff/find?q={reference}").status_code == 200


def test_a_resident_who_was_signed_in_is_not_any_more(town: Town, client: CheckingClient, complaint: Complaint) -> None:
    with clock.at(TODAY):
        client.send("/follow", {"code": CODE})
        assert client.get("/your-complaint").status_code == 200
        erases(town, complaint)
        town.register.rollback()
        assert client.get("/your-complaint").status_code == 303


def test_the_database_lets_no_word_go_without_an_erasure(town: Town, complaint: Complaint) -> None:
    number, letter = complaint.events[0].number, complaint.letters[0].id
    town.register.rollback()
    for attempt in (delete(EventWords).where(EventWords.number == number), update(Letter).where(Letter.id == letter).values(body={})):
        with pytest.raises(DBAPIError), town.writing():
            town.register.execute(attempt.execution_options(synchronize_session=False))
        town.register.rollback()


def test_after_an_erasure_a_letter_can_still_be_given_no_other_words(town: Town, complaint: Complaint) -> None:
    letter = complaint.letters[0].id
    erases(town, complaint)
    for values in ({"body": {"title": "Another"}}, {"body": {}, "kind": "response"}):
        with pytest.raises(DBAPIError), town.writing():
            town.register.execute(update(Letter).where(Letter.id == letter).values(**values).execution_options(synchronize_session=False))
        town.register.rollback()


@sqlite_only
@pytest.mark.parametrize(
    ("steals", "said"),
    [
        ("DELETE FROM event_words WHERE number = 1", "its words are missing, and no erasure says so"),
        ("UPDATE complaint SET erased_on = '2030-01-01'", "hidden, and no erasure says so"),
        ("UPDATE letter SET body = '{}'", "was altered after it"),
    ],
)
def test_a_theft_that_looks_like_an_erasure_is_still_seen(town: Town, app: Flask, complaint: Complaint, steals: str, said: str) -> None:
    town.register.rollback()
    _behind_its_back(app, steals)
    assert said in str(first_fault(town.register))


@sqlite_only
@pytest.mark.parametrize(
    ("puts_back", "said"),
    [
        ("INSERT INTO event_words SELECT 1, salt, words FROM event_words LIMIT 1", "it was erased, and its words are there"),
        ("UPDATE complaint SET erased_on = NULL", "was erased, and is shown again"),
        ("UPDATE complaint SET words = 'Rain'", "changed outside the portal"),
        ("UPDATE letter SET body = '{\"title\": \"x\"}'", "the words of a letter of it are there"),
    ],
)
def test_words_that_come_back_after_an_erasure_are_seen(town: Town, app: Flask, complaint: Complaint, puts_back: str, said: str) -> None:
    erases(town, complaint)
    town.register.rollback()
    _behind_its_back(app, puts_back)
    assert said in str(first_fault(town.register))


def _behind_its_back(app: Flask, statement: str) -> None:
    """With the guards taken off."""
    with sqlite3.connect(app.extensions["engine"].url.database) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
    raw.close()


@pytest.fixture
def there(app: Flask, town: Town) -> Walk:
    """The town of the walk: complaints whose every word is a canary."""
    return walk.build(app, town)


def test_of_everything_that_was_ever_said_in_it_no_table_holds_a_word(there: Walk, app: Flask) -> None:
    town, mine = there.town, there.cases["mine"]
    with clock.at(date(2040, 1, 2)):
        names = _whatever_is_owed(town, mine)
    discard(app.extensions["portal"].files, *names)
    assert _left(town) == set()
    assert first_fault(town.register) is None


def _whatever_is_owed(town: Town, complaint: Complaint) -> list[str]:
    """Erase it as if nothing of it were owed: the walk's complaint is open, and full of words."""
    with pytest.MonkeyPatch.context() as changed, town.writing():
        changed.setattr("portal.complaints.retention.kept_because", lambda _: ())
        changed.setattr("portal.complaints.retention.ends_on", lambda _: date(2039, 1, 1))
        changed.setattr("portal.rules.history._broken", lambda *_: iter(()))
        return erasing.erase(complaint, by=MACHINE, because="For this test.")


def _left(town: Town) -> set[str]:
    """The columns in which a word of `mine` is left."""
    town.register.rollback()
    town.register.expire_all()
    found = set()
    for mapper in Base.registry.mappers:
        for column in mapper.columns:
            values: list[Any] = list(town.register.scalars(select(column)))
            if any("zzmineq" in str(value) for value in values):
                found.add(f"{column.table.name}.{column.name}")
    town.register.rollback()
    return found


@sqlite_only
def test_no_byte_of_it_is_left_in_the_database(there: Walk, app: Flask) -> None:
    town = there.town
    with clock.at(date(2040, 1, 2)):
        _whatever_is_owed(town, there.cases["mine"])
    with town.writing():
        searching.rebuild(town.register)
    town.register.close()
    app.extensions["engine"].dispose()
    assert b"zzmineq" not in Path(app.extensions["engine"].url.database).read_bytes()


def test_a_question_to_a_contractor_goes_with_the_message_that_carries_its_link(town: Town, complaint: Complaint) -> None:
    asking = operations.Asking("Was the joint sealed?", "Harrow Roofing", "dean@harrow.example", tells=["name", "home"])
    with clock.at(ENDED), town.writing():
        operations.ask_contractor(complaint, asking, "link", by=town.viewer(Role.MANAGER))
    erases(town, complaint)
    assert town.register.query(ContractorQuestion).count() == 0
    assert town.register.query(Outbox).filter(Outbox.question_id.is_not(None)).count() == 0


def test_a_table_that_is_made_tomorrow_goes_with_its_complaint_unless_somebody_says_that_it_is_counted() -> None:
    named = {table.name for table in Base.metadata.sorted_tables if "complaint_id" in table.c}
    assert {table.name for table in erasing._naming("complaint_id")} == named - erasing.COUNTED
    assert named >= erasing.COUNTED
