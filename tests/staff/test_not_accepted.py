"""A claim filed while the complaint is being answered: the answer does not accept that point, and answers the others as ever."""

from datetime import date

import pytest
from flask import Flask
from lxml import html

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.settings import LandlordSetting
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, Fields, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_correcting import PART
from tests.staff.test_mixed import AS_DIRECTED
from tests.staff.test_path import url
from tests.staff.test_refusing import REASONS, happened, resident
from tests.staff.test_understanding import sent
from tests.town import ACKNOWLEDGING, REFUSING, Town, answering

FILED = {f"p2-{name}": said for name, said in (REASONS | {"court_filing": "15 May 2026, claim K12"}).items()}
IN_THE_LETTER = (
    "We no longer accept this point, so we do not decide it.", "a claim has been filed at court", "When the claim was filed",
    "15 May 2026, claim K12", "What we relied on", "How we weighed your circumstances", "If you do not agree with what we do not accept",
    "You have the right to take this decision to the Housing Ombudsman",
)  # fmt: skip


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.acknowledged(made)
        with town.writing():
            made.resident.matched_at = clock.now()
    return made


def on_page(browser: CheckingClient, complaint: Complaint, fields: Fields, page: str = "response") -> None:
    """Point 2 is given the boxes of a refusal by its button, filled in, and saved for reading."""
    begun = form_values(pick_form(browser.page(url(complaint, page)), 0))
    shown = browser.post(url(complaint, page, "preview"), data=begun | {"then": "refuse-p2"})
    assert shown.status_code == 200
    text = shown.get_data(as_text=True)
    assert 'name="p2-court_filing"' in text and 'name="p1-court_filing"' not in text
    assert 'name="p2-disposition"' not in text and 'name="p2-happened_on"' not in text, "no ground that was there before"
    goes_on = form_values(pick_form(html.document_fromstring(text), 0))
    saved = browser.post(url(complaint, page), data=goes_on | fields | {"then": "read"})
    assert saved.location == url(complaint, page, "letter"), words_of(saved.get_data(as_text=True))


def test_ruling_25_a_claim_filed_mid_case_refuses_the_point_at_court_and_the_rest_is_answered(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        assert "Point 2 has gone to court" in words_of(browser.page(url(complaint, "response")))
        on_page(browser, complaint, PART | FILED)
        assert browser.send(url(complaint, "response/letter")).location == url(complaint)
        assert "Stage 1: not accepted" in words_of(browser.page(url(complaint)))
        theirs = resident(app, town, complaint)
        page = words_of(theirs.page("/your-complaint"))
        assert "Nobody rang back. We have not accepted this point." in page and "Ask for stage 2" in page
        assert "You have the right to take that to the Housing Ombudsman." in page
        letter = words_of(theirs.page("/your-complaint/letters/3"))
        for said in (*IN_THE_LETTER, "Upheld. We were at fault.", "For the lost room. We offer you £350.", "You can ask for stage 2."):
            assert said in letter, said
    town.register.rollback()
    (event,) = happened(town, complaint, Step.RESPONDED)
    assert event.details["answers"]["2"]["ground"] == "legal_proceedings"
    assert complaint.answered_on == date(2026, 5, 20), "every point has its answer"


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [
        ("p2-court_filing", "Point 2: The day the claim was filed at court, or its number (Code 2.2)"),
        ("p2-evidence", "Point 2: The evidence for it (Code 2.1)"),
        ("p2-circumstances", "Point 2: How the resident’s circumstances were weighed (Code 2.5)"),
        ("p2-reasons", "Point 2: The reasons for the decision on this point (Code 6.7)"),
    ],
)
def test_ruling_22_a_point_is_not_accepted_only_with_all_that_a_refusal_says(
    town: Town, signed_in: SignIn, complaint: Complaint, left_out: str, asked: str
) -> None:
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, PART | FILED | {left_out: ""})
        page = words_of(browser.page(url(complaint, "response/letter")))
        assert asked in page and "Send this letter" not in page
        carried = form_values(pick_form(browser.page(url(complaint, "response")), 0))
        assert browser.post(url(complaint, "response/letter"), data=carried).status_code == 422
    assert not happened(town, complaint, Step.RESPONDED)


