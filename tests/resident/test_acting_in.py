"""Somebody who acts in several complaints: in once, from one to another, and nothing of one through another (rulings 5 to 7, decision 26)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Party, Visit
from portal.complaints.references import new_code
from portal.complaints.representing import name_representative
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_party
from tests.resident.test_codes import ASK, TYPE, Mailbox, mailbox, types
from tests.town import Town

__all__ = ["mailbox"]
ALL, HERE = "/for-somebody/all", "/for-somebody"
RHYS = {"channels": ["email"], "email": "rhys@mail.example"}
OTHER = {"channels": ["email"], "email": "ada@mail.example"}
NOON = datetime(2026, 6, 15, 11, tzinfo=UTC)


def acts(town: Town, name: str, words: str, *, safe: dict[str, Any] = RHYS, shown: bool = True, person: Any = None) -> tuple[Complaint, Party]:
    """A resident complains, and somebody acts for them."""
    complaint = town.complains(words, code=new_code(), name=name, address=f"{name}’s house")
    with town.writing():
        told = operations.ActingFor(name="Rhys Marsh", how="asked", safe_contact=safe)
        party = name_representative(complaint, told, code=new_code(), language="en", person=person)
        if shown:
            operations.show_authority(complaint, party, by=town.viewer(Role.MANAGER), proof="A letter.", scope=("read", "receive"))
    return complaint, party


def asks(client: CheckingClient, complaint: Complaint, town: Town, own: str = "rhys@mail.example") -> None:
    reference = complaint.reference
    town.register.rollback()
    answer = client.send(ASK, {"reference": reference, "acting": "y", "own": own})
    assert (answer.status_code, answer.location) == (303, TYPE)


def comes_in(client: CheckingClient, complaint: Complaint, town: Town, mailbox: Mailbox, own: str = "rhys@mail.example") -> None:
    """With a code that was sent to them."""
    asks(client, complaint, town, own)
    assert types(client, mailbox.newest).location == HERE


def opens(client: CheckingClient, party: int) -> TestResponse:
    """Press the button of another complaint in the list."""
    return client.send(ALL, {}, form=f"/for-somebody/all/{party}")


def test_decision_26_they_come_in_once_and_open_each_complaint_they_act_in(client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    first, _one = acts(town, "Edna", "CANARYEDNA no heat.")
    second, other = acts(town, "Tom", "CANARYTOM no light.")
    number, references = other.id, [" ".join((each.reference[:4], each.reference[4:8], each.reference[8:])) for each in (first, second)]
    comes_in(client, first, town, mailbox)
    assert "Other complaints you act in" in words_of(client.page(HERE))
    page = words_of(client.page(ALL))
    assert "Edna" in page and "Tom" in page and all(each in page for each in references) and "CANARY" not in page
    assert opens(client, number).location == HERE
    here = words_of(client.page(HERE))
    assert references[1] in here and "CANARYEDNA" not in here and "Edna" not in here
    town.register.rollback()
    assert town.register.query(Visit).count() == 1, "one visit is for one complaint"


def test_nothing_of_one_complaint_comes_through_another(client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    first, _one = acts(town, "Edna", "CANARYEDNA no heat.")
    second, other = acts(town, "Tom", "CANARYTOM no light.")
    town.acknowledged(second)
    number, letter = other.id, second.letters[-1].number
    comes_in(client, first, town, mailbox)
    assert client.get(f"/for-somebody/letters/{letter}").status_code == 404
    assert opens(client, number).status_code == 303
    assert client.get(f"/for-somebody/letters/{letter}").status_code == 200


@pytest.mark.parametrize("why", ["not shown", "another address", "not safe", "stopped", "died"])
def test_what_was_not_proved_or_holds_no_more_is_not_in_the_list_and_does_not_open(why: str, client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    first, _one = acts(town, "Edna", "No heat.")
    second, other = acts(town, "Tom", "No light.", shown=why != "not shown", safe=OTHER if why == "another address" else RHYS)
    number = other.id
    with town.writing():
        if why == "not safe":
            other.person.safe_contact = {"channels": ["post"], "post": "1 Low Row"}
        if why == "stopped":
            operations.end_authority(second, other, by=town.resident(second))
        if why == "died":
            other.person.died_on = clock.today()
    comes_in(client, first, town, mailbox)
    assert "Tom" not in words_of(client.page(ALL)) and "Other complaints you act in" not in words_of(client.page(HERE))
    token = client.page(ASK).xpath("//input[@name='csrf_token']")[0].get("value")
    assert client.post(f"/for-somebody/all/{number}", data={"key": "a" * 32, "csrf_token": token}).location == ALL
    assert "Edna" in words_of(client.page(HERE))


def test_a_code_on_paper_proves_no_address_so_it_opens_its_own_complaint_and_those_of_the_same_person(client: CheckingClient, town: Town) -> None:
    _first, one = acts(town, "Edna", "No heat.")
    acts(town, "Tom", "No light.")
    acts(town, "Leila", "No lift.", person=one.person)
    let_in_party(client, town.register, one)
    page = words_of(client.page(ALL))
    assert "Leila" in page and "Tom" not in page


def test_ruling_7_the_authority_is_read_again_when_they_go_on_and_at_every_page_after(client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    first, _one = acts(town, "Edna", "No heat.")
    second, other = acts(town, "Tom", "No light.")
    number = other.id
    comes_in(client, first, town, mailbox)
    seen = client.page(ALL)
    assert "Tom" in words_of(seen)
    with town.writing():
        operations.end_authority(second, other, by=town.resident(second))
    form = next(each for each in seen.iter("form") if (each.get("action") or "").endswith(f"/all/{number}"))
    data = {each.get("name"): each.get("value") for each in form.iter("input")}
    town.register.rollback()
    assert client.post(form.get("action"), data=data).location == ALL
    assert "Tom" not in words_of(client.page(ALL))


def test_going_on_makes_no_visit_longer(client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    with clock.at(NOON):
        first, _one = acts(town, "Edna", "No heat.")
        _second, other = acts(town, "Tom", "No light.")
        number = other.id
        comes_in(client, first, town, mailbox)
    for minutes in (25, 50, 75, 100):
        with clock.at(NOON + timedelta(minutes=minutes)):
            assert client.get(HERE).status_code == 200
    with clock.at(NOON + timedelta(minutes=101)):
        assert opens(client, number).location == HERE
    with clock.at(NOON + timedelta(minutes=121)):
        assert client.get(HERE).status_code == 303


def test_of_several_who_act_for_one_person_each_gets_codes_of_their_own(client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    complaint, first = acts(town, "Edna", "No heat.")
    with town.writing():
        told = operations.ActingFor(name="Ada Birch", how="adviser", safe_contact=OTHER)
        name_representative(complaint, told, code=new_code(), language="en")
    for own, to in (("rhys@mail.example", "rhys@mail.example"), (" ADA@mail.example ", "ada@mail.example")):
        before = len(mailbox.codes())
        asks(client, complaint, town, own)
        assert len(mailbox.codes()) == before + 1 and to in str(mailbox.taken[-1]["To"]), own
    before = len(mailbox.codes())
    asks(client, complaint, town, "nobody@mail.example")
    assert len(mailbox.codes()) == before, "an address that is none of theirs gets nothing, and the page says the same"
    asks(client, complaint, town, "rhys@mail.example")
    assert types(client, mailbox.newest).location == HERE
    town.register.rollback()
    assert town.register.query(Visit).one().party_id == first.id


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"acting": "y", "own": ""}, "Type your own email address or phone number"), ({"acting": "y", "own": "  "}, "Type your own email address or phone number"),
     ({"own": "rhys@mail.example"}, "Tick “I speak for somebody else” above")],
)  # fmt: skip
def test_a_code_for_somebody_who_speaks_for_another_is_never_sent_to_whoever_came_last(client: CheckingClient, town: Town, mailbox: Mailbox, fields: dict[str, str], said: str) -> None:
    complaint, _rhys = acts(town, "Edna", "No heat.")
    reference = complaint.reference
    town.register.rollback()
    answer = client.send(ASK, {"reference": reference} | fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and said in words_of(page) and 'href="#own"' in page
    assert mailbox.codes() == []
