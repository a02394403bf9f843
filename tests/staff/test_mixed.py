"""The mixed acknowledgement: single points refused on a ground, the rest accepted, and what the resident finds."""

from datetime import date

import pytest
from flask import Flask
from lxml import html

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, Fields, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_refusing import AT_COURT, LONG_AGO, resident
from tests.staff.test_writing import typed
from tests.town import ACKNOWLEDGING, REFUSING, Town
from tests.town import MIXED as MIXED_POINTS

PAGE = "acknowledgement"
POINTS = {
    "p1-text": "The bedroom ceiling leaks.", "p1-responsibility": "ours", "p2-text": "The old roof claim.",
    "outcomes": "Mend the roof",
}  # fmt: skip


def refusing(fields: Fields) -> Fields:
    return {f"p2-{name}": said for name, said in fields.items()}


MIXED = POINTS | refusing(AT_COURT)


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.given_to(made)
        town.triaged(made)
    return made


def on_page(browser: CheckingClient, complaint: Complaint, fields: Fields) -> None:
    """Point 2 is given the boxes of a refusal by its button, filled in, and saved for reading."""
    asked = typed(browser, url(complaint, PAGE), {"p2-text": "", "then": "refuse-p2"})
    page = browser.post(url(complaint, PAGE, "preview"), data=asked).get_data(as_text=True)
    assert 'name="p2-circumstances"' in page and 'name="p1-circumstances"' not in page
    goes_on = form_values(pick_form(html.document_fromstring(page), 0))
    saved = browser.post(url(complaint, PAGE), data=goes_on | fields | {"then": "read"})
    assert saved.location == url(complaint, PAGE, "letter"), words_of(saved.get_data(as_text=True))


def test_ruling_25_a_mixed_acknowledgement_refuses_one_point_with_its_rights_and_the_rest_goes_on(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, MIXED)
        assert browser.send(url(complaint, PAGE, "letter")).location == url(complaint)
        case = words_of(browser.page(url(complaint)))
        assert "1 point accepted, point 2 not" in case and "not accepted" in case
    town.register.rollback()
    (event,) = [one for one in complaint.happenings if one.step is Step.ACKNOWLEDGED]
    assert event.details["points"] == {"1": "ours"}
    assert event.details["refused"]["2"]["ground"] == "legal_proceedings"
    assert complaint.next_step == Step.RESPONDED, "the rest goes on"
    with clock.at(date(2026, 5, 14)), town.writing():
        complaint.resident.matched_at = clock.now()
    with clock.at(date(2026, 5, 14)):
        theirs = resident(app, town, complaint)
        page = words_of(theirs.page("/your-complaint"))
        assert "The old roof claim. We have not accepted this point." in page and "You will have our answer by" in page
        assert "You have the right to take that to the Housing Ombudsman." in page
        letter = words_of(theirs.page("/your-complaint/letters/2"))
        assert "We do not accept the rest as a complaint, and say why further down." in letter
        for said in ("What we do not accept as a complaint", "We will answer every point that we accepted, in writing, by", "a claim has been filed at court", "When the claim was filed", "4 May 2026, claim K12",
                     "How we weighed your circumstances", "You have the right to take this decision to the Housing Ombudsman"):  # fmt: skip
            assert said in letter, said


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (AT_COURT | {"court_filing": ""}, "Point 2: The day the claim was filed at court, or its number (Code 2.2)"),
        (AT_COURT | {"evidence": ""}, "Point 2: The evidence for it (Code 2.1)"),
        (AT_COURT | {"circumstances": ""}, "Point 2: How the resident’s circumstances were weighed (Code 2.5)"),
        (LONG_AGO | {"discretion": ""}, "Point 2: Why discretion was not used (Code 2.3)"),
        (LONG_AGO | {"still": "y"}, "Point 2: Another ground, or accept it"),
        (LONG_AGO | {"unsure": "y"}, "Point 2: Another ground, or accept it"),
        (LONG_AGO | {"known_on": "12 May 2025"}, "Point 2: Another ground, or accept it"),
        (LONG_AGO | {"known_on": ""}, "Point 2: The day the resident knew of it (Code 2.3)"),
    ],
)
def test_ruling_25_a_point_is_refused_only_with_all_that_its_ground_asks(
    town: Town, signed_in: SignIn, complaint: Complaint, told: Fields, asked: str
) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, POINTS | refusing(told))
        page = words_of(browser.page(url(complaint, PAGE, "letter")))
        assert asked in page and "Send this letter" not in page
        carried = form_values(pick_form(browser.page(url(complaint, PAGE)), 0))
        assert browser.post(url(complaint, PAGE, "letter"), data=carried).status_code == 422
    town.register.rollback()
    assert not [one for one in complaint.happenings if one.step is Step.ACKNOWLEDGED]