def test_a_point_not_accepted_is_answered_after_all_and_keeps_its_reasons(signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    on_page(browser, complaint, PART | FILED)
    back = form_values(pick_form(browser.page(url(complaint, "response")), 0))
    assert back["p2-court_filing"] == FILED["p2-court_filing"]
    answered = browser.post(url(complaint, "response/preview"), data=back | {"then": "accept-p2"}).get_data(as_text=True)
    assert 'name="p2-disposition"' in answered and 'name="p2-evidence"' not in answered and REASONS["reasons"] in answered


def test_ruling_22_what_an_interim_answer_does_not_accept_is_said_again_in_the_answer_and_its_correction(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 15)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, FILED, "part-answer")
        assert browser.send(url(complaint, "part-answer/letter")).location == url(complaint)
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/3"))
        assert all(said in letter for said in IN_THE_LETTER) and "The bedroom ceiling has leaked" in letter.partition("What we answer later")[2]
    with clock.at(date(2026, 5, 20)):
        sent(signed_in, complaint, "response", PART)
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/4"))
        assert all(said in letter for said in IN_THE_LETTER) and "For the lost room. We offer you £350." in letter
    with clock.at(date(2026, 5, 22)):
        sent(signed_in, complaint, "correction", {"why": "The sum was wrong.", "p1-pounds1": "500"})
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/5"))
        assert all(said in letter for said in IN_THE_LETTER) and "£500" in letter
        assert "What we did not accept" not in letter, "it is among the points, and not listed again"


def test_ruling_53_a_point_not_accepted_in_the_answer_stays_out_of_stage_2(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, PART | FILED)
        browser.send(url(complaint, "response/letter"))
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        town.given_to(complaint, Role.REVIEWER)
        page = signed_in(Role.REVIEWER).page(url(complaint, "acknowledgement"))
    assert [box.get("name") for box in page.xpath("//textarea[contains(@name, '-text')]")] == ["p1-text"]
    one_point = ACKNOWLEDGING | {"points": ACKNOWLEDGING["points"][:1]}
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 3), written=one_point)
    with clock.at(date(2026, 6, 10)), town.writing():
        answer = answering(2)
        operations.respond(complaint, answer | {"points": answer["points"][:1]}, by=town.viewer(Role.REVIEWER))
    stage_1, final = ([" ".join(block.get("text", "") for block in one.body["blocks"]) for one in complaint.letters if one.kind == "response"])
    assert "What we did not accept" not in stage_1, "it is among the points there"
    assert "What we did not accept Nobody rang back. We refused this on Wednesday 20 May 2026" in final


def test_ruling_36_stage_2_is_offered_even_where_an_answer_accepts_no_point_and_staff_refuse_it_by_its_own_letter(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        begun = form_values(pick_form(browser.page(url(complaint, "response")), 0))
        for number in ("1", "2"):
            shown = browser.post(url(complaint, "response", "preview"), data=begun | {"then": f"refuse-p{number}"})
            begun = form_values(pick_form(html.document_fromstring(shown.get_data(as_text=True)), 0))
        both = FILED | {name.replace("p2-", "p1-"): said for name, said in FILED.items()}
        assert browser.post(url(complaint, "response"), data=begun | both | {"then": "read"}).location == url(complaint, "response/letter")
        assert browser.send(url(complaint, "response/letter")).location == url(complaint)
        assert "Ask for stage 2" in words_of(resident(app, town, complaint).page("/your-complaint")), "an answer, though it decides no point"
    town.register.rollback()
    town.escalated(complaint, on=date(2026, 5, 27))
    with clock.at(date(2026, 5, 28)):
        town.given_to(complaint, Role.REVIEWER)
        reviewer = signed_in(Role.REVIEWER)
        assert not form_values(pick_form(reviewer.page(url(complaint, "acknowledgement")), 0))["p1-text"].strip(), "no point goes on by itself"
        assert reviewer.page(url(complaint, "refusal")) is not None, "and stage 2 can be refused on the same ground, with its letter (5.11)"


def test_ruling_25_where_refusals_are_approved_an_answer_that_refuses_a_point_waits_for_somebody_else(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with town.writing():
        town.register.add(LandlordSetting(name="refusals_approved", value=True, set_at=clock.now()))
    with clock.at(date(2026, 5, 20)):
        handler, manager = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
        on_page(handler, complaint, PART | FILED)
        assert "Ask for approval" in words_of(handler.page(url(complaint, "response/letter")))
        handler.send(url(complaint, "response/letter"))
        assert not happened(town, complaint, Step.RESPONDED)
        assert "Handler Person wrote it" in words_of(manager.page(url(complaint, "approval")))
        assert manager.send(url(complaint, "approval")).location == url(complaint)
    (event,) = happened(town, complaint, Step.RESPONDED)
    assert event.details["approved_by"] == [f"staff:{town.staff[Role.MANAGER].id}"]
    assert event.details["drafted_by"] == [f"staff:{town.staff[Role.HANDLER].id}"]
    assert "Handler Person" in complaint.letters[-1].body["signed"]


def test_ruling_41_a_point_that_an_answer_did_not_accept_is_accepted_after_all_when_the_ombudsman_directs_it(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, PART | FILED)
        browser.send(url(complaint, "response/letter"))
    town.register.rollback()
    town.escalated(complaint, on=date(2026, 5, 27))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 5, 28))
    here = url(complaint, "acceptance") + "?point=2"
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        assert "Accept point 2 after all" in words_of(manager.page(url(complaint)))
        early = manager.send(here, AS_DIRECTED | {"directed_on": "19 May 2026"})
        assert early.status_code == 422 and "the day it was refused" in words_of(early.get_data(as_text=True))
        manager.send(here, AS_DIRECTED)
        assert manager.get(here).location == url(complaint), "once is enough"
    town.register.rollback()
    (made,) = [one for one in town.register.query(Complaint) if one.id != complaint.id]
    assert (made.words, made.received_on, made.next_due) == ("Nobody rang back.", date(2026, 6, 1), date(2026, 6, 8))
    written = ACKNOWLEDGING | {"refused": [REFUSING | {"number": 3, "text": "It is at court"}]}
    with clock.at(date(2026, 6, 2)), town.writing():
        town.given_to(made)
    with clock.at(date(2026, 6, 2)), pytest.raises(RuleBroken, match="no point of it can be refused"), town.writing():
        operations.acknowledge(made, written, by=town.viewer(Role.HANDLER))


