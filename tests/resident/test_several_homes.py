"""Several homes, one cause: one linked complaint each, made in one press, and nobody learns of a neighbour (ruling 3)."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import intake
from portal.complaints.models import Complaint
from portal.complaints.papers import Draft
from portal.complaints.people import Part, Person
from portal.complaints.sending import keep
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken
from tests import crawl
from tests.browser_client import CheckingClient, Fields, words_of
from tests.doors import let_in_resident, let_in_staff
from tests.resident.journeys import ANSWERS, code_on, signs_in
from tests.town import Town

EDNA: Fields = {"name": "Edna Marsh", "address": "2 Low Row\nThornby", "words": "My bath is black.", "email": "", "phone": "", "post": "2 Low Row"}
TOM: Fields = {"name": "Tom Okoro", "address": "3 Low Row\nThornby", "words": "", "email": "tom@example.org", "phone": "", "post": ""}
LEILA: Fields = {"name": "Leila Nasser", "address": "4 Low Row\nThornby", "words": "", "email": "", "phone": "", "post": ""}
OWN: Fields = {"mine": "y", "name": "", "address": "1 Low Row\nThornby", "words": "", "email": "", "phone": "", "post": ""}
MON_11 = date(2026, 5, 11)
HOMES = "/complain/homes"


def adds(client: CheckingClient, home: Fields, **button: str) -> str | None:
    """Put one home in the list; answers where that leads."""
    answer = client.send(HOMES, home | button, form=-1)
    assert answer.status_code == 303, words_of(answer.get_data(as_text=True))
    return answer.location


def complains_for(client: CheckingClient, *homes: Fields) -> str | None:
    """Rhys complains for several homes and sends it; answers where he is led."""
    client.send("/complain/danger", {"danger": "no"})
    assert client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"}).location == "/complain/group"
    assert client.send("/complain/group", {"how": "group", "can_show": "not_yet"}).location == HOMES
    for home in homes:
        adds(client, home, add="yes")
    assert client.get(HOMES).status_code == 200, "Looking goes nowhere."
    assert client.send(HOMES, form=-1).location == "/complain/you"
    for name in ("you", "story", "when", "right"):
        answer = client.send(f"/complain/{name}", ANSWERS[name])
    assert answer.location == "/complain/reach"
    client.send("/complain/reach", ANSWERS["reach"])
    client.send("/complain/files", form=-1)
    return client.send("/complain/check").location


def complaints(town: Town) -> list[Complaint]:
    """Every complaint there is, oldest first."""
    town.register.rollback()
    return town.register.query(Complaint).order_by(Complaint.id).all()


def test_ruling_3_several_homes_make_one_complaint_each_with_its_own_reference_clock_and_parties(client: CheckingClient, town: Town) -> None:
    with clock.at(MON_11):
        assert complains_for(client, EDNA, TOM, LEILA) == "/for-somebody"
    found = complaints(town)
    assert [one.resident.name for one in found] == ["Edna Marsh", "Tom Okoro", "Leila Nasser"]
    assert len({one.reference for one in found}) == 3
    assert {(one.received_on, one.next_due, one.next_step) for one in found} == {(MON_11, date(2026, 5, 18), "acknowledged")}
    assert [one.home.address.splitlines()[0] for one in found if one.home] == ["2 Low Row", "3 Low Row", "4 Low Row"]
    assert [one.resident.channels for one in found] == [["post"], ["email"], ["portal"]]
    assert all(one.happenings[0].details["cause"] == [each.id for each in found] for one in found)
    assert [sorted(letter.kind for letter in one.letters) for one in found] == [["authority_request", "receipt"]] * 3
    assert town.register.query(Person).count() == 4, "Rhys is one person in all three."


def test_ruling_3_whoever_raised_them_represents_each_and_has_shown_no_authority(client: CheckingClient, town: Town) -> None:
    complains_for(client, EDNA, TOM)
    for one in complaints(town):
        acting = next(each for each in one.parties if each.part == Part.REPRESENTATIVE)
        assert (acting.name, acting.scope, acting.authority, acting.agreed) == ("Rhys Powell", "none", "claimed", "group")


def test_ruling_3_all_of_them_are_made_or_none(client: CheckingClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def third_fails(complaint: Complaint, composed: Any, **more: Any) -> Any:
        sent.append(composed.kind)
        if sent.count("receipt") == 3:
            raise RuleBroken("5.12", "It did not go.")
        return keep(complaint, composed, **more)

    monkeypatch.setattr(intake, "keep", third_fails)
    complains_for(client, EDNA, TOM, LEILA)
    assert complaints(town) == []
    monkeypatch.undo()
    town.register.rollback()
    assert client.send("/complain/check").location == "/for-somebody"
    assert len(complaints(town)) == 3


def test_ruling_3_no_neighbour_learns_of_another_on_any_page_or_in_any_letter(client: CheckingClient, town: Town) -> None:
    with clock.at(MON_11):
        complains_for(client, EDNA, TOM, LEILA)
    for one in complaints(town):
        town.acknowledged(one, on=date(2026, 5, 12))
    found = complaints(town)
    for one in found:
        foreign = [word for other in found if other is not one for word in (other.resident.name, str(other.resident.home_as_given).split("\n")[0], other.reference)]
        foreign += ["My bath is black."] if one.resident.name != "Edna Marsh" else []
        letters = [as_text(letter.body) for letter in one.letters]
        neighbour = client.application.test_client()
        assert isinstance(neighbour, CheckingClient)
        let_in_resident(neighbour, town.register, one)
        town.register.rollback()
        with clock.at(date(2026, 5, 12)):
            pages = [words_of(page.text) for page in crawl.pages(neighbour, "/your-complaint")]
        assert len(pages) > 5
        for said in (*letters, *pages):
            assert [word for word in foreign if word in said.replace(" ", "") or word in said] == []


def test_ruling_3_whoever_raised_them_sees_every_reference_and_can_go_to_each(client: CheckingClient, town: Town) -> None:
    complains_for(client, EDNA, TOM, LEILA)
    page = client.page("/for-somebody")
    assert page.xpath("//main//a[@href='/your-complaint/about-you']"), "item 67: whoever sends for somebody is offered the questions about them"
    said = words_of(page)
    found = complaints(town)
    references = [one.reference for one in found]
    town.register.rollback()
    assert all(reference in said.replace(" ", "") for reference in references)
    assert "Edna Marsh" in said and "Tom Okoro" in said and "Your access code" in said
    code = code_on(client.get("/for-somebody").get_data(as_text=True).partition('id="homes"')[0])
    assert client.send("/for-somebody", form="others/2").location == "/for-somebody"
    assert references[2] in words_of(client.page("/for-somebody").xpath("//main//p")[0]).replace(" ", "")
    for url in ("/your-complaint", "/your-complaint/letters/1"):
        assert client.get(url).status_code == 403
    other = client.application.test_client()
    assert signs_in(other, code).location == "/for-somebody"  # type: ignore[arg-type]


def test_a_stale_page_says_so_where_they_go_to_another_home_and_where_they_take_one_out(client: CheckingClient) -> None:
    complains_for(client, EDNA, TOM)
    answer = client.send("/for-somebody", {"csrf_token": ""}, form="others/1")
    assert answer.status_code == 400 and "open for a long time" in words_of(answer.get_data(as_text=True))
    other = client.application.test_client()
    assert isinstance(other, CheckingClient)
    other.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    adds(other, EDNA, add="yes")
    answer = other.send(HOMES, {"csrf_token": ""}, form="homes/1")
    assert answer.status_code == 400 and "open for a long time" in words_of(answer.get_data(as_text=True))


def test_ruling_3_ones_own_home_is_ones_own_complaint_and_comes_first(client: CheckingClient, town: Town) -> None:
    assert complains_for(client, EDNA, OWN) == "/your-complaint/receipt"
    said = words_of(client.page("/your-complaint/receipt"))
    assert "One complaint for each home" in said and "Edna Marsh" in said and "Your access code" in said
    own, ednas = complaints(town)
    assert (own.resident.name, [each.part for each in own.parties]) == ("Rhys Powell", ["resident"])
    assert own.resident.person_id == ednas.parties[1].person_id
    town.register.rollback()
    assert client.send("/your-complaint/receipt", form="others/1").location == "/for-somebody"
    assert client.get("/your-complaint").status_code == 403


def test_ruling_3_staff_see_that_it_is_one_of_several_with_the_way_to_those_they_may_see(client: CheckingClient, town: Town) -> None:
    complains_for(client, EDNA, TOM, LEILA)
    first, *others = complaints(town)
    addresses = [f"/staff/complaints/{one.reference}" for one in others]
    with town.writing():
        first.logged_by_id = town.staff[Role.COLLEAGUE].id
    case = f"/staff/complaints/{first.reference}"
    for role, seen in ((Role.HANDLER, addresses), (Role.COLLEAGUE, [])):
        browser = client.application.test_client()
        assert isinstance(browser, CheckingClient)
        let_in_staff(browser, town.register, town.staff[role], role)
        town.register.rollback()
        page = browser.page(case)
        assert "One of 3 complaints with one cause" in words_of(page)
        assert page.xpath("//section[h2/@id='cause']//a/@href") == seen
        assert page.xpath("//main//section/@aria-labelledby") == ["care", "story"], "Whoever goes by landmarks meets few; every part has its heading."
        assert "Tied to this one" not in words_of(page)


def test_homes_are_added_changed_and_taken_out_one_at_a_time_and_kept_for_later(client: CheckingClient, town: Town) -> None:
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    adds(client, EDNA, add="yes")
    assert adds(client, TOM, later="yes") == "/complain/later"
    assert "2 homes so far" in words_of(client.page(HOMES))
    assert client.post(f"{HOMES}/1", data=pressed(client, 0, "change")).location == HOMES
    page = client.page(HOMES)
    assert "One home so far" in words_of(page) and page.xpath("//input[@name='name']/@value") == ["Edna Marsh"]
    adds(client, EDNA | {"name": "Edna May Marsh"}, add="yes")
    assert client.post(f"{HOMES}/2", data=pressed(client, 0, "remove")).location == HOMES
    town.register.rollback()
    kept = town.register.query(Draft).one().answers["homes"]
    assert [home["name"] for home in kept["homes"]] == ["Edna May Marsh"] and "begun" not in kept


def pressed(client: CheckingClient, form: int, then: str) -> Fields:
    """What is sent by a button beside a home."""
    hidden = client.page(HOMES).xpath("//main//form")[form].xpath(".//input[@type='hidden']")
    return {each.get("name"): each.get("value") for each in hidden} | {"then": then}


def test_a_home_that_is_not_whole_is_asked_for_again_and_nothing_typed_is_lost(client: CheckingClient) -> None:
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    refused = client.send(HOMES, EDNA | {"address": ""})
    assert refused.status_code == 422
    assert "Write the address of this home" in refused.get_data(as_text=True) and "My bath is black." in refused.get_data(as_text=True)
    assert client.send(HOMES, {}).status_code == 422, "Without any home there is nothing to go on with."
    assert client.send(HOMES, {"address": "5 Low Row", "later": "yes"}).location == "/complain/later"
    assert "5 Low Row" in client.get(HOMES).get_data(as_text=True)
    assert client.get("/complain/check").location.startswith("/complain/")


def test_no_more_homes_are_taken_than_can_be_dealt_with_at_once(client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.resident.homes.MOST", 1)
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    adds(client, EDNA, add="yes")
    refused = client.send(HOMES, TOM, form=-1)
    assert refused.status_code == 422
    assert "is the most we can take at once" in refused.get_data(as_text=True) and "Tom Okoro" in refused.get_data(as_text=True)


def test_a_way_of_ones_own_is_given_for_no_neighbour(client: CheckingClient) -> None:
    client.send("/complain/danger", {"danger": "no"})
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    client.send("/complain/group", {"how": "group", "can_show": "not_yet"})
    adds(client, OWN | {"email": "rhys@example.org"}, add="yes")
    adds(client, TOM, add="yes")
    client.send("/complain/reach", {"channels": ["email"]})
    refused = client.send("/complain/details", {"email": "TOM@example.org"})
    assert refused.status_code == 422 and "for somebody you speak for" in words_of(refused.get_data(as_text=True))
    assert client.send("/complain/details", {"email": "rhys@example.org"}).status_code == 303
    refused = client.send(HOMES, EDNA | {"email": "Rhys@example.org", "add": "yes"}, form=-1)
    assert refused.status_code == 422 and "You gave this email address for yourself." in words_of(refused.get_data(as_text=True))
