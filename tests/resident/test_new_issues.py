"""Something new on a complaint (6.8): raised at any time, decided by staff on a ground, told, and never lost."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.issues import issues_of
from portal.complaints.models import Complaint
from portal.rules.editions import edition
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import code_on, signs_in
from tests.resident.test_case import matched, page_of
from tests.town import CODE, Town

NEW = "/your-complaint/new-issue"
ISSUE = "Now the kitchen ceiling leaks as well."
RAISED, DECIDED = date(2026, 5, 21), date(2026, 5, 26)
POINT = {"point": "The kitchen ceiling has leaked since 21 May.", "responsibility": "ours", "reason": "It is the same roof."}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Acknowledged on 20 May; its answer is due on Thursday 4 June."""
    with clock.at(date(2026, 5, 18)):
        found = matched(town, town.complains())
    town.acknowledged(found, on=date(2026, 5, 20))
    town.register.rollback()
    return found


def raises(client: CheckingClient, words: str = ISSUE, on: date = RAISED) -> None:
    """The resident comes in and tells of something new."""
    with clock.at(on):
        signs_in(client, CODE)
        assert client.send(NEW, {"words": words}).location == "/your-complaint#new"


def staff(client: CheckingClient, town: Town, complaint: Complaint, role: Role = Role.HANDLER) -> str:
    """Somebody of that role is let in; the address of the case."""
    town.register.rollback()
    url = f"/staff/complaints/{complaint.reference}"
    with clock.at(DECIDED):
        let_in_staff(client, town.register, town.staff[role], role)
    town.register.rollback()
    return url


def decides(client: CheckingClient, town: Town, complaint: Complaint, where: str, **more: str) -> str:
    """The manager decides on the first issue; where they land."""
    url = staff(client, town, complaint, Role.MANAGER)
    with clock.at(DECIDED):
        said = {"where": where, "reason": "The council owns that drain."} | more
        answer = client.send(f"{url}/issues/1", said)
        assert answer.status_code == 303, words_of(answer.get_data(as_text=True))
    return str(answer.location)


def as_it_is(town: Town, complaint: Complaint) -> Complaint:
    """The complaint, read again."""
    town.register.rollback()
    town.register.expire_all()
    return complaint


def other_of(town: Town, complaint: Complaint) -> Complaint:
    """The complaint that was made of the issue."""
    found = issues_of(as_it_is(town, complaint))[0].complaint_id
    return town.register.get_one(Complaint, found)


