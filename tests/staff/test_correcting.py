"""Answers beside the answer: to some points before the rest, and put right in a letter that takes the first one's place."""

from datetime import date

import pytest
from flask import Flask

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules import editions
from portal.rules.letters import required_parts
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_refusing import happened, resident
from tests.staff.test_understanding import sent
from tests.staff.test_writing import letters
from tests.town import Town, answering

PART = {
    "p1-disposition": "upheld", "p1-reasons": "The first order was closed by mistake.", "p1-fault": "We did not mend the roof.",
    "p1-impact": "You lost a bedroom.", "p1-kind1": "money", "p1-remedy1": "For the lost room.", "p1-pounds1": "350",
    "a1-what": "Mend the tiles", "a1-owner": "Dean Cole", "a1-due_on": "12 June 2026",
}  # fmt: skip
REST = {"p2-disposition": "not_upheld", "p2-reasons": "Our records show two calls.", "p2-no_remedy_because": "We did ring."}
WHY = {"why": "We wrote £350, and had agreed £500.", "p1-pounds1": "500"}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.acknowledged(made)
        with town.writing():
            made.resident.matched_at = clock.now()
    return made


@pytest.fixture
def answered(town: Town, complaint: Complaint) -> Complaint:
    town.answered(complaint, on=date(2026, 5, 20))
    return complaint


def test_ruling_27_some_points_are_answered_before_the_rest_and_the_clock_does_not_move(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    due = complaint.next_due
    with clock.at(date(2026, 5, 13)):
        assert "Answer some points now" in words_of(signed_in(Role.HANDLER).page(url(complaint)))
        sent(signed_in, complaint, "part-answer", PART)
        theirs = resident(app, town, complaint)
        page = words_of(theirs.page("/your-complaint"))
        assert "We answered part of your complaint." in page and "Upheld. We were at fault." in page
        assert "You will have our answer by" in page and "Tuesday 26 May 2026" in page
        letter = words_of(theirs.page("/your-complaint/letters/3"))
        for said in ("The bedroom ceiling has leaked", "For the lost room. We offer you £350.", "What we answer later", "Nobody rang back.",
                     "We will answer every point in writing by Tuesday 26 May 2026.", "Mend the tiles"):  # fmt: skip
            assert said in letter, said
        assert "Ask for stage 2" not in page
    town.register.rollback()
    assert (complaint.next_due, complaint.answered_on) == (due, None) or complaint.next_step == Step.RESPONDED


def test_ruling_27_the_answer_restates_what_was_answered_before_and_opens_stage_2_for_all(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 13)):
        sent(signed_in, complaint, "part-answer", PART)
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        begun = form_values(pick_form(browser.page(url(complaint, "response")), 0))
        assert begun["p1-disposition"] == "upheld" and begun["p1-pounds1"] == "350" and begun["p1-reasons"].strip() == PART["p1-reasons"]
        sent(signed_in, complaint, "response", REST)
        theirs = resident(app, town, complaint)
        letter = words_of(theirs.page("/your-complaint/letters/4"))
        for said in ("We did not mend the roof.", "For the lost room. We offer you £350.", "Mend the tiles", "Our records show two calls.", "You can ask for stage 2."):
            assert said in letter, said
        assert "Ask for stage 2" in words_of(theirs.page("/your-complaint"))
        case = words_of(browser.page(url(complaint)))
        assert case.count("Stage 1: upheld") == 1
    town.register.rollback()
    assert complaint.answered_on == date(2026, 5, 20)
    assert [(one.point_number, one.pence) for one in complaint.remedies] == [(1, 35000)], "offered once, and said twice"
    assert len(complaint.actions) == 1


def test_ruling_27_what_answers_every_point_is_the_answer_itself(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        saved = browser.send(url(complaint, "part-answer"), PART | REST | {"then": "read"})
        page = words_of(browser.page(saved.location))
        assert "At least one point that is answered later (Code 6.7)" in page and "Send this letter" not in page
        carried = form_values(pick_form(browser.page(url(complaint, "part-answer")), 0))
        assert browser.post(url(complaint, "part-answer/letter"), data=carried).status_code == 422
    assert not happened(town, complaint, Step.PART_ANSWERED)


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [("p1-fault", "Point 1: An acknowledgement of what went wrong (Code 7.1)"), ("p1-impact", "Point 1: What this did to the resident (Code 7.2)"),
     ("p1-reasons", "Point 1: The reasons for the decision on this point (Code 6.7)"), ("a1-owner", "Who will do it (Code 7.3)")],
)  # fmt: skip
def test_an_interim_answer_lacks_nothing_that_an_answer_may_not_lack(
    town: Town, signed_in: SignIn, complaint: Complaint, left_out: str, asked: str
) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        saved = browser.send(url(complaint, "part-answer"), PART | {left_out: "", "then": "read"})
        page = words_of(browser.page(saved.location))
        assert asked in page and "Send this letter" not in page


