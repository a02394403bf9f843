"""The day of receipt: disputed by the resident, corrected beside the first record, kept with a reason (rulings 12, 13, 43, 52)."""

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
from portal.complaints.told import TakenDown, Told
from portal.letters.structure import as_text
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import CODE, Town

TODAY = date(2026, 5, 15)
WHY = "The caretaker had the letter and did not pass it on."


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """A letter that came on Monday 11 May and was logged on Friday the 15th, which is today."""
    told = Told(name="Samira Haddad", words="Rain comes in.", address="14 Quarry Bank", safe_contact={"channels": ["portal"]}, channel="post")
    with clock.at(TODAY):
        taken = TakenDown(
            by=town.viewer(Role.TRIAGE), received_on=date(2026, 5, 11), first_heard_by="The post room", late_because="It lay in a tray.",
            first_expressed_on=date(2026, 5, 1),
        )  # fmt: skip
        with town.writing():
            made = operations.raise_complaint(town.register, told, code=CODE, taken=taken)
        yield made


def address(complaint: Complaint) -> str:
    return f"/staff/complaints/{complaint.reference}/received"


def corrects(browser: CheckingClient, complaint: Complaint, day: str, **more: Any) -> TestResponse:
    """Fill in the page and press the button."""
    return browser.send(address(complaint), {"day": day, "why": WHY} | more)


def due(town: Town, complaint: Complaint) -> dict[Step, date]:
    """The dates still owed, by their step."""
    town.register.rollback()
    town.register.expire_all()
    return {one.step: one.due_on for one in deadlines_of(complaint) if not one.met_on}


def newest_letter(town: Town, complaint: Complaint) -> tuple[str, str]:
    town.register.rollback()
    town.register.expire_all()
    return complaint.letters[-1].kind, as_text(complaint.letters[-1].body)


def page_of(client: CheckingClient, town: Town, complaint: Complaint) -> str:
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    return words_of(client.page("/your-complaint"))


def test_ruling_12_said_first_received_logged_and_recorded_are_days_of_their_own(complaint: Complaint) -> None:
    event = complaint.events[0]
    assert (complaint.first_expressed_on, complaint.received_on) == (date(2026, 5, 1), date(2026, 5, 11))
    assert (event.happened_on, clock.day_of(event.recorded_at)) == (date(2026, 5, 11), TODAY)
    receipt = complaint.letters[0]
    assert (receipt.written_on, receipt.issues[0].issued_on) == (TODAY, TODAY)


