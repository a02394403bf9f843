"""Late is said on the resident's page on the day after, at each stage, with what they can do; and the way to stage 2 never closes."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_case import matched, page_of
from tests.town import ACKNOWLEDGING, CODE, Town

MAY_20, OVERDUE = date(2026, 5, 20), date(2026, 6, 5)
MORE = {"reason": "The tiles come from abroad.", "new_date": "2026-06-11", "interval": 5, "interval_agreed": "You agreed this by phone."}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Received on Monday 18 May, its person matched."""
    with clock.at(date(2026, 5, 18)):
        return matched(town, town.complains())


def acknowledged(town: Town, complaint: Complaint) -> None:
    """Acknowledged on 20 May; the answer is due on Thursday 4 June."""
    town.acknowledged(complaint, on=MAY_20)


def extended(town: Town, complaint: Complaint) -> None:
    """Its answer put back to Thursday 11 June."""
    acknowledged(town, complaint)
    with clock.at(date(2026, 6, 2)), town.writing():
        operations.extend(complaint, MORE, by=town.viewer(Role.HANDLER))


def at_stage_2(town: Town, complaint: Complaint) -> None:
    """Answered on 22 May; stage 2 asked for on 26 May, to be acknowledged by Tuesday 2 June."""
    acknowledged(town, complaint)
    town.answered(complaint, on=date(2026, 5, 22))
    town.escalated(complaint, on=date(2026, 5, 26))


def acknowledged_at_stage_2(town: Town, complaint: Complaint) -> None:
    """Stage 2 acknowledged on 27 May; the final answer is due on Wednesday 24 June."""
    at_stage_2(town, complaint)
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 5, 27))


@pytest.mark.parametrize(
    ("lived", "due", "after", "heading", "stage_2"),
    [
        (None, date(2026, 5, 26), date(2026, 5, 27), "You should have heard from us by Tuesday 26 May 2026", True),
        (acknowledged, date(2026, 6, 4), OVERDUE, "You should have had our answer by Thursday 4 June 2026", True),
        (extended, date(2026, 6, 11), date(2026, 6, 12), "You should have had our answer by Thursday 11 June 2026", True),
        (at_stage_2, date(2026, 6, 2), date(2026, 6, 3), "You should have heard from us by Tuesday 2 June 2026", False),
        (acknowledged_at_stage_2, date(2026, 6, 24), date(2026, 6, 25), "You should have had our final answer by Wednesday 24 June 2026", False),
    ],
)
def test_ruling_32_late_is_said_the_day_after_with_what_they_can_do(
    client: CheckingClient, town: Town, complaint: Complaint, lived: object, due: date, after: date, heading: str, stage_2: bool
) -> None:
    if callable(lived):
        lived(town, complaint)
    before = page_of(client, town, due)
    assert "working day late" not in before and "What you can do now" not in before
    said = page_of(client, town, after)
    assert f"{heading} 1 working day late" in said
    for words in ("That is our fault, and we are sorry.", "What you can do now", "Ask the Housing Ombudsman", "Speak to someone"):
        assert words in said, words
    assert ("Ask for stage 2" in said) is stage_2
    assert said.index("What you can do now") < said.index("Where it is now")


def test_ruling_32_news_goes_on_until_the_answer_and_not_until_a_day_that_has_gone(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    extended(town, complaint)
    assert "Until then we write to you with news at least every 5 working days." in page_of(client, town, date(2026, 6, 11))
    assert "Until we answer we write to you with news at least every 5 working days." in page_of(client, town, date(2026, 6, 12))


def test_ruling_36_the_way_to_stage_2_never_expires(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    acknowledged(town, complaint)
    town.answered(complaint, on=date(2026, 5, 22))
    with clock.at(date(2027, 11, 22)):
        signs_in(client, CODE)
        assert client.send("/your-complaint/stage-2").status_code == 303
    town.register.rollback()
    town.register.expire_all()
    assert complaint.stage == 2


def asked_when_overdue(client: CheckingClient, town: Town, complaint: Complaint) -> str:
    """Stage 2 asked for in two presses the day after stage 1 was due; the address of the case."""
    acknowledged(town, complaint)
    town.register.rollback()
    with clock.at(OVERDUE):
        signs_in(client, CODE)
        (button,) = client.page("/your-complaint").xpath("//main//a[@class='button']/@href")
        assert client.send(button).status_code == 303
    town.register.rollback()
    url = f"/staff/complaints/{complaint.reference}"
    town.register.rollback()
    return url


def test_ruling_37_stage_1_can_still_be_answered_when_stage_2_was_asked_for(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    url = asked_when_overdue(client, town, complaint)
    with clock.at(OVERDUE):
        let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        town.register.rollback()
        assert client.page(url).xpath(f"//a[@href='{url}/response']"), "whoever has stage 1 still answers it"
    town.register.rollback()
    town.answered(complaint, on=date(2026, 6, 8))
    said = page_of(client, town, date(2026, 6, 8))
    assert "We answered your complaint." in said and "You will hear from us by Friday 12 June 2026" in said


def test_ruling_37_or_stage_2_opens_with_stage_1_unanswered_and_the_delay_as_a_point(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    url = asked_when_overdue(client, town, complaint)
    with clock.at(OVERDUE):
        town.given_to(complaint, Role.REVIEWER)
        let_in_staff(client, town.register, town.staff[Role.REVIEWER], Role.REVIEWER)
        town.register.rollback()
        page = client.page(f"{url}/acknowledgement")
        assert "Stage 1 was not answered" in words_of(page)
        points = [each.text_content().strip() for each in page.xpath("//textarea[starts-with(@name, 'p') and contains(@name, '-text')]")]
        assert points[-1] == "We did not answer at stage 1. The answer was due by Thursday 4 June 2026."
        assert len(points) == 3
        written = {**ACKNOWLEDGING, "points": [*ACKNOWLEDGING["points"], {"number": 3, "text": points[-1], "responsibility": "ours"}]}
        with town.writing():
            operations.acknowledge(complaint, written, by=town.viewer(Role.REVIEWER))
    said = page_of(client, town, OVERDUE)
    assert "We did not answer at stage 1." in said and "You will have our final answer by Friday 3 July 2026" in said
    assert "Our answer was due, and we did not send it" in said, "it stays on the record"
    town.register.rollback()
    assert Step.RESPONDED not in [one.step for one in complaint.happenings]


def test_ruling_54_for_somebody_who_chose_the_page_alone_a_letter_is_issued_when_it_is_there(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    with clock.at(MAY_20):
        town.given_to(complaint)
        with town.writing():
            letter = operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
        assert [(each.channel, each.state, each.issued_on) for each in letter.issues] == [("page", "issued", MAY_20)]
        by_mail = town.complains(code="E" * 24, safe_contact={"channels": ["email"], "email": "s@mail.example"})
        assert [each.state for each in by_mail.letters[0].issues] == ["waiting"], "where a notice goes, it counts once that is accepted"
    assert "The bedroom ceiling has leaked since February." in page_of(client, town, MAY_20, "/your-complaint/letters/2")
