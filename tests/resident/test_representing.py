"""Complaining for somebody else: the clock starts at once, and nobody sees more than they may (rulings 1, 5)."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Person
from portal.letters.structure import as_text
from portal.rules import editions
from portal.rules.letters import required_parts
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import answers, complains, signs_in
from tests.town import Town

THEM: dict[str, Any] = {
    "name": "Edna Marsh", "how": "asked", "can_show": "not_yet", "email": "", "phone": "", "post": "2 Low Row\nThornby",
}  # fmt: skip
FOR_EDNA: dict[str, Any] = {"name": {"name": "Rhys Marsh", "whom": "other"}, "them": THEM}
PAGE = "/for-somebody"


def for_edna(client: CheckingClient) -> None:
    """Rhys complains for Edna."""
    answers(client, **FOR_EDNA)
    client.send("/complain/files", form=-1)
    assert client.send("/complain/check").location == PAGE


def the_complaint(town: Town) -> Complaint:
    """The one complaint there is."""
    town.register.rollback()
    return town.register.query(Complaint).one()


def test_ruling_5_the_clock_starts_at_once_and_the_answers_go_to_the_resident(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        for_edna(client)
        said = words_of(client.page(PAGE))
    assert "By Monday 18 May 2026, to say how we understand the complaint" in said and "with our answer" in said and "nobody rang back" in said and "Your access code" in said
    complaint = the_complaint(town)
    assert (complaint.resident.name, complaint.received_on, complaint.next_due) == ("Edna Marsh", date(2026, 5, 11), date(2026, 5, 18))
    assert {issue.party_id for letter in complaint.letters for issue in letter.issues} == {complaint.resident.id}
    assert complaint.resident.channels == ["post"] and complaint.resident.postal_address == "2 Low Row\nThornby"


def test_ruling_1_person_home_and_party_are_three_things(client: CheckingClient, town: Town) -> None:
    for_edna(client)
    complaint = the_complaint(town)
    assert [(each.part, each.person.name) for each in complaint.parties] == [("resident", "Edna Marsh"), ("representative", "Rhys Marsh")]
    assert complaint.home is not None and complaint.home.address.startswith("14 Quarry Bank")
    assert complaint.relationship_to_landlord == "tenant"
    assert town.register.query(Person).count() == 2


def test_ruling_2_until_they_are_matched_pages_show_what_they_wrote_and_dates_and_the_clock_runs(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        complains(client)
        said = words_of(client.page("/your-complaint"))
    complaint = the_complaint(town)
    assert not complaint.resident.is_matched and complaint.next_due == date(2026, 5, 18)
    assert "You will hear from us by Monday 18 May 2026" in said


def test_ruling_5_a_representative_whose_authority_is_not_shown_sees_their_own_words_and_dates_only(
    client: CheckingClient, town: Town
) -> None:
    with clock.at(date(2026, 5, 11)):
        for_edna(client)
    complaint = the_complaint(town)
    town.acknowledged(complaint, on=date(2026, 5, 12))
    town.register.rollback()
    with clock.at(date(2026, 5, 11)):
        said = words_of(client.page(PAGE))
        assert "The bedroom ceiling has leaked since February." not in said and "Letters to them" not in said
        for url in ("/your-complaint", "/your-complaint/letters/1", "/your-complaint/messages", "/your-complaint/stage-2"):
            assert client.get(url).status_code == 403, url
        assert client.get(f"{PAGE}/letters/1").status_code == 404


def test_ruling_5_unresolved_authority_is_no_ground_for_refusal() -> None:
    for edition in (editions.in_force(date(2023, 1, 1)), editions.in_force(date(2026, 1, 1))):
        assert not [ground.id for ground in edition.grounds if "author" in ground.id or "represent" in ground.id]


def judged(client: CheckingClient, town: Town, decision: str, reason: str) -> str:
    """Staff settle whether Rhys may act; answers what their case page then says."""
    complaint = the_complaint(town)
    party = complaint.parties[1].id
    case = f"/staff/complaints/{complaint.reference}"
    town.register.rollback()
    staff = client.application.test_client()
    assert isinstance(staff, CheckingClient)
    let_in_staff(staff, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    assert "says: “They asked me to.” Not shown yet" in words_of(staff.page(case))
    answer = staff.send(f"{case}/representatives/{party}", {"decision": decision, "reason": reason})
    assert answer.status_code == 303, words_of(answer.get_data(as_text=True))
    return words_of(staff.page(case))


def test_ruling_5_once_it_was_shown_they_read_the_letters_and_the_resident_is_told(client: CheckingClient, town: Town) -> None:
    for_edna(client)
    assert "Shown" in judged(client, town, "shown", "A signed note, which Edna confirmed when we rang her.")
    said = words_of(client.page(PAGE))
    assert "You may act for Edna Marsh." in said and "Letters to them" in said
    assert client.get(f"{PAGE}/letters/1").status_code == 200
    letter = the_complaint(town).letters[-1]
    assert letter.kind == "representative" and "Rhys Marsh acts for you" in as_text(letter.body)
    assert client.get(f"{PAGE}/letters/{letter.number}").status_code == 404


def test_ruling_5_declining_goes_with_its_reason_to_the_resident_alone(client: CheckingClient, town: Town) -> None:
    for_edna(client)
    why = "Edna told us that she does not want him to see anything."
    assert "Declined" in judged(client, town, "declined", why)
    said = words_of(client.page(PAGE))
    assert why not in said and "We deal with the person it is about" in said and "nobody rang back" in said
    letter = the_complaint(town).letters[-1]
    assert why in as_text(letter.body) and "We have not told them why." in as_text(letter.body)
    assert {issue.party_id for issue in letter.issues} == {the_complaint(town).resident.id}


def test_ruling_7_item_50_the_case_opens_under_its_authority_read_again_on_each_request(client: CheckingClient, town: Town) -> None:
    for_edna(client)
    judged(client, town, "shown", "A note.")
    assert client.get(f"{PAGE}/letters/1").status_code == 200
    complaint = the_complaint(town)
    with town.writing():
        operations.decline(complaint, complaint.parties[1], by=town.viewer(Role.HANDLER), reason="She changed her mind.")
    town.register.rollback()
    assert client.get(f"{PAGE}/letters/1").status_code == 404
    with town.writing():
        the_complaint_party = town.register.query(Complaint).one().parties[1]
        the_complaint_party.until = clock.now()
    town.register.rollback()
    assert client.get(PAGE).location == "/follow"


@pytest.mark.parametrize("kind", ["authority_request", "representative"])
def test_every_part_of_the_letters_about_who_acts_is_in_them(client: CheckingClient, town: Town, kind: str) -> None:
    for_edna(client)
    judged(client, town, "declined", "No.")
    complaint = the_complaint(town)
    letter = next(each for each in complaint.letters if each.kind == kind)
    asked = {part.id for part in required_parts(editions.edition(complaint.edition), kind, 1)}
    assert asked and asked <= {block.get("part") for block in letter.body["blocks"]}


def test_what_cannot_be_read_of_them_is_told_beside_its_box_and_kept(client: CheckingClient) -> None:
    client.send("/complain/name", FOR_EDNA["name"])
    answer = client.send("/complain/them", THEM | {"name": "", "email": "edna at home"})
    said = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Write their name, or what they are called" in said and "Write their email address" in said and "2 Low Row" in said


def test_who_complains_for_themselves_is_asked_of_nobody_else(client: CheckingClient) -> None:
    assert client.send("/complain/name", {"name": "Samira"}).location == "/complain/home"
    assert signs_in(client, "0" * 24).status_code == 422


BY_POST: dict[str, Any] = {"reach": {"channels": ["post"]}}


def test_ruling_5_whoever_speaks_for_somebody_is_asked_where_their_own_letters_go_and_never_offered_the_resident_s_home(client: CheckingClient, town: Town) -> None:
    answers(client, **FOR_EDNA, **BY_POST, details={"post": "5 Mill Lane\nThornby"})
    page = words_of(client.page("/complain/details"))
    assert "These are your own details" in page and "Where I live" not in page
    for fields in ({"post": ""}, {"where": "same", "post": " "}):
        answer = client.send("/complain/details", fields)
        assert answer.status_code == 422 and "Write the address we should send letters to" in words_of(answer.get_data(as_text=True))
    client.send("/complain/files", form=-1)
    assert client.send("/complain/check").location == PAGE
    edna, rhys = the_complaint(town).parties
    assert rhys.postal_address == "5 Mill Lane\nThornby" and edna.postal_address == "2 Low Row\nThornby"
    town.register.rollback()


def test_ruling_5_what_somebody_said_of_where_they_live_holds_no_more_once_it_is_about_somebody_else(client: CheckingClient, town: Town) -> None:
    answers(client, **BY_POST, details={"where": "same"})
    client.send("/complain/name", FOR_EDNA["name"])
    client.send("/complain/them", THEM)
    assert client.get("/complain/check").location == "/complain/details?then=check"
    assert client.send("/complain/details?then=check", {"post": "5 Mill Lane\nThornby"}).location == "/complain/check"
    assert "Where I live" not in words_of(client.page("/complain/check"))
    assert client.send("/complain/check").location == PAGE
    assert [each.postal_address for each in the_complaint(town).parties] == ["2 Low Row\nThornby", "5 Mill Lane\nThornby"]
    town.register.rollback()


OWN_WAYS: dict[str, Any] = {"channels": ["email", "phone"]}
OWN: dict[str, Any] = {"email": "rhys@example.org", "phone": "01632 960 111", "times": "", "voicemail": "no", "say_who": "no"}
THE_SAME = [{"email": " Rhys@Example.org "}, {"phone": "+44 1632 960111"}]
"""What is Rhys’s own, written again another way."""


@pytest.mark.parametrize("same", THE_SAME)
def test_whoever_speaks_for_somebody_gives_their_own_way_as_theirs_neither_first_nor_afterwards(client: CheckingClient, same: dict[str, str]) -> None:
    answers(client, **FOR_EDNA | {"them": THEM | same, "reach": OWN_WAYS})
    refused = client.send("/complain/details", OWN)
    assert refused.status_code == 422 and "for somebody you speak for" in words_of(refused.get_data(as_text=True))
    assert client.get("/complain/check").location == "/complain/details?then=check", "nor is it sent so"
    assert client.send("/complain/them", THEM).status_code == 303
    assert client.send("/complain/details", OWN).status_code == 303
    refused = client.send("/complain/them", THEM | same)
    said = words_of(refused.get_data(as_text=True))
    assert refused.status_code == 422 and "for yourself. This box is for theirs. Leave it empty if they have none of their own" in said
    assert "2 Low Row" in said, "what was written stays"


def test_whoever_complains_for_themselves_may_write_any_address(client: CheckingClient) -> None:
    answers(client, **FOR_EDNA | {"them": THEM | THE_SAME[0], "reach": OWN_WAYS})
    assert client.send("/complain/name", {"name": "Rhys Marsh", "whom": "self"}).status_code == 303
    assert client.send("/complain/details", OWN).status_code == 303
