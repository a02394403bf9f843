"""A message that reached somebody it was not meant for: they stop it, and nothing else comes of it (C10, ML8)."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import accounts
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.not_mine import token_for
from portal.complaints.people import Visit
from portal.complaints.record import Event
from portal.complaints.sending import queue_mail
from portal.complaints.verify import first_fault
from tests.browser_client import CheckingClient, form_values, words_of
from tests.doors import let_in_party, let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.posted import Posted
from tests.resident.test_codes import other, same
from tests.resident.test_proving import BOTH_WAYS, BY_EMAIL, CASE, CONTACT
from tests.town import CODE, Town

NOBODY_S = "/not-for-me/of-nobody-s-message-ab"
DONE = "/not-for-me"


def reached_so(town: Town, **safe: Any) -> Complaint:
    """A complaint whose resident is reached like this."""
    complaint = town.complains(safe_contact=safe or BY_EMAIL)
    _ = complaint.reference
    town.register.rollback()
    return complaint


def way_out(message: str) -> str:
    """Where a message says that one can say that it was not meant for them."""
    found = re.findall(r"http://localhost(/not-for-me/\S+)", message)
    assert len(found) == 1, message
    return str(found[0])


def presses(client: CheckingClient, path: str) -> Any:
    """Tick the box, and press."""
    return client.send(path, {"sure": "y"})


def ways(complaint: Complaint, town: Town) -> list[str]:
    """The ways that are safe now."""
    town.register.rollback()
    found = complaint.resident.channels
    town.register.rollback()
    return found


def test_ml8_c10_every_message_to_a_resident_offers_it_each_by_a_link_of_its_own(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = reached_so(town, **BOTH_WAYS)
    with town.writing():
        operations.reply(complaint, "Soon.", by=town.viewer(Role.HANDLER))
    signs_in(client, CODE)
    client.send(CONTACT, {"words": "Knock.", "tell_old": "yes"})
    reference = complaint.reference
    town.register.rollback()
    client.send("/follow/ask", {"reference": reference})
    posted.goes()
    by_mail, by_text = [way_out(each.get_content()) for each in posted.mails], [way_out(each.words) for each in posted.texts]
    assert (len(by_mail), len(by_text)) == (4, 1)
    assert len(set(by_mail)) == 1 and set(by_mail) != set(by_text)
    for path in (*by_mail, *by_text):
        assert str(complaint.resident.id) not in path.rpartition("/")[2][:2] and reference not in path
        assert words_of(client.page(path)).count("Was a message not meant for you?")
    town.register.rollback()


def test_no_message_to_staff_offers_it(town: Town, posted: Posted) -> None:
    reached_so(town, channels=["portal"])
    with town.writing():
        queue_mail(town.register, "late", staff_id=town.staff[Role.HANDLER].id)
    posted.goes()
    assert "not-for-me" not in posted.mails[-1].get_content()


@pytest.mark.parametrize("channel", ["email", "text"])
def test_ml8_one_press_stops_that_way_and_staff_are_told(client: CheckingClient, app: Flask, town: Town, posted: Posted, channel: str) -> None:
    complaint = reached_so(town, **BOTH_WAYS)
    path = f"/not-for-me/{token_for(complaint.resident.id, channel, 'samira@example.org' if channel == 'email' else '01632 960111')}"
    town.register.rollback()
    assert presses(client, path).location == DONE
    assert "We send nothing more about this to that address or number" in words_of(client.page(DONE))
    assert ways(complaint, town) == (["phone"] if channel == "email" else ["email"])
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    assert "Find another way to reach Samira Haddad: one that we used is not theirs" in words_of(staff.page("/staff/from-residents"))
    reference = complaint.reference
    town.register.rollback()
    page = words_of(staff.page(f"/staff/complaints/{reference}"))
    assert f"Stopped: {'Email' if channel == 'email' else 'Phone'}. It is not theirs" in page
    assert ("01632 960111" in page) is (channel == "email")
    assert posted.goes() == ([("samira@example.org", "There is a letter for you")] if channel == "text" else [])
    assert first_fault(town.register) is None


def test_ml8_pressed_a_hundred_times_it_signs_nobody_in_reveals_nothing_and_only_stops_that_way(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint, neighbour = reached_so(town, **BOTH_WAYS), town.complains(safe_contact=BOTH_WAYS, code="B" * 24)
    town.register.rollback()
    posted.goes()
    path = way_out(posted.mails[0].get_content())
    answers, robots = set(), [other(app) for _ in range(10)]
    for number in range(100):
        robot = robots[number % 10]
        robot.head(path)
        page = robot.get(path).get_data(as_text=True)
        answer = presses(robot, path)
        answers.add((same(page), answer.status_code, answer.location, robot.get(DONE).get_data(as_text=True)))
        assert robot.get(CASE).location == "/follow"
    assert len(answers) == 1
    nothing = other(app)
    said = nothing.get(NOBODY_S).get_data(as_text=True)
    answer = presses(nothing, NOBODY_S)
    assert answers == {(same(said), answer.status_code, answer.location, nothing.get(DONE).get_data(as_text=True))}, "The same as for a link that is nobody's."
    for secret in ("Samira", "samira", "960111", "Rain"):
        assert secret not in said + next(iter(answers))[0]
    assert ways(complaint, town) == ["phone"] and ways(neighbour, town) == ["email", "phone"]
    assert town.register.scalar(select(func.count(Visit.id))) == 0
    steps = town.register.scalars(select(Event.step).where(Event.complaint_id == complaint.id)).all()
    assert steps.count("way stopped") == 1
    town.register.rollback()


def test_ml8_looking_and_pressing_without_the_box_change_nothing(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = reached_so(town)
    posted.goes()
    path = way_out(posted.mails[0].get_content())
    for _ in range(5):
        client.head(path)
        page = client.page(path)
    for form in page.forms:
        assert client.post(path, data=form_values(form)).status_code in (422, 404, 405)
    assert ways(complaint, town) == ["email"]


@pytest.mark.parametrize("token", ["x", "x" * 22, "-" * 22, "é" * 22, "x" * 5_000, "AAAAAAAAAAAAAAAAAAAAAA", "%00" * 22])
def test_ml8_what_is_none_of_our_links_is_answered_alike_and_does_nothing(client: CheckingClient, town: Town, token: str) -> None:
    complaint = reached_so(town)
    assert presses(client, f"/not-for-me/{token}").location == DONE
    assert ways(complaint, town) == ["email"]


def test_a_link_of_an_address_that_they_have_left_stops_nothing_of_the_new_one(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = reached_so(town)
    posted.goes()
    old = way_out(posted.mails[0].get_content())
    signs_in(client, CODE)
    client.send(CONTACT, {"email": "new@example.org", "tell_old": "no"})
    presses(client, old)
    assert ways(complaint, town) == ["email"]


def test_a_link_of_one_resident_with_another_s_number_in_it_opens_nothing(town: Town) -> None:
    first, second = reached_so(town), town.complains(safe_contact=BY_EMAIL, code="B" * 24)
    assert token_for(first.resident.id, "email", "samira@example.org") != token_for(second.resident.id, "email", "samira@example.org")
    town.register.rollback()


def test_what_waits_is_on_their_page_when_no_other_way_is_safe(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = reached_so(town)
    path = f"/not-for-me/{token_for(complaint.resident.id, 'email', 'samira@example.org')}"
    town.register.rollback()
    presses(client, path)
    assert ways(complaint, town) == ["portal"]
    assert posted.goes() == []
    assert [(each.channel, each.state) for each in complaint.letters[0].issues] == [("email", "failed"), ("page", "issued")]
    town.register.rollback()


def test_a_code_on_its_way_there_opens_nothing_any_more(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint = reached_so(town)
    reference = complaint.reference
    town.register.rollback()
    client.send("/follow/ask", {"reference": reference})
    code = posted.code
    presses(other(app), way_out(posted.mails[-1].get_content()))
    assert client.send("/follow/code", {"code": code}).status_code == 422


def test_the_resident_reads_of_it_and_can_turn_it_on_again_and_a_day_passes_before_it_shows_anything(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint = reached_so(town, **BOTH_WAYS)
    path = f"/not-for-me/{token_for(complaint.resident.id, 'email', 'samira@example.org')}"
    town.register.rollback()
    assert presses(other(app), path).location == DONE
    signs_in(client, CODE)
    assert "We stopped using one way to reach you." in words_of(client.page(CASE))
    assert client.send(CONTACT, {"channels": ["email", "phone"], "tell_old": "no"}).status_code == 303
    assert ways(complaint, town) == ["email", "phone"]
    assert not complaint.resident.has_settled("email") and complaint.waiting_since is None
    town.register.rollback()


def test_whoever_acts_for_somebody_is_stopped_alone(client: CheckingClient, town: Town, posted: Posted) -> None:
    acting = operations.ActingFor(name="Joan Marsh", how="asked", safe_contact={"channels": ["email"], "email": "joan@example.org"})
    complaint = town.complains(safe_contact=BY_EMAIL, acting=acting)
    theirs = next(each for each in complaint.parties if each is not complaint.resident)
    token = token_for(theirs.id, "email", "joan@example.org")
    town.register.rollback()
    presses(client, f"/not-for-me/{token}")
    assert (theirs.channels, complaint.resident.channels) == (["portal"], ["email"])
    let_in_party(client, town.register, complaint.resident, how=accounts.BY_ACCESS_CODE)
    assert "We stopped using" not in words_of(client.page(CASE))
