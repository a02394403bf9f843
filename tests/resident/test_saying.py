"""What they think of our answer: an offer taken or not, a promise that is not kept; on the page, or by phone."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.editions import edition
from portal.rules.reading import beginning
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_case import matched, page_of
from tests.town import CODE, Town, answering

NOT_DONE = "/your-complaint/not-done"
CALL, DAY = date(2026, 5, 26), date(2026, 5, 28)


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Answered on 22 May: £350 offered, and the tiles to be mended."""
    with clock.at(date(2026, 5, 18)):
        found = matched(town, town.complains())
    town.acknowledged(found, on=date(2026, 5, 20))
    town.answered(found, on=date(2026, 5, 22))
    town.register.rollback()
    return found


def staff(client: CheckingClient, town: Town, complaint: Complaint) -> str:
    """The handler is let in; the address of the case."""
    town.register.rollback()
    url = f"/staff/complaints/{complaint.reference}"
    with clock.at(DAY):
        let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    town.register.rollback()
    return url


def presses(client: CheckingClient, then: str) -> Any:
    """The resident comes in and presses one of the two buttons beside the offer."""
    with clock.at(DAY):
        signs_in(client, CODE)
        return client.send("/your-complaint", {"then": then}, form="/offers")


def as_it_is(town: Town, complaint: Complaint) -> Complaint:
    """The complaint, read again."""
    town.register.rollback()
    town.register.expire_all()
    return complaint


def test_ruling_23_an_offer_is_taken_in_one_press_and_stage_2_stays_open(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    said = page_of(client, town, DAY)
    assert "You can take an offer and still go to stage 2" in said and "£350" in said and "You have not said yet" in said
    assert presses(client, "accept").location == "/your-complaint#offered"
    said = page_of(client, town, DAY)
    assert "You accepted it on Thursday 28 May 2026" in said and "Ask for stage 2" in said and "You accepted what we offered." in said
    assert as_it_is(town, complaint).remedies[0].accepted_on == DAY
    town.register.rollback()
    with clock.at(DAY):
        assert client.send("/your-complaint/stage-2").status_code == 303
    assert as_it_is(town, complaint).stage == 2


def test_ruling_23_an_offer_not_wanted_can_still_be_taken_later(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    presses(client, "decline")
    assert "You did not want it, on Thursday 28 May 2026" in page_of(client, town, DAY)
    presses(client, "accept")
    remedy = as_it_is(town, complaint).remedies[0]
    assert (remedy.accepted_on, remedy.declined_on) == (DAY, None)
    url = staff(client, town, complaint)
    with clock.at(DAY):
        assert "Accepted" in words_of(client.page(url))


def test_an_offer_in_a_letter_that_has_not_gone_is_not_shown_yet(client: CheckingClient, town: Town) -> None:
    with clock.at(DAY):
        complaint = matched(town, town.complains(safe_contact={"channels": ["post"]}))
        town.acknowledged(complaint)
        with town.writing():
            operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))
    assert "£350" not in page_of(client, town, DAY)


