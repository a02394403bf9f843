"""A disability that was disclosed: on its complaint, sealed, and carried to others only while the resident agrees (ruling 8, 5.10)."""

from typing import Any

import pytest

from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Disclosure
from portal.complaints.record import Event, EventWords
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_resident, let_in_staff
from tests.resident.journeys import ANSWERS, complains
from tests.staff.conftest import SignIn
from tests.town import Town

TOLD = "I am deaf in both ears, and read lips."
ASKED: dict[str, Any] = {"words": TOLD, "carry": "yes", "consent": "On the phone to me today."}


@pytest.fixture
def both(town: Town) -> tuple[Complaint, Complaint]:
    """Two complaints of one person, both matched to the same record."""
    first = town.complains()
    second = town.complains("The lift is out.", code="9K4QM2XDR7K4QM2XDR7K4QM2")
    with town.writing():
        operations.match_person(first, by=town.viewer(Role.TRIAGE), person=None, landlord_record="TH-1")
    with town.writing():
        operations.match_person(second, by=town.viewer(Role.TRIAGE), person=first.resident.person, landlord_record="")
    return first, second


def here(complaint: Complaint, then: str = "") -> str:
    """A page of the staff's about a complaint."""
    return f"/staff/complaints/{complaint.reference}{then}"


def again(town: Town, *complaints: Complaint) -> None:
    """The complaints as they are now."""
    town.register.rollback()
    town.register.expire_all()
    assert [each.reference for each in complaints]
    town.register.rollback()


def test_ruling_8_it_is_kept_on_its_complaint_and_shown_on_no_other_without_consent(
    town: Town, signed_in: SignIn, both: tuple[Complaint, Complaint]
) -> None:
    first, second = (here(each) for each in both)
    again(town, *both)
    handler = signed_in(Role.HANDLER)
    assert handler.send(f"{first}/disability", {"words": TOLD, "carry": "no"}).location == first
    for page in (first, f"{first}/triage", f"{first}/messages"):
        assert TOLD in words_of(handler.page(page)), page
    assert TOLD not in words_of(handler.page(second))


def test_ruling_8_with_consent_it_is_carried_and_taken_back_it_is_gone_at_once(
    client: CheckingClient, town: Town, signed_in: SignIn, both: tuple[Complaint, Complaint]
) -> None:
    first, second = (here(each) for each in both)
    let_in_resident(client, town.register, both[0])
    again(town, *both)
    handler = signed_in(Role.HANDLER)
    assert handler.send(f"{first}/disability", ASKED).location == first
    said = words_of(handler.page(second))
    assert TOLD in said and "Told with another complaint, and carried here because they agreed." in said
    said = words_of(client.page("/your-complaint/words"))
    assert TOLD in said and "You agreed that we use this for your other complaints too." in said
    assert client.send("/your-complaint/words", {"carry": "no"}, form="disability").location == "/your-complaint/words#disability"
    assert TOLD not in words_of(handler.page(second)) and TOLD in words_of(handler.page(first))
    assert "We use this for this complaint only." in words_of(client.page("/your-complaint/words"))
    answer = client.send("/your-complaint/words", {"carry": ""}, form="disability")
    assert answer.status_code == 422 and "Choose one of the answers" in words_of(answer.get_data(as_text=True))
    assert client.send("/your-complaint/words", {"carry": "yes"}, form="disability").status_code == 303
    assert TOLD in words_of(handler.page(second)), "and they may agree again"


def test_ruling_8_staff_say_how_consent_was_given_and_nothing_else_is_consent(
    town: Town, signed_in: SignIn, both: tuple[Complaint, Complaint]
) -> None:
    url = here(both[0], "/disability")
    again(town, *both)
    handler = signed_in(Role.HANDLER)
    for wrong, says in (({"consent": " "}, "Write how they agreed"), ({"words": ""}, "Write what they told us"), ({"carry": "perhaps"}, "Choose whether they agreed")):
        answer = handler.send(url, ASKED | wrong)
        page = words_of(answer.get_data(as_text=True))
        assert answer.status_code == 422 and says in page, wrong
    assert town.register.query(Disclosure).count() == 0


