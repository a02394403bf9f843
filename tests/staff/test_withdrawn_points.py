"""What an answer says of the points that the resident withdrew: each is there, with the day, and none is answered."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.letters.structure import as_text
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.staff.test_correcting import REST, WHY
from tests.staff.test_path import url
from tests.staff.test_refusing import resident
from tests.staff.test_understanding import sent
from tests.town import Town, answering

WITHDREW_IT = "You withdrew this on Thursday 14 May 2026, so this letter does not answer it."
LEFT = {name: said for name, said in REST.items() if name.startswith("p2-")}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.acknowledged(made)
        with town.writing():
            made.resident.matched_at = clock.now()
    return made


def withdraws(town: Town, complaint: Complaint, point: str, on: date = date(2026, 5, 14)) -> None:
    with clock.at(on), town.writing():
        operations.withdraw(complaint, by=town.resident(complaint), points=[point])


def one_answered(number: int, stage: int = 1) -> dict[str, Any]:
    written = answering(stage)
    return written | {"points": [one for one in written["points"] if one["number"] == number]}


def test_ruling_22_the_answer_names_the_points_withdrawn_and_the_day_and_does_not_answer_them(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    withdraws(town, complaint, "1")
    with clock.at(date(2026, 5, 20)):
        page = words_of(signed_in(Role.HANDLER).page(url(complaint, "response")))
        assert WITHDREW_IT in page, "whoever writes it reads it in the letter so far"
        sent(signed_in, complaint, "response", LEFT)
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/4"))
        withdrawn = letter.partition("What you withdrew")[2]
        assert withdrawn.startswith(f" The bedroom ceiling has leaked since February. {WITHDREW_IT}")
        assert letter.count("The bedroom ceiling has leaked since February.") == 1 and "Our records show two calls." in letter


def test_ruling_39_a_correction_and_the_final_answer_name_what_was_withdrawn_at_their_stage(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    withdraws(town, complaint, "1")
    with clock.at(date(2026, 5, 20)), town.writing():
        operations.respond(complaint, one_answered(2), by=town.viewer(Role.HANDLER))
    with clock.at(date(2026, 5, 28)):
        sent(signed_in, complaint, "correction", {"why": WHY["why"]})
    assert WITHDREW_IT in as_text(complaint.letters[-1].body)
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        town.given_to(complaint, Role.REVIEWER)
        with town.writing():
            both = [{"number": n, "text": words, "responsibility": "ours"} for n, words in ((2, "Nobody rang back."), (3, "No letter came."))]
            operations.acknowledge(complaint, {"points": both, "outcomes": ["Ring"]}, by=town.viewer(Role.REVIEWER))
    withdraws(town, complaint, "3", on=date(2026, 6, 3))
    with clock.at(date(2026, 6, 12)), town.writing():
        final = operations.respond(complaint, one_answered(2, 2), by=town.viewer(Role.REVIEWER))
    said = as_text(final.body)
    assert "No letter came.\n\nYou withdrew this on Wednesday 3 June 2026" in said
    assert WITHDREW_IT not in said, "what was withdrawn at stage 1 was never a point of stage 2"


def test_a_point_withdrawn_and_taken_up_again_is_answered_and_called_withdrawn_nowhere(town: Town, complaint: Complaint) -> None:
    withdraws(town, complaint, "1")
    with clock.at(date(2026, 5, 15)), town.writing():
        operations.resume(complaint, by=town.resident(complaint), points=["1"])
    with clock.at(date(2026, 5, 20)), town.writing():
        letter = operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))
    assert "What you withdrew" not in as_text(letter.body)
