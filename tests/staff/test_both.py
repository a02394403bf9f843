"""Acknowledging and answering in one letter: written, read and sent as one, counted as both."""

from datetime import date

import pytest
from flask import Flask

from portal import clock
from portal.access import MACHINE, Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules import editions
from portal.rules.letters import required_parts
from portal.rules.reading import BOTH
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import ACKNOWLEDGING, ANSWERING, url
from tests.staff.test_refusing import resident
from tests.staff.test_writing import letters, typed
from tests.town import ACKNOWLEDGING as UNDERSTOOD
from tests.town import Town, answering

PAGE = "acknowledgement-and-answer"
WHOLE = ACKNOWLEDGING | ANSWERING


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.given_to(made)
        town.triaged(made)
    return made


def sent(browser: CheckingClient, complaint: Complaint, fields: dict[str, str]) -> None:
    saved = browser.send(url(complaint, PAGE), fields | {"then": "read"})
    assert saved.location == url(complaint, PAGE, "letter"), words_of(saved.get_data(as_text=True))
    done = browser.send(saved.location)
    assert done.location == url(complaint), words_of(done.get_data(as_text=True))


def test_ruling_26_one_letter_acknowledges_and_answers_with_both_events_that_day(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        assert "Acknowledge and answer in one letter" in words_of(browser.page(url(complaint)))
        sent(browser, complaint, WHOLE)
        case = words_of(browser.page(url(complaint)))
        assert "The stage 1 acknowledgement and answer was put on their page" in case
        assert "Acknowledged Wednesday 13 May" in case and "Answered Wednesday 13 May" in case
    town.register.rollback()
    assert [letter.kind for letter in complaint.letters] == ["receipt", BOTH]
    days = {one.step: one.on for one in complaint.happenings}
    assert days[Step.ACKNOWLEDGED] == days[Step.RESPONDED] == complaint.answered_on == date(2026, 5, 13)
    with clock.at(date(2026, 5, 14)):
        theirs = resident(app, town, complaint)
        page = words_of(theirs.page("/your-complaint"))
        assert "We answered on" in page and "We answered your complaint. The letter also says how we understand it." in page
        assert "Ask for stage 2" in page
        letter = words_of(theirs.page("/your-complaint/letters/2"))
        assert "This is not ours to put right." in letter and "Upheld. We were at fault." in letter
        assert "You can ask for stage 2." in letter and "What you want to happen" in letter


@pytest.mark.parametrize("edition", ["housing-ombudsman-2024", "housing-ombudsman-2022"])
@pytest.mark.parametrize("stage", [1, 2])
def test_ruling_26_the_one_letter_has_every_part_of_both(edition: str, stage: int) -> None:
    code = editions.edition(edition)
    asked = {part.id for kind in ("acknowledgement", "response") for part in required_parts(code, kind, stage)}
    assert {part.id for part in required_parts(code, BOTH, stage)} == asked


def test_ruling_26_the_one_letter_says_all_that_the_code_asks_of_both(town: Town, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)), town.writing():
        letter = operations.acknowledge_and_answer(complaint, UNDERSTOOD | answering(1), by=town.viewer(Role.HANDLER))
    asked = {part.id for part in required_parts(editions.edition(complaint.edition), BOTH, 1)}
    assert asked <= {block.get("part") for block in letter.body["blocks"]}


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [
        ("p1-responsibility", "Point 1: Whether this point is ours to answer (Code 5.7)"),
        ("outcomes", "What would put it right, or the day we asked (Code 5.6)"),
        ("p2-reasons", "Point 2: The reasons for the decision on this point (Code 6.7)"),
        ("p1-fault", "Point 1: An acknowledgement of what went wrong (Code 7.1)"),
    ],
)
def test_what_either_letter_needs_holds_back_the_one_that_is_both(
    town: Town, signed_in: SignIn, complaint: Complaint, left_out: str, asked: str
) -> None:
    browser = signed_in(Role.HANDLER)
    browser.send(url(complaint, PAGE), WHOLE | {left_out: "", "then": "read"})
    page = words_of(browser.page(url(complaint, PAGE, "letter")))
    assert asked in page and page.count(asked) == 1 and "Send this letter" not in page
    carried = form_values(pick_form(browser.page(url(complaint, PAGE)), 0))
    assert browser.post(url(complaint, PAGE, "letter"), data=carried).status_code == 422
    town.register.rollback()
    assert not {one.step for one in complaint.happenings} & {Step.ACKNOWLEDGED, Step.RESPONDED}


