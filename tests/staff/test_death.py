"""A resident has died: nothing more goes to them, the complaint goes on, and somebody deals with the estate (ruling 4)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of
from portal.complaints.representing import name_representative, tell_of_representative
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_party, let_in_resident
from tests.letters.read_again import by_pdfium
from tests.staff.conftest import SignIn
from tests.staff.test_casework import url
from tests.staff.test_printing import file_of
from tests.town import CODE, Town, answering
from tests.world import World

TODAY = date(2026, 5, 15)
BY_POST: dict[str, Any] = {"safe_contact": {"channels": ["email", "post"], "email": "s.haddad@mail.example", "post": "14 Quarry Bank"}}
ESTATE = {
    "name": "Rana Haddad", "who": "executor", "shown": "The will of 3 March 2021.", "way": "post", "post": "2 Lock Row\nThornby",
    "phone": "01632 960222",
}  # fmt: skip


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """Acknowledged by the handler on Monday 11 May, sent by email and post; today is Friday 15 May."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains(**BY_POST)
        town.acknowledged(made)
    with clock.at(TODAY):
        yield made


def died(browser: CheckingClient, complaint: Complaint, on: str = "13 May 2026") -> str:
    """Somebody writes it down; what the page of the complaint then says."""
    assert browser.send(url(complaint, "death"), {"on": on}).location == url(complaint)
    return words_of(browser.page(url(complaint)))


def again(town: Town, complaint: Complaint) -> Complaint:
    town.register.rollback()
    town.register.expire_all()
    return complaint


def test_ruling_04_messages_to_somebody_who_died_stop_at_once_and_the_complaint_and_its_dates_go_on(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    before, due = deadlines_of(complaint), complaint.next_due
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    assert client.get("/your-complaint").status_code == 200
    page = died(signed_in(Role.TRIAGE), complaint)
    assert "They died on Wednesday 13 May 2026" in page and "nobody’s silence ends it" in page
    assert "Say who deals with the estate" in page
    assert client.get("/your-complaint").status_code in (302, 303), "whoever has their code comes in no more"
    assert client.send("/follow", {"code": CODE}).status_code == 422
    kept = again(town, complaint)
    assert deadlines_of(kept) == before and kept.next_due == due
    with town.writing():
        letter = operations.respond(kept, answering(1), by=town.viewer(Role.HANDLER))
    assert {one.state for one in letter.issues} == {"failed"}
    assert kept.next_due is not None, "an answer that reached nobody is still owed"
    assert not [one for one in kept.happenings if one.step is Step.WITHDRAWN]
    assert "13 May" not in str([one.details for one in kept.happenings if one.step is Step.DEATH_RECORDED])


def test_ruling_04_what_waited_to_be_posted_or_mailed_goes_no_more(town: Town, signed_in: SignIn) -> None:
    with clock.at(TODAY):
        made = town.complains(**BY_POST)
        assert {one.state for one in made.letters[0].issues} == {"waiting"}
        town.register.rollback()
        browser = signed_in(Role.TRIAGE)
        assert "Samira Haddad" in words_of(browser.page("/staff/letters"))
        died(browser, made)
        assert "Samira Haddad" not in words_of(browser.page("/staff/letters"))
    assert {one.state for one in again(town, made).letters[0].issues} == {"failed"}


def test_ruling_04_authority_that_they_gave_ends_in_every_complaint_of_theirs(town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        other = town.complains("The lift is out.", code="B" * 24, **BY_POST)
        with town.writing():
            for each in (complaint, other):
                operations.match_person(each, by=town.viewer(Role.TRIAGE), person=complaint.resident.person if each is other else None, landlord_record="T1")
            told = operations.ActingFor(name="Ilse Brandt", how="asked", safe_contact={"channels": ["email"], "email": "ilse@mail.example"})
            acting = name_representative(other, told, code="Q" * 24, language="en")
            tell_of_representative(other, acting, by=town.resident(other))
            operations.show_authority(other, acting, by=town.viewer(Role.MANAGER), proof="Her letter.")
    let_in_party(client, town.register, acting)
    town.register.rollback()
    assert client.get("/for-somebody").status_code == 200
    died(signed_in(Role.HANDLER), complaint)
    assert client.get("/for-somebody").status_code in (302, 303)
    assert [one.step for one in again(town, other).happenings][-1] is Step.DEATH_RECORDED
    page = words_of(signed_in(Role.MANAGER).page(url(other)))
    assert "They died on Wednesday 13 May 2026" in page and "Ilse Brandt" in page and "Ended" in page


def test_ruling_04_a_manager_names_who_deals_with_the_estate_and_they_get_the_letters(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    died(signed_in(Role.HANDLER), complaint)
    with town.writing():
        missed = operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))
    town.register.rollback()
    assert signed_in(Role.HANDLER).get(url(complaint, "estate")).status_code == 403
    manager = signed_in(Role.MANAGER)
    assert manager.send(url(complaint, "estate"), ESTATE | {"language": "xx"}).status_code == 422
    with town.writing():
        complaint.resident.person.language = complaint.language = "pl"
    assert manager.send(url(complaint, "estate"), ESTATE | {"language": "cy"}).location == url(complaint)
    page = words_of(manager.page(url(complaint)))
    for said in ("Letters go to Rana Haddad", "An executor named in the will", "The will of 3 March 2021.", "01632 960222"):
        assert said in page, said
    kept = again(town, complaint)
    told = kept.letters[-1]
    words = as_text(told.body["in_english"])
    assert told.language == "cy", "theirs, and not that of the complaint"
    assert told.kind == "estate" and [(one.party.name, one.channel, one.state) for one in told.issues] == [("Rana Haddad", "post", "waiting")]
    for said in ("Dear Rana Haddad", "We are sorry that Samira Haddad has died.", "You do not have to do anything to keep it going"):
        assert said in words, said
    assert [(one.party.name, one.state) for one in missed.issues if one.state == "waiting"] == [("Rana Haddad", "waiting")]
    slips = words_of(manager.page("/staff/letters"))
    assert "Rana Haddad" in slips


def test_ruling_04_until_the_estate_has_a_contact_a_letter_greets_whoever_deals_with_it_and_nobody_who_died(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    before = complaint.letters[-1]
    died(signed_in(Role.HANDLER), complaint)
    with town.writing():
        missed = operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))
    words = as_text(missed.body)
    assert "To whoever deals with the estate of Samira Haddad," in words and "In this letter “you” and “your complaint” are theirs." in words
    assert "Dear" not in words and missed.body["to"] == ["Whoever deals with the estate of Samira Haddad"]
    assert "Dear Samira Haddad," in as_text(before.body), "what was written to them stays as it was"
    manager = signed_in(Role.MANAGER)
    manager.send(url(complaint, "estate"), ESTATE)
    printed = by_pdfium(file_of(signed_in(Role.TRIAGE))).splitlines()
    sheets = [[line.strip() for line in printed[max(at - 2, 0) : at + 2]] for at, line in enumerate(printed) if line.strip() == "2 Lock Row"]
    assert ["Whoever deals with the estate of Samira Haddad", "Rana Haddad", "2 Lock Row", "Thornby"] in sheets, sheets
    to_her = [each for each in sheets if "estate" not in each[0]]
    assert to_her and all(each.count("Rana Haddad") == 1 for each in to_her), "a letter to her says her name once"


