"""Endings that are no answer, each with its way back: joined with another, a first request, spam (rulings 39, 53)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of
from portal.letters.structure import as_text
from portal.rules.endings import set_aside
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import Town

LATER_CODE = "9K4QM2XDR7K4QM2XDR7K4QM2"
TODAY = date(2026, 5, 15)
AGREED: dict[str, Any] = {"kind": "call", "on": "15 May 2026", "words": "She only wants the tap mended."}


@pytest.fixture
def first(town: Town) -> Iterator[Complaint]:
    """Received on Monday 11 May from somebody we know; today is Friday the 15th."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        with town.writing():
            operations.match_person(made, by=town.viewer(Role.TRIAGE), person=None, landlord_record="T100")
    with clock.at(TODAY):
        yield made


@pytest.fixture
def later(town: Town, first: Complaint) -> Complaint:
    """Another complaint of the same person, received on Thursday 14 May."""
    with clock.at(date(2026, 5, 14)):
        made = town.complains("And nobody rang back.", code=LATER_CODE)
        with town.writing():
            operations.match_person(made, by=town.viewer(Role.TRIAGE), person=first.resident.person, landlord_record="")
    return made


def here(complaint: Complaint, then: str = "") -> str:
    return f"/staff/complaints/{complaint.reference}{then}"


def again(town: Town, complaint: Complaint) -> Complaint:
    town.register.rollback()
    town.register.expire_all()
    return complaint


def joins(browser: CheckingClient, complaint: Complaint, reference: str) -> TestResponse:
    return browser.send(here(complaint, "/joining"), {"reference": reference})


def due(town: Town, complaint: Complaint) -> date:
    return next(one.due_on for one in deadlines_of(again(town, complaint)) if one.step is Step.ACKNOWLEDGED)


def page_of(client: CheckingClient, town: Town, complaint: Complaint) -> str:
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    return words_of(client.page("/your-complaint"))


def test_ruling_39_joined_the_earliest_day_is_kept_and_the_resident_told(
    town: Town, signed_in: SignIn, client: CheckingClient, first: Complaint, later: Complaint
) -> None:
    assert due(town, later) == date(2026, 5, 21)
    assert joins(signed_in(Role.TRIAGE), first, f" {later.reference.lower()} ").location == here(first)
    assert set_aside(again(town, first).happenings) is Step.JOINED and first.next_due is None
    assert (later.received_on, later.received_day, due(town, later)) == (date(2026, 5, 14), date(2026, 5, 11), date(2026, 5, 18))
    words = as_text(later.letters[-1].body)
    assert "We received it on Monday 11 May 2026" in words.replace("we received", "We received")
    assert later.letters[-1].kind == "joined"
    page = page_of(client, town, later)
    assert "We wrote to say that we answer both together." in page and "Go to that complaint" in page


def test_ruling_39_both_references_work_for_sign_in_and_for_staff(
    town: Town, signed_in: SignIn, client: CheckingClient, first: Complaint, later: Complaint
) -> None:
    browser = signed_in(Role.TRIAGE)
    joins(browser, later, first.reference)
    assert client.send("/follow", {"code": LATER_CODE}).location == "/your-complaint"
    page = client.page("/your-complaint")
    assert "We answer this together with your other complaint" in words_of(page)
    assert client.send("/your-complaint", form="others/1/open").location == "/your-complaint"
    grouped = " ".join((first.reference[:4], first.reference[4:8], first.reference[8:]))
    assert grouped in words_of(client.page("/your-complaint"))
    assert "Joined with another complaint on Friday 15 May 2026" in words_of(browser.page(here(later)))
    assert later.reference in browser.get(here(first)).get_data(as_text=True)


def test_ruling_39_un_joined_the_old_dates_come_back_and_the_resident_is_told(
    town: Town, signed_in: SignIn, first: Complaint, later: Complaint
) -> None:
    manager = signed_in(Role.MANAGER)
    joins(manager, first, later.reference)
    assert "Take it out of the other complaint" in words_of(manager.page(here(first)))
    assert manager.send(here(first, "/joining"), {}).location == here(first)
    assert set_aside(again(town, first).happenings) is None
    assert (due(town, first), later.received_day, due(town, later)) == (date(2026, 5, 18), date(2026, 5, 14), date(2026, 5, 21))
    assert later.letters[-1].kind == "unjoined"
    assert "You will hear from us about the other one by Monday 18 May 2026." in as_text(later.letters[-1].body)


def test_ruling_3_two_people_s_complaints_are_not_joined(town: Town, signed_in: SignIn, first: Complaint) -> None:
    theirs = town.complains(name="Rana Haddad", code=LATER_CODE)
    answer = joins(signed_in(Role.TRIAGE), first, theirs.reference)
    assert answer.status_code == 422 and "not another complaint of the same person" in words_of(answer.get_data(as_text=True))
    assert set_aside(again(town, first).happenings) is None


@pytest.mark.parametrize("typed", ["", "no such thing", "000000000"])
def test_what_is_no_reference_is_told_beside_its_box(signed_in: SignIn, first: Complaint, typed: str) -> None:
    answer = joins(signed_in(Role.TRIAGE), first, typed)
    assert answer.status_code == 422 and "reference" in words_of(answer.get_data(as_text=True))


def test_ruling_39_an_answered_complaint_is_not_joined(town: Town, signed_in: SignIn, first: Complaint, later: Complaint) -> None:
    town.acknowledged(first)
    town.answered(first)
    browser = signed_in(Role.TRIAGE)
    assert "has been answered already" in words_of(joins(browser, first, later.reference).get_data(as_text=True))
    assert "Nothing more is answered in the other complaint" in words_of(joins(browser, later, first.reference).get_data(as_text=True))


