"""Files sent as they are chosen: progress, a second try, and nothing lost; without scripts the form sends them all."""

from threading import Event
from typing import Any

import pytest
from flask import Response, abort, request
from playwright.sync_api import Page, expect

from portal.complaints import files
from portal.complaints.files import Arrived
from portal.resident import uploads
from portal.resident.forms import FilesForm
from tests import samples
from tests.browser.fixtures import Browse

pytestmark = pytest.mark.browser

PHOTO: Any = {"name": "roof.jpg", "mimeType": "image/jpeg", "buffer": samples.picture("JPEG")}
NOTES: Any = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"words"}
WRONG: Any = {"name": "run.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ\x90\0"}


def here(page: Page) -> list[str]:
    """The names of the files that we have, as the page lists them."""
    return page.locator("#kept li p:first-child bdi").all_inner_texts()


def test_files_are_sent_one_by_one_as_they_are_chosen_and_said_to_be_here(browse: Browse) -> None:
    page = browse("/complain/files")
    page.set_input_files("input[type=file]", [PHOTO, NOTES])
    expect(page.locator("#kept h2")).to_have_text("2 files so far")
    assert here(page) == ["roof.jpg", "notes.txt"]
    expect(page.locator("#status")).to_have_text("2 files so far")
    expect(page.locator("[data-sending]")).to_be_hidden()


def test_one_that_we_cannot_take_is_said_and_the_others_are_kept(browse: Browse) -> None:
    page = browse("/complain/files")
    page.set_input_files("input[type=file]", [PHOTO, WRONG, NOTES])
    expect(page.locator("#kept h2")).to_have_text("2 files so far")
    page.set_input_files("input[type=file]", [WRONG])
    expect(page.locator("#kept .note")).to_contain_text("We cannot open “run.exe”.")
    assert here(page) == ["roof.jpg", "notes.txt"]


def test_one_whose_answer_was_lost_is_tried_again_and_kept_once(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    show, lost = uploads._show, list[str]()

    def lose_the_first_answer(form: FilesForm, **more: Any) -> Response:
        if request.method == "POST" and not lost:
            lost.append(request.path)
            abort(429)
        return show(form, **more)

    monkeypatch.setattr(uploads, "_show", lose_the_first_answer)
    page = browse("/complain/files")
    page.set_input_files("input[type=file]", [PHOTO])
    expect(page.locator("[data-sending]").get_by_text("It did not reach us. You need not choose it again.")).to_be_visible()
    page.get_by_role("button", name="Try again roof.jpg").click()
    expect(page.locator("#kept h2")).to_have_text("One file so far")
    assert here(page) == ["roof.jpg"]


def test_going_on_waits_until_the_files_are_here(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    take, may_go = files.take, Event()

    def take_slowly(*given: Any) -> Arrived:
        assert may_go.wait(10)
        return take(*given)

    monkeypatch.setattr(files, "take", take_slowly)
    page = browse("/complain/files")
    page.set_input_files("input[type=file]", [NOTES])
    expect(page.locator("[data-sending]").get_by_text("Sending")).to_be_visible()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#status")).to_have_text("We go on when your files are here.")
    may_go.set()
    page.wait_for_url("**/complain/danger**")


def test_without_scripts_one_press_sends_them_all(browse: Browse) -> None:
    page = browse("/complain/files", scripts=False)
    page.set_input_files("input[type=file]", [PHOTO, NOTES])
    page.get_by_role("button", name="Add these, then add more").click()
    assert here(page) == ["roof.jpg", "notes.txt"]
