"""What somebody with shown authority does for a resident: as much as it covers, said on the record for whom (rulings 5, 7)."""

import io
from datetime import date

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.letters.structure import as_text
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.resident.test_stopping import acting_for_edna, again, browsers, stops, who
from tests.town import Town

DOORS = {"/your-complaint/messages": "write", "/your-complaint/stage-2": "decide"}


def widened(town: Town, complaint: Complaint, *scope: str) -> None:
    """Staff were shown that it covers these things."""
    with town.writing():
        operations.show_authority(complaint, who(complaint), by=town.viewer(Role.HANDLER), proof="A longer note.", scope=scope)
    town.register.rollback()


def test_ruling_7_each_thing_is_open_as_far_as_the_authority_covers_it_now(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town)
    _, rhys, _ = browsers(client, town, complaint)
    for scope in (["read"], ["write"], ["decide"], ["read", "receive", "write", "decide"]):
        widened(town, complaint, *scope)
        for door, needs in DOORS.items():
            assert rhys.get(door).status_code == (200 if needs in scope else 403), (scope, door)
        assert rhys.get("/for-somebody/letters/1").status_code == (200 if "receive" in scope else 404), scope
        assert ("Stage 1." in words_of(rhys.page("/for-somebody"))) is ("read" in scope), scope
        assert rhys.get("/your-complaint").status_code == rhys.get("/your-complaint/words").status_code == 403


def test_ruling_5_what_they_write_says_for_whom_on_the_record_and_in_both_stories(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read", "write"))
    edna, rhys, manager = browsers(client, town, complaint)
    page = words_of(rhys.page("/your-complaint/messages"))
    assert "You write for Edna Marsh, who sees what you write." in page
    note = (io.BytesIO(b"a note"), "note.txt")
    assert rhys.send("/your-complaint/messages", {"words": "The rain came in again.", "files": note}).status_code == 303
    wrote = again(town, complaint).happenings[-1]
    assert (wrote.step, wrote.by, wrote.details["for"]) == (Step.MESSAGED, f"party:{who(complaint).id}", complaint.resident.id)
    case, file = f"/staff/complaints/{complaint.reference}", complaint.files[-1].id
    town.register.rollback()
    said = words_of(edna.page("/your-complaint/messages"))
    assert "Rhys Marsh, for you," in said and "The rain came in again." in said
    assert edna.get(f"/your-complaint/files/{file}").status_code == 200 == rhys.get(f"/for-somebody/files/{file}").status_code
    said = words_of(edna.page("/your-complaint"))
    assert "Rhys Marsh wrote to us for you." in said and "Rhys Marsh told us, for you." in said and "You told us." not in said
    said = words_of(manager.page(case))
    assert "Rhys Marsh (for Edna Marsh) wrote a message." in said and "Received from Rhys Marsh (for Edna Marsh)." in said


def test_ruling_5_our_reply_goes_to_the_resident_and_they_read_it_where_it_covers_that(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("write",))
    edna, rhys, _ = browsers(client, town, complaint)
    with town.writing():
        operations.write(complaint, "Only from Edna.", by=town.resident(complaint))
        operations.reply(complaint, "We come on Friday.", by=town.viewer(Role.HANDLER))
    town.register.rollback()
    assert "We come on Friday." in words_of(edna.page("/your-complaint/messages"))
    said = words_of(rhys.page("/your-complaint/messages"))
    assert "We come on Friday." not in said and "Only from Edna." not in said
    widened(town, complaint, "write", "receive")
    said = words_of(rhys.page("/your-complaint/messages"))
    assert "We come on Friday." in said and "Only from Edna." not in said


def test_ruling_5_they_ask_for_stage_2_for_the_resident(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read", "decide"))
    town.acknowledged(complaint, on=date(2026, 5, 12))
    town.answered(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 5, 21)):
        edna, rhys, manager = browsers(client, town, complaint)
        assert "Ask for stage 2 for them" in words_of(rhys.page("/for-somebody"))
        assert "You do this for Edna Marsh." in words_of(rhys.page("/your-complaint/stage-2"))
        assert rhys.send("/your-complaint/stage-2", {"words": "Somebody new, please."}).status_code == 303
        assert "You have asked for stage 2" in words_of(rhys.page("/your-complaint/stage-2"))
        assert again(town, complaint).stage == 2
        receipt = complaint.letters[-1]
        assert receipt.kind == "receipt" and {issue.party_id for issue in receipt.issues} == {complaint.resident.id}
        case = f"/staff/complaints/{complaint.reference}"
        town.register.rollback()
        assert "Rhys Marsh asked for stage 2 for you." in words_of(edna.page("/your-complaint"))
        assert "Rhys Marsh (for Edna Marsh) asked for stage 2." in words_of(manager.page(case))


def test_ruling_6_a_form_that_was_open_when_they_were_stopped_sends_nothing(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read", "write", "decide"))
    edna, rhys, _ = browsers(client, town, complaint)
    sent = {door: rhys.page(door).xpath("//main//input[@name='csrf_token']/@value")[0] for door in DOORS}
    stops(edna, town, complaint)
    for door, token in sent.items():
        answer = rhys.post(door, data={"csrf_token": token, "key": "k1", "words": "Let me in."})
        assert answer.status_code == 403, door
    assert not [one for one in again(town, complaint).happenings if one.step in (Step.MESSAGED, Step.ESCALATED)]


def test_ruling_5_the_letter_that_says_they_may_names_what_they_may_do(client: CheckingClient, town: Town) -> None:
    complaint = acting_for_edna(town, scope=("read", "write"))
    letter = as_text(next(each.body for each in complaint.letters if each.kind == "representative"))
    assert "- Write to us, and send files" in letter and "Read the letters" not in letter