def test_something_new_is_seen_by_both_sides_and_moves_no_date(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(RAISED):
        signs_in(client, CODE)
        empty = client.send(NEW, {"words": " "})
    assert empty.status_code == 422
    assert "Write what has happened, in any words" in words_of(empty.get_data(as_text=True))
    raises(client)
    said = page_of(client, town, RAISED)
    assert ISSUE in said and "The day you told us counts either way" in said and "You told us of something new." in said
    assert "You will have our answer by Thursday 4 June 2026" in said
    url = staff(client, town, complaint)
    with clock.at(DECIDED):
        page = client.page(url)
        assert page.xpath(f"//aside//a[@href='{url}/issues/1']") and "6.8" in words_of(page)
        assert "Decide where the new issue of Samira Haddad belongs" in words_of(client.page("/staff/from-residents"))


def test_ruling_24_a_related_issue_is_a_point_of_this_complaint_and_no_clock_moves(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    raises(client)
    url = decides(client, town, complaint, "joined", **POINT)
    assert url == f"/staff/complaints/{as_it_is(town, complaint).reference}"
    definition = complaint.definition(1)
    assert definition and [point.number for point in definition.points] == [1, 2, 3]
    assert (definition.version, len(complaint.definitions)) == (2, 2), "the first version stays"
    said = page_of(client, town, DECIDED)
    assert "The kitchen ceiling has leaked since 21 May." in said and "It is part of this complaint now." in said
    assert "You will have our answer by Thursday 4 June 2026" in said
    letter = page_of(client, town, DECIDED, "/your-complaint/letters/3")
    for words in (ISSUE, "We answer it as part of this complaint", "It is the same roof.", "Thursday 4 June 2026"):
        assert words in letter


def test_a_point_says_what_it_is_and_whose(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    raises(client)
    url = staff(client, town, complaint)
    with clock.at(DECIDED):
        answer = client.send(f"{url}/issues/1", {"where": "joined", "point": "", "responsibility": "", "reason": ""})
        said = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    for words in ("Write what we understand the point to be", "Choose whose it is to answer", "Write why it is answered there"):
        assert words in said


def test_ruling_24_a_related_issue_before_the_acknowledgement_waits_where_that_is_written(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 20)):
        complaint = matched(town, town.complains())
        town.given_to(complaint)
    raises(client)
    decides(client, town, complaint, "joined", **POINT)
    url = staff(client, town, complaint)
    with clock.at(DECIDED):
        assert "The kitchen ceiling has leaked since 21 May." in client.get(f"{url}/acknowledgement").get_data(as_text=True)


def test_ruling_24_an_unrelated_issue_is_a_new_complaint_received_the_day_it_was_raised(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    raises(client)
    landed = decides(client, town, complaint, "unrelated")
    other = other_of(town, complaint)
    assert landed == f"/staff/complaints/{other.reference}"
    assert (other.received_on, other.words, other.stage) == (RAISED, ISSUE, 1)
    assert other.next_due == date(2026, 5, 29), "five working days from the day it was raised; 25 May is a holiday"
    assert other.resident.person_id == complaint.resident.person_id and other.resident.is_matched
    letter = page_of(client, town, DECIDED, "/your-complaint/letters/3")
    for words in ("We answer it as a new complaint", "received on Thursday 21 May 2026", "The council owns that drain.", "Friday 29 May 2026"):
        assert words in letter
    url = staff(client, town, complaint)
    with clock.at(DECIDED):
        assert client.page(url).xpath(f"//a[@href='{landed}']"), "each leads to the other"
        assert client.page(landed).xpath(f"//a[@href='{url}']")


def test_ruling_7_the_resident_goes_from_one_to_the_other_and_gets_its_code_once(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    raises(client)
    decides(client, town, complaint, "unrelated")
    first, other = as_it_is(town, complaint).reference, other_of(town, complaint).reference
    town.register.rollback()
    with clock.at(DECIDED):
        signs_in(client, CODE)
        assert client.send("/your-complaint", form="/others/1/open").location == "/your-complaint"
        said = words_of(client.page("/your-complaint"))
        assert other in said.replace(" ", "") and "This complaint has no access code of its own yet" in said
        shown = client.send("/your-complaint/code")
        assert shown.status_code == 200
        code = code_on(shown.get_data(as_text=True))
        assert "access code of its own yet" not in words_of(client.page("/your-complaint"))
        assert client.get("/your-complaint/code").location == "/your-complaint"
        assert client.send("/your-complaint", form="/others/1/open").location == "/your-complaint"
        assert first in words_of(client.page("/your-complaint")).replace(" ", "")
        assert signs_in(client, code).location == "/your-complaint"
        assert "Stage 1. We received your complaint on Thursday 21 May 2026" in words_of(client.page("/your-complaint"))
        assert signs_in(client, CODE).location == "/your-complaint", "the first code stays as it was"


def test_ruling_7_another_person_cannot_be_reached_through_a_complaint_tied_to_theirs(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    raises(client)
    decides(client, town, complaint, "unrelated")
    with clock.at(DECIDED), town.writing():
        stranger = town.complains("Something else.", code="F" * 24, name="Ada Okafor").resident.person
    with town.writing():
        operations.match_person(other_of(town, complaint), by=town.viewer(Role.TRIAGE), person=stranger, landlord_record="")
    said = page_of(client, town, DECIDED)
    assert "Go to that complaint" not in said


def test_ruling_24_after_the_answer_it_is_a_new_complaint_and_nothing_else(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.answered(complaint, on=date(2026, 5, 20))
    raises(client)
    url = staff(client, town, complaint, Role.MANAGER)
    with clock.at(DECIDED):
        page = client.page(f"{url}/issues/1")
    assert page.xpath("//input[@name='where']/@value") == ["unrelated", "answered"]
    decides(client, town, complaint, "answered")
    assert other_of(town, complaint).received_on == RAISED


def test_ruling_24_what_is_new_in_a_request_for_stage_2_is_a_new_stage_1(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.answered(complaint, on=date(2026, 5, 20))
    with clock.at(RAISED), town.writing():
        operations.escalate(complaint, by=town.resident(complaint), words=f"Please look again. {ISSUE}")
    url = staff(client, town, complaint, Role.MANAGER)
    with clock.at(DECIDED):
        answer = client.send(f"{url}/new-issue", {"source": "request-2", "words": ISSUE})
        assert answer.location == f"{url}/issues/1"
    decides(client, town, complaint, "answered")
    other = other_of(town, complaint)
    assert (other.stage, other.received_on) == (1, RAISED)
    assert complaint.stage == 2, "stage 2 goes on"


def test_ruling_17_something_new_said_on_the_phone_counts_from_the_call(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(RAISED), town.writing():
        contact = operations.record_contact(
            complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Samira Haddad", words=ISSUE, on=RAISED
        ).id
    url = staff(client, town, complaint)
    with clock.at(DECIDED):
        assert client.send(f"{url}/new-issue", {"source": f"contact-{contact}", "words": ISSUE}).status_code == 303
    decides(client, town, complaint, "unrelated")
    assert other_of(town, complaint).received_on == RAISED
    assert "You told us of something new." in page_of(client, town, DECIDED)


def test_ruling_49_an_issue_that_would_delay_the_answer_is_a_new_complaint_unless_they_ask_for_one_answer(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    raises(client)
    decides(client, town, complaint, "would delay")
    assert "You can have one answer to both instead" in page_of(client, town, DECIDED, "/your-complaint/letters/3")
    with clock.at(DECIDED):
        signs_in(client, CODE)
        assert client.send("/your-complaint", form="/new-issue/1/together").status_code == 303
    assert "You asked for one answer to both." in page_of(client, town, DECIDED)
    url = staff(client, town, complaint)
    with clock.at(DECIDED):
        assert "they ask for one answer to both" in words_of(client.page(f"{url}/issues/1"))
    decides(client, town, complaint, "joined", **POINT)
    other = other_of(town, complaint)
    assert other.happenings[-1].step is Step.JOINED and other.next_due is None
    assert "You asked us for one answer to both." in page_of(client, town, DECIDED, "/your-complaint/letters/4")
    with clock.at(DECIDED):
        assert client.send("/your-complaint", form="/others/1/open").status_code == 303
        assert "We answer this together with your other complaint" in words_of(client.page("/your-complaint"))


def test_ruling_49_it_may_stay_a_complaint_of_its_own_and_they_are_told_why(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    raises(client)
    decides(client, town, complaint, "would delay")
    with clock.at(DECIDED), town.writing():
        operations.ask_together(complaint, issues_of(complaint)[0], by=town.resident(complaint))
    first = other_of(town, complaint).id
    decides(client, town, complaint, "would delay")
    assert other_of(town, complaint).id == first, "no second one is made"
    assert "It stays a complaint of its own" in page_of(client, town, DECIDED, "/your-complaint/letters/4")


@pytest.mark.parametrize("code", ["housing-ombudsman-2022", "housing-ombudsman-2024"])
def test_the_letter_has_every_part_that_either_edition_asks(client: CheckingClient, town: Town, complaint: Complaint, code: str) -> None:
    raises(client)
    decides(client, town, complaint, "unrelated")
    letter = as_it_is(town, complaint).letters[-1]
    parts = {block["part"] for block in letter.body["blocks"] if "part" in block}
    for stage in edition(code).stages:
        assert {part.id for part in stage.letters["new_issue"]} <= parts
