"""The letters of a refusal and of its being overturned, read as the person they are for."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules import editions
from portal.rules.letters import parts_for
from portal.rules.steps import RuleBroken
from tests.letters.test_letters import text_of
from tests.town import Town

REASONS = {
    "reasons": "The claim about this roof is before the court.",
    "evidence": "The sealed claim form.",
    "circumstances": "You told us that you have asthma. The repair itself goes on.",
}
GROUNDS: dict[str, dict[str, Any]] = {
    "over_12_months": {
        "happened_on": "2024-02-01", "known_on": "2024-02-03", "discretion": "The roof has been renewed since.",
    },
    "legal_proceedings": {"court_filing": "4 May 2026, claim K12"},
    "already_considered": {"earlier_decision": "Answered on 3 March 2026"},
}  # fmt: skip


def refused(town: Town, on_ground: str, **more: Any) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
    with clock.at(date(2026, 5, 13)), town.writing():
        operations.refuse(complaint, REASONS | GROUNDS[on_ground] | {"ground": on_ground} | more, by=town.viewer(Role.MANAGER))
    return complaint


@pytest.mark.parametrize("ground", list(GROUNDS))
def test_every_part_the_code_asks_of_a_refusal_is_in_the_letter(town: Town, ground: str) -> None:
    complaint = refused(town, ground)
    letter = next(each for each in complaint.letters if each.kind == "refusal")
    asked = {part.id for part in parts_for(editions.edition(complaint.edition), "refusal", 1, {"ground": ground})}
    assert asked <= {block.get("part") for block in letter.body["blocks"]}


def test_the_refusal_says_why_and_where_that_can_be_taken_and_never_that_it_is_closed(town: Town) -> None:
    said = text_of(refused(town, "over_12_months"), "refusal", 1)
    assert "more than 12 months before you complained to us" in said
    assert "this happened on Thursday 1 February 2024, and you knew of it on Saturday 3 February 2024" in said
    assert "You have the right to take this decision to the Housing Ombudsman" in said
    assert "You can also ask us to look at this decision again." in said
    assert "closed" not in said.lower() and "stage 2" not in said


def test_a_refusal_is_not_written_on_a_ground_that_is_not_published(town: Town) -> None:
    with pytest.raises(RuleBroken, match="published ground"):
        refused(town, "legal_proceedings", ground="rude")


def test_ruling_41_the_letter_of_a_direction_gives_the_ombudsman_s_reference_and_both_days(town: Town) -> None:
    complaint = refused(town, "legal_proceedings")
    with clock.at(date(2026, 6, 2)), town.writing():
        operations.accept_as_directed(
            complaint, by=town.viewer(Role.MANAGER), reference="HO-2026-11", on=date(2026, 6, 1), ordered=date(2026, 6, 4)
        )
    said = text_of(complaint, "directed", 1)
    assert "On Wednesday 13 May 2026 we told you that we would not accept your complaint. We accept it now." in said
    assert "The Housing Ombudsman told us on Monday 1 June 2026 to accept it. Their reference is HO-2026-11." in said
    assert "They set Thursday 4 June 2026 as the day for it." in said
    assert "By Thursday 4 June 2026 we will write" in said
    assert "The Housing Ombudsman is free" in said


def test_ruling_48_the_letter_that_undoes_our_refusal_says_what_we_got_wrong_and_when_they_hear(town: Town) -> None:
    complaint = refused(town, "legal_proceedings")
    with clock.at(date(2026, 6, 1)), town.writing():
        operations.undo_refusal(complaint, by=town.viewer(Role.MANAGER), why="No claim was ever filed.")
    said = text_of(complaint, "refusal_undone", 1)
    assert "No claim was ever filed." in said and "we are sorry" in said
    assert "By Monday 8 June 2026 we will write" in said
    assert "You will have our answer by Monday 22 June 2026 at the latest." in said


def test_nothing_is_accepted_that_was_not_refused(town: Town) -> None:
    complaint = town.complains()
    with pytest.raises(RuleBroken, match="Nothing was refused"), town.writing():
        operations.undo_refusal(complaint, by=town.viewer(Role.MANAGER), why="No.")
