"""What the letters say, read as the person they are for; and that no part the edition asks for can be left out."""

from datetime import date
from typing import Any

import pytest

from portal import clock, i18n
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.letters.paper.printing import printed
from portal.letters.structure import as_text
from portal.rules import editions
from portal.rules.letters import required_parts
from portal.rules.steps import RuleBroken
from tests.letters.read_again import by_pdfium, by_poppler, seen, unmarked, words
from tests.not_run import find
from tests.town import Town, answering


def text_of(complaint: Complaint, kind: str, stage: int) -> str:
    """The letter of a kind and stage, as its reader has it."""
    return as_text(next(each for each in complaint.letters if (each.kind, each.stage) == (kind, stage)).body)


@pytest.fixture
def finished(town: Town) -> Complaint:
    """A complaint through both stages, with an action of stage 1 still open."""
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 2))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 6, 12))
    return complaint


@pytest.mark.parametrize("language", i18n.installed())
def test_a_letter_in_each_language_can_be_printed_whole(language: str, town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains(language=language)
        town.acknowledged(complaint)
    for letter in complaint.letters:
        file = printed(letter.body, letter.language, 18, on=letter.written_on)
        found = seen(by_pdfium(file) + (by_poppler(file) if find("pdftotext") else ""))
        assert not {word for word in words(unmarked(as_text(letter.body))) if word not in found}


@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("kind", ["receipt", "acknowledgement", "response"])
def test_every_part_the_code_asks_for_is_in_the_letter(finished: Complaint, kind: str, stage: int) -> None:
    letter = next(each for each in finished.letters if (each.kind, each.stage) == (kind, stage))
    asked = {part.id for part in required_parts(editions.edition(finished.edition), kind, stage)}
    assert asked <= {block.get("part") for block in letter.body["blocks"]}


def test_the_acknowledgement_gives_the_answers_date_and_invites_evidence(finished: Complaint) -> None:
    said = text_of(finished, "acknowledgement", 1)
    assert "We will answer every point in writing by Tuesday 26 May 2026." in said
    assert "You can send us anything that helps" in said


def test_the_stage_2_acknowledgement_says_when_stage_2_was_asked_for(finished: Complaint) -> None:
    said = text_of(finished, "acknowledgement", 2)
    assert "Stage 2: what we understand your complaint to be" in said
    assert "You asked for that on Monday 1 June 2026." in said


def test_a_late_acknowledgement_says_so_and_what_can_be_done(town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
    town.acknowledged(complaint, on=date(2026, 6, 8))
    said = text_of(complaint, "acknowledgement", 1)
    assert "by Monday 22 June 2026" in said
    assert "We should have answered you by Tuesday 2 June 2026." in said
    assert "you can ask for stage 2" in said


def test_the_answer_tells_the_decision_the_fault_and_the_offer(finished: Complaint) -> None:
    said = text_of(finished, "response", 1)
    for line in ("Upheld. We were at fault.", "We did not mend the roof.", "For the lost room.\n\nWe offer you £350."):
        assert line in said
    assert "You do not have to give a reason" in said


def test_the_final_answer_restates_what_is_still_owed_and_that_offers_stand(finished: Complaint) -> None:
    said = text_of(finished, "response", 2)
    assert "Mend the tiles" in said
    assert "Nothing is left for us to do" not in said
    assert "What we offered on this point before still stands." in said and "For the lost room.\n\nWe offer you £350." in said
    assert "We have no further stage." in said
    assert "within 12 months" in said


def test_an_answer_to_somebody_who_asked_for_stage_2_already_does_not_tell_them_to_ask(town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    town.escalated(complaint, on=date(2026, 5, 13))
    town.answered(complaint, on=date(2026, 5, 20))
    said = text_of(complaint, "response", 1)
    assert "You asked for stage 2 on Wednesday 13 May 2026" in said
    assert "Use the button" not in said


def test_no_letter_keeps_the_access_code_or_an_address(town: Town) -> None:
    complaint = town.complains(address="14 Quarry Bank", safe_contact={"channels": ["email"], "email": "s@example.org"})
    town.acknowledged(complaint)
    body = str([letter.body for letter in complaint.letters])
    for private in ("Quarry Bank", "s@example.org", "7K4QM2XDR7K4QM2XDR7K4QM2"):
        assert private not in body


def spoilt(change: dict[str, Any]) -> dict[str, Any]:
    """A whole answer with one thing taken out of its first point."""
    written = answering(1)
    return written | {"points": [written["points"][0] | change, written["points"][1]]}


@pytest.mark.parametrize(
    ("change", "provision"),
    [({"reasons": ""}, "6.9"), ({"fault": ""}, "7.1"), ({"remedies": []}, "7.1"), ({"impact": ""}, "7.2")],
)
def test_an_answer_that_lacks_a_part_cannot_go(town: Town, change: dict[str, Any], provision: str) -> None:
    complaint = town.complains()
    town.acknowledged(complaint)
    with pytest.raises(RuleBroken) as refused, town.writing():
        operations.respond(complaint, spoilt(change), by=town.viewer(Role.HANDLER))
    assert refused.value.provision == provision


def test_a_printed_letter_names_the_policy_s_whole_address_or_says_how_to_get_it(town: Town) -> None:
    addressed, alone = town.complains(), town.complains(code="8K4QM2XDR7K4QM2XDR7K4QM2")
    town.register.info.pop("landlord", None)
    town.register.info["base_url"] = "https://complaints.example.org"
    town.acknowledged(addressed)
    assert "Our complaints policy is at https://complaints.example.org/policy. We send it on paper if you ask." in text_of(addressed, "acknowledgement", 1)
    town.register.info.pop("landlord", None)
    town.register.info["base_url"] = ""
    town.acknowledged(alone)
    said = text_of(alone, "acknowledgement", 1)
    assert "Ask us for our complaints policy, and we will send it to you on paper." in said and "/policy" not in said
