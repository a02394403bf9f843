"""Write to us: at any time, with files, seen by staff as waiting, replied to in few words; and nothing of it moves a date."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment, Outbox
from portal.letters.structure import as_text
from portal.rules.steps import Step
from tests import samples
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_case import matched, page_of
from tests.town import CODE, Town

MESSAGES = "/your-complaint/messages"
ASKED = "The joiner came and left again. What happens now?"
REPLIED = "He comes back on Monday with the right door."
DAY = date(2026, 5, 21)
PNG = samples.picture("PNG")


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Acknowledged on 20 May; its answer is due on Thursday 4 June. The resident hears by e-mail."""
    with clock.at(date(2026, 5, 18)):
        found = matched(town, town.complains(safe_contact={"channels": ["email"], "email": "s@mail.example"}))
    town.acknowledged(found, on=date(2026, 5, 20))
    town.register.rollback()
    return found


def writes(client: CheckingClient, on: date = DAY, *files: tuple[bytes, str], words: str = ASKED) -> Any:
    """The resident comes in and writes; what comes back."""
    with clock.at(on):
        signs_in(client, CODE)
        sent = [(io.BytesIO(content), name) for content, name in files] or [(io.BytesIO(b""), "")]
        return client.send(MESSAGES, {"words": words, "files": sent})


def staff(client: CheckingClient, town: Town, complaint: Complaint, role: Role = Role.HANDLER) -> str:
    """Somebody of that role is let in; the address of the case."""
    town.register.rollback()
    url = f"/staff/complaints/{complaint.reference}"
    with clock.at(DAY):
        let_in_staff(client, town.register, town.staff[role], role)
    town.register.rollback()
    return url


def steps(town: Town, complaint: Complaint) -> list[Step]:
    """Everything that happened, as it is now."""
    town.register.rollback()
    town.register.expire_all()
    return [one.step for one in complaint.happenings]