def test_ruling_13_an_earlier_day_brings_every_date_from_receipt_forward_and_tells_the_resident(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    assert due(town, complaint) == {Step.ACKNOWLEDGED: date(2026, 5, 18), Step.RESPONDED: date(2026, 6, 2)}
    assert corrects(signed_in(Role.HANDLER), complaint, "7 May 2026").location == f"/staff/complaints/{complaint.reference}"
    assert due(town, complaint) == {Step.ACKNOWLEDGED: date(2026, 5, 14), Step.RESPONDED: date(2026, 5, 29)}
    kind, words = newest_letter(town, complaint)
    assert kind == "receipt_corrected"
    for said in (
        "we received your complaint on Monday 11 May 2026", "we received it on Thursday 7 May 2026", WHY,
        "We should have written to you by Thursday 14 May 2026", "We are late, and we are sorry", "Before, that date was Monday 18 May 2026",
        "Housing Ombudsman",
    ):  # fmt: skip
        assert said in words
    page = page_of(client, town, complaint)
    assert "We corrected the day we received your complaint. It is now Thursday 7 May 2026." in page
    assert "We first wrote this down as the day your complaint was received." in page


def test_ruling_13_the_first_record_stands_beside_the_correction(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    corrects(browser, complaint, "7 May 2026")
    town.register.rollback()
    town.register.expire_all()
    assert (complaint.received_on, complaint.received_day) == (date(2026, 5, 11), date(2026, 5, 7))
    assert complaint.happenings[0].on == date(2026, 5, 11)
    page = words_of(browser.page(f"/staff/complaints/{complaint.reference}"))
    assert "Received Thursday 7 May 2026" in page and "First written down as receivedMonday 11 May 2026" in page
    assert "Handler Person corrected the day it was received, to Thursday 7 May 2026." in page


def test_ruling_13_later_is_for_a_manager_and_both_are_on_the_record(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    answer = corrects(signed_in(Role.HANDLER), complaint, "13 May 2026")
    assert answer.status_code == 422
    assert "Only a manager can move the day later" in words_of(answer.get_data(as_text=True))
    assert corrects(signed_in(Role.MANAGER), complaint, "13 May 2026").status_code == 303
    kind, words = newest_letter(town, complaint)
    assert kind == "receipt_corrected" and "It moves none of the dates that we have told you." in words
    corrected = complaint.happenings[-2]
    assert corrected.step is Step.RECEIPT_CORRECTED
    assert dict(corrected.details) == {"was": "2026-05-11", "to": "2026-05-13", "reason": True, "by_manager": True}


def test_ruling_52_a_later_day_of_receipt_moves_no_date_that_was_told(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    corrects(signed_in(Role.MANAGER), complaint, "13 May 2026")
    assert due(town, complaint)[Step.ACKNOWLEDGED] == date(2026, 5, 18), "the receipt told this day"


def test_ruling_43_the_code_s_date_runs_from_the_acknowledgement_and_is_not_moved(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    town.acknowledged(complaint)
    corrects(signed_in(Role.HANDLER), complaint, "8 May 2026")
    town.register.rollback()
    town.register.expire_all()
    answer = next(one for one in deadlines_of(complaint) if one.step is Step.RESPONDED)
    assert (answer.code_due, answer.backstop, answer.due_on) == (date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 1))
    corrects(signed_in(Role.HANDLER), complaint, "5 May 2026")
    town.register.rollback()
    town.register.expire_all()
    answer = next(one for one in deadlines_of(complaint) if one.step is Step.RESPONDED)
    assert (answer.code_due, answer.backstop) == (date(2026, 6, 1), date(2026, 5, 27))
    assert "You will have our answer by Wednesday 27 May 2026 at the latest." in newest_letter(town, complaint)[1]


def test_ruling_13_the_resident_disputes_the_day_and_is_replied_to_in_writing(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    assert "That is not the right day" in page_of(client, town, complaint)
    assert client.send("/your-complaint/received", {"words": "I rang on the 4th, and spoke to Dean."}).location == "/your-complaint/received"
    assert "We will look at it, and reply in writing." in words_of(client.page("/your-complaint/received"))
    browser = signed_in(Role.TRIAGE)
    here = f"/staff/complaints/{complaint.reference}"
    assert "They say we have the wrong day of receipt: reply" in words_of(browser.page(here))
    assert "I rang on the 4th, and spoke to Dean." in words_of(browser.page(address(complaint)))
    unsaid = browser.send(address(complaint), {"day": "", "why": WHY})
    assert "Choose whether the day is corrected or stays" in words_of(unsaid.get_data(as_text=True))
    assert browser.send(address(complaint), {"what": "keep", "why": "We have no call from you before the 11th."}).status_code == 303
    kind, words = newest_letter(town, complaint)
    assert kind == "receipt_kept" and "I rang on the 4th" in words and "We have no call from you before the 11th." in words
    assert "wrong day of receipt" not in words_of(browser.page(here))
    assert "You told us that we have the wrong day." in page_of(client, town, complaint)


def test_an_empty_dispute_says_what_is_missing_beside_the_box(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    page_of(client, town, complaint)
    answer = client.send("/your-complaint/received", {"words": "  "})
    assert answer.status_code == 422
    assert words_of(answer.get_data(as_text=True)).count("Write when you first told us, in any words") == 2


@pytest.mark.parametrize(("day", "said"), [("", "Write the day somebody here first had it"), ("16 May 2026", "This day has not come yet")])
def test_ruling_13_a_day_that_is_none_or_is_to_come_is_refused_beside_its_box(
    signed_in: SignIn, complaint: Complaint, day: str, said: str
) -> None:
    answer = corrects(signed_in(Role.MANAGER), complaint, day)
    assert answer.status_code == 422 and 'id="day-error"' in answer.get_data(as_text=True)
    assert said in words_of(answer.get_data(as_text=True))


def test_pressing_twice_corrects_once(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    filled = form_values(pick_form(browser.page(address(complaint)), 0)) | {"day": "7 May 2026", "why": WHY}
    assert [browser.post(address(complaint), data=filled).status_code for _ in range(2)] == [303, 303]
    town.register.rollback()
    town.register.expire_all()
    assert [one.step for one in complaint.happenings].count(Step.RECEIPT_CORRECTED) == 1


def test_ruling_13_whoever_logged_it_sees_the_day_as_corrected_and_the_day_they_wrote_down(town: Town, signed_in: SignIn) -> None:
    told = Told(name="Tomasz Wilk", words="No heat.", address="2 Quarry Bank", safe_contact={"channels": ["portal"]}, channel="phone")
    with clock.at(TODAY):
        taken = TakenDown(by=town.viewer(Role.COLLEAGUE), received_on=date(2026, 5, 14), first_heard_by="The caretaker", late_because="Busy.")
        with town.writing():
            made = operations.log_complaint(town.register, told, taken)[0]
        logged = words_of(signed_in(Role.COLLEAGUE).page("/staff/logged"))
        assert "Thursday 14 May 2026" in logged and "Corrected" not in logged
        corrects(signed_in(Role.MANAGER), made, "12 May 2026")
        logged = words_of(signed_in(Role.COLLEAGUE).page("/staff/logged"))
        assert "Tuesday 12 May 2026 Corrected. You wrote down Thursday 14 May 2026." in logged
