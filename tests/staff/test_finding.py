"""Finding a complaint: by its reference, a name, a home or words; among the open ones, or in the archive."""

import os
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy import event as sqlalchemy_event

from portal import clock
from portal.access import Role
from portal.complaints import operations, references, searching
from portal.complaints.models import Complaint
from portal.complaints.record import ReadEvent
from portal.complaints.references import new_code
from tests.browser_client import CheckingClient, words_of
from tests.complaints.test_searching import HOSTILE
from tests.staff.conftest import SignIn
from tests.town import Town


@pytest.fixture
def kept(town: Town) -> list[Complaint]:
    """An open complaint about a lift, and two in the archive: one answered, one refused."""
    with clock.at(date(2026, 5, 11)):
        opened, answered, refused = (
            town.complains(f"The lift is broken. {name}", name=name, code=new_code())
            for name in ("Tomasz Wilk", "Colm Byrne", "Ada Quill")
        )
        town.acknowledged(answered)
        town.answered(answered)
        letter = town.refused(refused)
        with town.writing():
            town._issue(refused, letter)
            operations.complete_action(answered, answered.actions[0], by=town.viewer(Role.HANDLER), on=clock.today(), proof="Seen")
    town.register.rollback()
    return [opened, answered, refused]


@pytest.fixture
def browser(kept: list[Complaint], signed_in: SignIn) -> CheckingClient:
    """A handler's."""
    return signed_in(Role.HANDLER)


def test_the_way_in_says_what_is_looked_through_and_what_is_not(browser: CheckingClient) -> None:
    page = browser.page("/staff/find")
    said = words_of(page)
    assert "references, names, homes and what residents wrote when they complained" in said
    assert "is locked away, so it cannot be searched; nor can letters and contacts" in said
    assert "What was found" not in said
    assert [link.get("href") for link in browser.page("/staff/").iter("a") if link.text == "Find"] == ["/staff/find"]


def test_words_find_open_complaints_and_lead_on_to_the_archive(browser: CheckingClient) -> None:
    page = browser.page("/staff/find?q=LIFT")
    said = words_of(page)
    assert "1 complaint with something owed." in said
    assert "Acknowledge Tomasz Wilk’s complaint" in said and "Colm Byrne" not in said
    archive = next(link.get("href") for link in page.iter("a") if link.text == "Look in the archive instead")
    told = words_of(browser.page(archive))
    assert "2 complaints with nothing owed." in told
    assert "Refused Ada Quill at stage 1" in told and "Answered Colm Byrne at stage 1" in told
    assert told.index("Ada Quill") < told.index("Colm Byrne")
    assert "Tomasz Wilk" not in told


def test_what_was_typed_and_chosen_stays_on_the_page(browser: CheckingClient) -> None:
    page = browser.page("/staff/find?q=lift+quill&where=archive&stage=1")
    assert [box.get("value") for box in page.iter("input") if box.get("name") == "q"] == ["lift quill"]
    assert {box.get("name"): box.value for box in page.iter("select")} == {"where": "archive", "stage": "1", "service": ""}
    said = words_of(page)
    assert "1 complaint with nothing owed. Shown: Stage 1." in said and "Ada Quill" in said


def test_a_whole_reference_leads_straight_to_its_complaint_open_or_not(browser: CheckingClient, kept: list[Complaint]) -> None:
    found = [complaint.reference for complaint in kept]
    for reference in found:
        typed = " ".join(references.groups(reference)).lower()
        assert browser.get("/staff/find", query_string={"q": typed}).location == f"/staff/complaints/{reference}"


def test_a_reference_nobody_has_finds_nothing(browser: CheckingClient) -> None:
    assert "No open complaint has all of these words." in words_of(browser.page("/staff/find?q=000000000"))


def test_the_archive_can_be_read_without_a_word(browser: CheckingClient) -> None:
    link = next(each.get("href") for each in browser.page("/staff/find").iter("a") if (each.text or "").startswith("Everything in the"))
    said = words_of(browser.page(link))
    assert "2 complaints with nothing owed." in said and "Ada Quill" in said


def test_nothing_found_says_so_and_what_cannot_be_looked_for_says_so(browser: CheckingClient) -> None:
    assert "No open complaint has all of these words." in words_of(browser.page("/staff/find?q=giraffe"))
    assert "Nothing in the archive has all of these words." in words_of(browser.page("/staff/find?q=giraffe&where=archive"))
    assert "There is no letter or number in that to look for." in words_of(browser.page("/staff/find?q=%21%3F"))


def test_only_the_first_words_are_looked_for_and_that_is_said(browser: CheckingClient) -> None:
    said = words_of(browser.page("/staff/find?q=the+lift+is+broken+tomasz+wilk+14+quarry+giraffe"))
    assert "Only the first 8 words were looked for." in said and "Tomasz Wilk" in said


def test_a_search_is_written_down_as_a_list_that_was_read(browser: CheckingClient, kept: list[Complaint], town: Town) -> None:
    number = kept[0].id
    browser.page("/staff/find?q=lift")
    town.register.rollback()
    read = town.register.scalars(select(ReadEvent).where(ReadEvent.route == "staff.find")).all()
    assert [each.listed for each in read] == [str(number)]


def test_whatever_is_typed_finds_words_or_nothing_and_is_no_fault(browser: CheckingClient) -> None:
    for odd in HOSTILE:
        typed = odd.encode("utf-8", "replace").decode()
        for where in ("", "archive", "x' OR 1=1 --"):
            query = {"q": typed, "where": where, "after": typed[:50], "before": typed[:50], "stage": typed[:50], "service": typed[:50]}
            assert browser.get("/staff/find", query_string=query).status_code == 200, odd


@pytest.mark.skipif(os.environ.get("PORTAL_TEST_DATABASE") == "postgresql", reason="reads how SQLite means to answer")
def test_a_search_of_what_is_open_reads_the_index_of_what_is_owed_and_not_every_complaint(town: Town, engine: Engine) -> None:
    town.complains()
    asked: list[tuple[str, Any]] = []
    sqlalchemy_event.listen(engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    searching.find_open(town.register, town.viewer(Role.TRIAGE), ["rain"])
    searching.how_many(town.register, town.viewer(Role.TRIAGE), ["rain"], is_open=True)
    listed = [each for each in asked if "FROM complaint" in each[0] and "search_text" in each[0]]
    town.register.rollback()
    with engine.connect() as connection:
        plans = [
            [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)] for statement, given in listed
        ]
    assert len(plans) == 2
    assert all("SCAN complaint" not in plan for plan in plans), plans
