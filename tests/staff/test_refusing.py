"""Refusing, as staff do it and as the resident finds it; and what was refused accepted after all."""

from datetime import date

import pytest
from flask import Flask

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from portal.rules.steps import Happening, Step
from tests.browser_client import CheckingClient, Fields, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_path import ACKNOWLEDGING, ANSWERING, url
from tests.staff.test_writing import letters, typed
from tests.town import Town

REASONS = {
    "reasons": "The claim about this roof is before the court.",
    "evidence": "The claim form, sealed on 4 May 2026.",
    "circumstances": "You told us that you have asthma. The repair itself goes on.",
}
AT_COURT = REASONS | {"ground": "legal_proceedings", "court_filing": "4 May 2026, claim K12"}
LONG_AGO = REASONS | {
    "ground": "over_12_months", "happened_on": "2 February 2024", "known_on": "3/2/2024",
    "discretion": "Nobody who dealt with it works here, and the roof was renewed since.",
}  # fmt: skip
BEFORE = REASONS | {"ground": "already_considered", "earlier_decision": "7K4Q M2XD R, answered on 3 March 2026"}
DIRECTED = {"because": "directed", "reference": "HO-2026-11", "directed_on": "1 June 2026"}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.given_to(made)
    return made


def refused(browser: CheckingClient, complaint: Complaint, fields: Fields, *, on: date = date(2026, 5, 13)) -> None:
    """The refusal written, read and sent, through the pages."""
    with clock.at(on):
        saved = browser.send(url(complaint, "refusal"), fields | {"then": "read"})
        assert saved.location == url(complaint, "refusal/letter"), words_of(saved.get_data(as_text=True))
        sent = browser.send(saved.location)
        assert sent.location == url(complaint), words_of(sent.get_data(as_text=True))


def resident(app: Flask, town: Town, complaint: Complaint) -> CheckingClient:
    browser = app.test_client()
    assert isinstance(browser, CheckingClient)
    town.register.rollback()
    let_in_resident(browser, town.register, complaint)
    return browser


def happened(town: Town, complaint: Complaint, step: Step) -> list[Happening]:
    town.register.rollback()
    return [one for one in complaint.happenings if one.step is step]


def test_the_refusal_and_the_directed_story(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)):
        refused(signed_in(Role.HANDLER), complaint, AT_COURT)
        theirs = words_of(resident(app, town, complaint).page("/your-complaint"))
        assert "We have not accepted your complaint" in theirs and "Ask for stage 2" not in theirs
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        assert manager.send(url(complaint, "acceptance"), DIRECTED).location == url(complaint)
        theirs = words_of(resident(app, town, complaint).page("/your-complaint"))
        assert "You will hear from us by" in theirs and "Monday 8 June 2026" in theirs
        assert "The Housing Ombudsman told us to accept this." in theirs
        assert "We have not accepted your complaint" not in theirs
        case = words_of(manager.page(url(complaint)))
        assert "Acknowledge Samira Haddad’s complaint" in case and "The stage 1 refusal overturned" in case
    with clock.at(date(2026, 6, 3)):
        handler = signed_in(Role.HANDLER)
        saved = handler.send(url(complaint, "acknowledgement"), ACKNOWLEDGING | {"then": "read"})
        assert handler.send(saved.location).location == url(complaint)
        town.register.rollback()
        town.triaged(complaint)
    with clock.at(date(2026, 6, 10)):
        handler = signed_in(Role.HANDLER)
        saved = handler.send(url(complaint, "response"), ANSWERING | {"then": "read"})
        assert handler.send(saved.location).location == url(complaint)
    town.register.rollback()
    assert complaint.answered_on == date(2026, 6, 10)
    assert [letter.kind for letter in complaint.letters] == ["receipt", "refusal", "directed", "acknowledgement", "response"]


