"""Each thing that is due, by itself, with when somebody was reminded of it; in few statements however long the list."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from portal import clock, db, i18n
from portal.access import Role
from portal.complaints import due, operations
from portal.complaints.references import new_code
from portal.post.reminders import remind
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.staff.test_queue import counted
from tests.town import ACKNOWLEDGING, Town


def test_a_day_with_nothing_due_says_so(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        town.complains()
        assert "Nothing is due in the next two working days" in words_of(signed_in(Role.HANDLER).page("/staff/due"))


def test_each_thing_due_has_its_line_and_says_when_somebody_was_reminded(town: Town, engine: Engine, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains(adjustments={"kinds": ["large_print"], "words": ""})
        town.acknowledged(complaint)
        with town.writing():
            adjustment = complaint.resident.person.adjustments[0]
            adjustment.decision, adjustment.review_on = "agreed", date(2026, 5, 29)
            operations.promise_action(
                complaint, by=town.viewer(Role.HANDLER), stage=1, what="Ring back", owner="Dean Cole", due_on=date(2026, 5, 28)
            )
    with clock.at(date(2026, 5, 27)):
        before = words_of(signed_in(Role.HANDLER).page("/staff/due"))
        assert "Nobody reminded yet." in before
        remind(db.sessions(engine))
        page = words_of(signed_in(Role.HANDLER).page("/staff/due")).replace("\xa0", " ")
    for said in (
        "Answer Samira Haddad at stage 1", "Tell Samira Haddad that the answer is late, and why", "Keep a promise to Samira Haddad",
        "Ask Samira Haddad whether what we agreed still helps", "Ring back", "Dean Cole", "1 working day late",
        "Late: reminded Wednesday 27 May.", "Due soon: reminded Wednesday 27 May.",
    ):  # fmt: skip
        assert said in page, said
    assert "Nobody reminded yet." not in page


def test_a_letter_that_is_written_is_to_be_sent_and_not_written_again(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains(safe_contact={"channels": ["post"]})
        town.given_to(complaint)
        town.triaged(complaint)
        with town.writing():
            operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    with clock.at(date(2026, 5, 18)):
        assert "Post the acknowledgement to Samira Haddad" in words_of(signed_in(Role.HANDLER).page("/staff/due"))


def test_mine_are_those_i_have(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        town.given_to(town.complains(name="Ana", code=new_code()))
        town.complains(name="Bo", code=new_code())
    with clock.at(date(2026, 5, 18)):
        page = words_of(signed_in(Role.HANDLER).page("/staff/due?with=me"))
    assert "Ana" in page
    assert "Bo" not in page


def test_a_long_list_is_read_in_pages_and_each_in_few_statements(app: Flask, town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        for number in range(26):
            town.complains(f"Words {number}", code=new_code(), name=f"Resident {number:02}")
    browser = signed_in(Role.TRIAGE)
    with clock.at(date(2026, 5, 18)):
        with counted(app) as said:
            first = browser.page("/staff/due")
        more = first.xpath("//nav[contains(@class, 'pager')]//a/@href")[0]
        second = words_of(browser.page(more))
    assert "Resident 24" in words_of(first)
    assert "Resident 25" not in words_of(first)
    assert "Resident 25" in second
    assert "Resident 24" not in second
    assert len(said) < 45, len(said)


def test_an_address_that_is_no_place_shows_the_first_page(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        town.complains()
    with clock.at(date(2026, 5, 18)):
        assert "Samira Haddad" in words_of(signed_in(Role.TRIAGE).page("/staff/due?after=nonsense"))


def test_neither_the_archive_nor_every_adjustment_is_read_for_the_list(town: Town, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses its plans by how much there is.")
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, given, *_: asked.append((statement, given)))
    with clock.at(date(2026, 5, 11)):
        due.page_of(town.register, town.viewer(Role.MANAGER))
    with engine.connect() as connection:
        plans = [str(row[3]) for statement, given in list(asked) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
    assert plans and not [step for step in plans if step.startswith(("SCAN complaint", "SCAN adjustment", "SCAN party"))], plans


def test_a_day_says_its_year_where_that_is_not_plain() -> None:
    with clock.at(date(2026, 12, 30)):
        assert i18n.short_day(date(2027, 1, 4)).replace("\xa0", " ") == "Monday 4 January"
        assert i18n.short_day(date(2024, 4, 29)).replace("\xa0", " ") == "Monday 29 April 2024"