def test_an_offer_that_is_not_theirs_or_not_there_is_answered_by_nobody(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(DAY):
        signs_in(client, CODE)
        for other in ({"offer": "999", "then": "accept"}, {"then": "perhaps"}):
            assert client.send("/your-complaint", other, form="/offers").status_code == 404
    assert Step.REMEDY_ACCEPTED not in [one.step for one in as_it_is(town, complaint).happenings]


def test_ruling_23_what_is_not_done_is_said_beside_the_promise_and_staff_see_to_it(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    with clock.at(CALL), town.writing():
        operations.complete_action(complaint, complaint.actions[0], by=town.viewer(Role.HANDLER), on=CALL, proof="Dean says so.")
    town.register.rollback()
    with clock.at(DAY):
        signs_in(client, CODE)
        assert "Choose what is not done" in words_of(client.send(NOT_DONE).get_data(as_text=True))
        page = client.page(NOT_DONE)
        assert "We told you that we did it on Tuesday 26 May 2026." in words_of(page)
        number = page.xpath("//input[@name='promise']/@value")[0]
        fields = form_values(pick_form(page, 0)) | {"promise": number, "words": "The rain still comes in."}
        assert [client.post(NOT_DONE, data=fields).location for _ in range(2)] == ["/your-complaint#promised"] * 2
    said = page_of(client, town, DAY)
    assert "You told us on Thursday 28 May 2026 that this is not done." in said and "You told us that this is not done. Mend the tiles" in said
    action = as_it_is(town, complaint).actions[0]
    assert action.done_on is None and complaint.all_done_on is None and complaint.waiting_since == DAY
    url = staff(client, town, complaint)
    with clock.at(DAY):
        page = words_of(client.page(url))
        assert "They say this is not done: Mend the tiles" in page and "The rain still comes in." in page
        assert "See to what Samira Haddad says is not done" in words_of(client.page("/staff/from-residents"))
        assert client.send(f"{url}/messages", {"words": "Dean comes again on Monday."}).status_code == 303
        page = words_of(client.page(url))
        assert "They say this is not done: Mend the tiles" not in page and "Seen to" in page
    assert as_it_is(town, complaint).actions[0].done_on is None, "a reply does not do it"


def test_where_nothing_was_promised_there_is_nothing_to_say_of_it(client: CheckingClient, town: Town) -> None:
    with clock.at(DAY):
        town.complains(code="E" * 24)
        signs_in(client, "E" * 24)
        assert client.get(NOT_DONE).location == "/your-complaint"


def rang(town: Town, complaint: Complaint, words: str = "She rang and told me.") -> int:
    """A call on 26 May is written down."""
    with clock.at(CALL), town.writing():
        number = operations.record_contact(
            complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Samira Haddad", words=words, on=CALL
        ).id
    town.register.rollback()
    return number


@pytest.mark.parametrize("takes", [True, False])
def test_ruling_17_an_offer_answered_by_phone_counts_from_the_call_and_is_confirmed(
    client: CheckingClient, town: Town, complaint: Complaint, takes: bool
) -> None:
    contact, remedy = rang(town, complaint), complaint.remedies[0].id
    url = staff(client, town, complaint)
    with clock.at(DAY):
        what = f"{'accept' if takes else 'decline'}-{remedy}"
        assert client.send(f"{url}/said", {"contact": str(contact), "what": what}).location == url
    found = as_it_is(town, complaint).remedies[0]
    assert (found.accepted_on or found.declined_on) == CALL
    letter = complaint.letters[-1]
    assert letter.kind == "agreed"
    said = page_of(client, town, DAY, f"/your-complaint/letters/{letter.number}")
    assert ("you accept this" if takes else "you do not want this") in said
    assert "Tuesday 26 May 2026" in said and "£350" in said and "You can still go to stage 2" in said
    parts = {block["part"] for block in letter.body["blocks"] if "part" in block}
    for code in ("housing-ombudsman-2022", "housing-ombudsman-2024"):
        assert {part.id for part in edition(code).stage(1).letters["agreed"]} <= parts


def test_ruling_17_stage_2_asked_by_phone_counts_from_the_call(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    contact = rang(town, complaint, "She wants somebody else to look.")
    url = staff(client, town, complaint)
    with clock.at(DAY):
        assert client.send(f"{url}/said", {"contact": str(contact), "what": "stage-2"}).location == url
    began = beginning(as_it_is(town, complaint).happenings, 2)
    assert began and began.on == CALL
    assert complaint.next_due == date(2026, 6, 2), "five working days from the call"
    said = page_of(client, town, DAY, f"/your-complaint/letters/{complaint.letters[-1].number}")
    assert "Tuesday 26 May 2026" in said and "She wants somebody else to look." in said


def test_ruling_17_a_withdrawal_by_phone_and_taking_it_up_again_count_from_their_calls(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 20)):
        complaint = matched(town, town.complains())
    contact = rang(town, complaint)
    url = staff(client, town, complaint)
    for what, step in (("withdraw", Step.WITHDRAWN), ("resume", Step.RESUMED)):
        with clock.at(DAY):
            assert client.send(f"{url}/said", {"contact": str(contact), "what": what}).location == url
        last = next(one for one in as_it_is(town, complaint).happenings[::-1] if one.step is step)
        assert (last.on, last.details["contact"], last.by[:5]) == (CALL, contact, "staff")
        assert "On Tuesday 26 May 2026 you told us" in page_of(client, town, DAY, f"/your-complaint/letters/{complaint.letters[-1].number}")
        staff(client, town, complaint)


def test_nothing_is_written_down_without_a_call_and_a_decision(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    url = staff(client, town, complaint)
    with clock.at(DAY):
        assert "First write down the call or visit." in words_of(client.page(f"{url}/said"))
        said = words_of(client.send(f"{url}/said").get_data(as_text=True))
    assert "Choose the call or visit in which they said it" in said and "Choose what they decided" in said
