"""Each way of reaching somebody against each answer about what is safe: the exact result, from a table written by hand (ML3, A7)."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from portal import clock
from portal.access import Role
from portal.complaints import operations, safety
from portal.complaints.caring import limits_of
from portal.complaints.models import Complaint
from portal.complaints.papers import SafetyRead
from portal.post import may_send
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import ACKNOWLEDGING, Town

MONDAY, FRIDAY = date(2026, 5, 11), date(2026, 5, 15)
EVERY = {"channels": ["email", "phone", "post"], "email": "s@mail.example", "phone": "01632 960111", "post": "14 Quarry Bank", "voicemail": "yes", "say_who": "yes"}
SAFE: dict[str, dict[str, Any]] = {
    "every way": EVERY,
    "email alone": EVERY | {"channels": ["email"]},
    "post alone": EVERY | {"channels": ["post"]},
    "phone alone": EVERY | {"channels": ["phone"]},
    "this website alone": EVERY | {"channels": ["portal"]},
    "at some times alone": EVERY | {"times": "before noon"},
    "no voicemail": EVERY | {"voicemail": "no"},
    "a voicemail with a first name alone": EVERY | {"voicemail": "first_name"},
    "nobody told who we are": EVERY | {"say_who": "no"},
    "they died": EVERY,
}
"""What somebody said is safe. The details of the other ways are still on the record, as they are after a change."""
RANG: dict[str, Any] = {"direction": "out", "on": "15 May 2026", "who": "Samira Haddad", "words": "They are well.", "shown": "yes"}
ROWS = list(csv.DictReader((Path(__file__).parents[1] / "safe_ways.csv").read_text().splitlines()))


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Somebody to whom every way was safe, with a letter that waits to go by email and by post."""
    with clock.at(MONDAY):
        made = town.complains(safe_contact=EVERY)
        town.given_to(made)
        town.triaged(made)
        with town.writing():
            operations.acknowledge(made, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    return made


def said(town: Town, complaint: Complaint, safe: str) -> None:
    """They say what is safe for them from now on."""
    with town.writing():
        complaint.resident.person.safe_contact = SAFE[safe]
        complaint.resident.person.died_on = MONDAY if safe == "they died" else None


def at(complaint: Complaint, then: str = "") -> str:
    return f"/staff/complaints/{complaint.reference}{then}"


def goes(town: Town, complaint: Complaint, channel: str) -> str:
    issue = next(issue for issue in complaint.letters[1].issues if issue.channel == channel)
    return "stopped" if may_send.why_not(town.register, issue) else "goes"


def code_goes(complaint: Complaint, channel: str) -> str:
    return "stopped" if may_send.why_not_party(complaint.resident, channel) else "goes"


def contact(browser: CheckingClient, complaint: Complaint, kind: str) -> str:
    """What comes of writing down that we reached them so."""
    opened = browser.get(at(complaint, "/contacts"))
    if opened.status_code == 303:
        assert opened.location.startswith(at(complaint, "/safety"))
        return "note first"
    answer = browser.send(at(complaint, "/contacts"), RANG | {"kind": kind})
    if answer.status_code == 303:
        return "written down"
    assert answer.status_code == 422 and 'id="why_not-error"' in answer.get_data(as_text=True)
    return "reason asked"


def read(browser: CheckingClient, complaint: Complaint) -> None:
    assert browser.send(at(complaint, "/safety"), {"how": "I ring at eleven and hang up if it is not her."}).status_code == 303


def number(browser: CheckingClient, complaint: Complaint) -> str:
    page = browser.page(at(complaint))
    if page.xpath("//a[starts-with(@href, 'tel:')]") and "01632 960111" in words_of(page):
        return "shown"
    assert "01632 960111" not in words_of(page)
    return "note first" if "Read how to reach them safely, then see the number" in words_of(page) else "closed"


AGAIN = {"large print again": "By post, in large print", "email again": "By email, as it is", "read out again": "Read out to them by phone", "in person again": "Gone through with them in person"}


def again(town: Town, browser: CheckingClient, complaint: Complaint, action: str) -> str:
    """Whether a letter of no use can go again this way: every way is on the page, and one that is not safe is closed."""
    with town.writing():
        issue = next(issue for issue in complaint.letters[1].issues if issue.channel == "post")
        operations.mark_issued(complaint, issue, by=town.viewer(Role.TRIAGE))
    with town.writing():
        operations.find_unusable(complaint, complaint.letters[1], by=town.viewer(Role.HANDLER))
    opened = browser.get(at(complaint, "/letters/2/again"))
    if opened.status_code == 303:
        return "note first"
    page = browser.page(at(complaint, "/letters/2/again"))
    label = next(each for each in page.iter("label") if words_of(each) == AGAIN[action])
    box = page.get_element_by_id(label.get("for"))
    if box.get("disabled") is not None:
        assert "Not safe for them" in words_of(page.get_element_by_id(box.get("aria-describedby"))) and not box.get("name")
        return "closed"
    return "open"


def panel(town: Town, signed_in: SignIn, complaint: Complaint) -> str:
    with town.writing():
        for issue in complaint.letters[1].issues:
            operations.mark_issued(complaint, issue, by=town.viewer(Role.TRIAGE))
    town.answered(complaint)
    town.escalated(complaint)
    answer = signed_in(Role.MANAGER).get(at(complaint, "/panel"))
    return "note first" if answer.status_code == 303 and "/safety" in answer.location else "open"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['action']}, {row['safe are']}" for row in ROWS])