def test_a_point_not_accepted_in_the_answer_and_accepted_after_all_is_said_to_be(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        on_page(browser, complaint, PART | FILED)
        browser.send(url(complaint, "response/letter"))
        signed_in(Role.MANAGER).send(url(complaint, "acceptance") + "?point=2", {"because": "ourselves", "why": "It is ours."})
        assert "Accepted after all: it is a complaint of its own now." in words_of(browser.page(url(complaint)))
        theirs = words_of(resident(app, town, complaint).page("/your-complaint"))
        assert "We refused this point, and accepted it after all. It is a complaint of its own now." in theirs


@pytest.fixture
def refused_at_stage_2(town: Town, complaint: Complaint) -> Complaint:
    """Both points answered at stage 1 by the handler; point 2 refused in the acknowledgement of stage 2, and point 3 is new there."""
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 5, 27))
    with clock.at(date(2026, 5, 28)):
        town.given_to(complaint, Role.REVIEWER)
        refused = [REFUSING | {"number": number, "text": words} for number, words in ((2, "Nobody rang back."), (3, "The fence, too."))]
        with town.writing():
            town._issue(complaint, operations.acknowledge(complaint, {"points": ACKNOWLEDGING["points"][:1], "outcomes": ["Mend it"], "refused": refused}, by=town.viewer(Role.REVIEWER)))
    town.register.rollback()
    return complaint


def accepted(town: Town, signed_in: SignIn, complaint: Complaint, number: int) -> Complaint:
    here = url(complaint, "acceptance") + f"?point={number}"
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        assert ("It begins at stage 2, which refused it" in words_of(manager.page(here))) is (number == 2)
        manager.send(here, AS_DIRECTED)
    town.register.rollback()
    (made,) = [one for one in town.register.query(Complaint) if one.id != complaint.id]
    return made


def test_ruling_41_a_point_that_stage_2_refused_is_considered_again_at_stage_2_by_somebody_new(
    app: Flask, town: Town, signed_in: SignIn, refused_at_stage_2: Complaint
) -> None:
    made = accepted(town, signed_in, refused_at_stage_2, 2)
    assert (made.stage, made.next_step, made.next_stage, made.next_due) == (2, Step.ACKNOWLEDGED, 2, date(2026, 6, 8))
    told = {one.kind: as_text(one.body) for each in (refused_at_stage_2, made) for one in each.letters[-1:]}
    assert "We look at it again at stage 2" in told["new_issue"] and "We look at this again, at stage 2" in told["receipt"]
    with clock.at(date(2026, 6, 3)):
        with pytest.raises(RuleBroken, match="considered the stage before"), town.writing():
            operations.assign(made, town.staff[Role.HANDLER], by=town.viewer(Role.MANAGER), interest="")
        town.given_to(made, Role.REVIEWER)
        town.triaged(made)
        page = words_of(signed_in(Role.REVIEWER).page(url(made, "acknowledgement")))
        assert "Nobody rang back." in page
        with town.writing():
            town._issue(made, operations.acknowledge(made, ACKNOWLEDGING, by=town.viewer(Role.REVIEWER)))
        town.answered(made, role=Role.REVIEWER)
        assert made.answered_on == date(2026, 6, 3)
        theirs = words_of(resident(app, town, made).page("/your-complaint"))
        assert "Ask for stage 2" not in theirs and "Housing Ombudsman" in theirs


def test_ruling_24_a_point_that_stage_2_refused_and_stage_1_never_had_begins_at_stage_1(
    town: Town, signed_in: SignIn, refused_at_stage_2: Complaint
) -> None:
    made = accepted(town, signed_in, refused_at_stage_2, 3)
    assert (made.stage, made.next_stage) == (1, 1) and made.words == "The fence, too."