def test_ruling_39_a_first_request_needs_the_resident_s_agreement_how_and_when(
    town: Town, signed_in: SignIn, client: CheckingClient, first: Complaint
) -> None:
    browser = signed_in(Role.HANDLER)
    empty = browser.send(here(first, "/first-request"), {})
    for words in ("Choose how they said so", "Write the day they said so", "Write what they said"):
        assert words_of(empty.get_data(as_text=True)).count(words) == 2
    assert browser.send(here(first, "/first-request"), AGREED).location == here(first)
    assert set_aside(again(town, first).happenings) is Step.MADE_REQUEST and first.next_due is None
    assert (first.contacts[0].kind, first.contacts[0].happened_on, first.contacts[0].words) == ("call", TODAY, AGREED["words"])
    assert first.letters[-1].kind == "made_request"
    page = page_of(client, town, first)
    assert "You agreed that we put this right as a request" in page and "Make it a complaint" in page
    with clock.at(date(2026, 7, 15)):
        assert "and we did not" not in page_of(client, town, first), "nothing was missed after they agreed"
    assert "Handler Person wrote down that the resident agreed to a first request." in words_of(browser.page(here(first)))


def test_ruling_53_the_way_back_makes_a_complaint_received_the_day_it_was_voiced(
    town: Town, signed_in: SignIn, client: CheckingClient, first: Complaint
) -> None:
    signed_in(Role.HANDLER).send(here(first, "/first-request"), AGREED)
    page_of(client, town, first)
    with clock.at(date(2026, 7, 15)):
        page_of(client, town, first)
        assert client.send("/your-complaint", form="voice").location == "/your-complaint"
        assert "It is a complaint now" in words_of(client.page("/your-complaint"))
        client.send("/your-complaint", form="others/1/open")
        page = words_of(client.page("/your-complaint"))
        assert "We received your complaint on Wednesday 15 July 2026." in page and "You will hear from us by Wednesday 22 July 2026" in page
        again(town, first)
        made = town.register.query(Complaint).filter(Complaint.id != first.id).one()
        assert (made.received_on, made.words, made.resident.person_id) == (date(2026, 7, 15), first.words, first.resident.person_id)
        page_of(client, town, first)
        again_pressed = client.post("/your-complaint/voice", data=form_values(pick_form(client.page("/your-complaint"), "others/1/open")))
        assert again_pressed.status_code == 422, "once"


def test_ruling_53_staff_write_down_how_and_when_dissatisfaction_was_voiced(town: Town, signed_in: SignIn, first: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    browser.send(here(first, "/first-request"), AGREED | {"on": "12 May 2026"})
    assert "They are not happy with it: make it a complaint" in words_of(browser.page(here(first)))
    voiced = AGREED | {"on": "14 May 2026", "words": "It still drips, and she is fed up."}
    answer = browser.send(here(first, "/first-request"), voiced)
    again(town, first)
    made = town.register.query(Complaint).filter(Complaint.id != first.id).one()
    assert answer.location == here(made)
    assert (made.received_on, due(town, made)) == (date(2026, 5, 14), date(2026, 5, 21))
    assert [one.words for one in first.contacts] == [AGREED["words"], voiced["words"]]
    assert "make it a complaint" not in words_of(browser.page(here(first)))


def test_ruling_39_spam_is_for_managers_reversible_and_counted(
    town: Town, signed_in: SignIn, client: CheckingClient, first: Complaint
) -> None:
    assert signed_in(Role.TRIAGE).get(here(first, "/spam")).status_code == 403
    manager = signed_in(Role.MANAGER)
    assert manager.send(here(first, "/spam"), {"why": "An advertisement for roofs."}).location == here(first)
    assert set_aside(again(town, first).happenings) is Step.SPAM and first.next_due is None
    page = page_of(client, town, first)
    assert "We have not taken this as a complaint" in page and "Housing Ombudsman" in page
    assert manager.send(here(first, "/spam"), {"why": "She rang. It is real."}).location == here(first)
    assert due(town, first) == date(2026, 5, 18)
    counted = [one.step for one in first.happenings if one.step in (Step.SPAM, Step.NOT_SPAM)]
    assert counted == [Step.SPAM, Step.NOT_SPAM]


def test_ruling_39_what_was_acknowledged_is_a_complaint_and_no_request_or_spam(town: Town, signed_in: SignIn, first: Complaint) -> None:
    town.acknowledged(first)
    manager = signed_in(Role.MANAGER)
    page = words_of(manager.page(here(first)))
    assert "first request" not in page and "nobody’s complaint" not in page
    answer = manager.send(here(first, "/first-request"), AGREED)
    assert answer.status_code == 422 and "it is a complaint and has to be answered" in words_of(answer.get_data(as_text=True))


@pytest.mark.parametrize("then", ["", "/joining", "/first-request", "/spam"])
def test_ruling_39_the_word_closed_is_never_used(signed_in: SignIn, first: Complaint, then: str) -> None:
    assert "closed" not in words_of(signed_in(Role.MANAGER).page(here(first, then))).lower()


def test_pressing_twice_joins_once(town: Town, signed_in: SignIn, first: Complaint, later: Complaint) -> None:
    browser, url = signed_in(Role.TRIAGE), here(first, "/joining")
    filled = form_values(pick_form(browser.page(url), 0)) | {"reference": later.reference}
    assert [browser.post(url, data=filled).status_code for _ in range(2)] == [303, 303]
    assert [one.step for one in again(town, first).happenings].count(Step.JOINED) == 1