@pytest.mark.parametrize("fields", [AT_COURT, LONG_AGO, BEFORE])
def test_ruling_25_a_complaint_is_refused_on_each_published_ground_and_nothing_is_owed(
    town: Town, signed_in: SignIn, complaint: Complaint, fields: Fields
) -> None:
    browser = signed_in(Role.HANDLER)
    with clock.at(date(2026, 5, 13)):
        refused(browser, complaint, fields)
        case = words_of(browser.page(url(complaint)))
        assert "We refused this on Wednesday 13 May 2026" in case and "Nothing is owed." in case
        assert "Weigh complexity" not in case and "Write the acknowledgement" not in case
        assert "Samira Haddad" not in words_of(browser.page("/staff/"))
    town.register.rollback()
    assert complaint.next_due is None


def test_what_the_event_of_a_refusal_holds_is_nothing_personal(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    refused(signed_in(Role.HANDLER), complaint, LONG_AGO)
    (event,) = happened(town, complaint, Step.REFUSED)
    assert set(event.details) == {"ground", "happened_on", "known_on", "parts"}
    assert {"ground", "evidence", "reasons", "circumstances", "refusal_rights", "ombudsman", "discretion"} == set(event.details["parts"])


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [
        ("ground", "A ground for the refusal (Code 2.2)"), ("evidence", "The evidence for it (Code 2.1)"),
        ("reasons", "The reasons, in plain words (Code 2.4)"),
        ("circumstances", "How the resident’s circumstances were weighed (Code 2.5)"),
        ("discretion", "Why discretion was not used (Code 2.3)"), ("happened_on", "The day it happened (Code 2.3)"),
        ("known_on", "The day the resident knew of it (Code 2.3)"),
    ],
)  # fmt: skip
def test_whatever_the_code_asks_of_a_refusal_holds_it_back(
    town: Town, signed_in: SignIn, complaint: Complaint, left_out: str, asked: str
) -> None:
    browser = signed_in(Role.HANDLER)
    with clock.at(date(2026, 5, 13)):
        saved = browser.send(url(complaint, "refusal"), LONG_AGO | {left_out: "", "then": "read"})
        page = browser.page(saved.location)
        assert asked in words_of(page) and "Send this letter" not in words_of(page)
        carried = form_values(pick_form(browser.page(url(complaint, "refusal")), 0))
        forced = browser.post(url(complaint, "refusal/letter"), data=carried)
        assert forced.status_code == 422
    assert not happened(town, complaint, Step.REFUSED) and letters(town, complaint, "refusal") == 0


@pytest.mark.parametrize(
    "told", [{"still": "y"}, {"unsure": "y"}, {"known_on": "12 May 2025"}, {"happened_on": "12 May 2025", "known_on": "12 May 2025"}]
)
def test_ruling_25_the_ground_of_time_is_closed_unless_both_days_are_surely_over_12_months_before(
    town: Town, signed_in: SignIn, complaint: Complaint, told: Fields
) -> None:
    browser = signed_in(Role.HANDLER)
    with clock.at(date(2026, 5, 13)):
        saved = browser.send(url(complaint, "refusal"), LONG_AGO | told | {"then": "read"})
        page = words_of(browser.page(saved.location))
        assert "Another ground, or accept it" in page and "(Code 2.3)" in page and "Send this letter" not in page
        carried = form_values(pick_form(browser.page(url(complaint, "refusal")), 0))
        assert browser.post(url(complaint, "refusal/letter"), data=carried).status_code == 422
    assert not happened(town, complaint, Step.REFUSED)


def test_a_day_that_is_none_is_said_beside_its_box_and_the_words_are_kept(
    signed_in: SignIn, complaint: Complaint
) -> None:
    wrong = signed_in(Role.HANDLER).send(url(complaint, "refusal"), LONG_AGO | {"known_on": "some day", "then": "later"})
    text = wrong.get_data(as_text=True)
    assert wrong.status_code == 422 and "Write the date like 12 June 2026" in text
    assert 'value="some day"' in text and REASONS["reasons"] in text


