"""A letter in other forms, through the front door: what is made once is kept, and is the same file ever after."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.events import letter_hash
from portal.complaints.made_files import FORMS, MadeFile, keep_made, made_file
from portal.complaints.models import Complaint
from portal.letters.paper import forms, printing
from portal.letters.structure import as_text
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_resident, let_in_staff
from tests.letters.read_again import bare, by_pdfium, drawn
from tests.not_run import find
from tests.town import Town

MONDAY = date(2026, 5, 11)
LETTER = "/your-complaint/letters/1"


@pytest.fixture(autouse=True)
def _town_stands_back(app: Flask, town: Town) -> None:
    """The town ends its reading before each request: SQLite lets nobody write while somebody reads."""
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)


@pytest.fixture
def complaint(town: Town, client: CheckingClient) -> Iterator[Complaint]:
    """A complaint of Monday, its resident come in; it is Monday still."""
    with clock.at(MONDAY):
        made = town.complains("Rain comes in. 😡 بارش")
        let_in_resident(client, town.register, made)
        yield made


def kept(town: Town) -> list[MadeFile]:
    town.register.rollback()
    town.register.expire_all()
    return list(town.register.scalars(select(MadeFile).order_by(MadeFile.id)))


def test_a_letters_page_has_a_plain_link_to_each_form_of_it(complaint: Complaint, client: CheckingClient) -> None:
    page = client.page(LETTER)
    links = {link.get("href"): words_of(link) for link in page.iter("a") if "/as/" in (link.get("href") or "")}
    offered = [name for name in FORMS if not name.startswith("braille")]
    assert list(links) == [f"{LETTER}/as/{name}" for name in offered], "what was written in Urdu is not made in braille"
    assert links[f"{LETTER}/as/print-24"] == "In large print, 24 point (PDF)"


def test_each_form_says_what_the_letter_says(complaint: Complaint, client: CheckingClient, town: Town) -> None:
    body = complaint.letters[0].body
    for name, form in FORMS.items():
        answer = client.get(f"{LETTER}/as/{name}")
        if form.grade:
            assert answer.status_code == 404
            continue
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"] and "sandbox" in answer.headers["Content-Security-Policy"]
        if form.size:
            assert bare(body["title"]) in bare(by_pdfium(answer.data)) and min(each.size for each in drawn(answer.data)) >= form.size
        else:
            assert answer.get_data(as_text=True) == as_text(body) + "\n"
    assert len(kept(town)) == 7


@pytest.mark.needs("lou_translate")
def test_a_letter_in_english_is_had_in_braille(town: Town, client: CheckingClient) -> None:
    made = town.complains("Rain comes in.")
    let_in_resident(client, town.register, made)
    answer = client.get(f"{LETTER}/as/braille-2")
    assert answer.status_code == 200 and answer.headers["Content-Disposition"] == "attachment; filename=letter-1.brf"
    assert find("lou_translate") and b",RA9 COMES" in answer.data


def test_what_was_made_once_is_the_same_file_ever_after(complaint: Complaint, client: CheckingClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(f"{LETTER}/as/print-18").data
    monkeypatch.setattr(printing, "VERSION", "2")
    monkeypatch.setattr(forms, "make", lambda *_: pytest.fail("it is not made again"))
    assert client.get(f"{LETTER}/as/print-18").data == first
    [row] = kept(town)
    assert row.said == {"form": "print-18", "letter": letter_hash(complaint.letters[0]), "made_with": row.said["made_with"]}
    assert row.said["made_with"].startswith("typst 0.") and row.said["made_with"].endswith("template 1")


def test_staff_have_the_same_file_and_no_address_is_on_it(complaint: Complaint, client: CheckingClient, town: Town, app: Flask) -> None:
    theirs = client.get(f"{LETTER}/as/print-12").data
    staff = app.test_client()
    assert isinstance(staff, CheckingClient)
    let_in_staff(staff, town.register, town.staff[Role.TRIAGE], Role.TRIAGE)
    url = f"/staff/complaints/{complaint.reference}/letters/1"
    assert f"{url}/as/text" in [link.get("href") for link in staff.page(url).iter("a")]
    assert staff.get(f"{url}/as/print-12").data == theirs
    assert bare("14 Quarry Bank") not in bare(by_pdfium(theirs))


@pytest.mark.parametrize("form", ["print-13", "nothing", "print-12%00", "braille-3", "Text"])
def test_a_form_that_there_is_none_of_is_a_page_that_does_not_exist(form: str, complaint: Complaint, client: CheckingClient) -> None:
    assert client.get(f"{LETTER}/as/{form}").status_code == 404


def test_a_letter_set_aside_is_had_in_no_form(complaint: Complaint, client: CheckingClient, town: Town) -> None:
    client.get(f"{LETTER}/as/text")
    with town.writing():
        operations.void_letter(complaint, complaint.letters[0], "It was for somebody else.", by=town.viewer(Role.HANDLER), wrong="person")
    assert client.get(f"{LETTER}/as/text").status_code == 404


def test_what_somebody_asked_for_and_what_it_says_are_sealed(complaint: Complaint, client: CheckingClient, town: Town, tmp_path: Path) -> None:
    client.get(f"{LETTER}/as/print-28")
    assert kept(town)
    stored = (tmp_path / "portal.db").read_bytes() if (tmp_path / "portal.db").exists() else b""
    assert b"print-28" not in stored and b"typst" not in stored


def test_two_who_ask_for_it_at_once_are_given_it_and_one_is_kept(complaint: Complaint, town: Town) -> None:
    letter = complaint.letters[0]
    both = [made_file(town.register, letter, "text") for _ in range(2)]
    for each in both:
        with town.writing():
            keep_made(town.register, each)
    assert [row.file for row in kept(town)] == [both[0].file] and both[0].file == both[1].file
