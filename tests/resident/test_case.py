"""The complaint as its resident sees it: the next date first, late said plainly, and only what is theirs."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_resident
from tests.resident.journeys import signs_in
from tests.town import CODE, Town

RECEIVED = date(2026, 5, 18)
ALERT = {"phone": "01632 960111", "safe_to_ring": "yes", "address": "", "words": "gas"}


def matched(town: Town, complaint: Complaint) -> Complaint:
    """Staff have matched the person to a record."""
    with town.writing():
        operations.match_person(complaint, by=town.viewer(Role.TRIAGE), person=None, landlord_record="R-17")
    return complaint


def page_of(client: CheckingClient, town: Town, on: date, url: str = "/your-complaint") -> str:
    """What the resident reads on that day."""
    town.register.rollback()
    with clock.at(on):
        assert signs_in(client, CODE).status_code == 303
        return words_of(client.page(url)).split("Talk to a person")[0]


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """A complaint received on a Monday in May, its person matched."""
    with clock.at(RECEIVED):
        return matched(town, town.complains())


def test_before_anything_else_they_see_the_day_they_will_hear(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    said = page_of(client, town, RECEIVED)
    assert said.index("You will hear from us by Tuesday 26 May 2026 On time") < said.index("Where it is now")
    assert "Counting 5 working days" in said


def test_ruling_10_once_acknowledged_they_see_who_has_it_what_we_understood_and_when_we_answer(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    said = page_of(client, town, date(2026, 5, 21))
    assert "You will have our answer by Thursday 4 June 2026 On time" in said
    assert "Your complaint is with Handler Person" in said
    assert "The bedroom ceiling has leaked since February." in said
    assert "Mend the roof" in said


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 6, 1), "On time"), (date(2026, 6, 2), "Due soon"), (date(2026, 6, 4), "Due soon"),
        (date(2026, 6, 5), "1 working day late"), (date(2026, 6, 6), "1 working day late"), (date(2026, 6, 9), "3 working days late"),
    ],
)  # fmt: skip
def test_the_state_of_the_date_is_said_in_words(
    client: CheckingClient, town: Town, complaint: Complaint, today: date, state: str
) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    assert f"Thursday 4 June 2026 {state}" in page_of(client, town, today)


def test_late_is_said_plainly_with_what_they_can_do_now(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    said = page_of(client, town, date(2026, 6, 8))
    for words in (
        "You should have had our answer by", "That is our fault, and we are sorry", "stays counted as late", "Ask for stage 2",
        "Ask the Housing Ombudsman", "Our answer was due, and we did not send it",
    ):  # fmt: skip
        assert words in said
    assert said.index("What you can do now") < said.index("Where it is now")


def test_a_late_answer_stays_in_the_story(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    town.answered(complaint, on=date(2026, 6, 8))
    assert "Our answer was due, and we did not send it" in page_of(client, town, date(2026, 6, 9))


def test_ruling_2_until_the_person_is_matched_they_see_their_words_dates_and_letters_alone(client: CheckingClient, town: Town) -> None:
    with clock.at(RECEIVED):
        complaint = town.complains()
    town.acknowledged(complaint, on=date(2026, 5, 20))
    said = page_of(client, town, date(2026, 5, 21))
    assert "Thursday 4 June 2026" in said
    assert "What we understand your complaint to be" in said
    for hidden in ("Handler Person", "The bedroom ceiling has leaked since February.", "We looked at how urgent"):
        assert hidden not in said


def test_danger_told_is_never_shown_where_others_may_look(client: CheckingClient, town: Town) -> None:
    with town.writing():
        draft, _ = operations.begin_draft(town.register, language="en")
        operations.raise_danger(town.register, draft, ALERT)
        told = operations.Told(name="Sam", words="The gas smells.", safe_contact={"channels": ["portal"]})
        complaint = operations.raise_complaint(town.register, told, draft=draft)
        code = draft.code
    assert complaint.danger_rank == 0
    town.register.rollback()
    signs_in(client, code)
    assert "danger" not in words_of(client.page("/your-complaint")).split("Talk to a person")[0].lower()


def test_letters_are_pages_and_another_number_is_not_there(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    assert "We will answer every point in writing by Thursday 4 June 2026" in page_of(
        client, town, date(2026, 5, 21), "/your-complaint/letters/2"
    )
    with clock.at(date(2026, 5, 21)):
        assert client.get("/your-complaint/letters/3").status_code == 404
        assert client.get("/your-complaint/letters/0").status_code == 404


def test_what_was_promised_says_whether_it_was_kept(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 5, 20)), town.writing():
        viewer = town.viewer(Role.HANDLER)
        first = operations.promise_action(complaint, by=viewer, stage=1, what="Bring a heater", owner="Dean", due_on=date(2026, 5, 22))
        second = operations.promise_action(complaint, by=viewer, stage=1, what="Mend a light", owner="Dean", due_on=date(2026, 5, 22))
        operations.promise_action(complaint, by=viewer, stage=1, what="Mend the roof", owner="Dean", due_on=date(2026, 6, 30))
    for action, on in ((first, date(2026, 5, 21)), (second, date(2026, 5, 26))):
        with clock.at(on), town.writing():
            operations.complete_action(complaint, action, by=viewer, on=on, proof="photo")
    said = page_of(client, town, date(2026, 5, 27))
    for words in ("Bring a heater", "Kept", "Kept late", "On time", "We did what we promised. Bring a heater"):
        assert words in said


def test_ruling_36_stage_2_is_two_presses_and_no_words(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    town.answered(complaint, on=date(2026, 6, 3))
    with clock.at(date(2026, 6, 8)):
        signs_in(client, CODE)
        (button,) = client.page("/your-complaint").xpath("//main//a[@class='button']/@href")
        assert client.page(button).xpath("count(//main//button)") == 1
        assert client.send(button).location == button
        assert "You will hear from us by Monday 15 June 2026" in words_of(client.page(button))
        assert "You asked for stage 2" in words_of(client.page("/your-complaint"))


def test_ruling_37_stage_2_asked_early_is_kept_and_said_so(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 5, 21)):
        signs_in(client, CODE)
        assert "Our answer is not due yet" in words_of(client.page("/your-complaint/stage-2"))
        client.send("/your-complaint/stage-2", {"words": "I have waited long enough"})
        assert "It starts by itself" in words_of(client.page("/your-complaint/stage-2"))
        assert "Thursday 4 June 2026" in words_of(client.page("/your-complaint"))
    town.register.rollback()
    town.answered(complaint, on=date(2026, 6, 3))
    assert "You will hear from us by Wednesday 10 June 2026" in page_of(client, town, date(2026, 6, 4))


def test_ruling_37_an_overdue_stage_1_can_be_taken_to_stage_2_the_same_day(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 6, 8)):
        signs_in(client, CODE)
        assert client.send("/your-complaint/stage-2").status_code == 303
    town.register.rollback()
    town.register.refresh(complaint)
    assert complaint.stage == 2


def test_asking_twice_asks_once(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    town.answered(complaint, on=date(2026, 6, 3))
    with clock.at(date(2026, 6, 8)):
        signs_in(client, CODE)
        page = client.page("/your-complaint/stage-2")
        hidden = {name: page.xpath(f"//main//input[@name='{name}']/@value")[0] for name in ("csrf_token", "key", "version")}
        for key in (hidden["key"], hidden["key"], "another"):
            answer = client.post("/your-complaint/stage-2", data=hidden | {"key": key})
            assert answer.status_code in (303, 422)
    town.register.rollback()
    town.register.expire_all()
    assert [h.step for h in complaint.happenings].count(Step.ESCALATED) == 1


def test_after_the_final_answer_there_is_the_ombudsman(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.acknowledged(complaint, on=date(2026, 5, 20))
    town.answered(complaint, on=date(2026, 6, 3))
    town.escalated(complaint, on=date(2026, 6, 8))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 10))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 6, 30))
    said = page_of(client, town, date(2026, 7, 1))
    assert "We gave our final answer on Tuesday 30 June 2026" in said
    assert "We have no further stage" in said
    assert "There is no further stage with us" in page_of(client, town, date(2026, 7, 1), "/your-complaint/stage-2")


def test_the_calendar_file_says_nothing_but_letter_due(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(RECEIVED):
        signs_in(client, CODE)
        answer = client.get("/your-complaint/dates.ics")
    lines = answer.get_data(as_text=True).split("\r\n")
    assert answer.mimetype == "text/calendar"
    assert {line for line in lines if line.startswith("SUMMARY")} == {"SUMMARY:Letter due"}
    assert [line for line in lines if line.startswith("DTSTART")] == ["DTSTART;VALUE=DATE:20260526", "DTSTART;VALUE=DATE:20260609"]
    told = ("complain", "landlord", "Example Homes", "Samira", "localhost", complaint.reference)
    assert not [word for word in told if word.lower() in answer.get_data(as_text=True).lower()]


def test_item_63_no_words_of_the_complaint_are_in_an_address_or_a_title(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(RECEIVED):
        signs_in(client, CODE)
        for url in ("/your-complaint", "/your-complaint/words", "/your-complaint/receipt", "/your-complaint/stage-2"):
            page = client.page(url)
            title = page.findtext(".//title") or ""
            assert complaint.reference not in title.replace(" ", "")
            assert "ceiling" not in title
            assert not [href for href in page.xpath("//a/@href") if complaint.reference in href]


def test_the_receipt_can_be_looked_at_again_after_a_refusal(client: CheckingClient, town: Town) -> None:
    complaint = town.complains()
    town.refused(complaint)
    let_in_resident(client, town.register, complaint)
    assert "Our answer comes after that" not in words_of(client.page("/your-complaint/receipt"))
