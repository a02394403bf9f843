"""Somebody tells us by phone, face to face or by letter how to reach them now: it holds as if they had done it on their page (rulings 16, 17)."""

from typing import Any

import pytest
from flask import Flask

from portal import accounts, clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.verify import first_fault
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_party
from tests.resident.posted import Posted
from tests.resident.test_codes import other
from tests.resident.test_proving import BOTH_WAYS, BY_EMAIL, CASE
from tests.staff.conftest import SignIn
from tests.town import Town

NEW = {"came": "call", "known": "Rang back, and she knew the last visit.", "email": "new@example.org", "tell_old": "yes"}


def url(complaint: Complaint, town: Town) -> str:
    """Where it is written down."""
    found = f"/staff/complaints/{complaint.reference}/reach"
    town.register.rollback()
    return found


def contact_of(complaint: Complaint, town: Town) -> dict[str, Any]:
    """How they are reached now."""
    town.register.rollback()
    found = {name: value for name, value in complaint.resident.contact.items() if name != "since"}
    town.register.rollback()
    return found


def test_it_holds_at_once_is_a_contact_and_the_old_way_hears_of_it(town: Town, signed_in: SignIn, posted: Posted) -> None:
    complaint = town.complains(safe_contact=BY_EMAIL)
    posted.goes()
    staff = signed_in(Role.HANDLER)
    assert "They told us how to reach them now: write it down" in words_of(staff.page(url(complaint, town).removesuffix("/reach")))
    assert staff.send(url(complaint, town), NEW).status_code == 303
    assert contact_of(complaint, town) == {"channels": ["email"], "email": "new@example.org"}
    assert posted.goes() == [("samira@example.org", "Something was changed")]
    assert [(each.kind, each.incoming, each.words, each.shown_to_resident) for each in complaint.contacts] == [("call", True, NEW["known"], False)]
    said = [(one.step, dict(one.details)) for one in complaint.happenings[-2:]]
    number = complaint.contacts[0].id
    assert said == [(Step.CONTACTED, {"contact": number, "proof": True}), (Step.CONTACT_CHANGED, {"proved": "staff", "contact": number})]
    assert complaint.waiting_since is None and not complaint.resident.has_settled("email")
    assert first_fault(town.register) is None
    town.register.rollback()


def test_whoever_was_signed_in_as_them_is_signed_out_and_they_read_of_it(client: CheckingClient, app: Flask, town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact=BOTH_WAYS)
    staff = signed_in(Role.HANDLER)
    let_in_party(thief := other(app), town.register, complaint.resident, how=accounts.BY_EMAIL)
    assert staff.send(url(complaint, town), NEW | {"channels": ["post"], "email": "", "post": "2 New Street\nThornby", "tell_old": "no"}).status_code == 303
    assert thief.get(CASE).location == "/follow"
    assert contact_of(complaint, town) == {"channels": ["post"], "post": "2 New Street\nThornby"}
    let_in_party(thief, town.register, complaint.resident)
    assert "You told us how to reach you now." in words_of(thief.page(CASE))


def test_a_call_that_was_asked_for_is_no_longer_waited_for(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact=BOTH_WAYS)
    with town.writing():
        operations.ask_call(complaint, by=town.resident(complaint))
    signed_in(Role.HANDLER).send(url(complaint, town), NEW)
    town.register.rollback()
    assert complaint.waiting_since is None
    town.register.rollback()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"came": "email"}, "Choose how they told us"), ({"known": " "}, "Write how you know that it is them"), ({"channels": []}, "Choose at least one way"),
        ({"email": "no address"}, "Write your email address"), ({"channels": ["email", "post"]}, "Write the address we should send letters to"),
        ({"phone": "01632 960222", "channels": ["phone"], "email": ""}, "Choose whether we may leave a voicemail"), ({"tell_old": ""}, "Choose “Yes” or “No”"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(town: Town, signed_in: SignIn, fields: dict[str, Any], said: str) -> None:
    complaint = town.complains(safe_contact=BY_EMAIL)
    answer = signed_in(Role.HANDLER).send(url(complaint, town), NEW | {"words": "Knock twice."} | fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and said in words_of(page) and "Knock twice." in page
    assert contact_of(complaint, town) == BY_EMAIL


def test_nobody_is_reached_anew_who_died(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact=BY_EMAIL)
    with town.writing():
        operations.record_death(complaint, clock.today(), by=town.viewer(Role.TRIAGE))
    assert signed_in(Role.HANDLER).get(url(complaint, town)).status_code == 404