def test_ruling_27_a_correction_takes_the_place_of_the_answer_and_both_are_kept(
    app: Flask, town: Town, signed_in: SignIn, answered: Complaint
) -> None:
    with clock.at(date(2026, 5, 28)):
        browser = signed_in(Role.HANDLER)
        assert "Correct the answer" in words_of(browser.page(url(answered)))
        begun = form_values(pick_form(browser.page(url(answered, "correction")), 0))
        assert begun["p1-disposition"] == "upheld" and begun["p2-no_remedy_because"].strip() == "We did ring."
        sent(signed_in, answered, "correction", WHY)
        theirs = resident(app, town, answered)
        page = words_of(theirs.page("/your-complaint"))
        assert "We corrected our answer." in page and "Wednesday 20 May 2026" in page, "the day it was answered stays"
        assert "Ask for stage 2" in page and "Our answer to your complaint" in page, "the first letter is kept"
        letter = words_of(theirs.page("/your-complaint/letters/4"))
        for said in (WHY["why"], "that we sent you on Wednesday 20 May 2026 was wrong", "We offer you £500.", "Our records show two calls.", "You can ask for stage 2."):
            assert said in letter, said
        assert "We have put this letter right in a later one" in words_of(theirs.page("/your-complaint/letters/3"))
        assert "We have put this letter right in a later one" not in letter
    town.register.rollback()
    assert answered.answered_on == date(2026, 5, 20)
    answer, correction = answered.letters[-2:]
    assert [one.pence for one in answered.remedies] == [50000]
    assert correction.supersedes_id == answer.id and (answer.kind, correction.kind) == ("response", "correction")


def test_ruling_27_a_second_correction_takes_the_place_of_the_first(town: Town, signed_in: SignIn, answered: Complaint) -> None:
    with clock.at(date(2026, 5, 28)):
        sent(signed_in, answered, "correction", WHY)
        sent(signed_in, answered, "correction", {"why": "The records show three calls.", "p2-reasons": "Our records show three calls."})
    town.register.rollback()
    first, second = answered.letters[-2:]
    assert second.supersedes_id == first.id
    assert {one.reasons for one in answered.found if one.point_number == 2} == {"Our records show three calls."}


def test_a_correction_says_what_was_wrong_and_has_every_part_of_an_answer(town: Town, signed_in: SignIn, answered: Complaint) -> None:
    with clock.at(date(2026, 5, 28)):
        browser = signed_in(Role.HANDLER)
        saved = browser.send(url(answered, "correction"), {"why": "", "p2-reasons": "", "then": "read"})
        page = words_of(browser.page(saved.location))
        assert "What was wrong in the first letter" in page and "Point 2: The reasons for the decision" in page
        assert "Send this letter" not in page
        carried = form_values(pick_form(browser.page(url(answered, "correction")), 0))
        assert browser.post(url(answered, "correction/letter"), data=carried).status_code == 422
        assert letters(town, answered, "correction") == 0
        sent(signed_in, answered, "correction", WHY | {"p2-reasons": "Our records show two calls."})
    town.register.rollback()
    asked = {part.id for part in required_parts(editions.edition(answered.edition), "correction", 1)}
    assert asked <= {block.get("part") for block in answered.letters[-1].body["blocks"]}


def test_stage_1_is_corrected_by_whoever_answered_it_until_stage_2_is_acknowledged(
    town: Town, signed_in: SignIn, answered: Complaint
) -> None:
    town.escalated(answered, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        assert "Correct the answer" in words_of(signed_in(Role.HANDLER).page(url(answered)))
        town.acknowledged(answered, role=Role.REVIEWER)
        browser = signed_in(Role.HANDLER)
        assert "Correct the answer" not in words_of(browser.page(url(answered)))
        with pytest.raises(RuleBroken), town.writing():
            operations.correct_answer(answered, answering(1) | {"why": "x"}, by=town.viewer(Role.HANDLER))


def test_two_presses_answer_a_part_once(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        saved = browser.send(url(complaint, "part-answer"), PART | {"then": "read"})
        press = form_values(pick_form(browser.page(saved.location), 0))
        assert [browser.post(saved.location, data=press).location for _ in range(2)] == [url(complaint)] * 2
    assert letters(town, complaint, "interim") == 1


@pytest.mark.parametrize("fields", [{}, PART | REST])
def test_whatever_a_part_answer_lacks_leads_to_where_it_is_written(
    town: Town, signed_in: SignIn, complaint: Complaint, fields: dict[str, str]
) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        browser.send(url(complaint, "part-answer"), fields | {"then": "later"})
        desk = browser.page(url(complaint, "part-answer"))
    led = desk.xpath("//a[starts-with(@href, '#')]/@href")
    assert "#rest" in led
    assert [each for each in led if not desk.xpath(f"//*[@id='{each[1:]}']")] == []
