"""A question to the resident, and the points in a new version: nothing waits, no clock moves, no point is lost."""

from datetime import date

import pytest
from flask import Flask
from lxml import html

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.reading import open_queries, points
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import Fields, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_refusing import happened, resident
from tests.staff.test_settling import UNSETTLED
from tests.staff.test_writing import letters, typed
from tests.town import MIXED, Town

QUESTION = {"question": "Which of the two bathrooms do you mean?"}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.given_to(made)
        town.triaged(made)
    return made


def sent(signed_in: SignIn, complaint: Complaint, page: str, fields: Fields, role: Role = Role.HANDLER) -> None:
    browser = signed_in(role)
    saved = browser.send(url(complaint, page), fields | {"then": "read"})
    assert saved.location == url(complaint, page, "letter"), words_of(saved.get_data(as_text=True))
    done = browser.send(saved.location)
    assert done.location == url(complaint), words_of(done.get_data(as_text=True))


def test_ruling_21_a_question_to_the_resident_moves_no_date_and_holds_nothing_up(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    due = complaint.next_due
    with clock.at(date(2026, 5, 13)):
        assert "Ask what is meant" in words_of(signed_in(Role.TRIAGE).page(url(complaint)))
        sent(signed_in, complaint, "question", QUESTION, Role.TRIAGE)
        page = words_of(resident(app, town, complaint).page("/your-complaint"))
        assert "We asked you a question. Nothing waits for your reply." in page
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/2"))
        assert QUESTION["question"] in letter and "no date moves" in letter and "By Monday 18 May 2026 we will write" in letter
    assert complaint.next_due == due and complaint.next_step == Step.ACKNOWLEDGED
    town.acknowledged(complaint, on=date(2026, 5, 14))
    assert complaint.next_step == Step.RESPONDED, "the acknowledgement goes with the question unanswered"
    with clock.at(date(2026, 5, 15)):
        sent(signed_in, complaint, "question", QUESTION)
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/4"))
        assert "We will answer every point in writing by" in letter


def test_a_question_with_nothing_in_it_does_not_go(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    saved = browser.send(url(complaint, "question"), {"question": " ", "then": "read"})
    page = words_of(browser.page(saved.location))
    assert "What we ask them (Code 5.6)" in page and "Send this letter" not in page
    carried = form_values(pick_form(browser.page(url(complaint, "question")), 0))
    assert browser.post(url(complaint, "question/letter"), data=carried).status_code == 422
    assert letters(town, complaint, "clarification") == 0


WHY = {"why": "You told us by phone that it is the bathroom."}


def test_ruling_28_a_new_version_of_the_points_is_told_with_why_and_the_clock_stays_on_the_first(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 12))
    due = complaint.next_due
    with clock.at(date(2026, 5, 15)):
        sent(signed_in, complaint, "points", WHY | {"p1-text": "The bathroom ceiling has leaked since February."})
        assert complaint.resident.matched_at is None
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/3"))
        for said in ("How we now understand your complaint", WHY["why"], "The bathroom ceiling", "Nobody rang back.",
                     "This does not change the date of our answer.", "Mend the roof", "This is ours to answer."):  # fmt: skip
            assert said in letter, said
        assert "to say how we now understand your complaint" in words_of(resident(app, town, complaint).page("/your-complaint"))
    town.register.rollback()
    assert complaint.next_due == due
    first, second = complaint.definitions
    assert (first.version, second.version) == (1, 2)
    assert first.points[0].words != second.points[0].words == "The bathroom ceiling has leaked since February."
    assert [outcome.words for outcome in second.outcomes] == ["Mend the roof", "Say sorry"]


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [("why", "What we changed, and why (Code 5.6)"), ("p2-text", "Point 2: What we understand this point to be (Code 5.6)"),
     ("p2-responsibility", "Point 2: Whether this point is ours to answer (Code 5.7)")],
)  # fmt: skip
def test_what_a_new_version_lacks_holds_it_back(town: Town, signed_in: SignIn, complaint: Complaint, left_out: str, asked: str) -> None:
    town.acknowledged(complaint)
    browser = signed_in(Role.HANDLER)
    browser.send(url(complaint, "points"), WHY | {left_out: "", "then": "read"})
    page = words_of(browser.page(url(complaint, "points/letter")))
    assert asked in page and "Send this letter" not in page
    carried = form_values(pick_form(browser.page(url(complaint, "points")), 0))
    assert browser.post(url(complaint, "points/letter"), data=carried).status_code == 422
    assert not happened(town, complaint, Step.DEFINITION_REVISED)