def test_the_panel_looks_without_writing_anything(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    fields = typed(browser, url(complaint, "refusal"), AT_COURT | {"court_filing": "", "then": "check"})
    looked = browser.post(url(complaint, "refusal/preview"), data=fields)
    said = words_of(looked.get_data(as_text=True))
    assert looked.status_code == 200 and "The day the claim was filed at court, or its number" in said
    assert "You have the right to take this decision to the Housing Ombudsman" in said
    town.register.rollback()
    assert complaint.draft("refusal", 1) is None


def test_two_presses_refuse_once_and_accept_once(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.MANAGER)
    browser.send(url(complaint, "refusal"), AT_COURT | {"then": "read"})
    fields = form_values(pick_form(browser.page(url(complaint, "refusal/letter")), 0))
    assert [browser.post(url(complaint, "refusal/letter"), data=fields).location for _ in range(2)] == [url(complaint)] * 2
    accepting = typed(browser, url(complaint, "acceptance"), {"because": "ourselves", "why": "We misread the date."})
    assert [browser.post(url(complaint, "acceptance"), data=accepting).location for _ in range(2)] == [url(complaint)] * 2
    assert [letters(town, complaint, kind) for kind in ("refusal", "refusal_undone")] == [1, 1]


def test_ruling_36_after_a_refusal_there_is_the_ombudsman_and_us_again_and_no_stage_2(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    refused(signed_in(Role.HANDLER), complaint, AT_COURT)
    with clock.at(date(2026, 7, 1)):
        browser = resident(app, town, complaint)
        page = words_of(browser.page("/your-complaint"))
        assert "Take this decision to the Housing Ombudsman" in page and "Ask us to look at it again" in page
        assert "person in charge of complaints" in page and "Read our letter" in page
        assert "Ask for stage 2" not in page and "closed" not in page.lower() and "late" not in page.lower().split()
        stage_2 = words_of(browser.page("/your-complaint/stage-2"))
        assert "You can take your complaint to the Housing Ombudsman." in stage_2


def test_ruling_25_a_request_for_stage_2_is_refused_on_the_same_grounds_by_somebody_new(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 11)):
        town.acknowledged(complaint)
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        assert signed_in(Role.HANDLER).get(url(complaint, "refusal")).status_code == 403
        town.given_to(complaint, Role.REVIEWER)
        refused(signed_in(Role.REVIEWER), complaint, BEFORE, on=date(2026, 6, 2))
        browser = resident(app, town, complaint)
        assert "We have not accepted your request for stage 2" in words_of(browser.page("/your-complaint"))
        assert "You have asked for stage 2" not in words_of(browser.page("/your-complaint/stage-2"))
    with clock.at(date(2026, 6, 15)):
        manager = signed_in(Role.MANAGER)
        manager.send(url(complaint, "acceptance"), DIRECTED | {"directed_on": "15 June 2026"})
        assert "Acknowledge Samira Haddad’s stage 2 request" in words_of(manager.page(url(complaint)))
        assert "Monday 22 June 2026" in words_of(resident(app, town, complaint).page("/your-complaint"))


def test_a_complaint_that_was_acknowledged_is_refused_no_more(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    town.acknowledged(complaint)
    browser = signed_in(Role.HANDLER)
    assert browser.get(url(complaint, "refusal")).location == url(complaint)
    assert "Refuse it" not in words_of(browser.page(url(complaint)))


def test_ruling_14_a_refusal_that_waits_to_be_posted_is_still_owed(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        posted = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"})
        town.given_to(posted)
    browser = signed_in(Role.HANDLER)
    refused(browser, posted, AT_COURT)
    with clock.at(date(2026, 5, 14)):
        assert "Post the refusal to Samira Haddad" in words_of(browser.page("/staff/"))
        assert "See that the refusal goes" in words_of(browser.page(url(posted)))


def test_ruling_41_the_five_days_run_from_the_day_of_the_direction(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    refused(signed_in(Role.HANDLER), complaint, AT_COURT)
    with clock.at(date(2026, 6, 5)):
        signed_in(Role.MANAGER).send(url(complaint, "acceptance"), DIRECTED)
    town.register.rollback()
    assert complaint.next_due == date(2026, 6, 8)
    (event,) = happened(town, complaint, Step.DIRECTED)
    assert event.details["reference"] == "HO-2026-11" and event.details["acknowledge_by"] == "2026-06-08"


def test_ruling_41_the_day_the_ombudsman_set_holds_where_it_is_earlier(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    refused(signed_in(Role.HANDLER), complaint, AT_COURT)
    with clock.at(date(2026, 6, 1)):
        signed_in(Role.MANAGER).send(url(complaint, "acceptance"), DIRECTED | {"ordered": "3 June 2026"})
    town.register.rollback()
    assert complaint.next_due == date(2026, 6, 3)


def test_ruling_48_undoing_our_own_refusal_starts_the_clocks_that_day_and_tells_why(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    refused(signed_in(Role.HANDLER), complaint, AT_COURT)
    with clock.at(date(2026, 6, 1)):
        signed_in(Role.MANAGER).send(url(complaint, "acceptance"), {"because": "ourselves", "why": "No claim was ever filed."})
        assert "We looked again, and accepted this." in words_of(resident(app, town, complaint).page("/your-complaint"))
    town.register.rollback()
    assert complaint.next_due == date(2026, 6, 8)
    assert happened(town, complaint, Step.REFUSED), "the refusal stays on the record"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose why it is accepted now"),
        (DIRECTED | {"reference": " "}, "Write the reference on the Ombudsman’s direction"),
        (DIRECTED | {"directed_on": ""}, "Write the day of the direction"),
        (DIRECTED | {"directed_on": "12 May 2026"}, "is before Wednesday 13 May 2026, the day it was refused"),
        (DIRECTED | {"ordered": "29 May 2026"}, "the day it set"),
        ({"because": "ourselves", "why": ""}, "Write what we got wrong"),
    ],
)
def test_an_acceptance_that_lacks_something_says_what(
    town: Town, signed_in: SignIn, complaint: Complaint, fields: Fields, said: str
) -> None:
    refused(signed_in(Role.HANDLER), complaint, AT_COURT)
    with clock.at(date(2026, 6, 2)):
        answer = signed_in(Role.MANAGER).send(url(complaint, "acceptance"), fields)
        assert answer.status_code == 422 and said in words_of(answer.get_data(as_text=True))
    assert not happened(town, complaint, Step.DIRECTED)


def test_nothing_is_accepted_that_was_not_refused(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.MANAGER)
    assert browser.get(url(complaint, "acceptance")).location == url(complaint)
    assert "Accept it after all" not in words_of(browser.page(url(complaint)))


def test_ruling_41_what_the_ombudsman_directed_us_to_accept_is_not_refused_again(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    refused(signed_in(Role.HANDLER), complaint, AT_COURT)
    with clock.at(date(2026, 6, 2)):
        browser = signed_in(Role.MANAGER)
        browser.send(url(complaint, "acceptance"), DIRECTED)
        assert "Refuse it" not in words_of(browser.page(url(complaint)))
        assert browser.get(url(complaint, "refusal")).location == url(complaint)
    assert len(happened(town, complaint, Step.REFUSED)) == 1


def test_whoever_refuses_signs_the_letter_as_it_was_read(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.MANAGER)
    with clock.at(date(2026, 5, 13)):
        saved = browser.send(url(complaint, "refusal"), AT_COURT | {"then": "read"})
        assert "Manager Person" in browser.page(saved.location).xpath("string(//main)")
        browser.send(saved.location)
    town.register.rollback()
    (letter,) = [one for one in complaint.letters if one.kind == "refusal"]
    assert "Manager Person" in letter.body["signed"] and "Handler Person" not in letter.body["signed"]
