"""Somebody says which language we use with them: for pages, letters, mail; on their page, or by telling staff; it is kept with them alone."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.record import EventWords
from portal.complaints.verify import first_fault
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_party, let_in_resident, let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_codes import other
from tests.staff.test_logging import HEARD
from tests.staff.test_logging import TODAY as TUESDAY
from tests.town import CODE, Town

CHOOSE = "/your-complaint/language"
CASE = "/your-complaint"
SAID = "The language that we use with you was changed."
pytestmark = pytest.mark.usefixtures("few_words")


def language_of(complaint: Complaint, town: Town) -> str:
    """The language that the resident's record has."""
    town.register.rollback()
    found = complaint.resident.person.language
    town.register.rollback()
    return found


def chosen(complaint: Complaint, town: Town) -> list[tuple[str, dict[str, object]]]:
    """Each change of a language in a complaint's record: by whom, and what its event says."""
    town.register.rollback()
    found = [(one.by.split(":")[0], dict(one.details)) for one in complaint.happenings if one.step is Step.LANGUAGE_CHOSEN]
    town.register.rollback()
    return found


def test_item_56_somebody_signed_in_chooses_and_pages_letters_and_the_record_follow(client: CheckingClient, town: Town) -> None:
    complaint = town.complains()
    let_in_resident(client, town.register, complaint)
    page = client.page("/your-complaint/contact")
    assert page.xpath(f"//main//a[@href='{CHOOSE}']") and page.xpath(f"//nav//a[@href='{CHOOSE}']")
    radios = client.page(CHOOSE).xpath("//label/bdi")
    assert [(each.text, each.get("lang"), each.get("dir")) for each in radios] == [
        ("English", "en", "ltr"), ("Cymraeg", "cy", "ltr"), ("Polski", "pl", "ltr"), ("اردو", "ur", "rtl"),
    ]  # fmt: skip
    assert client.send(CHOOSE, {"language": "pl"}).location == f"{CHOOSE}?saved=yes"
    assert language_of(complaint, town) == "pl"
    saved = client.page(f"{CHOOSE}?saved=yes")
    assert saved.get("lang") == "pl" and "Changed. It holds from now on." in words_of(saved)
    assert client.page("/").get("lang") == "pl"
    town.acknowledged(complaint)
    assert [letter.language for letter in complaint.letters] == ["en", "pl"]
    assert complaint.language == "en", "the language that it came in stays"
    assert first_fault(town.register) is None


def test_the_record_says_that_it_changed_and_keeps_which_apart(client: CheckingClient, town: Town) -> None:
    complaint = town.complains()
    let_in_resident(client, town.register, complaint)
    client.send(CHOOSE, {"language": "pl"})
    assert chosen(complaint, town) == [("party", {})]
    words = town.register.scalars(select(EventWords).order_by(EventWords.number.desc())).first()
    assert words is not None and "pl" in str(words.words)
    town.register.rollback()
    assert SAID in words_of(client.page(CASE))
    client.send(CHOOSE, {"language": "pl"})
    assert len(chosen(complaint, town)) == 1, "what it was already is no change"


@pytest.mark.parametrize("bad", ["", "xx", "en@pseudo", "so", "../en"])
def test_a_language_that_is_not_offered_is_refused_in_words(client: CheckingClient, town: Town, bad: str) -> None:
    complaint = town.complains()
    let_in_resident(client, town.register, complaint)
    answer = client.send(CHOOSE, {"language": bad})
    assert answer.status_code == 422 and "Choose one of the answers" in answer.get_data(as_text=True)
    assert language_of(complaint, town) == "en"


def test_whoever_acts_for_the_resident_has_a_language_of_their_own(client: CheckingClient, app: Flask, town: Town) -> None:
    acting = operations.ActingFor(name="Rhys Marsh", how="with_me", safe_contact={"channels": ["portal"]})
    complaint = town.complains(acting=acting)
    party = next(each for each in complaint.parties if each.part == "representative")
    let_in_party(client, town.register, party)
    assert client.send(CHOOSE, {"language": "ur"}).status_code == 303
    town.register.rollback()
    assert (party.person.language, complaint.resident.person.language) == ("ur", "en")
    assert chosen(complaint, town) == [("party", {"party": party.id})]
    let_in_resident(resident := other(app), town.register, complaint)
    assert SAID not in words_of(resident.page(CASE)), "that is theirs alone"


def test_staff_write_down_what_they_were_told_with_how_and_in_what_words(client: CheckingClient, town: Town) -> None:
    complaint = town.complains()
    url = f"/staff/complaints/{complaint.reference}"
    let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    assert client.page(url).xpath(f"//a[@href='{url}/language']")
    answer = client.send(f"{url}/language", {"language": "pl", "came": "call", "words": ""})
    assert answer.status_code == 422 and "Write what they said" in answer.get_data(as_text=True)
    assert client.send(f"{url}/language", {"language": "pl", "came": "call", "words": "Please write to me in Polish."}).status_code == 303
    assert language_of(complaint, town) == "pl"
    assert chosen(complaint, town) == [("staff", {"contact": complaint.contacts[0].id})]
    assert (complaint.contacts[0].kind, complaint.contacts[0].words) == ("call", "Please write to me in Polish.")
    town.register.rollback()
    assert "Polish" in words_of(client.page(url))


def test_whoever_takes_a_complaint_down_says_which_language_its_receipt_is_in(client: CheckingClient, town: Town) -> None:
    let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    with clock.at(TUESDAY):
        assert client.send("/staff/log", HEARD | {"language": "xx"}).status_code == 422
        assert client.send("/staff/log", HEARD | {"language": "pl"}).status_code == 200
    complaint = town.register.scalars(select(Complaint)).one()
    assert (complaint.resident.person.language, complaint.letters[0].language) == ("pl", "pl")
    assert "in_english" in complaint.letters[0].body


def test_nobody_of_staff_changes_it_without_saying_how_they_were_told(town: Town) -> None:
    complaint = town.complains()
    with pytest.raises(RuleBroken, match="Only the resident"), town.writing():
        operations.choose_language(complaint, "pl", by=town.viewer(Role.HANDLER))


def test_coming_in_takes_the_language_of_the_record_unless_one_was_chosen_here(client: CheckingClient, app: Flask, town: Town) -> None:
    town.complains(language="pl")
    town.register.rollback()
    signs_in(client, CODE)
    assert client.page(CASE).get("lang") == "pl"
    here = other(app)
    here.get("/?lang=cy")
    signs_in(here, CODE)
    assert here.page(CASE).get("lang") == "cy"


def test_a_choice_holds_in_the_other_complaints_of_the_same_person(client: CheckingClient, town: Town) -> None:
    first, second = town.complains(code="A" * 24), town.complains(code="B" * 24)
    with town.writing():
        operations.match_person(second, by=town.viewer(Role.TRIAGE), person=first.resident.person, landlord_record="")
    let_in_resident(client, town.register, first)
    client.send(CHOOSE, {"language": "cy"})
    town.acknowledged(second)
    assert second.letters[-1].language == "cy"
