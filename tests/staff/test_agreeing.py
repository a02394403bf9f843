"""What was agreed by phone while the answer is not there: it counts from the call, and stands ready in the letter that confirms it."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.news import interval
from portal.rules.steps import Step
from tests.browser_client import Fields, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_extending import acknowledged
from tests.staff.test_path import url
from tests.staff.test_refusing import happened
from tests.town import Town

CALL = date(2026, 5, 19)
AGREED: Fields = {"what": "news", "every": "4", "until": "5 June 2026"}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Acknowledged on 11 May, its answer due on the 26th; she rang on the 19th."""
    made = acknowledged(town)
    rings(town, made, CALL)
    return made


def rings(town: Town, complaint: Complaint, on: date) -> None:
    with clock.at(on), town.writing():
        operations.record_contact(complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Samira", words="She agrees to wait.", on=on)
    town.register.rollback()


def test_ruling_17_what_was_agreed_by_phone_counts_from_the_call_and_is_in_the_extension_already(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    contact = complaint.contacts[0].id
    town.register.rollback()
    with clock.at(date(2026, 5, 21)):
        browser = signed_in(Role.HANDLER)
        assert "They agree how often they hear from us" in words_of(browser.page(url(complaint, "said")))
        assert browser.send(url(complaint, "said"), AGREED | {"contact": str(contact)}).location == url(complaint, "extension")
        begun = form_values(pick_form(browser.page(url(complaint, "extension")), 0))
        assert (begun["interval"], begun["new_date"]) == ("4", "5/6/2026")
        assert begun["interval_agreed"].strip() == "We agreed this with you on Tuesday 19 May 2026."
        saved = browser.send(url(complaint, "extension"), {"reason": "The roofer comes back.", "then": "read"})
        assert browser.send(saved.location).location == url(complaint)
    (event,) = happened(town, complaint, Step.UPDATE_AGREED)
    assert event.on == CALL and event.details["contact"] == contact
    assert "We agreed this with you on Tuesday 19 May 2026." in str(complaint.letters[-1].body)
    assert interval(complaint.happenings, 1) == 4


def test_what_was_agreed_is_said_in_the_language_of_the_letter_and_in_english_in_its_english(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 21)), town.writing():
        complaint.resident.person.language, by = "pl", town.viewer(Role.HANDLER)
        operations.agree_by_contact(complaint, complaint.contacts[0], by=by, every=4, until=date(2026, 6, 5))
        draft = complaint.draft("extension", 1)
        assert draft is not None and "wtorek, 19 maja 2026" in draft.written["interval_agreed"]
        said, edited = ({**draft.written, "reason": "The roofer comes back.\nHe is well."} | more for more in ({}, {"interval_agreed": "She agreed."}))
        body = operations.extend(complaint, said, by=by).body
        again = operations.extend(complaint, {**edited, "new_date": "2026-06-08", "good_reason": "He is ill."}, by=by).body
    ours = [block for block in body["blocks"] if "wtorek, 19 maja 2026" in block.get("text", "")]
    english = [block for block in body["in_english"]["blocks"] if block.get("text") == "We agreed this with you on Tuesday 19 May 2026."]
    assert [block["kind"] for block in (*ours, *english)] == ["text", "text"] and "wtorek, 19" not in str(body["in_english"])
    page = signed_in(Role.HANDLER).page(url(complaint, f"letters/{len(complaint.letters)}"))
    assert page.xpath("//article[@lang='pl']//p[@lang='en'][contains(., 'The roofer comes back.')]") and not page.xpath("//bdi[@lang='pl'][contains(., 'roofer')]")
    assert {"kind": "said", "text": "She agreed."} in again["blocks"] and {"kind": "said", "text": "She agreed."} in again["in_english"]["blocks"]


def test_ruling_32_once_it_is_late_what_was_agreed_is_in_the_late_notice(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    rings(town, complaint, date(2026, 5, 28))
    contact = complaint.contacts[-1].id
    town.register.rollback()
    with clock.at(date(2026, 5, 28)):
        browser = signed_in(Role.HANDLER)
        assert browser.send(url(complaint, "said"), AGREED | {"contact": str(contact)}).location == url(complaint, "late")
        begun = form_values(pick_form(browser.page(url(complaint, "late")), 0))
    assert (begun["interval"], begun["new_date"]) == ("4", "5/6/2026")


def test_whoever_may_not_send_it_leaves_it_ready_for_whoever_has_it(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    contact = complaint.contacts[0].id
    town.register.rollback()
    with clock.at(date(2026, 5, 21)):
        sent = signed_in(Role.TRIAGE).send(url(complaint, "said"), AGREED | {"contact": str(contact), "until": ""})
        assert sent.location == url(complaint)
        begun = form_values(pick_form(signed_in(Role.HANDLER).page(url(complaint, "extension")), 0))
    assert (begun["interval"], begun["new_date"]) == ("4", "")


@pytest.mark.parametrize(
    ("change", "told"),
    [({"every": ""}, "Write how often they hear from us"), ({"every": "now and then"}, "Write a number of working days"),
     ({"until": "1 May 2026"}, "Give a day that has not gone by"), ({"until": "soon"}, "Write the date like 12 June 2026")],
)  # fmt: skip
def test_what_is_missing_or_odd_is_told_beside_its_box(town: Town, signed_in: SignIn, complaint: Complaint, change: Fields, told: str) -> None:
    contact = complaint.contacts[0].id
    town.register.rollback()
    with clock.at(date(2026, 5, 21)):
        answer = signed_in(Role.HANDLER).send(url(complaint, "said"), AGREED | {"contact": str(contact)} | change)
    assert answer.status_code == 422 and told in words_of(answer.get_data(as_text=True))
    assert not happened(town, complaint, Step.UPDATE_AGREED)
