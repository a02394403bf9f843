"""Anybody who works here takes a complaint down for somebody who phoned, wrote or called in (3.2, rulings 11, 13, 16)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from lxml import html
from werkzeug.test import TestResponse

from portal import clock
from portal.access import AT_WORK, LOOKERS_ON, Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import DangerAlert, Letter, Outbox
from portal.complaints.record import Event, EventWords
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import Town

TODAY = date(2026, 5, 12)
CODE = re.compile(r"(?:[0-9A-Z]{4} ){5}[0-9A-Z]{4}")
HEARD: dict[str, Any] = {
    "danger": "no", "channel": "phone", "name": "Grace Achebe", "home": "address", "address": "3 Mill Lane\nThornby",
    "relationship": "tenant", "words": "The lift has been out for a week and I am on the fourth floor.",
    "wanted": ["repair"], "easier": ["large_print"], "channels": ["phone", "post"], "phone": "01632 960222",
    "voicemail": "no", "say_who": "yes",
}  # fmt: skip
LATE = {"received": "8 May 2026", "heard_by": "Dean Cole, plumber", "late_because": "He told the office on Tuesday."}


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def log(browser: CheckingClient, **more: Any) -> TestResponse:
    """Fill in the page and press the button."""
    return browser.send("/staff/log", HEARD | more)


def said_by(answer: TestResponse) -> str:
    """What a page says."""
    return words_of(answer.get_data(as_text=True))


def the_one(town: Town) -> Complaint:
    """The one complaint there is."""
    town.register.rollback()
    return town.register.query(Complaint).one()


def code_in(answer: TestResponse) -> str:
    """The access code on a page."""
    found = CODE.search(said_by(answer))
    assert found
    return found[0]


@pytest.mark.parametrize("role", AT_WORK)
def test_ruling_11_any_member_of_staff_logs_a_complaint(town: Town, signed_in: SignIn, role: Role) -> None:
    browser = signed_in(role)
    page = browser.page("/staff/logged")
    assert "/staff/log" in [link.get("href") for link in page.findall(".//nav//a")]
    assert log(browser).status_code == 200
    logged = the_one(town)
    assert (logged.logged_by_id, logged.received_on, logged.channel) == (town.staff[role].id, TODAY, "phone")
    assert logged.words == HEARD["words"]
    assert browser.get(f"/staff/complaints/{logged.reference}").status_code == 200


@pytest.mark.parametrize("role", LOOKERS_ON)
def test_ruling_11_whoever_looks_on_logs_what_they_are_told_and_sees_the_receipt_of_that_alone(town: Town, signed_in: SignIn, role: Role) -> None:
    browser = signed_in(role)
    assert "/staff/log" in [link.get("href") for link in browser.page("/staff/account").findall(".//nav//a")]
    filled = form_values(pick_form(browser.page("/staff/log"), 0)) | HEARD
    answer = browser.post("/staff/log", data=filled)
    logged = the_one(town)
    assert (logged.logged_by_id, logged.happenings[0].by) == (town.staff[role].id, f"staff:{town.staff[role].id}")
    assert logged.reference in said_by(answer).replace(" ", "") and code_in(answer)
    reads = role is Role.LEAD
    assert (f"/staff/complaints/{logged.reference}" in answer.get_data(as_text=True)) is reads
    assert browser.get(f"/staff/complaints/{logged.reference}").status_code == (200 if reads else 404)
    assert browser.get("/staff/logged").status_code == 404
    again = browser.post("/staff/log", data=filled)
    assert again.status_code == 303 and CODE.search(said_by(again)) is None
    assert "Grace Achebe" not in words_of(browser.page(again.location)) or reads
    town.register.rollback()
    assert town.register.query(Complaint).count() == 1


def test_a_colleague_finds_what_they_logged_and_no_other_complaint(town: Town, signed_in: SignIn) -> None:
    other = town.complains()
    browser = signed_in(Role.COLLEAGUE)
    log(browser)
    assert "Grace Achebe" in words_of(browser.page("/staff/logged"))
    assert browser.get(f"/staff/complaints/{other.reference}").status_code == 404


def test_the_record_says_who_logged_it_and_that_logging_bars_nobody(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.HANDLER)
    log(browser)
    logged = the_one(town)
    received = logged.happenings[0]
    assert (received.step, received.by) == (Step.RECEIVED, f"staff:{town.staff[Role.HANDLER].id}")
    assert received.details["channel"] == "phone"
    assert not logged.barred(2, town.staff[Role.HANDLER].id)
    page = words_of(browser.page(f"/staff/complaints/{logged.reference}"))
    assert "Handler Person logged it for Grace Achebe." in page


def test_pressing_twice_makes_one_complaint(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.COLLEAGUE)
    filled = form_values(pick_form(browser.page("/staff/log"), 0)) | HEARD
    assert browser.post("/staff/log", data=filled).status_code == 200
    again = browser.post("/staff/log", data=filled)
    logged = the_one(town)
    assert again.location == f"/staff/complaints/{logged.reference}"


def test_ruling_13_every_date_runs_from_the_day_we_first_had_it(town: Town, signed_in: SignIn) -> None:
    log(signed_in(Role.COLLEAGUE), **LATE)
    logged = the_one(town)
    received = logged.happenings[0]
    assert (logged.received_on, received.on, received.at.date()) == (date(2026, 5, 8), date(2026, 5, 8), TODAY)
    assert logged.next_due == date(2026, 5, 15)
    assert received.details["logged_late"] is True
    kept = str(town.register.query(EventWords).filter_by(number=received.number).one().words)
    assert "Dean Cole" in kept and "told the office" in kept


def test_ruling_13_overdue_at_birth_is_normal_and_is_said(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.TRIAGE)
    answer = log(browser, **(LATE | {"received": "13 April 2026"}))
    assert "Late already" in said_by(answer)
    logged = the_one(town)
    assert logged.next_due == date(2026, 4, 20)
    assert "Late: 1" in words_of(browser.page("/staff/"))
    assert "We are late, and we are sorry." in str(town.register.query(Letter).one().body)


def test_ruling_13_staff_read_who_first_heard_it_and_why_it_was_late(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.COLLEAGUE)
    log(browser, **LATE)
    page = words_of(browser.page(f"/staff/complaints/{the_one(town).reference}"))
    assert "Dean Cole, plumber" in page and "He told the office on Tuesday." in page


def test_ruling_13_a_past_day_asks_who_first_heard_and_why_it_is_late(town: Town, signed_in: SignIn) -> None:
    said = said_by(log(signed_in(Role.COLLEAGUE), received="11 May 2026"))
    assert said.count("Write who first heard it, or had the letter") == 2
    assert said.count("Write why it was not logged that day") == 2
    assert town.register.query(Complaint).count() == 0


def test_ruling_13_a_day_to_come_is_refused_beside_its_box_and_the_words_are_kept(town: Town, signed_in: SignIn) -> None:
    answer = log(signed_in(Role.COLLEAGUE), received="13 May 2026")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="received-error"' in page and "This day has not come yet" in page
    assert HEARD["words"] in page and 'value="13 May 2026"' in page
    assert town.register.query(Complaint).count() == 0


def test_ruling_13_the_register_itself_takes_no_late_complaint_without_who_heard_it_and_why(town: Town) -> None:
    told = operations.Told(name="Grace Achebe", words="The lift is out.")
    taken = operations.TakenDown(by=town.viewer(Role.COLLEAGUE), received_on=date(2026, 5, 8), first_heard_by="Dean Cole")
    with pytest.raises(RuleBroken, match="who first heard it"), town.writing():
        operations.log_complaint(town.register, told, taken)


def test_ruling_12_the_day_it_was_first_said_is_a_fact_of_its_own(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.COLLEAGUE)
    assert "after the day we first had it" in said_by(log(browser, **LATE, expressed="9 May 2026"))
    log(browser, **LATE, expressed="1 March 2026")
    logged = the_one(town)
    assert (logged.first_expressed_on, logged.received_on) == (date(2026, 3, 1), date(2026, 5, 8))


def test_ruling_16_somebody_who_chose_post_gets_a_receipt_to_be_posted_with_their_words(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.TRIAGE)
    log(browser)
    logged = the_one(town)
    waiting = browser.page("/staff/letters")
    assert f"/staff/complaints/{logged.reference}/letters/1" in [link.get("href") for link in waiting.iter("a")]
    letter = words_of(browser.page(f"/staff/complaints/{logged.reference}/letters/1").find(".//article"))
    assert HEARD["words"] in letter and "3 Mill Lane" in letter


def test_ruling_16_the_access_code_is_shown_once_and_kept_nowhere(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.COLLEAGUE)
    answer = log(browser, channels=["email", "post"], email="g.achebe@mail.example")
    code = code_in(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    town.register.rollback()
    kept = [str(vars(row)) for table in (Letter, Outbox, Event, EventWords, Complaint) for row in town.register.query(table)]
    assert kept and not [row for row in kept if code in row or code.replace(" ", "") in row]
    reference = the_one(town).reference
    assert code not in words_of(browser.page(f"/staff/complaints/{reference}"))
    assert browser.get("/staff/log").status_code == 200
    assert code not in words_of(browser.page("/staff/log"))


def test_the_code_that_was_read_out_opens_the_complaint(client: CheckingClient, town: Town, signed_in: SignIn) -> None:
    code = code_in(log(signed_in(Role.COLLEAGUE)))
    assert client.send("/follow", {"code": code}).status_code == 303
    page = words_of(client.page("/your-complaint"))
    assert "We received your complaint on Tuesday 12 May 2026" in page
    assert HEARD["words"] in words_of(client.page("/your-complaint/words"))


def test_danger_on_the_phone_is_an_alert_with_999_on_the_next_page(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.COLLEAGUE)
    assert "999" in words_of(browser.page("/staff/log").find(".//main"))
    told = {"danger": "yes", "danger_words": "She smells gas.", "danger_phone": "01632 960333", "danger_ring": "yes"}
    assert "they should ring 999" in said_by(log(browser, **told))
    alert = town.register.query(DangerAlert).one()
    assert alert.told == {"phone": "01632 960333", "safe_to_ring": "yes", "address": HEARD["address"], "words": "She smells gas."}
    assert the_one(town).danger_rank == 0


def test_danger_needs_its_words_or_a_number_and_whether_it_is_safe_to_ring(town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.COLLEAGUE)
    assert "Write what the danger is and where" in said_by(log(browser, danger="yes"))
    assert "Choose whether it is safe to ring that number" in said_by(log(browser, danger="yes", danger_phone="01632 960333"))
    assert town.register.query(DangerAlert).count() == 0


WAYS: dict[str, tuple[dict[str, Any], str]] = {
    "phone": ({"phone": ""}, "Write their phone number"),
    "voicemail": ({"voicemail": ""}, "Choose whether we may leave a voicemail"),
    "say who": ({"say_who": ""}, "Choose “Yes” or “No”"),
    "post": ({"channels": ["post"], "home": "none", "address": ""}, "Write the address we should send letters to"),
    "email": ({"channels": ["email"], "email": "grace"}, "Write their email address"),
    "nothing": ({"channels": []}, "Choose at least one way"),
    "both": ({"channels": ["portal", "post"]}, "or the other ways, not both"),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_reach_them_is_asked_for_its_details(town: Town, signed_in: SignIn, way: str) -> None:
    filled, said = WAYS[way]
    answer = log(signed_in(Role.COLLEAGUE), **filled)
    assert answer.status_code == 422 and said_by(answer).count(said) == 2
    assert town.register.query(Complaint).count() == 0


def test_only_the_ways_they_chose_are_kept(town: Town, signed_in: SignIn) -> None:
    log(signed_in(Role.COLLEAGUE), channels=["post"], post="c/o 9 High Street", email="not.asked@mail.example")
    assert the_one(town).resident.contact == {"channels": ["post"], "post": "c/o 9 High Street"}


def test_an_address_that_was_typed_is_not_kept_where_post_was_not_chosen(town: Town, signed_in: SignIn) -> None:
    log(signed_in(Role.COLLEAGUE), channels=["email"], email="grace@mail.example", post="c/o 9 High Street")
    assert the_one(town).resident.contact == {"channels": ["email"], "email": "grace@mail.example"}


def test_an_empty_page_says_what_is_missing_beside_each_box(signed_in: SignIn) -> None:
    browser = signed_in(Role.COLLEAGUE)
    answer = browser.send("/staff/log", {"received": ""})
    said = said_by(answer)
    assert answer.status_code == 422
    for words in ("Choose how it came", "Write the day somebody here first had it", "Write their name", "Choose where this is about"):
        assert said.count(words) == 2


def test_ruling_42_a_new_code_opens_the_complaint_and_the_old_one_is_dead(
    client: CheckingClient, town: Town, signed_in: SignIn
) -> None:
    browser = signed_in(Role.COLLEAGUE)
    old = code_in(log(browser))
    assert client.send("/follow", {"code": old}).status_code == 303
    address = f"/staff/complaints/{the_one(town).reference}/code"
    new = code_in(browser.send(address, {"words": "Rang her back."}))
    assert new != old
    assert client.get("/your-complaint").status_code == 303, "whoever came in with the old code is signed out"
    assert client.send("/follow", {"code": old}).status_code == 422
    assert client.send("/follow", {"code": new}).status_code == 303
    assert the_one(town).happenings[-1].step is Step.CODE_GIVEN


def test_ruling_42_a_new_code_says_how_we_know_that_it_is_them(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    answer = signed_in(Role.MANAGER).send(f"/staff/complaints/{complaint.reference}/code", {"words": " "})
    assert answer.status_code == 422 and said_by(answer).count("Write how you know that it is them") == 2
    assert signed_in(Role.HANDLER).get(f"/staff/complaints/{complaint.reference}/code").status_code == 403


def test_pressing_twice_makes_one_new_code(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    browser, address = signed_in(Role.MANAGER), f"/staff/complaints/{complaint.reference}/code"
    filled = form_values(pick_form(browser.page(address), 0)) | {"words": "She came in with her papers."}
    first = browser.post(address, data=filled)
    assert code_in(first)
    again = browser.post(address, data=filled)
    assert again.location == f"/staff/complaints/{complaint.reference}"
    town.register.rollback()
    assert [one.step for one in complaint.happenings].count(Step.CODE_GIVEN) == 1


def test_ruling_50_danger_alone_is_no_complaint_and_one_offered_counts_from_the_day_it_was_told(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 8)), town.writing():
        draft, _ = operations.begin_draft(town.register, language="en")
        alert = operations.raise_danger(town.register, draft, {"words": "Gas on the stairs."})
    assert town.register.query(Complaint).count() == 0
    where = f"/staff/danger/{alert.id}"
    town.register.rollback()
    browser = signed_in(Role.TRIAGE)
    offered = browser.page(where).xpath("//a[starts-with(@href, '/staff/log?')]/@href")[0]
    filled = form_values(pick_form(browser.page(offered), 0))
    assert filled["received"] == "8/5/2026"
    browser.post("/staff/log", data=filled | HEARD | {"heard_by": "This website", "late_because": "They told us of the danger alone."})
    made = the_one(town)
    assert (made.received_on, made.next_due) == (date(2026, 5, 8), date(2026, 5, 15))


def test_the_page_goes_the_way_a_call_goes_and_says_first_what_has_to_be_ready(signed_in: SignIn) -> None:
    page = signed_in(Role.COLLEAGUE).page("/staff/log")
    said = words_of(page)
    order = ["to read out or print", "First: is everybody safe?", "Who they are", "What they told us", "Did they say it before", "How to deal with them", "How it came"]
    places = [said.index(words) for words in order]
    assert places == sorted(places), "the code comes last, so who has to have it stays, and they are told so first"
    wrong = signed_in(Role.COLLEAGUE).send("/staff/log", {"received": ""})
    problems = html.document_fromstring(wrong.get_data(as_text=True)).xpath("//div[@class='error-summary']//a/@href")
    boxes = [f"#{each}" for each in page.xpath("//main//form//@id")]
    assert problems == sorted(problems, key=boxes.index) and len(problems) > 3, "what is wrong is told in the order of the page"