def test_ruling_29_the_answer_waits_for_triage_and_the_acknowledgement_does_not(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    browser = signed_in(Role.HANDLER)
    browser.send(url(complaint, PAGE), WHOLE | {"then": "read"})
    page = words_of(browser.page(url(complaint, PAGE, "letter")))
    assert "Weigh complexity, vulnerability and risk (Code 6.1)" in page and "Send this letter" not in page
    with pytest.raises(RuleBroken, match="Weigh first how complex it is"), town.writing():
        operations.acknowledge_and_answer(complaint, UNDERSTOOD | answering(1), by=town.viewer(Role.HANDLER))
    assert letters(town, complaint, BOTH) == 0
    with town.writing():
        operations.acknowledge(complaint, UNDERSTOOD, by=town.viewer(Role.HANDLER))
    assert "Weigh complexity, vulnerability and risk" in words_of(browser.page(url(complaint))), "it is asked for still"
    with pytest.raises(RuleBroken, match="Weigh first how complex it is"), town.writing():
        operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))


def test_a_point_still_to_be_confirmed_cannot_be_answered_in_the_same_letter(signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    browser.send(url(complaint, PAGE), WHOLE | {"p2-responsibility": "to_be_confirmed", "then": "read"})
    page = words_of(browser.page(url(complaint, PAGE, "letter")))
    assert "Point 2: Whether this point is ours to answer (Code 5.7)" in page


def test_a_point_and_a_remedy_are_added_and_two_presses_send_one_letter(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser = signed_in(Role.HANDLER)
    fields = typed(browser, url(complaint, PAGE), WHOLE | {"then": "add"})
    more = browser.post(url(complaint, PAGE, "preview"), data=fields).get_data(as_text=True)
    assert 'id="p3-text"' in more and 'name="p3-disposition"' in more
    fields["then"] = "add-p1"
    assert 'id="p1-kind2"' in browser.post(url(complaint, PAGE, "preview"), data=fields).get_data(as_text=True)
    assert browser.send(url(complaint, PAGE), WHOLE | {"then": "later"}).location == url(complaint)
    assert "Go on with both in one letter" in words_of(browser.page(url(complaint)))
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        press = form_values(pick_form(browser.page(url(complaint, PAGE, "letter")), 0))
        answers = [browser.post(url(complaint, PAGE, "letter"), data=press).location for _ in range(2)]
        assert browser.get(url(complaint, PAGE)).location == url(complaint)
    assert answers == [url(complaint)] * 2 and letters(town, complaint, BOTH) == 1


def test_ruling_26_a_letter_that_waits_for_the_post_meets_neither_step_until_it_is_posted(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        posted = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"})
        town.given_to(posted)
        town.triaged(posted)
    with clock.at(date(2026, 5, 13)), town.writing():
        letter = operations.acknowledge_and_answer(posted, UNDERSTOOD | answering(1), by=town.viewer(Role.HANDLER))
    with clock.at(date(2026, 5, 14)):
        assert posted.answered_on is None
        assert "Post the answer to Samira Haddad" in words_of(signed_in(Role.HANDLER).page("/staff/"))
        with town.writing():
            operations.mark_issued(posted, letter.issues[0], by=MACHINE)
    assert posted.answered_on == date(2026, 5, 14) and posted.next_step == Step.ACTION_PROMISED