def test_a_refused_point_is_accepted_after_all_and_keeps_its_words(signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    on_page(browser, complaint, MIXED)
    back = form_values(pick_form(browser.page(url(complaint, PAGE)), 0))
    assert back["p2-court_filing"] == AT_COURT["court_filing"] and back["p2-text"].strip() == POINTS["p2-text"]
    accepted = browser.post(url(complaint, PAGE, "preview"), data=back | {"then": "accept-p2"}).get_data(as_text=True)
    assert 'name="p2-responsibility"' in accepted and 'name="p2-evidence"' not in accepted and POINTS["p2-text"] in accepted


def test_ruling_25_all_of_it_is_not_refused_in_an_acknowledgement(town: Town, complaint: Complaint) -> None:
    point = REFUSING | {"number": 1, "text": "The roof"}
    with pytest.raises(RuleBroken, match="Set out at least one point"), town.writing():
        operations.acknowledge(complaint, {"points": [], "refused": [point], "outcomes": ["x"]}, by=town.viewer(Role.HANDLER))


def test_whoever_may_not_refuse_a_complaint_may_not_refuse_a_point(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    assert "Refuse point 1 on a ground" not in words_of(signed_in(Role.TRIAGE).page(url(complaint, PAGE)))
    written = ACKNOWLEDGING | {"refused": [REFUSING | {"number": 3, "text": "The roof"}]}
    with pytest.raises(RuleBroken, match="You may not refuse a point"), town.writing():
        operations.acknowledge(complaint, written, by=town.viewer(Role.TRIAGE))


def test_ruling_53_refused_points_stay_out_of_stage_2_and_in_sight(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    written = ACKNOWLEDGING | {"refused": [REFUSING | {"number": 3, "text": "The roof of 2019"}]}
    with clock.at(date(2026, 5, 13)), town.writing():
        operations.acknowledge(complaint, written, by=town.viewer(Role.HANDLER))
        complaint.resident.matched_at = clock.now()
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        town.given_to(complaint, Role.REVIEWER)
        browser = signed_in(Role.REVIEWER)
        page = browser.page(url(complaint, PAGE))
        assert [box.get("name") for box in page.xpath("//textarea[contains(@name, '-text')]")] == ["p1-text", "p2-text"]
        saved = browser.send(url(complaint, PAGE), {"then": "read"})
        assert browser.send(saved.location).location == url(complaint)
        theirs = words_of(resident(app, town, complaint).page("/your-complaint"))
        assert "The roof of 2019 At stage 1: We have not accepted this point." in theirs


def test_two_dates_that_cannot_be_read_are_told_apart_where_the_errors_are_listed(signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        asked = typed(browser, url(complaint, PAGE), {"p2-text": "", "then": "refuse-p2"})
        vague = asked | POINTS | refusing(LONG_AGO | {"happened_on": "April 2023", "known_on": "April 2023"})
        answer = browser.post(url(complaint, PAGE), data=vague | {"then": "read"})
        assert answer.status_code == 422
        page = words_of(answer.get_data(as_text=True))
        assert "When did it happen? Write the date like" in page and "When did they know of it? Write the date like" in page


AS_DIRECTED = {"because": "directed", "reference": "HO-2026-14", "directed_on": "1 June 2026"}


@pytest.fixture
def refused_in_part(complaint: Complaint, signed_in: SignIn) -> Complaint:
    """Acknowledged on 13 May, with point 2 refused."""
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, MIXED)
        browser.send(url(complaint, PAGE, "letter"))
    return complaint


def test_ruling_41_a_refused_point_that_the_ombudsman_directs_us_to_accept_is_a_complaint_counted_from_that_day(
    town: Town, signed_in: SignIn, refused_in_part: Complaint
) -> None:
    here = url(refused_in_part, "acceptance") + "?point=2"
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        assert "Accept point 2 after all" in words_of(manager.page(url(refused_in_part)))
        manager.send(here, AS_DIRECTED)
        page = words_of(manager.page(url(refused_in_part)))
        assert "Accepted after all: it is a complaint of its own now." in page and "Accept point 2 after all" not in page
        assert manager.get(here).location == url(refused_in_part), "once is enough"
    town.register.rollback()
    (made,) = [one for one in town.register.query(Complaint) if one.id != refused_in_part.id]
    assert made.wanted == refused_in_part.wanted, "what they asked for goes with it"
    assert (made.words, made.received_on, made.next_due) == ("The old roof claim.", date(2026, 6, 1), date(2026, 6, 8))
    with clock.at(date(2026, 6, 2)), pytest.raises(RuleBroken, match="cannot be refused again"), town.writing():
        operations.refuse(made, REFUSING, by=town.viewer(Role.MANAGER))
    letter = next(one for one in refused_in_part.letters if one.kind == "new_issue")
    said = " ".join(block.get("text", "") for block in letter.body["blocks"])
    assert "The Housing Ombudsman told us to accept it." in said and "the day the Ombudsman told us" in said


def test_ruling_41_no_date_of_a_directed_point_is_later_than_the_day_the_ombudsman_set(
    town: Town, signed_in: SignIn, refused_in_part: Complaint
) -> None:
    here = url(refused_in_part, "acceptance") + "?point=2"
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        early = manager.send(here, AS_DIRECTED | {"ordered": "29 May 2026"})
        assert early.status_code == 422 and "cannot be before the day of its direction" in words_of(early.get_data(as_text=True))
        manager.send(here, AS_DIRECTED | {"ordered": "4 June 2026"})
    town.register.rollback()
    (made,) = [one for one in town.register.query(Complaint) if one.id != refused_in_part.id]
    assert made.next_due == date(2026, 6, 4)
    assert {one.due_on for one in deadlines_of(made)} == {date(2026, 6, 4)}, "its answer too"
    told = {one.kind: as_text(one.body) for each in (refused_in_part, made) for one in each.letters}
    assert "They set Thursday 4 June 2026 as the day for it." in told["new_issue"] and "By Thursday 4 June 2026 we will write" in told["new_issue"]
    assert "4 June 2026" in told["receipt"]


def test_ruling_48_a_point_that_we_were_wrong_to_refuse_is_counted_from_the_day_we_say_so(
    town: Town, signed_in: SignIn, refused_in_part: Complaint
) -> None:
    with clock.at(date(2026, 6, 2)):
        signed_in(Role.MANAGER).send(url(refused_in_part, "acceptance") + "?point=2", {"because": "ourselves", "why": "It is ours."})
    town.register.rollback()
    (made,) = [one for one in town.register.query(Complaint) if one.id != refused_in_part.id]
    assert made.received_on == date(2026, 6, 2)


STANDS = "The roof was never mended. We refused this on Wednesday 13 May 2026, and wrote to you why. So this letter does not answer it."
ACCEPTED = "The roof was never mended. We refused this on Wednesday 13 May 2026, and accepted it after all on Tuesday 2 June 2026."


def read_answer(app: Flask, town: Town, complaint: Complaint, kind: str = "response") -> str:
    """The newest answer, as its page shows it to the resident."""
    town.register.rollback()
    number = max(one.number for one in complaint.letters if one.kind == kind)
    return words_of(resident(app, town, complaint).page(f"/your-complaint/letters/{number}"))


def test_ruling_25_each_answer_names_the_point_that_was_refused_and_where_it_stands(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 13), written=MIXED_POINTS)
    town.answered(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 5, 20)):
        said = read_answer(app, town, complaint)
        listed = said.partition("What we did not accept")[2]
        assert listed.startswith(f" {STANDS} You can still take that to the Housing Ombudsman") and "What is still to be done" in listed
    town.escalated(complaint, on=date(2026, 5, 27))
    with clock.at(date(2026, 6, 2)):
        signed_in(Role.MANAGER).send(url(complaint, "acceptance") + "?point=3", {"because": "ourselves", "why": "It is ours."})
    town.register.rollback()
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 3))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 6, 10))
    with clock.at(date(2026, 6, 10)):
        final = read_answer(app, town, complaint)
        assert ACCEPTED in final and STANDS not in final and "It is a complaint of its own now" in final


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (AS_DIRECTED | {"reference": ""}, "Write the reference on the Ombudsman’s direction"),
        (AS_DIRECTED | {"directed_on": "12 May 2026"}, "the day it was refused"),
        ({"because": "ourselves", "why": " "}, "Write what we got wrong"),
    ],
)
def test_a_refused_point_is_not_accepted_without_saying_why_and_from_when(
    town: Town, signed_in: SignIn, refused_in_part: Complaint, said: Fields, wrong: str
) -> None:
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        answer = manager.send(url(refused_in_part, "acceptance") + "?point=2", said)
        assert answer.status_code == 422 and wrong in words_of(answer.get_data(as_text=True))
    town.register.rollback()
    assert town.register.query(Complaint).count() == 1


def test_a_point_that_was_not_refused_cannot_be_accepted_after_all(town: Town, signed_in: SignIn, refused_in_part: Complaint) -> None:
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        for asked in ("1", "9", "x", "", "²"):
            assert manager.get(url(refused_in_part, "acceptance") + f"?point={asked}").location == url(refused_in_part)
        with pytest.raises(RuleBroken, match="Nothing was refused"), town.writing():
            operations.undo_refusal_of_point(refused_in_part, 1, by=town.viewer(Role.MANAGER), why="It is ours.")
        with pytest.raises(RuleBroken), town.writing():
            operations.raise_issue(refused_in_part, "The ceiling.", by=town.viewer(Role.MANAGER), source={"point": "1"})
