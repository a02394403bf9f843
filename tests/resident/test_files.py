"""Files from outside: judged by what is in them, kept under our own name, given back only to whoever sent them."""

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO

import pytest
from flask import Flask

from portal import clock
from portal.complaints import files, kinds, operations, queries
from portal.complaints.files import Stored
from portal.complaints.papers import Attachment, Draft
from tests import samples
from tests.browser_client import CheckingClient, Fields, form_values, pick_form, words_of
from tests.resident.journeys import answers, complains, signs_in
from tests.town import CODE, Town

LAST = -1
"""The form to add files stands under the list, in which each file has a form of its own."""

PNG = samples.picture("PNG")
JPEG = samples.picture("JPEG")
PDF = b"%PDF-1.7\n%\xe2\xe3\n"
WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HEIC = samples.picture("HEIF")
FILM = samples.film()


def zipped(*names: str) -> bytes:
    """A zip of small files with these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for name in names:
            into.writestr(name, "x")
    return made.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
TAKEN = {
    "roof.jpg": JPEG, "roof.JPEG": JPEG, "roof.png": PNG, "letter.pdf": PDF, "old.doc": WORD, "new.docx": DOCX,
    "phone.heic": HEIC, "film.mp4": FILM, "film.MOV": FILM, "notes.txt": "Ordinary words, and سقف too".encode(),
}  # fmt: skip
REFUSED = {
    "virus.exe": b"MZ\x90\0" + b"\0" * 60, "page.html": b"<!doctype html><script>", "drawing.svg": b"<svg onload='x'>",
    "page.txt": b"  <html><script>alert(1)</script>", "photo.png": b"MZ\x90\0" + b"\0" * 60, "photo.jpg": PDF,
    "nameless": PNG, "bundle.zip": zipped("a"), "bundle.docx": zipped("a"), "sheet.xlsx": DOCX, "odd.txt": b"\0\1\2\3",
}  # fmt: skip


def attach(client: CheckingClient, *sent: tuple[str, bytes], **more: str) -> tuple[int, str]:
    """Send files from the page about files; answers the status and what the page then says."""
    fields: Fields = {"files": [(io.BytesIO(content), name) for name, content in sent], **(more or {"add": "yes"})}
    answer = client.send("/complain/files", fields, form=LAST)
    page = client.get(answer.location) if answer.location else answer
    return answer.status_code, words_of(page.get_data(as_text=True))


def rows(town: Town) -> list[Attachment]:
    """Every file the register knows."""
    found = town.register.query(Attachment).order_by(Attachment.id).all()
    town.register.expunge_all()
    town.register.rollback()
    return found


def on_disk(app: Flask) -> set[str]:
    """What is in the folder of files."""
    folder: Path = app.extensions["portal"].files
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def names(town: Town) -> set[str]:
    """Under what names everything of the register is stored: each file, and the copy of it that is shown."""
    return {name for row in rows(town) for name in (row.stored_as, row.copy_as) if name}


def test_what_people_send_is_taken_whatever_its_name_looks_like(client: CheckingClient, app: Flask, town: Town) -> None:
    for name, content in TAKEN.items():
        status, said = attach(client, (name, content))
        assert status == 303, name
        assert name in said
    assert "10 files so far" in said
    assert "We have this file." in said
    assert on_disk(app) == names(town)
    assert {row.state for row in rows(town)} == {"not_scanned"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_what_it_says_is_refused_by_name(client: CheckingClient, app: Flask, name: str) -> None:
    status, said = attach(client, (name, REFUSED[name]))
    assert status == 422
    assert f"We cannot open “{name}”" in said
    assert on_disk(app) == set()


def test_one_bad_file_does_not_lose_the_good_ones(client: CheckingClient, town: Town) -> None:
    status, said = attach(client, ("roof.png", PNG), ("virus.exe", REFUSED["virus.exe"]), ("letter.pdf", PDF))
    assert status == 422
    assert "2 files so far" in said
    assert attach(client, ("more.png", PNG))[0] == 303
    assert [row.name for row in rows(town)] == ["roof.png", "letter.pdf", "more.png"]


def test_an_empty_file_is_told_from_a_file_that_is_not_there(client: CheckingClient) -> None:
    assert "“empty.txt” is empty" in attach(client, ("empty.txt", b""))[1]
    assert attach(client)[0] == 303


def test_a_file_that_is_too_big_is_not_kept(client: CheckingClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 100)
    status, said = attach(client, ("long.txt", b"a" * 101))
    assert status == 422
    assert "is bigger than 25 MB" in said
    assert on_disk(app) == set()


def test_fifty_files_are_the_most(client: CheckingClient, town: Town) -> None:
    assert attach(client, *((f"{n}.txt", b"words") for n in range(49)))[0] == 303
    status, said = attach(client, ("50.txt", b"words"), ("51.txt", b"words"))
    assert status == 422
    assert "“51.txt” was not added" in said
    assert len(rows(town)) == 50


def test_folders_and_tricks_in_a_name_stay_words(client: CheckingClient, town: Town) -> None:
    attach(client, ("../../etc/passwd.txt", b"words"), ("C:\\Users\\me\\<b>x</b>.txt", b"words"), ("a" * 400 + ".txt", b"w"))
    names = [row.name for row in rows(town)]
    assert names[0] == "passwd.txt"
    assert not any("/" in name.replace("</b>", "") or "\\" in name for name in names)
    assert len(names[2]) == 200
    assert names[2].endswith(".txt")


def test_a_file_can_be_taken_away_again(client: CheckingClient, app: Flask, town: Town) -> None:
    attach(client, ("roof.png", PNG), ("letter.pdf", PDF))
    assert client.send("/complain/files", form=f"/{rows(town)[0].id}/remove").status_code == 303
    assert [row.name for row in rows(town)] == ["letter.pdf"]
    assert on_disk(app) == names(town)


def test_nobody_takes_away_a_file_of_somebody_elses_draft(client: CheckingClient, app: Flask, town: Town) -> None:
    attach(client, ("roof.png", PNG))
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    attach(other, ("mine.png", PNG))
    theirs = rows(town)[0].id
    page = other.page("/complain/files")
    token = page.xpath("//main//input[@name='csrf_token']/@value")[0]
    other.post(f"/complain/files/{theirs}/remove", data={"csrf_token": token, "key": "k1"})
    assert len(rows(town)) == 2


def test_the_same_press_twice_keeps_one_file(client: CheckingClient, app: Flask, town: Town) -> None:
    page = client.page("/complain/files")
    hidden = {name: page.xpath(f"//main//input[@name='{name}']/@value")[0] for name in ("csrf_token", "key", "version")}
    for _ in range(2):
        sent = {**hidden, "add": "yes", "files": (io.BytesIO(PNG), "roof.png")}
        assert client.post("/complain/files", data=sent, content_type="multipart/form-data").status_code == 303
    assert len(rows(town)) == 1
    assert on_disk(app) == names(town)


def test_a_file_is_given_back_to_keep_and_never_opened_on_this_site(client: CheckingClient, app: Flask, town: Town) -> None:
    answers(client)
    attach(client, ("café roof.txt", b"words"))
    client.send("/complain/files", form=LAST)
    client.send("/complain/check")
    link = next(href for href in client.page("/your-complaint").xpath("//main//a/@href") if "/files/" in href)
    answer = client.get(link)
    assert answer.data == b"words"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    stranger = app.test_client()
    assert isinstance(stranger, CheckingClient)
    assert stranger.get(link).status_code == 303
    complains(stranger)
    assert stranger.get(link).status_code == 404


def test_a_big_post_is_taken_only_where_files_are(client: CheckingClient) -> None:
    assert attach(client, ("film.mp4", FILM + b"\0" * 2_000_000))[0] == 303
    assert client.post("/complain/name", data={"name": "x" * 2_000_000}).status_code == 413
    assert client.post("/complain/files", data={"files": (io.BytesIO(b"\0" * 27_000_000), "a.png")}).status_code == 413


def test_every_kind_on_the_list_has_an_ending_of_its_own() -> None:
    endings = [ending for kinds in kinds.TAKEN.values() for ending in kinds]
    assert len(endings) == len(set(endings))
    assert all(re.fullmatch(r"[a-z0-9]+", ending) for ending in endings)




def test_a_file_is_reached_only_through_its_own_complaint_and_by_whoever_sent_it(client: CheckingClient, town: Town) -> None:
    complaint, other = town.complains(), town.complains(code="0" * 24)
    with town.writing():
        made = {"media_type": "image/png", "size": 1, "sha256": "0" * 64, "state": "not_scanned", "added_at": clock.now()}
        from_staff = Attachment(complaint_id=complaint.id, name="survey.png", stored_as="a" * 64, **made)
        town.register.add(from_staff)
    assert queries.attachment(town.register, complaint, from_staff.id) is not None
    assert queries.attachment(town.register, other, from_staff.id) is None
    Path(client.application.extensions["portal"].files).mkdir(exist_ok=True)
    (client.application.extensions["portal"].files / ("a" * 64)).write_bytes(PNG)
    address = f"/your-complaint/files/{from_staff.id}"
    town.register.rollback()
    signs_in(client, CODE)
    assert client.get(address).status_code == 404
    assert "survey.png" not in words_of(client.page("/your-complaint"))


def test_a_file_of_a_complaint_that_was_sent_stays(client: CheckingClient, town: Town) -> None:
    answers(client)
    attach(client, ("roof.png", PNG))
    client.send("/complain/files", form=LAST)
    client.send("/complain/check")
    with town.writing():
        draft = town.register.query(Draft).one()
        assert operations.remove_file(draft, draft.files[0].id) == ()
    assert [row.name for row in rows(town)] == ["roof.png"]


def test_two_files_are_taken_away_one_after_the_other_from_one_page(client: CheckingClient, town: Town) -> None:
    attach(client, ("roof.png", PNG), ("letter.pdf", PDF), ("third.png", PNG))
    page = client.page("/complain/files")
    forms = [each for each in page.forms if (each.get("action") or "").endswith("/remove")]
    filled = [form_values(each) for each in forms]
    assert len({each["key"] for each in filled}) == 3
    for form, values in zip(forms[:2], filled[:2], strict=True):
        assert client.post(form.get("action"), data=values).status_code == 303
    assert [row.name for row in rows(town)] == ["third.png"]


def test_one_key_never_answers_for_another_file(client: CheckingClient, town: Town) -> None:
    attach(client, ("roof.png", PNG), ("letter.pdf", PDF))
    first, second = rows(town)
    values = form_values(pick_form(client.page("/complain/files"), f"/{first.id}/remove"))
    assert client.post(f"/complain/files/{first.id}/remove", data=values).status_code == 303
    assert client.post(f"/complain/files/{second.id}/remove", data=values).status_code == 409
    assert [row.name for row in rows(town)] == ["letter.pdf"]


def test_a_file_of_the_same_name_with_other_content_is_another_press(client: CheckingClient, app: Flask, town: Town) -> None:
    values = form_values(pick_form(client.page("/complain/files"), LAST))
    statuses = []
    for content in (PNG, PNG + b"more"):
        sent = {**values, "files": [(io.BytesIO(content), "roof.png")], "add": "yes"}
        statuses.append(client.post("/complain/files", data=sent, content_type="multipart/form-data").status_code)
    assert statuses == [303, 409]
    assert on_disk(app) == names(town)
    assert len(rows(town)) == 1


def test_marks_that_turn_a_name_round_are_taken_out_of_it(client: CheckingClient, town: Town) -> None:
    attach(client, ("roof\u202egnp\u2066\u0007\u2069.txt", b"words"))
    assert [row.name for row in rows(town)] == ["roofgnp.txt"]


def test_when_the_disk_is_nearly_full_files_are_refused_kindly_and_the_complaint_goes_on(
    client: CheckingClient, app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    gigabyte = 1024**3
    for total, free, taken in ((20, 1, False), (20, 3, True), (200, 4, False), (200, 6, True)):
        usage = shutil._ntuple_diskusage(total * gigabyte, (total - free) * gigabyte, free * gigabyte)
        monkeypatch.setattr(shutil, "disk_usage", lambda folder, usage=usage: usage)
        status, said = attach(client, ("a.png", PNG), ("b.png", PNG))
        assert (status == 303) is taken, (total, free)
        assert ("We cannot take files just now. Send your complaint without them" in said) is not taken
    assert len(on_disk(app)) == 8
    assert client.send("/complain/files", form=LAST).location == "/complain/check"


def test_files_are_counted_again_when_they_are_kept(
    client: CheckingClient, app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(client, *((f"{n}.txt", b"words") for n in range(49)))
    store = files.store

    def store_while_another_window_adds(folder: Path, stream: IO[bytes]) -> Stored:
        monkeypatch.setattr(files, "store", store)
        other = app.test_client()
        cookie = client.get_cookie("portal")
        assert cookie is not None and isinstance(other, CheckingClient)
        other.set_cookie("portal", cookie.value)
        assert attach(other, ("first.txt", b"words"))[0] == 303
        return store(folder, stream)

    monkeypatch.setattr(files, "store", store_while_another_window_adds)
    status, said = attach(client, ("second.txt", b"words"))
    assert status == 422
    assert "“second.txt” was not added" in said
    assert len(rows(town)) == 50
    assert on_disk(app) == names(town)
