"""Changing how one is reached: nothing more goes the old way, whoever was reached there hears of it where that is safe (A2, A5, S11)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal import accounts, clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.record import Event, EventWords
from portal.complaints.verify import first_fault
from portal.post import trouble
from tests.browser_client import CheckingClient, Fields, words_of
from tests.doors import let_in_party, let_in_staff
from tests.letters.read_again import bare, by_pdfium
from tests.resident.journeys import signs_in
from tests.resident.posted import Posted
from tests.resident.test_codes import other
from tests.resident.test_proving import BOTH_WAYS, BY_EMAIL, CASE, CONTACT, PROVE
from tests.staff.test_printing import file_of
from tests.town import CODE, Town

OLD, NEW, OLD_NUMBER, NEW_NUMBER = "samira@example.org", "new@example.org", "01632 960111", "01632 960222"
LETTER, CHANGED, TEXT = "There is a letter for you", "Something was changed", "text"
NOON = datetime(2026, 6, 15, 11, tzinfo=UTC)


def resident(client: CheckingClient, town: Town, **safe: Any) -> Complaint:
    """Somebody who is reached like this comes in with their access code, once all that waited has gone."""
    complaint = town.complains(safe_contact=safe)
    signs_in(client, CODE)
    return complaint


def change(client: CheckingClient, **fields: Any) -> Fields:
    """What they fill in: these, and everything else left as it is."""
    return {"tell_old": "yes"} | fields


def contact_of(complaint: Complaint, town: Town) -> dict[str, Any]:
    """How they are reached now."""
    town.register.rollback()
    found = {name: value for name, value in complaint.resident.contact.items() if name != "since"}
    town.register.rollback()
    return found


def test_somebody_changes_how_they_are_reached_and_what_they_leave_empty_stays(client: CheckingClient, town: Town) -> None:
    complaint = resident(client, town, **BOTH_WAYS | {"times": "Before noon"})
    answer = client.send(CONTACT, change(client, email=NEW))
    assert answer.location == f"{CONTACT}?saved=yes"
    assert "Changed. It holds from now on." in words_of(client.page(answer.location))
    assert contact_of(complaint, town) == BOTH_WAYS | {"times": "Before noon", "email": NEW}
    client.send(CONTACT, change(client, channels=["post"], post="2 New Street\nThornby", words="Use the name Sam."))
    assert contact_of(complaint, town) == {"channels": ["post"], "post": "2 New Street\nThornby", "words": "Use the name Sam."}
    assert client.send(CONTACT, {"channels": ["portal"]}).status_code == 303
    assert contact_of(complaint, town) == {"channels": ["portal"], "words": "Use the name Sam."}
    assert first_fault(town.register) is None


def test_a_new_number_carries_nothing_that_was_said_of_the_old_one(client: CheckingClient, town: Town) -> None:
    complaint = resident(client, town, **BOTH_WAYS | {"times": "Before noon"})
    answer = client.send(CONTACT, change(client, phone=NEW_NUMBER))
    assert answer.status_code == 422
    client.send(CONTACT, change(client, phone=NEW_NUMBER, voicemail="no", say_who="no"))
    assert contact_of(complaint, town) == BOTH_WAYS | {"phone": NEW_NUMBER, "times": "", "voicemail": "no", "say_who": "no"}


def test_any_time_can_be_safe_again(client: CheckingClient, town: Town) -> None:
    complaint = resident(client, town, **BOTH_WAYS | {"times": "Before noon"})
    client.send(CONTACT, change(client, any_time="y"))
    assert contact_of(complaint, town) == BOTH_WAYS


def test_a2_what_is_held_is_shown_so_that_its_owner_alone_knows_it_and_nothing_about_safety_at_all(client: CheckingClient, town: Town) -> None:
    resident(client, town, **BOTH_WAYS | {"channels": ["email", "phone", "post"], "post": "9 Hiding Place", "times": "When he is out", "words": "Say it is the library"})
    text = client.get(CONTACT).get_data(as_text=True)
    for secret in ("samira@example", "960111", "Hiding", "When he is out", "library", "checked value=\"yes\""):
        assert secret not in text, secret
    page = words_of(client.page(CONTACT))
    assert "Email, to s…@….org" in page and "ends in 11" in page and "to the address that we have" in page


WRONG: dict[str, tuple[Fields, str]] = {
    "no way": ({"channels": []}, "Choose at least one way"),
    "the website and another": ({"channels": ["portal", "email"]}, "not both"),
    "no such way": ({"channels": ["pigeon"]}, "Choose from the answers"),
    "no address": ({"channels": ["email"], "email": "samira at"}, "Write your email address"),
    "an address that is not ticked": ({"channels": ["phone"], "email": NEW}, "Tick “Email” above"),
    "no number": ({"channels": ["email", "phone"], "phone": "12"}, "Write your phone number"),
    "a number that is not ticked": ({"channels": ["email"], "phone": NEW_NUMBER}, "Tick “Phone” above"),
    "post to nowhere": ({"channels": ["email", "post"]}, "Write the address we should send letters to"),
    "post that is not ticked": ({"channels": ["email"], "post": "2 New Street"}, "Tick “Post” above"),
    "a new number of which nothing is said": ({"phone": NEW_NUMBER}, "Choose whether we may leave a voicemail"),
    "nothing said of the old way": ({"tell_old": ""}, "Choose “Yes” or “No”"),
    "too much": ({"words": "x" * 2_000}, "too long for us to keep"),
    "odd": ({"email": "a\u202e\x00b", "voicemail": "no such thing"}, "Choose from the answers"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_beside_the_box_and_what_was_typed_stays(client: CheckingClient, town: Town, wrong: str) -> None:
    fields, said = WRONG[wrong]
    complaint = resident(client, town, **BOTH_WAYS)
    answer = client.send(CONTACT, {"tell_old": "yes", "words": "Keep this"} | fields)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert said in words_of(page) and ("Keep this" in page or wrong == "too much")
    assert contact_of(complaint, town) == BOTH_WAYS


def test_ml2_a2_the_re_housed_resident_s_old_address_gets_nothing_that_was_queued_before(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    """Somebody was moved to safety; a letter and a notice were on their way to the mailbox and the home that she left."""
    left = {"channels": ["email", "post"], "email": "the-hendrys@example.org", "post": "4 Old Harbour Row\nThornby\nTH1 0ZZ"}
    with clock.at(NOON):
        complaint = town.complains(name="Marion Hendry", address="4 Old Harbour Row\nThornby\nTH1 0ZZ", safe_contact=left)
        with town.writing():
            operations.reply(complaint, "Soon.", by=town.viewer(Role.HANDLER))
        signs_in(client, CODE)
        moved = {"channels": ["email", "post"], "email": "marion@example.org", "post": "Flat 3, 20 Orchard Way\nFarwick\nFW2 0ZZ", "tell_old": "no"}
        assert client.send(CONTACT, moved).status_code == 303
        let_in_staff(staff := other(app), town.register, town.staff[Role.TRIAGE], Role.TRIAGE)
        printed = bare(by_pdfium(file_of(staff)))
        assert bare("20 Orchard Way") in printed and bare("Old Harbour") not in printed
        assert {to for to, _about in posted.goes()} == {"marion@example.org"}
        town.acknowledged(complaint)
        assert {to for to, _about in posted.goes()} <= {"marion@example.org"}


def test_ml2_a_message_taken_up_before_the_change_and_built_after_it_goes_the_new_way(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = resident(client, town, **BY_EMAIL)
    with db.sessions(town.register.get_bind())() as register:  # type: ignore[arg-type]
        row = register.scalars(select(Outbox)).one()
        assert posted.office._reader(register, row)[0] == OLD
    client.send(CONTACT, change(client, email=NEW, tell_old="no"))
    assert posted.goes() == [(NEW, LETTER)]
    town.register.rollback()
    assert complaint.letters[0].issues[0].state == "issued"
    town.register.rollback()


@pytest.mark.parametrize(("now", "channel"), [({"channels": ["portal"]}, "page"), ({"channels": ["post"], "post": "2 New Street"}, "post")])
def test_ml2_what_waits_to_go_a_way_that_is_safe_no_longer_goes_a_new_one_at_once(client: CheckingClient, town: Town, posted: Posted, now: Fields, channel: str) -> None:
    complaint = resident(client, town, **BY_EMAIL)
    client.send(CONTACT, change(client, **now, tell_old="no"))
    assert posted.goes() == []
    town.register.rollback()
    found = [(issue.channel, issue.state) for issue in complaint.letters[0].issues]
    assert found == [("email", "failed"), (channel, "issued" if channel == "page" else "waiting")]
    assert town.register.scalars(select(Outbox.trouble)).all() == [trouble.NOT_SAFE]
    assert first_fault(town.register) is None


def test_a_code_that_was_sent_to_the_old_address_opens_nothing(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint = resident(client, town, **BY_EMAIL)
    reference = complaint.reference
    town.register.rollback()
    thief = other(app)
    thief.send("/follow/ask", {"reference": reference})
    sent = posted.code
    client.send(CONTACT, change(client, email=NEW))
    assert thief.send("/follow/code", {"code": sent}).status_code == 422


def test_a5_whoever_else_was_signed_in_is_signed_out(client: CheckingClient, app: Flask, town: Town) -> None:
    complaint = resident(client, town, **BY_EMAIL)
    let_in_party(thief := other(app), town.register, complaint.resident, how=accounts.BY_EMAIL)
    assert thief.get(CASE).status_code == 200
    client.send(CONTACT, change(client, email=NEW))
    assert thief.get(CASE).location == "/follow"
    assert client.get(CASE).status_code == 200


TOLD: dict[str, tuple[dict[str, Any], Fields, set[tuple[str, str]]]] = {
    "a new mailbox, and the old one is safe": (BY_EMAIL, {"email": NEW, "tell_old": "yes"}, {(OLD, CHANGED)}),
    "a new mailbox, and the old one is not": (BY_EMAIL, {"email": NEW, "tell_old": "no"}, set()),
    "a new number, and both old ways are safe": (BOTH_WAYS, {"phone": NEW_NUMBER, "voicemail": "yes", "say_who": "yes", "tell_old": "yes"}, {(OLD, CHANGED), (OLD_NUMBER, TEXT)}),
    "a new number, and the old one is not safe": (BOTH_WAYS, {"phone": NEW_NUMBER, "voicemail": "yes", "say_who": "yes", "tell_old": "no"}, {(OLD, CHANGED)}),
    "a new mailbox, and the old is not safe": (BOTH_WAYS, {"email": NEW, "tell_old": "no"}, {(OLD_NUMBER, TEXT)}),
    "only the times": (BOTH_WAYS, {"times": "After six", "tell_old": "no"}, {(OLD, CHANGED)}),
    "the website alone from now on": (BOTH_WAYS, {"channels": ["portal"], "tell_old": "yes"}, {(OLD, CHANGED), (OLD_NUMBER, TEXT)}),
    "the website alone, and nothing was safe": (BOTH_WAYS, {"channels": ["portal"], "tell_old": "no"}, set()),
    "a phone on which nothing may be left": (BOTH_WAYS | {"voicemail": "no"}, {"channels": ["portal"], "tell_old": "yes"}, {(OLD, CHANGED)}),
    "a number that others answer": (BOTH_WAYS | {"say_who": "no", "channels": ["phone"]}, {"channels": ["portal"]}, set()),
    "post alone": ({"channels": ["post"], "post": "14 Quarry Bank"}, {"post": "2 New Street"}, set()),
    "the website alone before": ({"channels": ["portal"]}, {"channels": ["email"], "email": NEW}, set()),
}
"""How they were reached, what they change, and where one notice goes: never to an old way that is not safe, always to one they keep."""


@pytest.mark.parametrize("case", TOLD)
def test_s11_the_way_that_was_used_before_hears_of_it_unless_it_is_not_safe(client: CheckingClient, app: Flask, town: Town, posted: Posted, case: str) -> None:
    before, fields, told = TOLD[case]
    complaint = town.complains(safe_contact=before)
    town.register.rollback()
    posted.goes()
    signs_in(client, CODE)
    assert client.send(CONTACT, fields).status_code == 303
    assert {each for each in posted.goes() if each[1] in (CHANGED, TEXT)} == told
    town.register.rollback()
    assert (complaint.waiting_since is None) is bool(told), "Where nobody hears of it, staff make sure."
    town.register.rollback()
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    said = "Make sure that Samira Haddad themselves changed how we reach them"
    assert (said in words_of(staff.page("/staff/from-residents"))) is not bool(told)


def test_s11_the_notice_says_nothing_but_that_something_was_changed_and_whom_to_ring(client: CheckingClient, town: Town, posted: Posted) -> None:
    resident(client, town, **BOTH_WAYS)
    posted.goes()
    client.send(CONTACT, change(client, channels=["portal"]))
    posted.goes()
    mail, text = posted.mails[-1].get_content(), posted.texts[-1].words
    assert mail.startswith("Something was changed.\n\nHow we reach you was changed. If it was you, you need do nothing. If it was not you, ring us.\n\n")
    assert text.startswith("How we reach you was changed. If it was you, you need do nothing. If it was not you, ring us. 01632 960000 Not for you? http")
    for each in (mail, text):
        assert "Samira" not in each and "complaint" not in each and "Quarry" not in each


def test_s11_a_notice_that_still_waits_is_called_off_when_the_old_way_turns_out_not_to_be_safe(client: CheckingClient, town: Town, posted: Posted) -> None:
    resident(client, town, **BY_EMAIL)
    posted.goes()
    client.send(CONTACT, change(client, email="first@example.org", tell_old="yes"))
    client.send(CONTACT, change(client, email=NEW, tell_old="no"))
    assert posted.goes() == []


def test_s11_nothing_goes_to_somebody_who_died(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = resident(client, town, **BY_EMAIL)
    posted.goes()
    client.send(CONTACT, change(client, email=NEW))
    with town.writing():
        operations.record_death(complaint, clock.today(), by=town.viewer(Role.TRIAGE))
    assert posted.goes() == []


def test_staff_have_made_sure_when_they_wrote_down_that_they_were_in_touch(client: CheckingClient, town: Town) -> None:
    complaint = resident(client, town, **BY_EMAIL)
    client.send(CONTACT, change(client, email=NEW, tell_old="no"))
    town.register.rollback()
    assert complaint.waiting_since == clock.today()
    with town.writing():
        operations.record_contact(
            complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who="Samira Haddad", words="It was her.", on=clock.today()
        )
    assert complaint.waiting_since is None


def test_a_changed_way_shows_nobody_that_it_is_them_for_a_day(client: CheckingClient, town: Town, posted: Posted) -> None:
    with clock.at(NOON):
        complaint = resident(client, town, **BOTH_WAYS)
        client.send(CONTACT, change(client, phone=NEW_NUMBER, voicemail="yes", say_who="yes"))
        let_in_party(client, town.register, complaint.resident, how=accounts.BY_EMAIL)
        assert "Send me a code" not in words_of(client.page(PROVE))
        let_in_party(client, town.register, complaint.resident, how=accounts.BY_TEXT)
        assert "Send me a code" in words_of(client.page(PROVE)), "The mailbox is the one it was."
    for hours, offered in ((23, False), (24, True)):
        with clock.at(NOON + timedelta(hours=hours)):
            let_in_party(client, town.register, complaint.resident, how=accounts.BY_EMAIL)
            assert ("Send me a code" in words_of(client.page(PROVE))) is offered


def test_to_change_something_else_begins_no_new_day_and_taking_a_way_away_and_back_does(client: CheckingClient, town: Town, posted: Posted) -> None:
    with clock.at(NOON):
        complaint = resident(client, town, **BOTH_WAYS)
        client.send(CONTACT, change(client, phone=NEW_NUMBER, voicemail="yes", say_who="yes"))
    with clock.at(NOON + timedelta(hours=20)):
        signs_in(client, CODE)
        client.send(CONTACT, change(client, words="Knock twice."))
    with clock.at(NOON + timedelta(hours=25)):
        assert complaint.resident.has_settled("text")
        town.register.rollback()
        signs_in(client, CODE)
        client.send(CONTACT, change(client, channels=["email"]))
        client.send(CONTACT, change(client, channels=["email", "phone"], phone=NEW_NUMBER, voicemail="yes", say_who="yes"))
        town.register.rollback()
        assert not complaint.resident.has_settled("text") and complaint.resident.has_settled("email")
        town.register.rollback()


def test_it_is_in_the_record_without_a_word_of_how_they_are_reached(client: CheckingClient, town: Town) -> None:
    complaint = resident(client, town, **BOTH_WAYS)
    client.send(CONTACT, change(client, email=NEW, words="The library"))
    town.register.rollback()
    event = town.register.scalars(select(Event).order_by(Event.number.desc())).first()
    assert event is not None and event.step == "contact changed" and dict(event.happening.details) == {"proved": "paper"}
    kept = town.register.get(EventWords, event.number)
    assert kept is None or "library" not in str(kept.words)
    town.register.rollback()
    assert "You changed how we reach you." in words_of(client.page(CASE))
    assert complaint.reference


def test_staff_see_what_they_said_of_being_safe_and_that_it_changed(client: CheckingClient, app: Flask, town: Town) -> None:
    complaint = resident(client, town, **BOTH_WAYS)
    client.send(CONTACT, change(client, words="Ask for Sam.", phone=NEW_NUMBER, voicemail="yes", say_who="yes"))
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    reference = complaint.reference
    town.register.rollback()
    page = words_of(staff.page(f"/staff/complaints/{reference}"))
    assert "Ask for Sam." in page and NEW_NUMBER in page and OLD_NUMBER not in page and "Changed on their page on" in page


def two_complaints(client: CheckingClient, town: Town, **second: Any) -> tuple[Complaint, Complaint]:
    """Two complaints of one person, who has come in to the first."""
    other_one = town.complains(safe_contact=BY_EMAIL | second, code="B" * 24)
    first = resident(client, town, **BY_EMAIL)
    with town.writing():
        for each, person in ((first, None), (other_one, first.resident.person)):
            operations.match_person(each, by=town.viewer(Role.TRIAGE), person=person, landlord_record="" if person else "T1")
    town.register.rollback()
    return first, other_one


def test_another_complaint_of_theirs_is_reached_as_before_where_the_old_way_is_safe(client: CheckingClient, town: Town, posted: Posted) -> None:
    first, second = two_complaints(client, town)
    client.send(CONTACT, change(client, email=NEW))
    assert (first.resident.email, second.resident.email, second.resident.channels) == (NEW, OLD, ["email"])
    town.register.rollback()


def test_a2_an_old_way_that_is_not_safe_is_used_in_none_of_their_complaints_and_staff_find_another(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    first, second = two_complaints(client, town)
    client.send(CONTACT, change(client, email=NEW, tell_old="no"))
    assert {to for to, _about in posted.goes()} == {NEW}
    town.register.rollback()
    assert (first.resident.channels, second.resident.channels) == (["email"], ["portal"])
    assert second.waiting_since == clock.today() and [each.state for each in second.letters[0].issues] == ["failed", "issued"]
    town.register.rollback()
    assert first_fault(town.register) is None


def test_another_way_of_their_other_complaint_stays_as_it_is(client: CheckingClient, town: Town, posted: Posted) -> None:
    _first, second = two_complaints(client, town, email="apart@example.org")
    client.send(CONTACT, change(client, email=NEW, tell_old="no"))
    assert (second.resident.channels, second.resident.email) == (["email"], "apart@example.org")
    town.register.rollback()


def test_ml5_pressing_again_and_again_fills_no_mailbox(client: CheckingClient, town: Town, posted: Posted) -> None:
    resident(client, town, **BY_EMAIL)
    posted.goes()
    for number in range(6):
        client.send(CONTACT, change(client, words=f"Word {number}"))
    assert len(posted.goes()) == 3