def test_ruling_21_no_point_that_was_accepted_goes_away_in_a_new_version(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    town.acknowledged(complaint)
    written = {"why": "We tidied up.", "outcomes": ["x"], "points": [{"number": 1, "text": "The roof", "responsibility": "ours"}]}
    with pytest.raises(RuleBroken, match="Point 2 was accepted, so it stays"), town.writing():
        operations.revise_points(complaint, written, by=town.viewer(Role.HANDLER))
    with town.writing():
        operations.withdraw(complaint, by=town.resident(complaint), points=["2"])
    with town.writing():
        operations.revise_points(complaint, written, by=town.viewer(Role.HANDLER))
    assert set(points(complaint.happenings, 1)) == {"1"}
    with town.writing():
        operations.resume(complaint, by=town.resident(complaint), points=["2"])
    assert set(points(complaint.happenings, 1)) == {"1", "2"}, "what was withdrawn can still be taken up again"


def test_a_point_we_had_left_out_is_added_and_one_we_refused_is_accepted_after_all(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 12), written=MIXED)
    with clock.at(date(2026, 5, 15)):
        browser = signed_in(Role.HANDLER)
        more = browser.post(url(complaint, "points/preview"), data=typed(browser, url(complaint, "points"), {"then": "add"}))
        assert 'name="p4-text"' in more.get_data(as_text=True), "a number that no point ever had"
        asked = typed(browser, url(complaint, "points"), WHY | {"then": "accept-p3"})
        page = browser.post(url(complaint, "points/preview"), data=asked).get_data(as_text=True)
        assert 'name="p3-text"' in page and "The roof was never mended.</textarea>" in page
        fields = form_values(pick_form(html.document_fromstring(page), 0)) | {"p3-text": "The roof was never mended.", "p3-responsibility": "ours", "then": "read"}
        assert browser.post(url(complaint, "points"), data=fields).location == url(complaint, "points/letter")
        assert browser.send(url(complaint, "points/letter")).location == url(complaint)
        with town.writing():
            complaint.resident.matched_at = clock.now()
        page = words_of(resident(app, town, complaint).page("/your-complaint"))
        assert "The roof was never mended." in page and "We have not accepted" not in page
    assert set(points(complaint.happenings, 1)) == {"1", "2", "3"}


def test_ruling_20_whose_a_point_is_is_told_once_it_is_known_and_replies_to_nothing_else(
    app: Flask, town: Town, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 12)):
        with town.writing():
            operations.acknowledge(complaint, UNSETTLED, by=town.viewer(Role.HANDLER))
        with town.writing():
            operations.query_meaning(complaint, "Not that wall.", by=town.resident(complaint))
        with town.writing():
            operations.settle_point(complaint, 2, by=town.viewer(Role.HANDLER), responsibility="shared", whose="Thornby Council, 01632 960300")
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/3"))
    assert "Now we know, and say it below." in letter and "Thornby Council, 01632 960300" in letter
    assert open_queries(complaint.happenings, 1), "“that is not what I meant” still waits for its own reply"
    assert points(complaint.happenings, 1) == {"1": "ours", "2": "shared"}


def test_ruling_21_a_reply_may_add_the_point_we_had_left_out(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        town.acknowledged(complaint)
        with town.writing():
            operations.query_meaning(complaint, "You left out the mould.", by=town.resident(complaint))
        browser = signed_in(Role.HANDLER)
        said = {"reply": "You are right, and we have added it.", "added": "There is mould on the wall."}
        assert browser.send(url(complaint, "meaning/1"), said).location == url(complaint)
        case = words_of(browser.page(url(complaint)))
        assert "There is mould on the wall." in case and "Point 3: say whose it is" in case
    assert not open_queries(complaint.happenings, 1)
    assert "There is mould on the wall." in str(complaint.letters[-1].body)
