"""What we owe: danger first, then what is owed soonest, in few statements however long the list."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.calendar import calendar
from portal.complaints.casework import danger_told
from portal.complaints.papers import DangerAlert
from portal.complaints.record import ReadEvent
from portal.complaints.references import new_code
from portal.staff import wording
from portal.staff.queue import place
from tests.browser_client import form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import ACKNOWLEDGING, Town


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Every statement the portal sends to its database."""
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def many(town: Town, number: int) -> None:
    for each in range(number):
        town.complains(f"Words {each}", code=new_code(), name=f"Resident {each:02}")


def test_an_empty_queue_says_that_nothing_is_owed(signed_in: SignIn) -> None:
    assert "Nothing is owed to anybody" in words_of(signed_in(Role.HANDLER).page("/staff/"))


def test_each_row_begins_with_the_verb_owed_and_says_how_to_deal_with_them(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        wishes = {"kinds": ["large_print", "step_free"], "words": ""}
        safe = {"channels": ["phone"], "phone": "01632 960150", "times": "after 10am", "voicemail": "no"}
        town.complains(language="pl", adjustments=wishes, safe_contact=safe)
    with clock.at(date(2026, 5, 21)):
        page = words_of(signed_in(Role.TRIAGE).page("/staff/"))
    assert "Acknowledge Samira Haddad’s complaint" in page
    assert "Polish. Letters in large print. Meet somewhere without steps. Ring: after 10am. No voicemail" in page
    assert "3 working days late" in page and "Late: 1" in page and "Nobody yet" in page
    assert "01632 960150" not in page


def test_5_10_what_was_asked_for_one_complaint_alone_is_not_beside_their_others(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        alone = town.complains("First words", adjustments={"kinds": ["step_free"], "words": "", "span": "this"})
        other = town.complains("Second words", code=new_code(), adjustments={"kinds": ["large_print"], "words": "", "span": "always"})
        with town.writing():
            operations.match_person(other, by=town.viewer(Role.TRIAGE), person=alone.resident.person, landlord_record="TH-1")
        rows = [words_of(row) for row in signed_in(Role.TRIAGE).page("/staff/").iter("tr")]
    first, second = (next(row for row in rows if words in row) for words in ("First words", "Second words"))
    assert "Meet somewhere without steps" in first and "Letters in large print" in first
    assert "Letters in large print" in second and "Meet somewhere without steps" not in second


def test_the_queue_is_grouped_by_how_soon_things_are_owed(town: Town, signed_in: SignIn) -> None:
    for day, name in ((8, "Late Person"), (11, "Today Person"), (12, "Soon Person"), (14, "Rest Person")):
        with clock.at(date(2026, 5, day)):
            town.complains(name=name, code=new_code())
    with clock.at(date(2026, 5, 18)):
        page = signed_in(Role.TRIAGE).page("/staff/")
    groups = {body.get("id"): words_of(body) for body in page.iter("tbody")}
    assert list(groups) == ["late", "today", "soon", "rest"]
    assert all(name.title() in groups[name] for name in groups)


def test_a_letter_that_waits_is_to_be_posted_and_a_promise_kept(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        by_post = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"})
        town.given_to(by_post)
        with town.writing():
            operations.acknowledge(by_post, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
        promised = town.complains(code=new_code(), name="Colm Byrne")
        town.acknowledged(promised)
        town.answered(promised)
        browser = signed_in(Role.HANDLER)
        page = words_of(browser.page("/staff/"))
    assert "Post the acknowledgement to Samira Haddad" in page
    assert "Keep a promise to Colm Byrne" in page and "Mend the tiles" in page and "Dean Cole" in page


def test_danger_is_first_even_without_a_complaint_and_the_phone_is_not_on_the_list(town: Town, signed_in: SignIn) -> None:
    told = {"phone": "01632 960177", "address": "40 Lock Street", "safe_to_ring": "no", "words": "I can smell gas."}
    complaint = town.complains()
    with town.writing():
        draft, _token = operations.begin_draft(town.register, language="en")
        operations.raise_danger(town.register, draft, told)
        danger_told(complaint, told, by=town.resident(complaint))
    page = signed_in(Role.TRIAGE).page("/staff/")
    first = next(page.iter("tbody"))
    assert first.get("id") == "danger"
    assert "Reach somebody who has not complained yet" in words_of(first)
    assert "Reach Samira Haddad, but do not ring" in words_of(first)
    assert "01632 960177" not in words_of(page)
    assert len(list(page.iter("tbody"))) == 1


def test_danger_is_handed_over_once_and_then_leaves_the_list(town: Town, signed_in: SignIn) -> None:
    with town.writing():
        draft, _token = operations.begin_draft(town.register, language="en")
        alert = operations.raise_danger(town.register, draft, {"phone": "01632 960177", "safe_to_ring": "yes", "words": "Gas."})
    number = alert.id
    first, second = signed_in(Role.TRIAGE), signed_in(Role.MANAGER)
    page = second.page(f"/staff/danger/{number}")
    assert "They said that it is safe to ring." in words_of(page)
    assert first.send(f"/staff/danger/{number}", {"to": ""}).status_code == 422
    waiting = second.page(f"/staff/danger/{number}")
    late = form_values(pick_form(waiting, 0)) | {"to": "Somebody else"}
    assert first.send(f"/staff/danger/{number}", {"to": "The duty officer"}).location == "/staff/"
    refused = second.post(f"/staff/danger/{number}", data=late)
    assert refused.status_code == 422
    assert "It is The duty officer" in words_of(refused.get_data(as_text=True))
    assert "Nothing is owed" in words_of(first.page("/staff/"))
    town.register.rollback()
    assert town.register.scalar(select(DangerAlert.handed_over_to)) == "The duty officer"


def test_mine_shows_only_what_i_have(town: Town, signed_in: SignIn) -> None:
    mine, _other = town.complains(), town.complains(name="Tomasz Wilk", code=new_code())
    town.given_to(mine)
    page = words_of(signed_in(Role.HANDLER).page("/staff/?with=me"))
    assert "Samira Haddad" in page and "Tomasz Wilk" not in page


def test_the_queue_is_read_25_at_a_time_and_misses_nobody(town: Town, signed_in: SignIn) -> None:
    many(town, 27)
    browser = signed_in(Role.MANAGER)
    first = browser.page("/staff/")
    following = next(a.get("href") for a in first.iter("a") if a.text == "Next 25")
    second = browser.page(following)
    names = [f"Resident {each:02}" for each in range(27)]
    on_first, on_second = words_of(first), words_of(second)
    assert sum(name in on_first for name in names) == 25
    assert [name for name in names if name not in on_first] == [name for name in names if name in on_second]
    assert "27 complaints with something owed" in on_first
    assert "Back to the first" in on_second


@pytest.mark.parametrize("after", ["", "x", "1.2026-13-01.4", "1.2026-05-01", "9" * 400 + ".2026-05-01.1", "1.2026-05-01." + "9" * 40])
def test_a_made_up_place_in_the_queue_shows_a_page_and_no_fault(after: str, signed_in: SignIn) -> None:
    assert signed_in(Role.MANAGER).get("/staff/", query_string={"after": after}).status_code == 200
    assert place("nonsense") is None


def test_a_longer_queue_asks_the_database_no_more_often(town: Town, app: Flask, signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)
    many(town, 5)
    with counted(app) as with_five:
        browser.page("/staff/")
    many(town, 20)
    with counted(app) as with_twenty_five:
        browser.page("/staff/")
    assert len(with_five) == len(with_twenty_five)
    assert not [each for each in with_twenty_five if "FROM event " in each.replace("\n", " ")]


def test_one_read_event_tells_which_complaints_were_listed(town: Town, signed_in: SignIn) -> None:
    one, two = town.complains(), town.complains(code=new_code(), name="Tomasz Wilk")
    ids = f"{one.id},{two.id}"
    signed_in(Role.TRIAGE).page("/staff/")
    town.register.rollback()
    read = town.register.scalars(select(ReadEvent).where(ReadEvent.route == "staff.queue")).all()
    assert [each.listed for each in read] == [ids]


ODD_PLACES = (
    "0.2026-01-01.-99999999999999999999999", "-1.2026-01-01.1", "99999999999999999999999.2026-01-01.1",
    "1.2026-01-01." + "9" * 5000, "...", "1.0000-00-00.1",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD_PLACES)
def test_an_odd_place_in_the_queue_is_simply_the_first_page(odd: str, town: Town, signed_in: SignIn) -> None:
    town.complains()
    assert place(odd) is None
    assert "Samira Haddad" in words_of(signed_in(Role.TRIAGE).page(f"/staff/?after={odd}"))


def test_reading_a_danger_that_has_no_complaint_tells_which_it_was(town: Town, signed_in: SignIn) -> None:
    with town.writing():
        draft, _token = operations.begin_draft(town.register, language="en")
        alert = operations.raise_danger(town.register, draft, {"words": "Gas.", "safe_to_ring": "yes"})
    number = alert.id
    signed_in(Role.TRIAGE).page(f"/staff/danger/{number}")
    town.register.rollback()
    read = town.register.scalars(select(ReadEvent).where(ReadEvent.route == "staff.danger_alone")).all()
    assert [each.listed for each in read] == [f"danger {number}"]


def test_a_date_that_stays_on_a_new_bank_holiday_is_not_called_nought_days_away() -> None:
    saturday, monday = date(2026, 5, 16), date(2026, 5, 18)
    assert wording.how_soon(monday, saturday, calendar("england-and-wales", {monday: "A day of thanks"})) == "Before the next working day"
    assert wording.how_soon(monday, saturday, calendar("england-and-wales", {})) == "In 1 working day"
