"""Withdrawing, whole or by point, and taking up again: one press each, confirmed by letter, nothing promised lost."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_case import matched, page_of
from tests.town import CODE, Town, answering

RECEIVED = date(2026, 5, 18)
ACKNOWLEDGED = date(2026, 5, 20)
WITHDRAW, RESUME = "/your-complaint/withdraw", "/your-complaint/resume"


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Received and acknowledged in May; its answer is due on Thursday 4 June."""
    with clock.at(RECEIVED):
        found = matched(town, town.complains())
    town.acknowledged(found, on=ACKNOWLEDGED)
    return found


def withdraws(client: CheckingClient, town: Town, on: date, **said: object) -> str:
    """They come in on that day and withdraw, all of it unless they say what; what their page then says."""
    town.register.rollback()
    with clock.at(on):
        signs_in(client, CODE)
        answer = client.send(WITHDRAW, {"what": "all"} | said)
        assert (answer.status_code, answer.location) == (303, "/your-complaint")
    return page_of(client, town, on)


def resumes(client: CheckingClient, town: Town, on: date) -> str:
    """They come back on that day and take it up again; what their page then says."""
    town.register.rollback()
    with clock.at(on):
        signs_in(client, CODE)
        assert client.send("/your-complaint", form=RESUME).status_code == 303
    return page_of(client, town, on)


def steps(town: Town, complaint: Complaint, step: Step) -> int:
    """How often something happened."""
    town.register.rollback()
    town.register.expire_all()
    return [one.step for one in complaint.happenings].count(step)


def letter_of(town: Town, complaint: Complaint, kind: str) -> str:
    """The newest letter of that kind, as words."""
    town.register.rollback()
    town.register.expire_all()
    return str([one.body for one in complaint.letters if one.kind == kind][-1])