def test_ruling_04_it_is_never_withdrawn_by_silence_and_the_answer_goes_to_the_estate(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    died(signed_in(Role.HANDLER), complaint)
    signed_in(Role.MANAGER).send(url(complaint, "estate"), ESTATE)
    with clock.at(date(2026, 5, 26)):
        kept = again(town, complaint)
        letter = town.answered(kept)
        assert kept.answered_on == date(2026, 5, 26)
        assert "Dear Rana Haddad" in as_text(letter.body) and "the estate of Samira Haddad" in as_text(letter.body)
    with clock.at(date(2027, 5, 26)):
        assert not [one for one in again(town, complaint).happenings if one.step is Step.WITHDRAWN]


def test_ruling_04_a_mistake_is_put_right_and_letters_go_to_them_again(town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint) -> None:
    died(signed_in(Role.HANDLER), complaint)
    manager = signed_in(Role.MANAGER)
    manager.send(url(complaint, "estate"), ESTATE)
    assert manager.send(url(complaint, "death/mistake"), {"why": "She rang us this morning."}).location == url(complaint)
    page = words_of(manager.page(url(complaint)))
    assert "They died on" not in page and "wrote down that the resident has not died" in page
    kept = again(town, complaint)
    assert kept.addressee is kept.resident and kept.resident.person.died_on is None
    town.register.rollback()
    assert client.send("/follow", {"code": CODE}).status_code == 303


def test_a_death_on_a_day_to_come_and_an_estate_without_one_are_refused(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.MANAGER)
    answer = browser.send(url(complaint, "death"), {"on": "16 May 2026"})
    assert answer.status_code == 422 and "This day has not come yet." in words_of(answer.get_data(as_text=True))
    assert browser.get(url(complaint, "estate")).location == url(complaint)
    contact = operations.EstateContact("Rana Haddad", "executor", "The will.", {"channels": ["post"], "post": "2 Lock Row"})
    with pytest.raises(RuleBroken, match="Nobody has written down that they died"), town.writing():
        operations.name_estate_contact(complaint, contact, by=town.viewer(Role.MANAGER))
    with pytest.raises(RuleBroken, match="has not come yet"), town.writing():
        operations.record_death(complaint, date(2026, 5, 16), by=town.viewer(Role.MANAGER))


def test_how_the_letters_go_is_asked_beside_its_own_box(signed_in: SignIn, complaint: Complaint) -> None:
    manager = signed_in(Role.MANAGER)
    died(manager, complaint)
    for way, said in (("email", "Write their email address"), ("post", "Write their address for letters")):
        answer = manager.send(url(complaint, "estate"), ESTATE | {"way": way, "post": "", "email": ""})
        assert answer.status_code == 422 and said in words_of(answer.get_data(as_text=True))


def test_the_worker_sends_nothing_more_and_the_estate_hears_by_email(world: World) -> None:
    town = world.town
    world.day_is(TODAY)
    made = town.complains(**BY_POST)
    with town.writing():
        operations.record_death(made, date(2026, 5, 13), by=town.viewer(Role.TRIAGE))
    town.register.rollback()
    assert world.letters_go_out() == 0
    contact = operations.EstateContact("Rana Haddad", "executor", "The will.", {"channels": ["email"], "email": "rana@mail.example"})
    with town.writing():
        operations.name_estate_contact(made, contact, by=town.viewer(Role.MANAGER))
    town.register.rollback()
    assert world.letters_go_out() == 2, "the letter to her, and the receipt that reached nobody"


def test_the_page_of_somebody_who_died_offers_nothing_that_would_go_to_them(signed_in: SignIn, complaint: Complaint) -> None:
    manager = signed_in(Role.MANAGER)
    before = words_of(manager.page(url(complaint)))
    assert "Write to them on their page" in before and "Give them a new access code" in before
    after = died(manager, complaint)
    assert "Write to them on their page" not in after and "Give them a new access code" not in after
    assert "Nobody is written down who deals with the estate, so letters wait." in after
