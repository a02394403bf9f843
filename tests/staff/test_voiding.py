"""A letter of the wrong person or the wrong complaint: set aside by another event, its breach dealt with (ruling 28)."""

from collections.abc import Iterator
from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Outbox
from portal.complaints.recording import deadlines_of
from portal.complaints.verify import first_fault
from portal.rules.breaches import open_breaches
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import ACKNOWLEDGING, Town

ASTRAY = {"wrong": "person", "why": "It was about number 41, and went to number 14."}


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """Received on Monday 11 May and acknowledged on the 12th; today is Friday the 15th."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
    town.acknowledged(made, on=date(2026, 5, 12))
    with clock.at(date(2026, 5, 15)):
        yield made


def here(complaint: Complaint, then: str = "") -> str:
    return f"/staff/complaints/{complaint.reference}{then}"


def again(town: Town, complaint: Complaint) -> Complaint:
    town.register.rollback()
    town.register.expire_all()
    return complaint


def set_aside(browser: CheckingClient, complaint: Complaint, number: int) -> None:
    """Somebody says that this letter was not theirs."""
    answer = browser.send(here(complaint, f"/letters/{number}/astray"), ASTRAY)
    assert answer.location == here(complaint), words_of(answer.get_data(as_text=True))


def test_ruling_28_the_acknowledgement_is_voided_by_another_event_and_6_2_is_unmet(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser = signed_in(Role.HANDLER)
    set_aside(browser, complaint, 2)
    owed = {one.step: one for one in deadlines_of(again(town, complaint))}
    assert (owed[Step.ACKNOWLEDGED].met_on, owed[Step.ACKNOWLEDGED].due_on) == (None, date(2026, 5, 18))
    assert owed[Step.RESPONDED].due_on == date(2026, 6, 2), "the backstop holds"
    assert [one.step for one in complaint.recorded].count(Step.ACKNOWLEDGED) == 1, "and its event stays on the record"
    assert first_fault(town.register) is None
    assert complaint.definition() is None
    page = words_of(browser.page(here(complaint)))
    assert "set aside: it was not theirs" in page and "Acknowledge Samira Haddad’s complaint" in page


def test_ruling_28_the_breach_is_a_task_for_managers_until_it_is_dealt_with(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler, manager = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
    set_aside(handler, complaint, 2)
    assert "A letter went astray: deal with the breach" in words_of(handler.page(here(complaint)))
    assert handler.get(here(complaint, "/breach")).status_code == 403
    page = words_of(manager.page(here(complaint)))
    assert "Deal with the breach" in page
    breach = next(one for one in deadlines_of(again(town, complaint)) if one.step is Step.BREACH_ANSWERED)
    assert breach.due_on == date(2026, 5, 18), "72 hours from the day it was found"
    town.register.rollback()
    assert ASTRAY["why"] in words_of(manager.page(here(complaint, "/breach")))
    empty = manager.send(here(complaint, "/breach"), {"words": ""})
    assert empty.status_code == 422 and 'id="words-error"' in empty.get_data(as_text=True)
    assert manager.send(here(complaint, "/breach"), {"words": "Fetched back the same day."}).location == here(complaint)
    assert open_breaches(again(town, complaint).happenings) == []
    assert manager.get(here(complaint, "/breach")).location == here(complaint)


def test_ruling_28_the_resident_finds_it_no_more_and_it_can_be_acknowledged_again(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    assert client.get("/your-complaint/letters/2").status_code == 200
    set_aside(signed_in(Role.HANDLER), complaint, 2)
    assert client.get("/your-complaint/letters/2").status_code == 404
    assert "what we understand your complaint to be, Tuesday" not in words_of(client.page("/your-complaint"))
    town.register.rollback()
    with town.writing():
        letter = operations.acknowledge(again(town, complaint), ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    assert letter.number == 3 and again(town, complaint).definition() is not None


def test_ruling_28_an_answer_of_somebody_else_s_takes_its_promises_with_it(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    town.answered(complaint)
    number = complaint.letters[-1].number
    assert complaint.actions and complaint.answers
    set_aside(signed_in(Role.HANDLER), complaint, number)
    again(town, complaint)
    assert (complaint.answered_on, complaint.actions, complaint.answers, complaint.remedies) == (None, [], [], [])
    owed = [one.step for one in deadlines_of(complaint) if not one.met_on]
    assert owed == [Step.RESPONDED, Step.BREACH_ANSWERED]
    town.answered(complaint)
    assert again(town, complaint).answered_on == date(2026, 5, 15)


def test_ruling_28_what_has_not_gone_goes_no_more_and_is_no_breach(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 15)):
        contact = {"channels": ["email"], "email": "s.haddad@mail.example"}
        made = town.complains(code="E" * 24, safe_contact=contact)
        set_aside(signed_in(Role.HANDLER), made, 1)
        assert open_breaches(again(town, made).happenings) == []
        assert [issue.state for issue in town.register.query(Issue)] == ["stopped"]
        assert [row.outcome for row in town.register.query(Outbox)] == ["elsewhere"]


def test_ruling_28_a_letter_is_set_aside_once(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser, url = signed_in(Role.HANDLER), here(complaint, "/letters/2/astray")
    filled = form_values(pick_form(browser.page(url), 0)) | ASTRAY
    assert [browser.post(url, data=filled).status_code for _ in range(2)] == [303, 303]
    answer = browser.send(url, ASTRAY)
    assert answer.status_code == 422 and "was set aside before" in words_of(answer.get_data(as_text=True))
    assert [one.step for one in again(town, complaint).happenings].count(Step.VOIDED) == 1


def test_ruling_28_nothing_is_set_aside_without_saying_what_was_wrong_and_why(signed_in: SignIn, complaint: Complaint) -> None:
    answer = signed_in(Role.HANDLER).send(here(complaint, "/letters/2/astray"), {"why": " "})
    said = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    for words in ("Choose what was wrong with it", "Write what happened, and how we know"):
        assert said.count(words) == 2
