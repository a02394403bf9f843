"""Signing in and out, and the role acted in."""

import re

from flask import Flask

from portal import clock, db
from portal.access import Role
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.town import PASSWORD, Town

SIGN_IN = "/staff/sign-in"


def bare(text: str) -> str:
    """A page without what differs on every page: its keys and what was typed."""
    return re.sub(r'value="[^"]*"', "", text)


def test_a_wrong_password_and_a_wrong_address_are_answered_alike(town: Town, client: CheckingClient) -> None:
    email = town.staff[Role.HANDLER].email
    wrong = client.send(SIGN_IN, {"email": email, "password": "not the password at all"})
    nobody = client.send(SIGN_IN, {"email": "nobody@landlord.example", "password": PASSWORD})
    assert wrong.status_code == nobody.status_code == 422
    assert bare(wrong.get_data(as_text=True)) == bare(nobody.get_data(as_text=True))
    assert PASSWORD not in nobody.get_data(as_text=True)


def test_somebody_who_has_left_cannot_sign_in_and_is_shut_out_at_once(town: Town, signed_in: SignIn, client: CheckingClient) -> None:
    browser = signed_in(Role.HANDLER)
    with db.transaction(town.register):
        town.staff[Role.HANDLER].disabled_at = clock.now()
    assert browser.get("/staff/").status_code == 303
    email = town.staff[Role.HANDLER].email
    assert client.send(SIGN_IN, {"email": email, "password": PASSWORD}).status_code == 422


def test_signing_out_ends_every_copy_of_the_cookie(signed_in: SignIn, app: Flask) -> None:
    browser = signed_in(Role.HANDLER)
    copied = browser.get_cookie("portal")
    assert copied is not None
    assert browser.send("/staff/account", form="sign-out").location == SIGN_IN
    thief = app.test_client()
    thief.set_cookie("portal", copied.value)
    assert thief.get("/staff/").location == SIGN_IN
    assert browser.get("/staff/").location == SIGN_IN


def test_somebody_with_two_roles_acts_in_the_first_and_switches_on_the_account_page(town: Town, signed_in: SignIn) -> None:
    with db.transaction(town.register):
        town.staff[Role.TRIAGE].roles = [Role.TRIAGE, Role.MANAGER]
    browser = signed_in(Role.TRIAGE)
    before = browser.get_cookie("portal")
    assert "Triage: match" in words_of(browser.page("/staff/account"))
    assert browser.send("/staff/account", {"role": "manager"}, form="role").location == "/staff/"
    assert browser.get_cookie("portal") != before
    assert "You act as Manager" in words_of(browser.page("/staff/account")).replace("You act asManager", "You act as Manager")


def test_nobody_takes_a_role_they_do_not_hold(town: Town, signed_in: SignIn) -> None:
    with db.transaction(town.register):
        town.staff[Role.TRIAGE].roles = [Role.TRIAGE, Role.HANDLER]
    browser = signed_in(Role.TRIAGE)
    refused = browser.send("/staff/account", {"role": "manager"}, form="role")
    assert refused.status_code == 422
    assert "Choose one of the answers" in words_of(refused.get_data(as_text=True))


def test_a_colleague_sees_what_they_logged_and_no_queue(town: Town, signed_in: SignIn) -> None:
    mine, other = town.complains(), town.complains("The lift is out.", code="8K4QM2XDR7K4QM2XDR7K4QM2", name="Tomasz Wilk")
    with db.transaction(town.register):
        mine.logged_by_id = town.staff[Role.COLLEAGUE].id
    browser = signed_in(Role.COLLEAGUE)
    page = words_of(browser.page("/staff/logged"))
    assert "Samira Haddad" in page and "Tomasz Wilk" not in page
    assert browser.get("/staff/").status_code == 404
    assert browser.get(f"/staff/complaints/{mine.reference}").status_code == 200
    assert browser.get(f"/staff/complaints/{other.reference}").status_code == 404


def test_a_signed_out_browser_is_told_so_by_a_live_part_and_sent_to_sign_in_by_a_page(town: Town, client: CheckingClient) -> None:
    complaint = town.complains()
    url = f"/staff/complaints/{complaint.reference}/acknowledgement/preview"
    assert client.post(url, headers={"HX-Request": "true", "HX-Target": "written"}).status_code == 401
    assert client.post(url).location == SIGN_IN
