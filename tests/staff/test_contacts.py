"""Calls, visits, meetings, letters and e-mails are records of their own (ruling 17)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.record import EventWords
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import Town

CALL: dict[str, Any] = {
    "kind": "call", "direction": "in", "on": "12 May 2026", "who": "Samira Haddad", "accompanied": "Her sister, Rana",
    "words": "She is at her mother's until Friday.", "shown": "yes",
}  # fmt: skip


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """A complaint of yesterday, matched to a person."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
    with clock.at(date(2026, 5, 12)):
        with town.writing():
            operations.match_person(made, by=town.viewer(Role.TRIAGE), person=None, landlord_record="T100")
        yield made


def address(complaint: Complaint) -> str:
    return f"/staff/complaints/{complaint.reference}/contacts"


def write_down(browser: CheckingClient, complaint: Complaint, **more: Any) -> TestResponse:
    """Fill in the page and press the button."""
    return browser.send(address(complaint), CALL | more)


def story_of(client: CheckingClient, town: Town, complaint: Complaint) -> str:
    """What the resident reads on their page."""
    let_in_resident(client, town.register, complaint)
    return words_of(client.page("/your-complaint"))


def test_ruling_17_a_call_is_kept_with_who_and_accompanied_by_whom_on_its_day(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser = signed_in(Role.HANDLER)
    here = f"/staff/complaints/{complaint.reference}"
    assert write_down(browser, complaint, on="11 May 2026").location == here
    town.register.rollback()
    kept = town.register.query(Contact).one()
    assert (kept.kind, kept.incoming, kept.who, kept.accompanied_by) == ("call", True, "Samira Haddad", "Her sister, Rana")
    assert (kept.happened_on, kept.recorded_by) == (date(2026, 5, 11), f"staff:{town.staff[Role.HANDLER].id}")
    event = complaint.happenings[-1]
    assert (event.step, event.on, dict(event.details)) == (Step.CONTACTED, date(2026, 5, 11), {"contact": kept.id})
    page = words_of(browser.page(here))
    for words in ("A call, from them: Samira Haddad. Also there: Her sister, Rana", CALL["words"], "Shown to the resident"):
        assert words in page


def test_the_record_seals_the_words_and_the_event_holds_none_of_them(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    write_down(signed_in(Role.HANDLER), complaint)
    town.register.rollback()
    event = complaint.events[-1]
    assert "mother" not in event.details
    kept = town.register.get(EventWords, event.number)
    assert kept is not None and kept.words["words"] == CALL["words"]


def test_ruling_17_the_resident_is_shown_it(client: CheckingClient, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    write_down(signed_in(Role.HANDLER), complaint)
    assert "A call Samira Haddad: She is at her mother's until Friday." in story_of(client, town, complaint)


def test_ruling_17_the_resident_is_not_shown_what_is_marked(
    client: CheckingClient, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser = signed_in(Role.HANDLER)
    write_down(browser, complaint, shown="no")
    assert "mother" not in story_of(client, town, complaint)
    assert "Not shown to the resident" in words_of(browser.page(f"/staff/complaints/{complaint.reference}"))


def test_ruling_2_nobody_reads_of_contacts_before_they_are_matched(client: CheckingClient, town: Town) -> None:
    made = town.complains()
    with db.transaction(town.register):
        operations.record_contact(
            made, by=town.viewer(Role.HANDLER), kind="visit", incoming=False, with_them=False, who="A neighbour", words="It is loud.",
            on=clock.today(),
        )  # fmt: skip
    town.register.rollback()
    assert "loud" not in story_of(client, town, made)


def test_a_contact_of_a_day_to_come_is_refused_beside_its_box(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    answer = write_down(signed_in(Role.HANDLER), complaint, on="13 May 2026")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="on-error"' in page and CALL["words"].replace("'", "&#39;") in page
    assert town.register.query(Contact).count() == 0


def test_a_contact_from_before_the_complaint_is_refused_in_words(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    answer = write_down(signed_in(Role.HANDLER), complaint, on="10 May 2026")
    assert "is before Monday 11 May 2026" in words_of(answer.get_data(as_text=True))
    town.register.rollback()
    assert town.register.query(Contact).count() == 0


def test_an_empty_contact_says_what_is_missing_beside_each_box(signed_in: SignIn, complaint: Complaint) -> None:
    answer = signed_in(Role.HANDLER).send(address(complaint), {"on": "", "shown": ""})
    said = words_of(answer.get_data(as_text=True))
    for words in ("Choose what it was", "Choose who began it", "Write the day it happened", "Write who it was with", "Write what was said"):
        assert said.count(words) == 2


def test_pressing_twice_writes_one_contact(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    filled = form_values(pick_form(browser.page(address(complaint)), 0)) | CALL
    answers = [browser.post(address(complaint), data=filled).location for _ in range(2)]
    assert answers == [f"/staff/complaints/{complaint.reference}"] * 2
    town.register.rollback()
    assert town.register.query(Contact).count() == 1


def test_a_colleague_writes_down_contacts_of_what_they_logged_alone(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.COLLEAGUE)
    assert browser.get(address(complaint)).status_code == 404
    with town.writing():
        complaint.logged_by_id = town.staff[Role.COLLEAGUE].id
    assert write_down(browser, complaint).status_code == 303
