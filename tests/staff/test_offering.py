"""Offering more after an answer, paying what was offered, and the list of it all."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.letters.structure import as_text
from portal.rules import editions
from portal.rules.editions.model import Edition
from portal.rules.letters import required_parts
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_casework import promised, url
from tests.town import Town

DAY = date(2026, 6, 20)
OFFER = {
    "reason": "The damp came back.", "kind": "money", "words": "For the second clean-up", "pounds": "80",
    "impact": "You cleaned it yourself.", "a1-what": "", "a1-owner": "", "a1-due_on": "",
}  # fmt: skip
WRITTEN = {"reason": "Damp.", "kind": "money", "words": "For the clean-up", "pence": 8000, "impact": "You cleaned it.", "actions": []}


def finally_answered(town: Town) -> Complaint:
    """A complaint after its final answer."""
    complaint = promised(town)
    town.escalated(complaint, on=date(2026, 6, 1))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 2))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 6, 12))
    return complaint


def test_ruling_27_more_is_offered_after_the_final_answer_in_a_letter_of_its_own(client: CheckingClient, town: Town, signed_in: SignIn) -> None:
    complaint = finally_answered(town)
    with clock.at(DAY):
        browser = signed_in(Role.REVIEWER)
        assert "Offer them something more" in words_of(browser.page(url(complaint)))
        read = browser.send(url(complaint, "offer"), OFFER | {"then": "read"})
        assert read.location == url(complaint, "offer/letter")
        assert "We offer you £80." in words_of(browser.page(read.location))
        assert browser.send(read.location).location == url(complaint)
        let_in_resident(client, town.register, complaint)
        page = words_of(client.page("/your-complaint"))
    assert "We offered you something more." in page
    said = as_text(complaint.letters[-1].body)
    for words in ("The damp came back.", "You cleaned it yourself.", "Accepting it does not stop you", "Mend the tiles"):
        assert words in said
    assert complaint.answered_on == date(2026, 6, 12), "the answer stands"
    assert [(one.stage, one.pence) for one in complaint.remedies][-1] == (2, 8000)


def test_what_an_offer_still_lacks_is_named_and_it_does_not_go(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    lacking = OFFER | {"impact": "", "a1-what": "Clean the wall", "a1-owner": "", "a1-due_on": "", "then": "read"}
    with clock.at(DAY):
        browser = signed_in(Role.HANDLER)
        read = words_of(browser.page(browser.send(url(complaint, "offer"), lacking).location or ""))
    assert "This cannot be sent yet" in read and "Send this letter" not in read
    for words in ("What this did to the resident", "Who will do it", "The day it will be done by"):
        assert words in read


def test_what_an_offer_promises_to_do_stands_on_the_list_of_promises(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    action = {"a1-what": "Clean the wall", "a1-owner": "Dean Cole", "a1-due_on": "30/6/26"}
    with clock.at(DAY):
        browser = signed_in(Role.HANDLER)
        browser.send(url(complaint, "offer"), OFFER | action | {"then": "read"})
        browser.send(url(complaint, "offer/letter"))
        assert "Clean the wall" in words_of(browser.page("/staff/actions"))
        assert form_values(pick_form(browser.page(url(complaint, "offer")), 0))["a1-what"] == "", "the next offer begins empty"
    town.register.rollback()
    assert "Clean the wall" in as_text(complaint.letters[-1].body)


def test_whoever_considered_stage_1_does_not_offer_at_stage_2(town: Town, signed_in: SignIn) -> None:
    complaint = finally_answered(town)
    with clock.at(DAY):
        assert signed_in(Role.HANDLER).get(url(complaint, "offer")).status_code == 403


def test_money_is_owed_until_it_is_paid_and_paid_once(client: CheckingClient, town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    remedy = complaint.remedies[0]
    address = url(complaint, "remedies", str(remedy.id))
    with clock.at(DAY):
        browser = signed_in(Role.HANDLER)
        assert "Pay £350, offered on Wednesday 20 May" in words_of(browser.page(url(complaint)))
        assert "To be paid (1)" in words_of(browser.page("/staff/remedies"))
        early = browser.send(address, {"on": "30/6/2026", "proof": "Payment 17."})
        assert early.status_code == 422 and "This day has not come yet" in words_of(early.get_data(as_text=True))
        filled = form_values(pick_form(browser.page(address), 0)) | {"on": "19/6/2026", "proof": "Payment 17."}
        assert [browser.post(address, data=filled).location for _ in range(2)] == [url(complaint)] * 2
        again = browser.send(address, {"on": "19/6/2026", "proof": "Payment 18."})
        assert again.status_code == 422 and "This has been paid already." in words_of(again.get_data(as_text=True))
        assert "Pay £350" not in words_of(browser.page(url(complaint)))
        assert "Paid Friday 19 June" in words_of(browser.page("/staff/remedies?show=paid"))
        let_in_resident(client, town.register, complaint)
        assert "We paid what we offered you." in words_of(client.page("/your-complaint"))
    town.register.rollback()
    assert remedy.paid_on == date(2026, 6, 19)


def test_ruling_23_money_that_they_accept_is_owed_by_a_day_like_an_action(client: CheckingClient, town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    with clock.at(DAY):
        with town.writing():
            operations.match_person(complaint, by=town.viewer(Role.TRIAGE), person=None, landlord_record="T100")
            operations.answer_offer(complaint, complaint.remedies[0], by=town.resident(complaint), takes=True)
        browser = signed_in(Role.HANDLER)
        assert "Pay Samira Haddad what they accepted" in words_of(browser.page("/staff/"))
        case = words_of(browser.page(url(complaint)))
        assert "Pay Samira Haddad what they accepted" in case and "to be paid by Friday 17 July" in case and "They accepted it" in case and case.count("Say it is paid") == 2
        let_in_resident(client, town.register, complaint)
        town.register.rollback()
        assert "You will have the money by Friday 17 July 2026" in words_of(client.page("/your-complaint"))
    with clock.at(date(2026, 7, 20)):
        due = words_of(signed_in(Role.HANDLER).page("/staff/due"))
        assert "Pay Samira Haddad what they accepted" in due and "1 working day late" in due
        let_in_resident(client, town.register, complaint)
        town.register.rollback()
        assert "We should have paid it by Friday 17 July 2026, and we are sorry" in words_of(client.page("/your-complaint"))
        signed_in(Role.HANDLER).send(url(complaint, "remedies", str(complaint.remedies[0].id)), {"on": "20/7/2026", "proof": "Payment 17."})
        assert "what they accepted" not in words_of(signed_in(Role.HANDLER).page("/staff/due"))
        assert "Paid on Monday 20 July 2026" in words_of(client.page("/your-complaint"))


def test_ruling_17_an_offer_accepted_by_phone_is_confirmed_with_the_day_of_the_money_counted_from_the_call(town: Town) -> None:
    complaint = promised(town)
    with clock.at(DAY), town.writing():
        told = operations.record_contact(
            complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Samira Haddad", words="Yes.", on=date(2026, 6, 18)
        )
        operations.answer_offer(complaint, complaint.remedies[0], by=town.viewer(Role.HANDLER), takes=True, said=told)
    assert "You will have the money by Thursday 16 July 2026." in as_text(complaint.letters[-1].body)
    with clock.at(DAY), town.writing():
        operations.answer_offer(complaint, complaint.remedies[0], by=town.viewer(Role.HANDLER), takes=False, said=told)
    assert complaint.next_step != "remedy paid" and "the money" not in as_text(complaint.letters[-1].body)


@pytest.mark.parametrize(
    ("change", "lists"),
    [
        ({}, {"to_pay", "no_reply", "all"}),
        ({"accepted_on": DAY}, {"to_pay", "accepted", "all"}),
        ({"declined_on": DAY}, {"declined", "all"}),
        ({"accepted_on": DAY, "paid_on": DAY}, {"accepted", "paid", "all"}),
    ],
)
def test_each_offer_stands_on_the_lists_it_belongs_to(change: dict[str, date], lists: set[str], town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    with town.writing():
        for name, on in change.items():
            setattr(complaint.remedies[0], name, on)
    browser = signed_in(Role.MANAGER)
    found = {
        name for name in ("to_pay", "no_reply", "accepted", "declined", "paid", "all")
        if "For the lost room" in words_of(browser.page(f"/staff/remedies?show={name}"))
    }  # fmt: skip
    assert found == lists


def test_a_remedy_without_money_is_not_paid(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    with town.writing():
        complaint.remedies[0].pence = None
    assert signed_in(Role.HANDLER).get(url(complaint, "remedies", str(complaint.remedies[0].id))).status_code == 404


@pytest.mark.parametrize("edition", editions.EDITIONS.values(), ids=lambda one: one.id)
@pytest.mark.parametrize("stage", [1, 2])
def test_the_offer_holds_what_every_edition_asks_of_it(edition: Edition, stage: int, town: Town) -> None:
    complaint = promised(town)
    with clock.at(DAY), town.writing():
        letter = operations.offer_more(complaint, WRITTEN, by=town.viewer(Role.HANDLER))
    asked = {part.id for part in required_parts(edition, "offer", stage)}
    assert asked and asked <= {block.get("part") for block in letter.body["blocks"]}
