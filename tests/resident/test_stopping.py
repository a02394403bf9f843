"""Stopping whoever acts for a resident: in one press, at once, with no reason told (ruling 6)."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue
from portal.complaints.people import Party
from portal.complaints.recording import deadlines_of
from portal.complaints.verify import first_fault
from portal.letters.structure import as_text
from portal.post import may_send, trouble
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_party, let_in_resident, let_in_staff
from tests.town import Town

MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)
WHY = "A manager rang Edna, who is safe with her niece."


def acting_for_edna(town: Town, how: str = "asked", scope: tuple[str, ...] = ("read", "receive")) -> Complaint:
    """Rhys complains for Edna; what he may do is shown."""
    rhys = operations.ActingFor("Rhys Marsh", how, safe_contact={"channels": ["email"], "email": "rhys@mail.example"})
    with clock.at(MONDAY):
        complaint = town.complains(name="Edna Marsh", acting=rhys)
        with town.writing():
            operations.show_authority(complaint, who(complaint), by=town.viewer(Role.HANDLER), proof="A note.", scope=scope)
    return complaint


def who(complaint: Complaint) -> Party:
    """The one who acts."""
    return complaint.parties[1]


def again(town: Town, complaint: Complaint) -> Complaint:
    """The complaint as it is now."""
    town.register.rollback()
    town.register.expire_all()
    return complaint


def browsers(client: CheckingClient, town: Town, complaint: Complaint) -> tuple[CheckingClient, CheckingClient, CheckingClient]:
    """Edna’s, Rhys’s and a manager’s."""
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    rhys, manager = client.application.test_client(), client.application.test_client()
    assert isinstance(rhys, CheckingClient) and isinstance(manager, CheckingClient)
    let_in_party(rhys, town.register, who(complaint))
    let_in_staff(manager, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    return client, rhys, manager


def stops(edna: CheckingClient, town: Town, complaint: Complaint) -> None:
    """One press on her own page, and nothing to fill in."""
    party = who(again(town, complaint)).id
    town.register.rollback()
    address = f"/your-complaint/acting/{party}/end"
    form = next(n for n, each in enumerate(edna.page("/your-complaint").xpath("//main//form")) if each.get("action") == address)
    answer = edna.send("/your-complaint", form=form)
    assert answer.status_code == 303, words_of(answer.get_data(as_text=True))


def letters(complaint: Complaint, kind: str) -> list[str]:
    """What the letters of a kind say."""
    return [as_text(each.body) for each in complaint.letters if each.kind == kind]


def test_ruling_6_one_press_ends_an_authority_that_rests_on_consent_at_once(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town)
    with clock.at(TUESDAY):
        edna, rhys, _ = browsers(client, town, complaint)
        said = words_of(edna.page("/your-complaint"))
        assert "Rhys Marsh" in said and "They told us that you asked them to" in said and "Since Monday 11 May 2026" in said
        assert "Read the letters and messages that we write" in said
        assert rhys.get("/for-somebody/letters/1").status_code == 200
        stops(edna, town, complaint)
        assert rhys.get("/for-somebody/letters/1").status_code == 404
        page = rhys.get("/for-somebody").get_data(as_text=True)
        assert "You no longer act in this complaint" in words_of(page)
        for theirs in ("Edna", "Rain comes through", "11 May", complaint.reference[:4]):
            assert theirs not in page, theirs
        said = words_of(edna.page("/your-complaint"))
        assert "You stopped this. They see nothing of your complaint" in said and "Stop them from acting for me" not in said
        assert "You stopped somebody from acting for you." in said and "We wrote to confirm whom you stopped" in said
    again(town, complaint)
    assert first_fault(town.register) is None


def test_ruling_6_the_resident_gets_a_confirmation_and_the_other_neutral_words_with_no_reason(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town)
    edna, rhys, _ = browsers(client, town, complaint)
    stops(edna, town, complaint)
    again(town, complaint)
    (told,), (neutral,) = letters(complaint, "authority_ended"), letters(complaint, "not_acting")
    assert "Rhys Marsh no longer acts for you" in told and "We gave no reason." in told
    assert "You no longer act for somebody in a complaint to us." in neutral
    assert "Edna" not in neutral and "Rain" not in neutral
    issues = {issue.letter.kind: issue.party_id for issue in town.register.query(Issue) if issue.letter.kind in ("authority_ended", "not_acting")}
    assert issues == {"authority_ended": complaint.resident.id, "not_acting": who(complaint).id}
    number = next(each.number for each in complaint.letters if each.kind == "not_acting")
    town.register.rollback()
    assert edna.get(f"/your-complaint/letters/{number}").status_code == 404, "It is not hers"
    assert rhys.get(f"/for-somebody/letters/{number}").status_code == 404


def test_ruling_6_what_was_queued_to_them_goes_no_more_but_for_the_words_that_say_so(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, how="legal")
    edna, _, _ = browsers(client, town, complaint)
    stops(edna, town, complaint)
    with town.writing():
        operations.decide_pause(complaint, who(complaint), by=town.viewer(Role.MANAGER), give_back=True, reason=WHY)
    stops(edna, town, complaint)
    again(town, complaint)
    may = [
        (issue.letter.kind, may_send.why_not(town.register, issue))
        for issue in town.register.query(Issue).order_by(Issue.id) if issue.party_id == who(complaint).id
    ]  # fmt: skip
    assert may == [("not_acting", None), ("acting", trouble.ENDED), ("not_acting", None)]


@pytest.mark.parametrize("how", ["legal", "cannot"])
def test_ruling_6_an_attorney_is_paused_at_once_and_a_manager_decides(client: CheckingClient, town: Town, how: str) -> None:
    complaint = acting_for_edna(town, how=how)
    with clock.at(TUESDAY):
        edna, rhys, manager = browsers(client, town, complaint)
        stops(edna, town, complaint)
        assert rhys.get("/for-somebody/letters/1").status_code == 404
        page = words_of(rhys.page("/for-somebody"))
        assert "Your access is paused" in page and "does not change any legal authority" in page and "Edna" not in page
        owed = next(one for one in deadlines_of(again(town, complaint)) if one.step is Step.AUTHORITY_DECIDED)
        assert (owed.due_on, owed.met_on) == (date(2026, 5, 13), None)
        town.register.rollback()
        assert "Decide whether somebody may act for Edna Marsh again" in words_of(manager.page("/staff/due"))
        case, here = f"/staff/complaints/{complaint.reference}", who(complaint).id
        town.register.rollback()
        assert "The resident stopped Rhys Marsh: decide about their access" in words_of(manager.page(case))
        url = f"{case}/representatives/{here}/pause"
        bad = manager.send(url, {"decision": "back", "reason": " "})
        assert bad.status_code == 422 and 'id="reason-error"' in bad.get_data(as_text=True)
        assert manager.send(url, {"decision": "stays", "reason": WHY}).location == case
        assert "Decide whether somebody may act" not in words_of(manager.page("/staff/due"))
        assert rhys.get("/for-somebody/letters/1").status_code == 404
        (told,) = letters(again(town, complaint), "authority_decided")
        assert WHY in told and not any(WHY in each for each in letters(complaint, "not_acting"))
        town.register.rollback()
        assert manager.send(url, {"decision": "stays", "reason": WHY}).status_code == 422, "It is decided already"
        assert manager.send(url, {"decision": "back", "reason": WHY}).location == case
        assert rhys.get("/for-somebody/letters/1").status_code == 200
        assert manager.get(url).status_code == 404


def test_ruling_6_staff_cannot_end_it_but_write_down_that_the_resident_did_by_phone(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town)
    with clock.at(TUESDAY):
        with pytest.raises(RuleBroken, match="Only the resident"), town.writing():
            operations.end_authority(complaint, who(complaint), by=town.viewer(Role.MANAGER))
        _, rhys, manager = browsers(client, town, complaint)
        with town.writing():
            operations.record_contact(
                complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Edna Marsh", words="Stop Rhys.",
                accompanied_by="", on=TUESDAY, shown=True,
            )  # fmt: skip
        contact, party = complaint.contacts[-1].id, who(complaint).id
        said: dict[str, Any] = {"contact": str(contact), "what": f"stop-{party}"}
        case = f"/staff/complaints/{complaint.reference}"
        town.register.rollback()
        assert manager.send(f"{case}/said", said).location == case
        assert "Manager Person stopped Rhys Marsh from acting for them." in words_of(manager.page(case))
        assert "You no longer act in this complaint" in words_of(rhys.page("/for-somebody"))
        (told,) = letters(again(town, complaint), "authority_ended")
        assert "You told us this on Tuesday 12 May 2026." in told


def test_ruling_6_the_resident_can_let_them_do_less(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read", "receive", "write"))
    edna, rhys, _ = browsers(client, town, complaint)
    url = f"/your-complaint/acting/{who(again(town, complaint)).id}"
    town.register.rollback()
    for wrong in ([], ["read", "receive", "write"], ["read", "decide"]):
        assert edna.send(url, {"scopes": wrong}).status_code == 422, wrong
    assert edna.send(url, {"scopes": ["read"]}).status_code == 303
    assert rhys.get("/for-somebody/letters/1").status_code == 404
    assert who(again(town, complaint)).scopes == {"read"}


def test_ruling_6_whoever_was_stopped_acts_again_only_with_the_residents_word(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town)
    edna, _, _ = browsers(client, town, complaint)
    stops(edna, town, complaint)
    with pytest.raises(RuleBroken), town.writing():
        operations.decline(complaint, who(complaint), by=town.viewer(Role.HANDLER), reason="He asked again.")
    with pytest.raises(RuleBroken), town.writing():
        operations.end_authority(complaint, who(complaint), by=town.resident(complaint))
    with town.writing():
        operations.show_authority(complaint, who(complaint), by=town.viewer(Role.HANDLER), proof="Edna rang, and asked for it.")
    assert who(again(town, complaint)).scopes == {"receive"}


def test_nobody_stops_somebody_of_another_complaint(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town)
    other = town.complains(name="Colm Byrne", code="9K4QM2XDR7K4QM2XDR7K4QM2")
    party = who(again(town, complaint)).id
    town.register.rollback()
    let_in_resident(client, town.register, other)
    for url in (f"/your-complaint/acting/{party}", "/your-complaint/acting/999999"):
        assert client.get(url).status_code == 404
    assert client.post(f"/your-complaint/acting/{party}/end").status_code == 404
