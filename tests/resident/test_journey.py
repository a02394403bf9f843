"""A resident who has never been here complains, follows the complaint, and takes it to stage 2."""

from datetime import date

from flask import Flask

from portal import clock
from portal.complaints.models import Complaint
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import complains, signs_in
from tests.town import Town


def test_item_45_somebody_without_an_account_complains_and_knows_the_day_they_will_hear(client: CheckingClient) -> None:
    with clock.at(date(2026, 5, 18)):
        code = complains(client)
        receipt = words_of(client.page("/your-complaint/receipt"))
    assert len(code) == 24
    assert "Tuesday 26 May 2026" in receipt
    assert "Counting 5 working days" in receipt


def test_the_code_opens_the_complaint_in_another_browser(client: CheckingClient, app: Flask) -> None:
    code = complains(client)
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    assert signs_in(other, code.lower()).location == "/your-complaint"
    assert "You will hear from us by" in words_of(other.page("/your-complaint"))


def the_only_complaint(town: Town) -> Complaint:
    """The complaint that was raised in this test."""
    town.register.rollback()
    return town.register.query(Complaint).one()


def test_a_resident_reads_the_answer_and_takes_it_to_stage_2_with_two_presses(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 18)):
        code = complains(client)
    complaint = the_only_complaint(town)
    town.acknowledged(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 5, 21)):
        assert signs_in(client, code).status_code == 303
        assert "Thursday 4 June 2026" in words_of(client.page("/your-complaint"))
    town.answered(complaint, on=date(2026, 6, 3))
    with clock.at(date(2026, 6, 5)):
        signs_in(client, code)
        case = client.page("/your-complaint")
        assert "We answered on" in words_of(case)
        assert "The first order was closed by mistake" in words_of(client.page("/your-complaint/letters/3"))
        assert case.xpath("//main//a[contains(@class, 'button')]/@href")[0] == "/your-complaint/stage-2"
        assert client.send("/your-complaint/stage-2").status_code == 303
        assert "You have asked for stage 2" in words_of(client.page("/your-complaint/stage-2"))
        assert "Stage 2. We received your complaint on" in words_of(client.page("/your-complaint"))
