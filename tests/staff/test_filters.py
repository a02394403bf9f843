"""The queue narrowed: whose, which stage, which service, what is late, where nothing is owed; and read in both directions."""

from collections.abc import Iterator
from datetime import date

import pytest
from lxml import html
from sqlalchemy import select

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.record import ReadEvent
from portal.complaints.references import new_code
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.town import Town

NAMES = ("Given Person", "Waiting Person", "Stage Two", "Late Person", "Done Person", "Gone Person")


@pytest.fixture
def manager(town: Town, signed_in: SignIn) -> Iterator[CheckingClient]:
    """The manager's browser, and a town with one complaint of each kind, on Monday 18 May 2026."""
    with clock.at(date(2026, 4, 27)):
        done, second = (town.complains(name=name, code=new_code()) for name in ("Done Person", "Stage Two"))
        for each in (done, second):
            town.acknowledged(each)
    with clock.at(date(2026, 5, 7)):
        late, gone = (town.complains(name=name, code=new_code()) for name in ("Late Person", "Gone Person"))
        for each in (done, second):
            town.answered(each)
        with town.writing():
            operations.withdraw(gone, by=town.resident(gone))
    with clock.at(date(2026, 5, 15)):
        with town.writing():
            operations.complete_action(done, done.actions[0], by=town.viewer(Role.HANDLER), on=date(2026, 5, 8), proof="Seen")
        given = town.complains(name="Given Person", code=new_code())
        town.given_to(given)
        town.triaged(given)
        town.complains(name="Waiting Person", code=new_code())
        town.escalated(second)
        town.given_to(second, Role.REVIEWER)
    assert late.next_due == date(2026, 5, 14)
    town.register.rollback()
    with clock.at(date(2026, 5, 18)):
        yield signed_in(Role.MANAGER)


def shown(browser: CheckingClient, **chosen: str) -> set[str]:
    """Whose complaints a choice shows."""
    said = words_of(browser.page("/staff/?" + "&".join(f"{name}={value}" for name, value in chosen.items())))
    return {name for name in NAMES if name in said}


def test_the_queue_shows_what_nobody_has(manager: CheckingClient) -> None:
    assert shown(manager, **{"with": "nobody"}) == {"Waiting Person", "Late Person"}


def test_the_queue_shows_what_one_person_has_by_their_name(manager: CheckingClient, town: Town) -> None:
    page = manager.page("/staff/")
    reviewer = next(option for option in page.iter("option") if option.text == "With Reviewer Person")
    assert shown(manager, **{"with": reviewer.get("value")}) == {"Stage Two"}


def test_the_queue_shows_one_stage(manager: CheckingClient) -> None:
    assert shown(manager, stage="2") == {"Stage Two"}
    assert shown(manager, stage="1") == {"Given Person", "Waiting Person", "Late Person"}


def test_the_queue_shows_one_service(manager: CheckingClient, town: Town) -> None:
    assert shown(manager, service=str(town.repairs.id)) == {"Given Person", "Stage Two"}


def test_the_queue_shows_only_what_is_late(manager: CheckingClient) -> None:
    assert shown(manager, owed="late") == {"Late Person"}


def test_where_nothing_is_owed_is_a_list_of_its_own_the_newest_first(manager: CheckingClient) -> None:
    said = words_of(manager.page("/staff/?owed=nothing"))
    assert {name for name in NAMES if name in said} == {"Done Person", "Gone Person"}
    assert "2 complaints with nothing owed." in said
    assert said.index("Gone Person withdrew it") < said.index("Answered Done Person at stage 1")
    assert "What we promised was done by Friday 8 May 2026" in said and "Received Monday 27 April 2026" in said


def test_choices_hold_together_and_are_said_in_words(manager: CheckingClient, town: Town) -> None:
    page = manager.page(f"/staff/?with=nobody&stage=1&service=&owed=late&x={town.repairs.id}")
    said = words_of(page)
    assert "1 complaint with something owed. Shown: With nobody yet, Stage 1, Only late." in said
    assert "Late Person" in said and "Waiting Person" not in said
    picked = {box.get("name"): box.value for box in page.iter("select")}
    assert picked == {"with": "nobody", "stage": "1", "service": "", "owed": "late"}