def test_ruling_8_it_is_sealed_and_in_no_event(town: Town, signed_in: SignIn, both: tuple[Complaint, Complaint]) -> None:
    again(town, *both)
    signed_in(Role.HANDLER).send(here(both[0], "/disability"), ASKED)
    row = town.register.query(Disclosure).one()
    assert (row.words, row.consent) == (TOLD, ASKED["consent"])
    kept = str([each.details for each in town.register.query(Event)]) + str([each.words for each in town.register.query(EventWords)])
    assert "deaf" not in kept and "disab" not in kept
    bare = town.register.connection().exec_driver_sql("select words, consent from disclosure").one()
    assert not any(b"deaf" in bytes(each) or b"phone" in bytes(each) for each in bare)
    town.register.rollback()


def test_ruling_8_asked_at_intake_it_is_theirs_to_say(client: CheckingClient, town: Town, signed_in: SignIn) -> None:
    complains(client, easier={**ANSWERS["easier"], "disability": TOLD, "carry": "yes"})
    said = words_of(client.page("/your-complaint/words"))
    assert TOLD in said and "You agreed that we use this" in said
    row = town.register.query(Disclosure).one()
    assert row.carried and row.recorded_by.startswith("party:")
    town.register.rollback()


@pytest.mark.parametrize("easier", [{"disability": TOLD}, {"disability": TOLD, "carry": "no"}])
def test_ruling_8_silence_is_no_consent(client: CheckingClient, town: Town, easier: dict[str, str]) -> None:
    complains(client, easier={**ANSWERS["easier"], **easier})
    assert not town.register.query(Disclosure).one().carried
    town.register.rollback()


def test_ruling_8_nobody_agrees_for_somebody_else(town: Town) -> None:
    rhys = operations.ActingFor("Rhys Marsh", "asked")
    town.complains(disability={"words": TOLD, "carry": "yes"}, acting=rhys)
    assert not town.register.query(Disclosure).one().carried


def test_ruling_8_what_is_wrong_is_put_right_or_shown_no_more(
    client: CheckingClient, town: Town, signed_in: SignIn, both: tuple[Complaint, Complaint]
) -> None:
    first, second = (here(each) for each in both)
    let_in_resident(client, town.register, both[0])
    again(town, *both)
    handler = signed_in(Role.HANDLER)
    handler.send(f"{first}/disability", ASKED)
    assert "Write to us, and we put it right" in words_of(client.page("/your-complaint/words"))
    assert "On the phone to me today." in handler.get(f"{first}/disability").get_data(as_text=True)
    assert handler.send(f"{first}/disability", {"words": "I am deaf in one ear."}).location == first
    assert TOLD not in words_of(handler.page(first)) and "I am deaf in one ear." in words_of(handler.page(second))
    assert handler.send(f"{first}/disability", {"then": "remove"}).location == first
    assert "deaf" not in words_of(handler.page(first)) + words_of(handler.page(second)) + words_of(client.page("/your-complaint/words"))


def test_a_colleague_sees_what_was_told_with_the_complaint_they_took_down_and_nothing_carried(
    client: CheckingClient, town: Town, both: tuple[Complaint, Complaint]
) -> None:
    with town.writing():
        both[1].logged_by_id = town.staff[Role.COLLEAGUE].id
        operations.disclose(both[0], TOLD, by=town.resident(both[0]), carried=True)
        operations.disclose(both[1], "I use a chair.", by=town.resident(both[1]), carried=False)
    let_in_staff(client, town.register, town.staff[Role.COLLEAGUE], Role.COLLEAGUE)
    again(town, *both)
    said = words_of(client.page(here(both[1])))
    assert "I use a chair." in said and TOLD not in said


def test_5_10_what_was_asked_for_another_complaint_alone_is_not_shown_here(town: Town, signed_in: SignIn) -> None:
    first = town.complains(adjustments={"kinds": ["large_print"], "words": "Only for the roof", "span": "this"})
    second = town.complains("The lift is out.", code="9K4QM2XDR7K4QM2XDR7K4QM2")
    with town.writing():
        operations.match_person(first, by=town.viewer(Role.TRIAGE), person=None, landlord_record="TH-1")
    with town.writing():
        operations.match_person(second, by=town.viewer(Role.TRIAGE), person=first.resident.person, landlord_record="")
    pages = here(first), here(second)
    again(town, first, second)
    handler = signed_in(Role.HANDLER)
    assert ["Only for the roof" in words_of(handler.page(each)) for each in pages] == [True, False]