def test_ML3_A7_each_way_of_reaching_them_does_what_they_said_is_safe(row: dict[str, str], town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    action = row["action"]
    with clock.at(FRIDAY):
        said(town, complaint, row["safe are"])
        browser, kinds = signed_in(Role.HANDLER), {"call": "call", "visit": "visit", "meeting": "meeting", "letter of ours": "letter", "email of ours": "email"}
        if action.startswith("letter by"):
            found = goes(town, complaint, action.split()[-1])
        elif action.startswith("code by"):
            found = code_goes(complaint, action.split()[-1])
        elif action in kinds:
            found = contact(browser, complaint, kinds[action])
        elif action == "call after the note":
            read(browser, complaint)
            found = contact(browser, complaint, "call")
        elif action == "number":
            found = number(browser, complaint)
        elif action in AGAIN:
            found = again(town, browser, complaint, action)
        else:
            found = panel(town, signed_in, complaint)
    assert found == row["answer"]


def test_the_table_has_every_answer_about_what_is_safe_and_each_row_once() -> None:
    assert {row["safe are"] for row in ROWS} == set(SAFE)
    assert len({(row["action"], row["safe are"]) for row in ROWS}) == len(ROWS) >= 40


def test_A7_the_note_is_read_with_a_reason_and_they_come_back_to_what_they_were_about_to_do(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(FRIDAY):
        said(town, complaint, "at some times alone")
        browser = signed_in(Role.HANDLER)
        sent = browser.get(at(complaint, "/contacts")).location
        page = words_of(browser.page(sent))
        assert "Read this before you reach them" in page and "Ring: before noon" in page and "01632 960111" not in page
        answer = browser.send(sent, {"how": " "})
        assert answer.status_code == 422 and 'id="how-error"' in answer.get_data(as_text=True)
        assert browser.send(sent, {"how": "I ring at eleven."}).location == at(complaint, "/contacts")
        assert number(browser, complaint) == "shown" and "You read this today: I ring at eleven." in words_of(browser.page(at(complaint)))
        assert number(signed_in(Role.MANAGER), complaint) == "note first", "each reads it for themselves"


def test_A7_it_is_read_again_on_another_day_and_when_anything_of_it_changes(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(FRIDAY):
        said(town, complaint, "at some times alone")
        read(signed_in(Role.HANDLER), complaint)
        assert number(signed_in(Role.HANDLER), complaint) == "shown"
        with town.writing():
            complaint.resident.person.safe_contact = EVERY | {"times": "after six"}
        assert number(signed_in(Role.HANDLER), complaint) == "note first"
        read(signed_in(Role.HANDLER), complaint)
    with clock.at(date(2026, 5, 16)):
        assert number(signed_in(Role.HANDLER), complaint) == "note first"


def test_A7_what_changes_while_somebody_writes_stops_the_press_and_keeps_the_words(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(FRIDAY):
        said(town, complaint, "every way")
        browser = signed_in(Role.HANDLER)
        filled = form_values(pick_form(browser.page(at(complaint, "/contacts")), 0))
        said(town, complaint, "no voicemail")
        answer = browser.post(at(complaint, "/contacts"), data=filled | RANG | {"kind": "call", "kept": ["no_voicemail"]})
        page = words_of(answer.get_data(as_text=True))
        assert answer.status_code == 422 and "read how it is safe to reach them" in page and "They are well." in page


def test_tier_4_what_was_read_is_sealed_and_no_event_says_that_there_was_anything_to_read(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(FRIDAY):
        said(town, complaint, "no voicemail")
        before = len(complaint.happenings)
        town.register.rollback()
        assert signed_in(Role.HANDLER).send(at(complaint, "/safety"), {"how": "CANARY"}).status_code == 303
    town.register.rollback()
    town.register.expire_all()
    assert len(complaint.happenings) == before and town.register.query(SafetyRead).count() == 1
    assert b"CANARY" not in town.register.execute(text("SELECT said FROM safety_read")).scalar_one()
    assert safety.to_read(complaint) == {"no_voicemail"} <= limits_of(complaint.resident)