def test_the_page_says_what_it_means_before_the_one_press(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    assert "Withdraw my complaint" in page_of(client, town, date(2026, 5, 21))
    said = page_of(client, town, date(2026, 5, 21), WITHDRAW)
    for words in ("we still have to do", "take it up again later, with the same code", "Only you can withdraw it"):
        assert words in said
    assert steps(town, complaint, Step.WITHDRAWN) == 0


def test_withdrawn_no_date_is_owed_and_one_button_takes_it_up_again(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    said = withdraws(client, town, date(2026, 5, 21))
    assert "You withdrew it on Thursday 21 May 2026" in said
    assert "Take it up again" in said
    assert "You will have our answer by" not in said
    assert "Where it is now" not in said
    assert "You withdrew your complaint." in said
    assert complaint.next_due is None


def test_withdrawing_is_confirmed_by_letter_with_what_is_still_owed(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(ACKNOWLEDGED), town.writing():
        viewer = town.viewer(Role.HANDLER)
        operations.promise_action(complaint, by=viewer, stage=1, what="Bring a heater", owner="Dean", due_on=date(2026, 6, 30))
    said = withdraws(client, town, date(2026, 5, 21))
    assert "Bring a heater" in said and "You have withdrawn your complaint" in said
    letter = letter_of(town, complaint, "withdrawal")
    for words in ("What we still owe you", "Bring a heater", "Tuesday 30 June 2026", "take it up again", "The Housing Ombudsman"):
        assert words in letter


def test_after_a_withdrawal_no_date_goes_by_as_missed(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    withdraws(client, town, date(2026, 5, 21))
    assert "we did not send it" not in page_of(client, town, date(2026, 7, 1))


def test_a_date_missed_before_the_withdrawal_stays_in_the_story(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    assert "Our answer was due, and we did not send it" in withdraws(client, town, date(2026, 6, 8))


def test_taken_up_again_soon_the_old_date_stands(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    withdraws(client, town, date(2026, 5, 21))
    said = resumes(client, town, date(2026, 5, 27))
    assert "You will have our answer by Thursday 4 June 2026" in said
    assert "Before you withdrew it" not in said
    assert "received your complaint on Monday 18 May 2026" in said
    assert "We will answer every point in writing by Thursday 4 June 2026" in letter_of(town, complaint, "resumption")


def test_taken_up_again_later_the_new_date_stands_beside_the_old(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    withdraws(client, town, date(2026, 5, 21))
    said = resumes(client, town, date(2026, 6, 29))
    assert "You will have our answer by Monday 13 July 2026" in said
    assert "Before you withdrew it, this date was Thursday 4 June 2026" in said
    assert "we did not send it" not in said
    letter = letter_of(town, complaint, "resumption")
    assert "Monday 13 July 2026" in letter and "that date was Thursday 4 June 2026" in letter
    resumed = next(one for one in complaint.happenings if one.step is Step.RESUMED)
    assert resumed.details["answer_by"] == "2026-07-13", "What was told never moves later (ruling 52)."


def test_before_the_acknowledgement_it_can_be_withdrawn_and_the_letter_tells_when_they_hear(client: CheckingClient, town: Town) -> None:
    with clock.at(RECEIVED):
        complaint = town.complains(code="E" * 24)
        signs_in(client, "E" * 24)
        client.send(WITHDRAW)
        client.send("/your-complaint", form=RESUME)
        assert "You will hear from us by Tuesday 26 May 2026" in words_of(client.page("/your-complaint"))
    assert "By Tuesday 26 May 2026 we will write" in letter_of(town, complaint, "resumption")


def test_staff_see_that_it_was_withdrawn_and_are_asked_for_nothing_but_what_was_promised(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    withdraws(client, town, date(2026, 5, 21))
    url = f"/staff/complaints/{complaint.reference}"
    with clock.at(date(2026, 5, 22)):
        let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        town.register.rollback()
        said = words_of(client.page(url))
    assert "Withdrawn by the resident on Thursday 21 May 2026" in said
    assert "Nothing is left to do at this stage" in said
    assert "Answer point by point" not in said


def test_what_is_answered_cannot_be_withdrawn(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.answered(complaint, on=date(2026, 6, 3))
    assert "Withdraw my complaint" not in page_of(client, town, date(2026, 6, 4))
    with clock.at(date(2026, 6, 4)):
        assert client.get(WITHDRAW).location == "/your-complaint"


def test_pressing_twice_does_each_once(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 21)):
        signs_in(client, CODE)
        for url, submit in ((WITHDRAW, WITHDRAW), ("/your-complaint", RESUME)):
            page = client.page(url)
            hidden = {name: page.xpath(f"//main//input[@name='{name}']/@value")[0] for name in ("csrf_token", "key", "version")}
            for key, status in ((hidden["key"], 303), (hidden["key"], 303), ("another", 422)):
                assert client.post(submit, data=hidden | {"what": "all", "key": key}).status_code == status
    assert steps(town, complaint, Step.WITHDRAWN) == steps(town, complaint, Step.RESUMED) == 1


def test_a_request_for_stage_2_that_we_keep_is_taken_back_in_one_press(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.escalated(complaint, on=date(2026, 5, 21))
    with clock.at(date(2026, 5, 22)):
        signs_in(client, CODE)
        assert "Take back my request" in words_of(client.page("/your-complaint"))
        assert client.send("/your-complaint", form="take-back").status_code == 303
        said = words_of(client.page("/your-complaint"))
        assert "You took back your request for stage 2." in said
        assert "We keep your request, and it starts by itself" not in said
    town.register.rollback()
    town.answered(complaint, on=date(2026, 6, 3))
    assert "Ask for stage 2" in page_of(client, town, date(2026, 6, 4))
    assert complaint.stage == 1


def test_a_request_that_is_not_kept_cannot_be_taken_back_and_the_page_says_so(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    town.escalated(complaint, on=date(2026, 5, 21))
    with clock.at(date(2026, 5, 22)):
        signs_in(client, CODE)
        page = client.page("/your-complaint")
        chosen = form_values(pick_form(page, "take-back"))
        assert client.post("/your-complaint/stage-2/take-back", data=chosen).status_code == 303
        answer = client.post("/your-complaint/stage-2/take-back", data=chosen | {"key": "another"})
        assert answer.status_code == 422
        assert "No request for the next stage is being kept" in words_of(answer.get_data(as_text=True))
    assert steps(town, complaint, Step.HOLD_RELEASED) == 1


def test_where_there_are_points_it_has_to_be_said_whether_it_is_all_of_it(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 21)):
        signs_in(client, CODE)
        for said, told in (
            ({}, "Choose whether you withdraw all of it, or only some points"),
            ({"points": ["2"]}, "Choose whether you withdraw all of it, or only some points"),
            ({"what": "some"}, "Tick the points that you withdraw"),
            ({"what": "some", "points": ["1", "2"]}, "You ticked every point"),
            ({"what": "all", "points": ["1"]}, "You chose all of it, and some points too"),
            ({"what": "some", "points": ["7"]}, "Choose from the answers on this page"),
        ):
            answer = client.send(WITHDRAW, said)
            assert answer.status_code == 422
            assert told in words_of(answer.get_data(as_text=True))
    assert steps(town, complaint, Step.WITHDRAWN) == 0


def test_a_point_withdrawn_is_marked_and_the_rest_is_answered_without_it(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    said = withdraws(client, town, date(2026, 5, 21), what="some", points=["2"])
    for words in ("You withdrew part of your complaint.", "You withdrew this point.", "You will have our answer by Thursday 4 June 2026"):
        assert words in said
    assert "Nobody rang back." in letter_of(town, complaint, "withdrawal")
    url = f"/staff/complaints/{complaint.reference}/response"
    with clock.at(date(2026, 5, 22)):
        let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        town.register.rollback()
        page = client.page(url)
    assert page.xpath("//*[@name='p1-reasons']") and not page.xpath("//*[@name='p2-reasons']")
    town.register.rollback()
    town.register.expire_all()
    with clock.at(date(2026, 5, 22)), town.writing():
        written = answering(1)
        operations.respond(complaint, written | {"points": written["points"][:1]}, by=town.viewer(Role.HANDLER))
    said = page_of(client, town, date(2026, 5, 22))
    assert "You withdrew this point." in said and "Take this point up again" not in said


def test_a_point_withdrawn_is_taken_up_again_in_one_press(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    said = withdraws(client, town, date(2026, 5, 21), what="some", points=["2"])
    assert "Take this point up again" in said
    with clock.at(date(2026, 5, 22)):
        signs_in(client, CODE)
        assert client.send("/your-complaint", {"point": "x"}, form=RESUME).status_code == 422
        assert client.send("/your-complaint", {"point": "1"}, form=RESUME).status_code == 422
    said = resumes(client, town, date(2026, 5, 22))
    assert "You took part of your complaint up again." in said
    assert "You withdrew this point." not in said
    assert "Nobody rang back." in letter_of(town, complaint, "resumption")


def test_the_last_point_left_is_the_whole_complaint(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    withdraws(client, town, date(2026, 5, 21), what="some", points=["2"])
    town.register.rollback()
    with clock.at(date(2026, 5, 22)):
        signs_in(client, CODE)
        page = client.page(WITHDRAW)
        assert "Withdraw" in words_of(page.find(".//h1"))
        assert not page.xpath("//main//input[@type='radio' or @type='checkbox']")
    assert "You withdrew it on" in withdraws(client, town, date(2026, 5, 22))
