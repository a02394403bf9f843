"""Whoever is signed out while writing finds their words again in their boxes: they alone, in that browser alone, within the hour (item 41)."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import func, select, text

from portal import clock, db
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.record import Event
from portal.complaints.typed_words import TypedWords
from portal.post.office import Office
from portal.post.worker import Worker
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.town import CODE, PASSWORD, Town

MORNING = datetime(2026, 5, 12, 9, tzinfo=UTC)
LATER = MORNING + timedelta(hours=8, minutes=1)
WORDS = "The joiner came and left again. She measured nothing & rang nobody."
MESSAGES = "/your-complaint/messages"
NOT_SENT = "You were signed out before this was sent, so it is not sent yet."


@pytest.fixture(autouse=True)
def _town_stands_back(app: Flask, town: Town) -> None:
    """The town ends its reading before each request: SQLite lets nobody write while somebody reads."""
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """A complaint that is the handler's, on the morning of 12 May."""
    with clock.at(MORNING):
        found = town.complains()
        town.given_to(found)
        town.register.rollback()
    with clock.at(LATER):
        yield found


def page_of(complaint: Complaint) -> str:
    """Where the handler writes to the resident."""
    return f"/staff/complaints/{complaint.reference}/messages"


def writes_too_late(town: Town, browser: CheckingClient, here: str, *, moment: datetime = LATER, **fields: str) -> str:
    """The handler opens a form in the morning, and presses its button when their visit is over; where that leads."""
    with clock.at(MORNING):
        let_in_staff(browser, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        town.register.rollback()
        filled = form_values(pick_form(browser.page(here), 0)) | (fields or {"words": WORDS})
    with clock.at(moment):
        answer = browser.post(here, data=filled, headers={"Referer": f"http://localhost{here}"})
    assert answer.status_code == 303
    return str(answer.location)


def comes_in(browser: CheckingClient, door: str, role: Role = Role.HANDLER) -> str:
    """Sign in as somebody; where that leads."""
    answer = browser.send(door, {"email": f"{role}@landlord.example", "password": PASSWORD})
    assert answer.status_code == 303, words_of(answer.get_data(as_text=True))
    return str(answer.location)


def box(page: html.HtmlElement) -> str:
    """What is in the box of the first form."""
    return str(page.xpath("//main//textarea")[0].value or "").strip()


def kept(town: Town) -> int:
    """How much waits for anybody."""
    found = town.register.scalar(select(func.count(TypedWords.id))) or 0
    town.register.rollback()
    return found


def happened(town: Town) -> int:
    """How much ever happened here."""
    found = town.register.scalar(select(func.count(Event.number))) or 0
    town.register.rollback()
    return found


def test_item_41_staff_who_sign_in_again_find_what_they_typed_in_its_boxes_and_it_is_not_sent(town: Town, client: CheckingClient, complaint: Complaint) -> None:
    here, before = page_of(complaint), happened(town)
    door = writes_too_late(town, client, here)
    assert "What you had just written is kept for one hour, for you alone. It is not sent yet." in words_of(client.page(door))
    assert comes_in(client, door) == here
    page = client.page(here)
    assert box(page) == WORDS and NOT_SENT in words_of(page)
    assert happened(town) == before and kept(town) == 0, "nothing is sent by looking, and it is forgotten once it was put back"
    assert client.post(here, data=form_values(pick_form(page, 0))).status_code == 303, "the button of that page sends it"
    assert happened(town) == before + 1
    assert box(client.page(here)) == ""


def test_item_41_a_resident_finds_it_too_with_their_access_code(town: Town, client: CheckingClient, complaint: Complaint) -> None:
    with clock.at(LATER - timedelta(minutes=31)):
        signs_in(client, CODE)
        filled = form_values(pick_form(client.page(MESSAGES), 0)) | {"words": WORDS, "files": (io.BytesIO(b"%PDF-1.7"), "door.pdf")}
    before = happened(town)
    assert client.post(MESSAGES, data=filled, content_type="multipart/form-data", headers={"Referer": f"http://localhost{MESSAGES}"}).location == "/follow"
    assert "What you had just written is kept for one hour, for you alone." in words_of(client.page("/follow"))
    assert signs_in(client, CODE).location == MESSAGES
    page = client.page(MESSAGES)
    assert box(page) == WORDS and f"{NOT_SENT} What you wrote is here again. Check it, then press the button. Choose your files again too." in words_of(page)
    assert happened(town) == before and box(client.page(MESSAGES)) == ""


def test_item_41_nobody_else_who_signs_in_there_sees_it_and_then_it_is_gone(town: Town, client: CheckingClient, complaint: Complaint) -> None:
    here = page_of(complaint)
    door = writes_too_late(town, client, here)
    assert comes_in(client, door, Role.MANAGER) == "/staff/"
    assert kept(town) == 0
    for role in (Role.MANAGER, Role.HANDLER):
        comes_in(client, "/staff/sign-in", role)
        assert WORDS not in client.get(here, follow_redirects=True).get_data(as_text=True)


def test_item_41_no_other_browser_has_it_not_even_the_same_persons(town: Town, app: Flask, client: CheckingClient, complaint: Complaint) -> None:
    here, other = page_of(complaint), app.test_client()
    assert isinstance(other, CheckingClient)
    writes_too_late(town, client, here)
    comes_in(other, "/staff/sign-in")
    assert box(other.page(here)) == "" and kept(town) == 1


def test_item_41_an_hour_later_it_is_gone(town: Town, app: Flask, client: CheckingClient, complaint: Complaint) -> None:
    here = page_of(complaint)
    door = writes_too_late(town, client, here)
    with clock.at(LATER + timedelta(hours=1, seconds=1)):
        assert "could not be saved" in words_of(client.page(door))
        comes_in(client, door)
        assert box(client.page(here)) == ""
        writes_too_late(town, client, here, moment=clock.now())
        assert kept(town) == 1, "whatever is too old goes whenever something is kept"
    with clock.at(LATER + timedelta(hours=3)):
        Worker(Office.of(app.extensions["sessions"], app.extensions["portal"])).hourly()
    assert kept(town) == 0


@pytest.mark.parametrize("way_out", ["/sign-out", "/leave"])
def test_item_41_whoever_leaves_takes_it_with_them(town: Town, client: CheckingClient, complaint: Complaint, way_out: str) -> None:
    writes_too_late(town, client, page_of(complaint))
    assert (client.get(way_out) if way_out == "/leave" else client.post(way_out)).status_code == 303
    assert kept(town) == 0


def test_item_41_what_is_kept_is_sealed_and_holds_no_secret(town: Town, client: CheckingClient, complaint: Complaint) -> None:
    writes_too_late(town, client, page_of(complaint), words=WORDS, password="not to be kept", code="12345678")
    (found,) = town.register.scalars(select(TypedWords)).all()
    assert {name for name, _value in found.said["said"]}.isdisjoint({"csrf_token", "password", "code"})
    raw = town.register.execute(text("select said, token_lookup from typed_words")).one()
    cookie = client.get_cookie("portal")
    assert WORDS.encode() not in bytes(raw[0]) and cookie and raw[1] not in cookie.value


def test_item_41_nothing_is_kept_of_a_form_of_another_website_or_of_a_visit_that_was_ended(town: Town, client: CheckingClient, complaint: Complaint) -> None:
    here = page_of(complaint)
    writes_too_late(town, client, here, words=WORDS, csrf_token="made up")
    assert kept(town) == 0
    with clock.at(MORNING):
        let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        town.register.rollback()
        filled = form_values(pick_form(client.page(here), 0)) | {"words": WORDS}
        with db.transaction(town.register):
            town.register.execute(text("delete from visit"))
        town.register.rollback()
        door = client.post(here, data=filled, headers={"Referer": f"http://localhost{here}"}).location
    assert kept(town) == 0 and "could not be saved" in words_of(client.page(door))
