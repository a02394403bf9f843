"""What is written when an answer takes longer, read as the person it is for."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules import editions
from portal.rules.letters import required_parts
from portal.rules.steps import RuleBroken
from tests.letters.test_letters import text_of
from tests.town import Town

LONGER: dict[str, Any] = {
    "reason": "The roofer has to come back.", "new_date": "2026-06-09", "interval": 1,
    "interval_agreed": "You agreed this by phone on 20 May.",
}  # fmt: skip


@pytest.fixture
def waited(town: Town) -> Complaint:
    """A complaint whose answer was put back, was late all the same, and was then told of."""
    handler = town.viewer(Role.HANDLER)
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    with clock.at(date(2026, 5, 20)), town.writing():
        operations.extend(complaint, LONGER, by=handler)
    with clock.at(date(2026, 6, 10)), town.writing():
        operations.tell_late(complaint, LONGER | {"new_date": "2026-06-19"}, by=handler)
    with clock.at(date(2026, 6, 11)), town.writing():
        operations.send_news(complaint, {"news": "The scaffold is up."}, by=handler)
    return complaint


@pytest.mark.parametrize("kind", ["extension", "late", "update"])
def test_every_part_the_code_asks_for_is_in_the_letter(waited: Complaint, kind: str) -> None:
    letter = next(each for each in waited.letters if each.kind == kind)
    asked = {part.id for part in required_parts(editions.edition(waited.edition), kind, 1)}
    assert asked and asked <= {block.get("part") for block in letter.body["blocks"]}


def test_the_extension_says_which_date_moves_to_which_and_why(waited: Complaint) -> None:
    said = text_of(waited, "extension", 1)
    assert "We told you that we would answer by Tuesday 26 May 2026." in said
    assert "We will answer every point in writing by Tuesday 9 June 2026." in said
    assert "The roofer has to come back." in said and "You agreed this by phone on 20 May." in said
    assert "We will write to you with news every working day" in said


def test_ruling_32_the_late_notice_counts_from_the_extended_date_and_promises_nothing_about_it(waited: Complaint) -> None:
    said = text_of(waited, "late", 1)
    assert "We should have answered you by Tuesday 9 June 2026, and we did not." in said
    assert "We expect to answer every point in writing by Friday 19 June 2026." in said
    assert "Your complaint stays counted as late" in said


def test_news_of_a_late_answer_says_that_it_is_still_late(waited: Complaint) -> None:
    said = text_of(waited, "update", 1)
    assert "The scaffold is up." in said
    assert "We should have answered you by Tuesday 9 June 2026. We are still late, and we are sorry." in said


@pytest.mark.parametrize("left_out", ["reason", "new_date", "interval", "interval_agreed"])
def test_an_extension_without_one_of_its_parts_is_not_sent(town: Town, left_out: str) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    with clock.at(date(2026, 5, 20)), pytest.raises(RuleBroken), town.writing():
        operations.extend(complaint, LONGER | {left_out: None}, by=town.viewer(Role.HANDLER))
