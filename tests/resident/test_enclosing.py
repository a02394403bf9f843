"""Files and voices that come with words: on every page where something is told, played where they stand, never lost."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident, let_in_staff
from tests.resident.test_case import matched
from tests.town import Town

DAY = date(2026, 5, 28)
VOICE = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0" + b"\0" * 60
AMR = b"#!AMR\n" + b"\0" * 60
PAGES = ("/your-complaint/new-issue", "/your-complaint/not-done", "/your-complaint/messages")


@pytest.fixture
def complaint(town: Town, client: CheckingClient) -> Complaint:
    """Answered on 22 May, the tiles still to be mended; its resident is let in."""
    with clock.at(date(2026, 5, 18)):
        found = matched(town, town.complains())
    town.acknowledged(found, on=date(2026, 5, 20))
    town.answered(found, on=date(2026, 5, 22))
    with clock.at(DAY):
        let_in_resident(client, town.register, found)
    town.register.rollback()
    return found


def tells(client: CheckingClient, url: str, *files: tuple[bytes, str], **fields: Any) -> TestResponse:
    """Fill in a page, files among it, and press its button."""
    sent: dict[str, Any] = dict(fields)
    if files:
        sent["files"] = [(io.BytesIO(content), name) for content, name in files]
    with clock.at(DAY):
        if url.endswith("not-done") and "promise" not in fields:
            sent["promise"] = client.page(url).xpath("//input[@name='promise']/@value")[0]
        return client.send(url, sent)


def staff_page(client: CheckingClient, town: Town, complaint: Complaint) -> Any:
    """The case as its handler sees it."""
    town.register.rollback()
    reference = complaint.reference
    town.register.rollback()
    browser = client.application.test_client()
    assert isinstance(browser, CheckingClient)
    with clock.at(DAY):
        let_in_staff(browser, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        return browser.page(f"/staff/complaints/{reference}")


def kept(town: Town) -> list[Attachment]:
    """Every file there is."""
    town.register.rollback()
    return town.register.query(Attachment).order_by(Attachment.id).all()


@pytest.mark.parametrize("url", PAGES)
def test_a_recording_goes_with_whatever_is_told_and_both_sides_can_play_it(
    client: CheckingClient, town: Town, complaint: Complaint, url: str
) -> None:
    assert tells(client, url, (VOICE, "what I saw.wav"), words="Listen to this.").status_code == 303
    number = kept(town)[0].id
    town.register.rollback()
    page = "/your-complaint" if url.endswith(("issue", "done")) else url
    with clock.at(DAY):
        shown = client.page(page).xpath(f"//audio[@src='/your-complaint/files/{number}']")
        assert shown and all((each.get("aria-label"), each.get("controls") is not None) == ("Recording: what I saw.wav", True) for each in shown)
        sound = client.get(f"/your-complaint/files/{number}", headers={"Range": "bytes=0-3"})
        assert (sound.status_code, sound.data, sound.mimetype) == (206, b"RIFF", "audio/x-wav")
        assert "We have this recording." in words_of(client.page(page))
        assert "media-src 'self'" in client.get(page).headers["Content-Security-Policy"]
    theirs = staff_page(client, town, complaint)
    assert theirs.xpath(f"//section[not(h2[@id='words'])]//audio[contains(@src, '/files/{number}')]"), "It plays beside the words it came with."


def test_a_recording_no_browser_plays_is_kept_and_says_so(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    assert tells(client, "/your-complaint/new-issue", (AMR, "call.amr")).status_code == 303
    with clock.at(DAY):
        page = client.page("/your-complaint")
    assert not page.xpath("//audio") and "It cannot be played on this page." in words_of(page)


def test_something_new_can_be_said_in_a_recording_alone(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    refused = tells(client, "/your-complaint/new-issue", words=" ")
    assert refused.status_code == 422 and "or choose a file" in words_of(refused.get_data(as_text=True))
    assert tells(client, "/your-complaint/new-issue", (VOICE, "voice.wav"), words="").status_code == 303
    said = words_of(staff_page(client, town, complaint))
    assert "It is in the files that I sent." in said and "voice.wav" in said


@pytest.mark.parametrize(("url", "wrong"), [
    ("/your-complaint/not-done", {"promise": "9999"}),
    ("/your-complaint/new-issue", {"words": "x" * 20_001}),
    ("/your-complaint/messages", {"words": "x" * 20_001}),
])  # fmt: skip
def test_a_recording_is_not_lost_by_an_error_elsewhere_on_the_page(
    client: CheckingClient, town: Town, complaint: Complaint, url: str, wrong: dict[str, str]
) -> None:
    refused = tells(client, url, (VOICE, "voice.wav"), **wrong)
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "We have this file already. You need not choose it again: voice.wav" in words_of(page)
    filled = form_values(pick_form(html.document_fromstring(page), 0)) | {"words": "It rattles."}
    if url.endswith("not-done"):
        with clock.at(DAY):
            filled["promise"] = client.page(url).xpath("//input[@name='promise']/@value")[0]
    filled.pop("files", None)
    with clock.at(DAY):
        assert client.post(url, data=filled, content_type="multipart/form-data").status_code == 303
    number, = [file.id for file in kept(town)]
    told = [one for one in complaint.happenings if one.step in (Step.ACTION_DISPUTED, Step.ISSUE_RAISED, Step.MESSAGED)]
    assert [one.details["files"] for one in told] == [[number]]


def test_a_file_left_before_that_is_somebody_elses_is_not_taken_as_theirs(client: CheckingClient, town: Town, complaint: Complaint, app: Flask) -> None:
    with clock.at(DAY):
        other = town.complains("Another's.", code="Z" * 24)
        browser = app.test_client()
        assert isinstance(browser, CheckingClient)
        let_in_resident(browser, town.register, other)
        town.register.rollback()
        assert tells(browser, "/your-complaint/messages", (VOICE, "theirs.wav"), words="Mine.").status_code == 303
    number = kept(town)[0].id
    town.register.rollback()
    assert tells(client, "/your-complaint/messages", words="Hello.", enclosed=f"{number} x 99999999999").status_code == 303
    kept(town)
    assert next(one for one in complaint.happenings if one.step is Step.MESSAGED).details["files"] == []


def test_a_page_too_old_to_be_believed_keeps_no_file_and_says_choose_it_again(
    client: CheckingClient, town: Town, complaint: Complaint
) -> None:
    with clock.at(DAY):
        sent = {"words": "My words", "csrf_token": "stale", "key": "k", "files": (io.BytesIO(VOICE), "voice.wav")}
        answer = client.post("/your-complaint/new-issue", data=sent, content_type="multipart/form-data")
    said = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 400 and "Choose your files again" in said and "My words" in answer.get_data(as_text=True)
    assert kept(town) == []
