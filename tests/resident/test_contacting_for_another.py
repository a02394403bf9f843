"""Somebody who acts for a resident changes how they themselves are reached, and never how the resident is (rulings 5 to 7; A5, S11)."""

import io
import re
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal import accounts
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Party, Visit
from portal.complaints.verify import first_fault
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_party, let_in_resident, let_in_staff
from tests.resident.posted import Posted
from tests.resident.test_codes import other
from tests.resident.test_proving import CONTACT, PROVE, types
from tests.resident.test_stopping import acting_for_edna, browsers, stops, who
from tests.town import Town

OLD, NEW = "rhys@mail.example", "rhys.new@mail.example"
CHANGED = "Something was changed"
EDNA: dict[str, Any] = {"channels": ["email", "phone"], "email": "edna@hers.example", "phone": "01632 960777", "times": "When he is out", "voicemail": "no", "say_who": "no", "words": "Say it is the library"}
HERS = ("edna@hers", "e…@…", "960777", "ends in 77", "… 77", "When he is out", "library")
SPOKEN, FILE = "/for-somebody", "/your-complaint/everything/file"


@pytest.fixture
def complaint(town: Town, posted: Posted) -> Complaint:
    """Rhys acts for Edna, who is reached by e-mail and phone; all that waited has gone."""
    made = acting_for_edna(town)
    with town.writing():
        made.resident.given_contact = dict(EDNA)
    posted.goes()
    return made


def reached(party: Party, town: Town) -> dict[str, Any]:
    """How somebody is reached now."""
    town.register.rollback()
    found = {name: value for name, value in party.contact.items() if name != "since"}
    town.register.rollback()
    return found


def all_in(client: CheckingClient, url: str) -> str:
    """All that a page says, or a file that holds others."""
    answer = client.get(url, follow_redirects=True)
    if answer.mimetype != "application/zip":
        return answer.get_data(as_text=True)
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as kept:
        return "".join(kept.read(name).decode(errors="replace") for name in kept.namelist())


def rhys_by_mail(app: Flask, town: Town, posted: Posted, complaint: Complaint) -> CheckingClient:
    """Somebody reads the mail of Rhys, and comes in by that alone."""
    reference, client = complaint.reference, other(app)
    town.register.rollback()
    client.send("/follow/ask", {"reference": reference, "acting": "y", "own": OLD})
    assert client.send("/follow/code", {"code": posted.code}).location == SPOKEN
    return client


def test_they_change_how_they_are_reached_and_how_the_resident_is_stays(client: CheckingClient, town: Town, posted: Posted, complaint: Complaint) -> None:
    _edna, rhys, _manager = browsers(client, town, complaint)
    assert "Change how we reach you" in words_of(rhys.page(SPOKEN))
    assert "only they can change that" in words_of(rhys.page(CONTACT))
    assert rhys.send(CONTACT, {"email": NEW, "tell_old": "yes"}).location == f"{CONTACT}?saved=yes"
    assert reached(who(complaint), town) == {"channels": ["email"], "email": NEW}
    assert reached(complaint.resident, town) == EDNA
    assert posted.goes() == [(OLD, CHANGED)], "Edna’s mailbox hears nothing of it."
    assert first_fault(town.register) is None


def test_what_waits_for_them_goes_the_new_way_and_the_resident_s_letters_go_as_before(client: CheckingClient, app: Flask, town: Town, posted: Posted, complaint: Complaint) -> None:
    with town.writing():
        who(complaint).agreed = "legal"
        operations.end_authority(complaint, who(complaint), by=town.resident(complaint))
        operations.decide_pause(complaint, who(complaint), by=town.viewer(Role.MANAGER), give_back=True, reason="We saw the deed.")
    _edna, rhys, _manager = browsers(client, town, complaint)
    assert rhys.send(CONTACT, {"email": NEW, "tell_old": "no"}).status_code == 303
    assert {to for to, _about in posted.goes()} == {"edna@hers.example", NEW}


