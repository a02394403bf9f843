"""What somebody reads of our answer on their page: what we found on each point, which letter says why, and when stage 2 began."""

from datetime import date

import pytest

from portal import clock
from portal.access import MACHINE, Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import signs_in
from tests.town import CODE, Town, answering

FIRST, SECOND = "The bedroom ceiling has leaked since February.", "Nobody rang back."
UPHELD, NOT_UPHELD = "Upheld. We were at fault.", "Not upheld. We did not find a fault."


def matched(town: Town, complaint: Complaint) -> Complaint:
    """Staff have matched the person to a record."""
    with town.writing():
        operations.match_person(complaint, by=town.viewer(Role.TRIAGE), person=None, landlord_record="R-17")
    return complaint


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """A complaint received on a Monday in May, matched, and acknowledged that Wednesday."""
    with clock.at(date(2026, 5, 18)):
        made = matched(town, town.complains())
    town.acknowledged(made, on=date(2026, 5, 20))
    return made


def reads(client: CheckingClient, town: Town, on: date) -> str:
    """What the resident reads on that day, without the help at the end."""
    town.register.rollback()
    with clock.at(on):
        assert signs_in(client, CODE).status_code == 303
        return words_of(client.page("/your-complaint")).split("Talk to a person")[0]


def test_each_point_says_what_we_found_once_the_answer_has_gone(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    before = reads(client, town, date(2026, 5, 21))
    assert "Your points, as we understand them" in before and "pheld" not in before
    town.answered(complaint, on=date(2026, 6, 3))
    said = reads(client, town, date(2026, 6, 4))
    assert "Your points, and what we found" in said
    assert f"{FIRST} {UPHELD}" in said and f"{SECOND} {NOT_UPHELD}" in said


def test_the_reasons_are_one_link_away(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.answered(complaint, on=date(2026, 6, 3))
    town.register.rollback()
    with clock.at(date(2026, 6, 4)):
        signs_in(client, CODE)
        (reasons,) = client.page("/your-complaint").xpath("//a[.='Read our reasons, point by point']/@href")
        assert "The first order was closed by mistake." in words_of(client.page(reasons))


def test_nothing_is_found_before_the_letter_has_gone(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 18)):
        complaint = matched(town, town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"}))
    town.acknowledged(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 6, 3)), town.writing():
        letter = operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))
    assert "pheld" not in reads(client, town, date(2026, 6, 3))
    with clock.at(date(2026, 6, 4)), town.writing():
        operations.mark_issued(complaint, letter.issues[0], by=MACHINE)
    assert UPHELD in reads(client, town, date(2026, 6, 4))


def test_nothing_is_found_for_somebody_not_matched_yet(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 18)):
        complaint = town.complains()
    town.acknowledged(complaint, on=date(2026, 5, 20))
    town.answered(complaint, on=date(2026, 6, 3))
    assert "pheld" not in reads(client, town, date(2026, 6, 4))


def test_at_stage_2_the_page_says_at_which_stage_we_found_it(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.answered(complaint, on=date(2026, 6, 3))
    town.escalated(complaint, on=date(2026, 6, 8))
    assert f"At stage 1: {UPHELD}" in reads(client, town, date(2026, 6, 9))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 10))
    assert f"At stage 1: {UPHELD}" in reads(client, town, date(2026, 6, 11))
    assert "That is not what I meant" in reads(client, town, date(2026, 6, 11))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 6, 30))
    said = reads(client, town, date(2026, 7, 1))
    assert f"At stage 2: {UPHELD}" in said and "At stage 1: " not in said


def test_a_stage_2_that_was_kept_is_said_to_have_started_on_the_day_the_answer_went(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    town.escalated(complaint, on=date(2026, 5, 21))
    assert "Stage 2 started." not in reads(client, town, date(2026, 5, 22))
    town.answered(complaint, on=date(2026, 6, 3))
    said = reads(client, town, date(2026, 6, 4))
    story = said[said.index("What has happened") :]
    assert story.index("Wednesday 3 June 2026") < story.index("Stage 2 started.") < story.index("We answered your complaint.")


def test_a_stage_2_asked_for_after_the_answer_starts_with_the_asking(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.answered(complaint, on=date(2026, 6, 3))
    town.escalated(complaint, on=date(2026, 6, 8))
    said = reads(client, town, date(2026, 6, 9))
    assert "You asked for stage 2." in said and "Stage 2 started." not in said


def test_no_two_links_with_the_same_words_lead_to_different_letters(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 20)):
        complaint = matched(town, town.complains())
    town.acknowledged(complaint, on=date(2026, 5, 20))
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 5, 20))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 5, 20))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 5, 20))
    town.register.rollback()
    with clock.at(date(2026, 5, 21)):
        signs_in(client, CODE)
        links = client.page("/your-complaint").xpath("//main//a[contains(@href, '/letters/')]")
    leads = {(words_of(link), link.get("href")) for link in links}
    assert len({words for words, _ in leads}) == len(leads)
    assert ("Our answer to your complaint, Wednesday 20 May 2026", "/your-complaint/letters/3") in leads
    assert len({href for _, href in leads}) == 6
