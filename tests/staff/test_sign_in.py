"""Signing in and out, and the role acted in."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from portal import accounts, clock, db, pace
from portal.access import Role
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import PASSWORD, Town

SIGN_IN = "/staff/sign-in"
FAR = "203.0.113.7"


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
    assert "You act now as Manager" in words_of(browser.page("/staff/"))
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
    assert client.post(url).location == f"{SIGN_IN}?unsaved=yes"


def run_out(signed_in: SignIn, role: Role) -> CheckingClient:
    """A browser whose visit began so long ago that it is over."""
    with clock.at(datetime(2026, 5, 12, 9, tzinfo=UTC)):
        return signed_in(role)


def test_item_41_somebody_whose_visit_ran_out_is_told_why_and_comes_back_to_where_they_were(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    with db.transaction(town.register):
        town.staff[Role.TRIAGE].roles = [Role.TRIAGE, Role.MANAGER]
        town.register.flush()
    town.register.rollback()
    email = town.staff[Role.TRIAGE].email
    town.register.rollback()
    here = f"/staff/complaints/{complaint.reference}/assign?lang=en"
    with clock.at(datetime(2026, 5, 12, 9, tzinfo=UTC)):
        browser = signed_in(Role.TRIAGE)
        browser.send("/staff/account", {"role": "manager"}, form="role")
    with clock.at(datetime(2026, 5, 12, 17, 30, tzinfo=UTC)):
        door = browser.get(here).location
        page = words_of(browser.page(door))
        assert "You were signed out because you had been signed in for 8 hours. Sign in, and you go back to the page you were on." in page
        assert "could not be saved" not in page
        wrong = browser.send(door, {"email": email, "password": "not the password at all"})
        assert "signed in for 8 hours" in words_of(wrong.get_data(as_text=True)), "a slip of the finger forgets nothing"
        assert browser.send(door, {"email": email, "password": PASSWORD}).location == here
        assert "You act as Manager" in words_of(browser.page("/staff/account")).replace("asManager", "as Manager")


def test_what_was_sent_when_the_visit_was_over_is_said_to_be_lost_and_leads_back_to_its_page(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    browser, page = run_out(signed_in, Role.HANDLER), f"/staff/complaints/{complaint.reference}/acknowledgement"
    sent_from = {"Referer": f"http://localhost{page}"}
    with clock.at(datetime(2026, 5, 13, 9, tzinfo=UTC)):
        for address in (page, f"{page}/preview"):
            door = browser.post(address, data={"p1-text": "The ceiling"}, headers=sent_from).location
            assert "what you had just written could not be saved" in words_of(browser.page(door))
        assert browser.send(door, {"email": "handler@landlord.example", "password": PASSWORD}).location == page


def test_a_visit_that_was_ended_is_told_apart_from_one_that_ran_out(signed_in: SignIn, app: Flask) -> None:
    browser = signed_in(Role.HANDLER)
    copied = browser.get_cookie("portal")
    browser.send("/staff/account", form="sign-out")
    assert "You were signed out" not in words_of(browser.page(SIGN_IN)), "whoever signs out knows why"
    elsewhere = app.test_client()
    assert copied is not None and isinstance(elsewhere, CheckingClient)
    elsewhere.set_cookie("portal", copied.value)
    assert "You were signed out because this sign-in was ended" in words_of(elsewhere.page("/staff/"))


def test_somebody_else_who_signs_in_at_the_same_browser_begins_where_they_always_do(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    browser = run_out(signed_in, Role.HANDLER)
    with clock.at(datetime(2026, 5, 13, 9, tzinfo=UTC)):
        door = browser.get(f"/staff/complaints/{complaint.reference}").location
        assert browser.send(door, {"email": "manager@landlord.example", "password": PASSWORD}).location == "/staff/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/staff/", "//elsewhere.example/staff/", "/\\elsewhere.example/staff/", "/staff/nowhere", "/your-complaint",
     "javascript:alert(1)", "/staff/account/role", "/staff/\r\nX: y", "http:/staff/", "/staff/find?" + "x" * 3_000],
)  # fmt: skip
def test_signing_in_leads_nowhere_but_to_pages_of_our_own(elsewhere: str, town: Town, client: CheckingClient) -> None:
    door = f"{SIGN_IN}?{urlencode({'next': elsewhere})}"
    assert "you go on to the page" not in words_of(client.page(door))
    assert client.send(door, {"email": "handler@landlord.example", "password": PASSWORD}).location == "/staff/"


@pytest.mark.parametrize("roles", [[], ["no such role"]])
def test_an_account_without_a_role_is_answered_like_a_wrong_password(
    roles: list[str], town: Town, client: CheckingClient
) -> None:
    email = town.staff[Role.HANDLER].email
    with db.transaction(town.register):
        town.staff[Role.HANDLER].roles = roles
    right = client.send(SIGN_IN, {"email": email, "password": PASSWORD})
    wrong = client.send(SIGN_IN, {"email": email, "password": "not the password at all"})
    assert right.status_code == wrong.status_code == 422
    assert bare(right.get_data(as_text=True)) == bare(wrong.get_data(as_text=True))


def test_a_door_that_is_not_theirs_is_told_in_the_words_of_staff_with_the_way_to_the_complaint(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    refused = signed_in(Role.TRIAGE).get(f"/staff/complaints/{complaint.reference}/response")
    page = html.document_fromstring(refused.get_data(as_text=True))
    assert refused.status_code == 403 and "this is not yours to do now" in words_of(page)
    assert "Leave this page now" not in words_of(page) and "The Housing Ombudsman" not in words_of(page), "that is for residents"
    assert page.xpath(f"//main//a[@href='/staff/complaints/{complaint.reference}']")


def tries(client: CheckingClient, email: str, times: int, **sent: str) -> list[TestResponse]:
    """Somebody tries to sign in, so many times, with a wrong password unless told otherwise."""
    fields = form_values(pick_form(client.page(SIGN_IN), 0)) | {"email": email, "password": "not the password at all"}
    found = []
    for _ in range(times):
        found.append(client.post(SIGN_IN, data=fields | sent, environ_base={"REMOTE_ADDR": FAR}))
    return found


@pytest.mark.parametrize("known", [True, False])
def test_after_a_few_wrong_passwords_an_account_known_or_not_is_tried_once_a_minute(
    known: bool, town: Town, client: CheckingClient
) -> None:
    email = town.staff[Role.HANDLER].email if known else "nobody@landlord.example"
    began = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
    with clock.at(began):
        codes = [each.status_code for each in tries(client, email, accounts.FEW + 1)]
        assert codes == [422] * accounts.FEW + [429]
        assert tries(client, f" {email.upper()} ", 1)[0].status_code == 429
    with clock.at(began + timedelta(seconds=61)):
        assert [each.status_code for each in tries(client, email, 2)] == [422, 429]


def test_the_right_password_is_slowed_too_but_never_locked_out(town: Town, client: CheckingClient, app: Flask) -> None:
    email, began = town.staff[Role.HANDLER].email, datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
    with clock.at(began):
        tries(client, email, accounts.FEW)
        assert tries(client, email, 1, password=PASSWORD)[0].status_code == 429
        other = app.test_client()
        assert isinstance(other, CheckingClient)
        elsewhere = other.send(SIGN_IN, {"email": email, "password": PASSWORD})
        assert elsewhere.status_code == 303, "Whoever guesses from one place does not keep its owner out at another."
    with clock.at(began + timedelta(seconds=61)):
        assert tries(client, email, 1, password=PASSWORD)[0].status_code == 303


@pytest.mark.parametrize("known", [True, False])
def test_very_many_networks_together_try_one_account_known_or_not_once_a_minute(known: bool, town: Town, app: Flask, client: CheckingClient) -> None:
    email = town.staff[Role.HANDLER].email if known else "nobody@landlord.example"
    began = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
    with clock.at(began):
        fields = form_values(pick_form(client.page(SIGN_IN), 0)) | {"email": email, "password": "not the password at all"}

    def tried(number: int) -> int:
        return client.post(SIGN_IN, data=fields, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"}).status_code

    with clock.at(began):
        assert [tried(each) for each in range(accounts.MANY + 3)] == [422] * accounts.MANY + [429] * 3
        app.extensions.pop("pace", None)
        assert tried(100) == 429, "another process counts the same"
    with clock.at(began + timedelta(seconds=61)):
        assert [tried(each) for each in (101, 102)] == [422, 429]


def test_whoever_signed_in_from_a_network_is_never_kept_out_there_by_those_who_guess_elsewhere(town: Town, app: Flask, client: CheckingClient) -> None:
    email, began = town.staff[Role.HANDLER].email, datetime(2026, 5, 11, 9, 0, tzinfo=UTC)

    def comes(*, home: str = "198.51.100.7", password: str = PASSWORD) -> int:
        browser = app.test_client()
        assert isinstance(browser, CheckingClient)
        fields = form_values(pick_form(browser.page(SIGN_IN), 0)) | {"email": email, "password": password}
        return browser.post(SIGN_IN, data=fields, environ_base={"REMOTE_ADDR": home}).status_code

    with clock.at(began):
        assert comes() == 303
    with clock.at(began + timedelta(days=89)):
        for number in range(accounts.MANY):
            comes(home=f"203.0.113.{number}", password="not the password at all")
        assert (comes(home="203.0.113.200"), comes()) == (429, 303)
    with clock.at(began + timedelta(days=180)):
        for number in range(accounts.MANY):
            comes(home=f"203.0.113.{number}", password="not the password at all")
        assert comes() == 429, "it is known there no longer"


def test_very_many_accounts_tried_from_one_network_are_slowed_before_their_passwords_are_looked_at(
    town: Town, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST, "sign in", 3)
    codes = [tries(client, f"guess{each}@landlord.example", 1)[0].status_code for each in range(3)]
    assert codes == [422] * 3
    monkeypatch.setattr("portal.accounts.check_staff", lambda *_: pytest.fail("It was looked at."))
    assert tries(client, town.staff[Role.HANDLER].email, 1)[0].status_code == 429