def test_a_choice_that_shows_nothing_says_so_and_leads_back(manager: CheckingClient) -> None:
    page = manager.page("/staff/?stage=2&owed=late")
    assert "Nothing of that is owed to anybody." in words_of(page)
    assert [link.get("href") for link in page.iter("a") if link.text == "Show everything owed"] == ["/staff/"]
    assert "There is no such complaint." in words_of(manager.page("/staff/?owed=nothing&stage=2"))


ODD = ("'; DROP TABLE complaint; --", "1 OR 1=1", "9" * 400, "-1", "%25", "é", "next_due DESC", "²", "١")


@pytest.mark.parametrize("owed", ["", "nothing"])
def test_a_made_up_choice_chooses_nothing_and_is_no_fault(owed: str, manager: CheckingClient) -> None:
    ended = {"Done Person", "Gone Person"}
    expected = ended if owed else set(NAMES) - ended
    for name in ("with", "stage", "service", "after", "before"):
        for odd in ODD:
            answer = manager.get("/staff/", query_string={"owed": owed, name: odd})
            assert {each for each in NAMES if each in answer.get_data(as_text=True)} == expected, (name, odd)
    assert shown(manager, owed="1%3D1") == set(NAMES) - ended


def test_the_queue_is_read_back_as_it_was_read_forward(town: Town, signed_in: SignIn) -> None:
    for each in range(60):
        with clock.at(date(2026, 5, 11 + each % 4)):
            town.complains(f"Words {each}", code=new_code(), name=f"Resident {each:02}")
    with clock.at(date(2026, 5, 15)):
        browser = signed_in(Role.MANAGER)
        first = browser.page("/staff/")
        second = browser.page(link(first, "Next 25"))
        third = browser.page(link(second, "Next 25"))
        assert [len(rows(each)) for each in (first, second, third)] == [25, 25, 10]
        assert len({*rows(first), *rows(second), *rows(third)}) == 60
        assert rows(browser.page(link(third, "25 before these"))) == rows(second)
        assert rows(browser.page(link(second, "25 before these"))) == rows(first)
        assert rows(browser.page(link(third, "Back to the first"))) == rows(first)
        assert not [each for each in first.iter("a") if each.text in ("25 before these", "Back to the first")]


def test_what_is_ended_is_read_back_as_it_was_read_forward(town: Town, signed_in: SignIn) -> None:
    for each in range(30):
        complaint = town.complains(code=new_code(), name=f"Resident {each:02}")
        with town.writing():
            operations.withdraw(complaint, by=town.resident(complaint))
    browser = signed_in(Role.MANAGER)
    first = browser.page("/staff/?owed=nothing")
    second = browser.page(link(first, "Next 25"))
    assert "30 complaints with nothing owed." in words_of(first) and "25 on this page" in words_of(first)
    assert len(rows(first)) == 25 and len(rows(second)) == 5
    assert rows(browser.page(link(second, "25 before these"))) == rows(first)


def test_the_list_of_what_is_ended_is_written_down_as_read(manager: CheckingClient, town: Town) -> None:
    manager.page("/staff/?owed=nothing")
    town.register.rollback()
    read = town.register.scalars(select(ReadEvent).where(ReadEvent.route == "staff.queue")).all()
    assert read[-1].listed and len(read[-1].listed.split(",")) == 2


def link(page: html.HtmlElement, words: str) -> str:
    """Where a link leads."""
    return next(str(each.get("href")) for each in page.iter("a") if each.text == words)


def rows(page: html.HtmlElement) -> list[str]:
    """The addresses of a list's rows, in order."""
    return [each.get("href") for each in page.iter("a") if "owed" in (each.get("class") or "").split()]