def test_a_message_is_on_both_pages_and_moves_no_date(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    before = page_of(client, town, DAY).split("Where it is now")[0]
    assert writes(client).status_code == 303
    said = page_of(client, town, DAY, f"{MESSAGES}?sent=yes")
    assert "Sent. We have your message." in said and ASKED in said and "We have this, and have not replied yet" in said
    after = page_of(client, town, DAY)
    assert after.split("Where it is now")[0] == before
    assert "You wrote to us." in after
    case = staff(client, town, complaint)
    with clock.at(DAY):
        page = words_of(client.page(case))
    assert ASKED in page and "They wrote to us: read it, and reply" in page and "Samira Haddad wrote a message." in page


def test_nothing_written_is_told_beside_the_box(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    answer = writes(client, words=" ")
    assert answer.status_code == 422
    assert "Write something, or choose a file" in words_of(answer.get_data(as_text=True))
    assert Step.MESSAGED not in steps(town, complaint)


def test_files_go_with_it_and_come_back_to_both(client: CheckingClient, town: Town, app: Flask, complaint: Complaint) -> None:
    assert writes(client, DAY, (PNG, "door.png"), (b"He came at nine.", "note.txt"), words="").status_code == 303
    said = page_of(client, town, DAY, MESSAGES)
    assert "door.png" in said and "note.txt" in said
    kept = town.register.query(Attachment).filter_by(name="door.png").one().id
    town.register.rollback()
    with clock.at(DAY):
        assert client.get(f"/your-complaint/files/{kept}").data[:8] == PNG[:8]
    case = staff(client, town, complaint)
    with clock.at(DAY):
        assert client.get(f"{case}/files/{kept}").data[:8] == PNG[:8]


def test_a_file_we_cannot_take_is_named_and_the_words_stay(client: CheckingClient, town: Town, app: Flask, complaint: Complaint) -> None:
    answer = writes(client, DAY, (PNG, "door.png"), (b"MZ\x90\x00", "door.exe"))
    said = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "“door.exe”" in said and ASKED in said
    assert "We have this file already. You need not choose it again: door.png" in said
    assert Step.MESSAGED not in steps(town, complaint)


def test_pressing_twice_writes_it_once(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(DAY):
        signs_in(client, CODE)
        fields = form_values(pick_form(client.page(MESSAGES), 0)) | {"words": ASKED}
        assert [client.post(MESSAGES, data=fields).status_code for _ in range(2)] == [303, 303]
    assert steps(town, complaint).count(Step.MESSAGED) == 1


@pytest.mark.parametrize("state", ["answered", "withdrawn", "refused"])
def test_it_can_be_written_whatever_the_complaint_is_at(client: CheckingClient, town: Town, state: str) -> None:
    with clock.at(DAY):
        complaint = town.complains()
        if state == "refused":
            town.refused(complaint)
        else:
            town.acknowledged(complaint)
        if state == "answered":
            town.answered(complaint)
        if state == "withdrawn":
            with town.writing():
                operations.withdraw(complaint, by=town.resident(complaint))
        town.register.rollback()
        assert "Write a message" in page_of(client, town, DAY)
    assert writes(client).status_code == 303


def test_a_message_overtakes_no_letter_that_is_being_written(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    version = complaint.version
    case = staff(client, town, complaint)
    url = f"{case}/response"
    with clock.at(DAY):
        fields = form_values(pick_form(client.page(url), 0)) | {"opening": "We are sorry.", "then": "later"}
        with town.writing():
            operations.write(complaint, ASKED, by=town.resident(complaint))
            assert complaint.version == version, "decision 8"
        town.register.rollback()
        assert client.post(url, data=fields).status_code == 303
        for page in (url, f"{url}/letter"):
            assert "They wrote to us, and nobody has replied yet" in words_of(client.page(page))
            assert ASKED in words_of(client.page(page))


def test_item_70_a_reply_is_on_their_page_and_the_mail_has_no_word_of_it(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    writes(client)
    case = staff(client, town, complaint)
    url = f"{case}/messages"
    with clock.at(DAY):
        assert client.send(url, {"words": " "}).status_code == 422
        assert client.send(url, {"words": REPLIED}).status_code == 303
        assert "They wrote to us: read it, and reply" not in words_of(client.page(case))
    said = page_of(client, town, DAY)
    assert "We wrote to you here on Thursday 21 May 2026." in said and "We wrote back to you." in said
    said = page_of(client, town, DAY, MESSAGES)
    assert REPLIED in said and "We have read this" in said
    town.register.rollback()
    notices = town.register.query(Outbox).filter_by(kind="message").all()
    assert [(each.complaint_id, each.issue_id) for each in notices] == [(complaint.id, None)]


def test_somebody_who_chose_no_email_is_sent_none(client: CheckingClient, town: Town) -> None:
    with clock.at(DAY):
        complaint = town.complains()
    with clock.at(DAY), town.writing():
        operations.reply(complaint, REPLIED, by=town.viewer(Role.TRIAGE))
    assert town.register.query(Outbox).filter_by(kind="message").count() == 0
    town.register.rollback()
    case = staff(client, town, complaint)
    with clock.at(DAY):
        said = words_of(client.page(f"{case}/messages"))
    assert "They chose no email" in said and "Say nothing that they did not tell us" in said


def test_item_70_a_reply_goes_by_post_to_whoever_chose_no_email(client: CheckingClient, town: Town) -> None:
    with clock.at(DAY):
        complaint = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank\nThornby\nTH4 0ZZ"})
    case = staff(client, town, complaint)
    with clock.at(DAY):
        assert "so it goes to them as a letter too" in words_of(client.page(f"{case}/messages"))
        assert client.send(f"{case}/messages", {"words": REPLIED}).status_code == 303
    town.register.rollback()
    letter = complaint.letters[-1]
    assert (letter.kind, [(issue.channel, issue.state) for issue in letter.issues]) == ("reply", [("post", "waiting")])
    assert REPLIED in as_text(letter.body)


def test_what_needs_no_reply_is_read_and_waits_no_more(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    writes(client)
    case = staff(client, town, complaint, Role.TRIAGE)
    with clock.at(DAY):
        assert "Reply to Samira Haddad" in words_of(client.page("/staff/from-residents"))
        assert "1 complaint waits for a reply" in words_of(client.page("/staff/"))
        answer = client.send(f"{case}/messages", {"then": "read"})
        assert answer.status_code == 303
        assert "Nobody waits for a reply." in words_of(client.page("/staff/from-residents"))
    said = page_of(client, town, DAY, MESSAGES)
    assert "We have read this" in said
    assert "We wrote back to you." not in page_of(client, town, DAY)


def test_a_message_sent_after_the_page_was_opened_is_not_read_unseen(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    writes(client)
    case = staff(client, town, complaint)
    url = f"{case}/messages"
    with clock.at(DAY):
        fields = form_values(pick_form(client.page(url), 0)) | {"then": "read"}
        with town.writing():
            operations.write(complaint, "And the window.", by=town.resident(complaint))
        town.register.rollback()
        assert client.post(url, data=fields).status_code == 303
        assert "Reply to Samira Haddad" in words_of(client.page("/staff/from-residents"))