def test_nothing_of_how_one_is_reached_is_shown_to_the_other(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    edna, rhys, _manager = browsers(client, town, complaint)
    rhys.send(CONTACT, {"email": NEW, "words": "Ask for Reece", "tell_old": "yes"})
    for url in (SPOKEN, CONTACT, PROVE, "/your-complaint/everything", FILE):
        text = all_in(rhys, url)
        assert not [each for each in HERS if each in text], url
    for url in ("/your-complaint", CONTACT, PROVE, "/your-complaint/everything", FILE):
        text = all_in(edna, url)
        assert not [each for each in ("mail.example", "r…@", "Reece") if each in text], url
        assert "You changed how we reach you" not in text and "asked us to ring" not in text, url


def test_the_record_says_about_whom_it_was_and_staff_are_told_by_name(client: CheckingClient, app: Flask, town: Town, complaint: Complaint) -> None:
    _edna, rhys, manager = browsers(client, town, complaint)
    rhys.send(CONTACT, {"channels": ["portal"], "tell_old": "no"})
    town.register.rollback()
    last = complaint.happenings[-1]
    assert (last.step, last.by, dict(last.details)) == (Step.CONTACT_CHANGED, f"party:{who(complaint).id}", {"proved": "paper", "change": 1, "party": who(complaint).id})
    case = f"/staff/complaints/{complaint.reference}"
    of = who(complaint).id
    town.register.rollback()
    assert "Make sure that Rhys Marsh themselves changed how we reach them" in words_of(manager.page("/staff/from-residents"))
    assert "Changed on their page on" not in words_of(manager.page(case)), "Nothing of Edna’s changed."
    with town.writing():
        operations.record_contact(complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Edna Marsh", words="She rang.", on=complaint.received_on)
    assert "Rhys Marsh" in words_of(manager.page("/staff/from-residents")), "That was with Edna."
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    staff.send(f"{case}/safety", {"how": "Rang in his lunch hour."})
    assert staff.send(f"{case}/person?of={of}", {"came": "in", "them": "yes", "words": "He knew the reference."}).status_code == 200
    assert "Nobody waits for a reply." in words_of(staff.page("/staff/from-residents"))


@pytest.mark.parametrize("url", [CONTACT, FILE])
def test_s10_none_of_it_is_open_to_whoever_reads_their_mail_alone(app: Flask, town: Town, posted: Posted, complaint: Complaint, url: str) -> None:
    thief = rhys_by_mail(app, town, posted, complaint)
    assert thief.get(url).location.startswith(PROVE)
    page = words_of(thief.page(PROVE))
    assert "First show us that it is you" in page and "withdraw" not in page
    assert "stop somebody from acting for you" not in page
    hidden = form_values(pick_form(thief.page(PROVE), 0))
    sent = thief.post(CONTACT, data={"csrf_token": hidden["csrf_token"], "key": "k", "channels": ["email"], "email": "thief@example.org", "tell_old": "no"})
    assert sent.location.startswith(PROVE)
    assert reached(who(complaint), town)["email"] == OLD


def test_a_call_shows_that_it_is_them_and_is_theirs_alone(client: CheckingClient, app: Flask, town: Town, posted: Posted, complaint: Complaint) -> None:
    with town.writing():
        who(complaint).given_contact = {"channels": ["email", "phone"], "email": OLD, "phone": "01632 960555", "times": "After six", "voicemail": "yes", "say_who": "yes"}
    rhys = rhys_by_mail(app, town, posted, complaint)
    assert rhys.send(f"{PROVE}?then=contact", form="call").status_code == 303
    assert "You asked us to ring you." in words_of(rhys.page(PROVE))
    let_in_party(client, town.register, complaint.resident, how=accounts.BY_EMAIL)
    assert "You asked us to ring you." not in words_of(client.page(PROVE)) and client.send(PROVE, form="call").status_code == 303
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    said = words_of(staff.page("/staff/from-residents"))
    assert "Ring Rhys Marsh, and make sure" in said and "Ring Edna Marsh, and make sure" in said
    case, of = f"/staff/complaints/{complaint.reference}", who(complaint).id
    town.register.rollback()
    staff.send(f"{case}/safety", {"how": "Rang before six."})
    page = words_of(staff.page(f"{case}/person?of={of}"))
    assert "This is about Rhys Marsh" in page and "01632 960555" in page and "Ring: After six" in page and "960777" not in page
    answer = staff.send(f"{case}/person?of={of}", {"came": "out", "kept": ["times"], "them": "yes", "words": "He knew the reference."})
    numbers = "".join(re.findall(r"<bdi>(\d\d)</bdi>", answer.get_data(as_text=True)))
    said = words_of(staff.page("/staff/from-residents"))
    assert "Rhys Marsh" not in said and "Ring Edna Marsh, and make sure" in said
    assert types(client, numbers).status_code == 422, "They were read to Rhys."
    assert types(rhys, numbers).location == CONTACT


def test_where_it_was_not_them_they_are_signed_out_and_the_resident_is_not(client: CheckingClient, app: Flask, town: Town, posted: Posted, complaint: Complaint) -> None:
    thief = rhys_by_mail(app, town, posted, complaint)
    let_in_resident(client, town.register, complaint)
    case, of = f"/staff/complaints/{complaint.reference}", who(complaint).id
    town.register.rollback()
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    staff.send(f"{case}/safety", {"how": "Rang before six."})
    assert staff.send(f"{case}/person?of={of}", {"came": "in", "them": "no", "words": "He asked for nothing."}).status_code == 303
    assert thief.get(SPOKEN).location == "/follow" and client.get("/your-complaint").status_code == 200


def test_ruling_16_they_can_tell_us_by_phone_and_how_the_resident_is_reached_stays(client: CheckingClient, app: Flask, town: Town, posted: Posted, complaint: Complaint) -> None:
    case, of = f"/staff/complaints/{complaint.reference}", who(complaint).id
    town.register.rollback()
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    page = words_of(staff.page(f"{case}/reach?of={of}"))
    assert "This is about Rhys Marsh, who acts for the resident" in page and "960777" not in page and "library" not in page
    told = {"came": "call", "known": "He knew the reference.", "email": NEW, "tell_old": "yes"}
    assert staff.send(f"{case}/reach?of={of}", told).location == case
    assert reached(who(complaint), town) == {"channels": ["email"], "email": NEW} and reached(complaint.resident, town) == EDNA
    assert posted.goes() == [(OLD, CHANGED)]
    edna, _rhys, manager = browsers(client, town, complaint)
    assert "how to reach you now" not in words_of(edna.page("/your-complaint"))
    assert "Changed on their page on" not in words_of(manager.page(case)) and "Nobody waits for a reply." in words_of(manager.page("/staff/from-residents"))
    assert staff.get(f"{case}/reach?of={complaint.resident.id}").status_code == 404


@pytest.mark.parametrize("of", ["0", "99", "x", "resident"])
def test_nobody_is_made_sure_of_who_does_not_act(app: Flask, town: Town, complaint: Complaint, of: str) -> None:
    case = f"/staff/complaints/{complaint.reference}"
    asked = complaint.resident.id if of == "resident" else of
    town.register.rollback()
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    staff.send(f"{case}/safety", {"how": "Rang before six."})
    assert staff.get(f"{case}/person?of={asked}").status_code == 404


def test_ruling_6_whoever_was_stopped_changes_nothing_not_even_with_a_form_that_was_open(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    edna, rhys, _manager = browsers(client, town, complaint)
    token = form_values(pick_form(rhys.page(CONTACT), 0))
    stops(edna, town, complaint)
    assert rhys.get(CONTACT).status_code == 403 and rhys.get(PROVE).status_code == 403
    assert rhys.post(CONTACT, data=token | {"email": NEW, "tell_old": "no"}).status_code == 403
    assert reached(who(complaint), town)["email"] == OLD


def test_ruling_7_what_was_shown_in_one_complaint_shows_nothing_for_somebody_else_who_reads_the_same_mail(app: Flask, town: Town, posted: Posted, complaint: Complaint) -> None:
    """Whoever reads a mailbox can make a complaint of their own with it, and has the access code of that."""
    mallory = operations.ActingFor("Mallory", "asked", safe_contact={"channels": ["email"], "email": OLD})
    theirs = town.complains(name="Nobody", acting=mallory, code="B" * 24)
    reference, of = theirs.reference, who(complaint).id
    town.register.rollback()
    posted.goes()
    client = other(app)
    client.send("/follow/ask", {"reference": reference, "acting": "y", "own": OLD})
    assert client.send("/follow/code", {"code": posted.code}).location == SPOKEN
    assert types(client, "B" * 24).location == CONTACT
    form = next(n for n, each in enumerate(client.page("/for-somebody/all").xpath("//main//form")) if each.get("action") == f"/for-somebody/all/{of}")
    assert client.send("/for-somebody/all", form=form).location == SPOKEN
    assert client.get(CONTACT).location.startswith(PROVE)
    assert [each.proved_how for each in town.register.scalars(select(Visit).where(Visit.party_id == of))] == [None]
    town.register.rollback()


def test_what_is_wrong_is_said_beside_the_box_and_what_was_typed_stays(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    _edna, rhys, _manager = browsers(client, town, complaint)
    for fields, said in (({"channels": []}, "Choose at least one way"), ({"email": "rhys at"}, "Write your email address"), ({"tell_old": ""}, "Choose “Yes” or “No”")):
        answer = rhys.send(CONTACT, {"tell_old": "yes", "words": "Keep this"} | fields)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and said in words_of(page) and "Keep this" in page
    assert reached(who(complaint), town) == {"channels": ["email"], "email": OLD}
