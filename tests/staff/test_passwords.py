"""A password of one's own, what is refused as one, and a first one that a manager gives."""

import re
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal import accounts, clock, db, passwords
from portal.access import Role
from portal.complaints.papers import Outbox
from portal.complaints.people import Staff, Visit
from portal.complaints.record import IdempotencyKey
from portal.complaints.ways_in import FIRST_LASTS
from portal.post.office import Office
from portal.post.outbox import ACCEPTED
from portal.post.show import Handed
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import PASSWORD, Town

HERE, SIGN_IN = "/staff/account/password", "/staff/sign-in"
BETTER = "mauve tractor under eleven herons"


def chosen(new: str, *, old: str = PASSWORD, again: str | None = None) -> dict[str, str]:
    """What somebody fills in who changes their password."""
    return {"password": old, "new_password": new, "new_password_again": new if again is None else again}


@pytest.mark.parametrize(
    "common",
    ["correct horse battery staple", "Password1234567", "P4$$w0rd-P4$$w0rd", "password123password", "SummerWinter2026!!", "qwertyuiop12345",
     "1q2w3e4r5t6y7u8i", "abcdefghijklmnop", "zyxwvutsrqponmlk", "Manchester United 99", "this-is-my-password", "I Love You So Much!",
     "welcome welcome welcome", "Pássword Pássword", "letmein letmein 2026", "123456789012345"],
)  # fmt: skip
def test_what_many_people_use_is_refused_however_it_is_dressed(common: str) -> None:
    assert passwords.wrong_with(common) in (passwords.COMMON, passwords.REPEATED)


@pytest.mark.parametrize("short", ["aaaaaaaaaaaaaaaa", "mydog7mydog7mydog7", "-.-.-.-.-.-.-.-.", "kestrel22kestrel22kes", "ноч ноч ноч ноч "])
def test_a_short_one_said_again_is_refused(short: str) -> None:
    assert passwords.wrong_with(short) == passwords.REPEATED


@pytest.mark.parametrize(
    "good",
    [BETTER, "horse rose bear apple", "vlkqjd wmzzpo x", "ноч на дворе тихо", "85 31 07 44 29 63 18", "🦊 under 🪜 over 🦆 and 🚲", "mon mot à moi seul",
     "password managers write things like this", "a3f9-77be-01cd-94e2"],
)  # fmt: skip
def test_nothing_else_is_asked_of_a_long_one(good: str) -> None:
    assert passwords.wrong_with(good, yours=("Handler Person", "handler@landlord.example"), landlord="Example Homes") == ""


@pytest.mark.parametrize(
    ("named", "why"),
    [("dear Pers0n of Thornby", passwords.YOURS), ("under eleven hand-lers", passwords.YOURS), ("seven EXAMPLE herons", passwords.LANDLORDS),
     ("all homes are mauve tractors", "")],
)  # fmt: skip
def test_a_name_that_anybody_knows_is_refused(named: str, why: str) -> None:
    assert passwords.wrong_with(named, yours=("Handler Person", "handler@landlord.example"), landlord="Example Homes") == why


def test_the_longest_password_that_is_taken_is_looked_at_in_no_time() -> None:
    assert passwords.wrong_with("passwordword1" * 38) == passwords.REPEATED
    assert passwords.wrong_with(("password1word2pass3" * 26)[:490] + "zq") == ""


def test_somebody_changes_their_password_and_is_signed_out_everywhere_else(town: Town, signed_in: SignIn, client: CheckingClient) -> None:
    browser, other = signed_in(Role.HANDLER), signed_in(Role.HANDLER)
    assert "Change your password" in words_of(browser.page("/staff/account"))
    assert browser.send(HERE, chosen(BETTER)).location == "/staff/account"
    assert "Your password is changed" in words_of(browser.page("/staff/account"))
    assert other.get("/staff/").location.startswith(SIGN_IN)
    email = "handler@landlord.example"
    assert client.send(SIGN_IN, {"email": email, "password": PASSWORD}).status_code == 422
    assert client.send(SIGN_IN, {"email": email, "password": BETTER}).status_code == 303


@pytest.mark.parametrize(
    ("new", "again", "box", "why"),
    [("short", None, "new_password", "This has 5 characters. It needs 15 or more"),
     ("", None, "new_password", "This has 0 characters"),
     ("Password1234567", None, "new_password", "Many people use passwords like this one"),
     ("handler under eleven herons", None, "new_password", "Leave your name"),
     ("example under eleven herons", None, "new_password", "Leave the landlord’s name"),
     (PASSWORD, None, "new_password", "This is the one you have"),
     ("x " * 400, None, "new_password", "letters too long"),
     (BETTER, BETTER + "!", "new_password_again", "This is not the same")],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_box_and_nothing_is_changed(
    new: str, again: str | None, box: str, why: str, signed_in: SignIn, client: CheckingClient
) -> None:
    refused = signed_in(Role.HANDLER).send(HERE, chosen(new, again=again))
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert why in page.partition(f'id="{box}-error"')[2].partition("</p>")[0]
    assert "password boxes are empty again" in page and (not new or f'value="{new}"' not in page)
    assert client.send(SIGN_IN, {"email": "handler@landlord.example", "password": PASSWORD}).status_code == 303


def test_whoever_does_not_know_the_old_one_changes_nothing_and_is_slowed(signed_in: SignIn) -> None:
    browser = signed_in(Role.HANDLER)
    tried = [browser.send(HERE, chosen(BETTER, old="not the password at all")) for _ in range(6)]
    assert [each.status_code for each in tried] == [422] * 5 + [429]
    assert "This is not your password" in words_of(tried[0].get_data(as_text=True))


def test_an_accent_typed_another_way_is_the_same_password() -> None:
    one, other = "caf\u00e9 under eleven herons", "cafe\u0301 under eleven herons"
    assert accounts.matches(accounts.hash_password(one), other)


def test_a_password_leaves_no_trace_in_what_is_kept_of_the_form(town: Town, signed_in: SignIn, app: Flask) -> None:
    browser = signed_in(Role.HANDLER)
    fields = form_values(pick_form(browser.page(HERE), 0))
    browser.post(HERE, data=fields | chosen(BETTER))
    kept = town.register.scalars(select(IdempotencyKey)).one().fingerprint
    with db.transaction(town.register):
        town.register.execute(delete(IdempotencyKey))
        town.staff[Role.HANDLER].password_hash = accounts.hash_password(PASSWORD)
    browser.post(HERE, data=fields | chosen("mauve tractor over eleven herons"))
    assert town.register.scalars(select(IdempotencyKey)).one().fingerprint == kept


def test_an_error_page_gives_no_password_back(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in(Role.HANDLER)

    def busy(*_: object) -> str:
        raise accounts.Busy

    monkeypatch.setattr(accounts, "hash_password", busy)
    answer = browser.send(HERE, chosen(BETTER))
    assert answer.status_code == 503 and BETTER not in answer.get_data(as_text=True)


@pytest.fixture(autouse=True)
def _mail_goes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "portal", replace(app.extensions["portal"], mail="smtp://127.0.0.1:9"))


def given(app: Flask, manager: CheckingClient, staff_id: int) -> str:
    """A manager has a first password sent to somebody: the one in the message that goes to them."""
    url = f"/staff/people/{staff_id}"
    assert manager.send(url, form="/password").location == url
    went = list[EmailMessage]()

    def take(message: EmailMessage) -> Handed:
        went.append(message)
        return ACCEPTED, None, None

    Office(app.extensions["sessions"], app.extensions["portal"], take).deliver_all()
    (found,) = re.findall("first password: ([-0-9a-z]+)", went[-1].get_content())
    made = str(found)
    assert made not in str(went[-1]["Subject"])
    return made


def test_a_first_password_ends_what_was_and_is_changed_before_anything_else(app: Flask, town: Town, signed_in: SignIn, client: CheckingClient) -> None:
    handler, manager, staff_id = signed_in(Role.HANDLER), signed_in(Role.MANAGER), town.staff[Role.HANDLER].id
    made = given(app, manager, staff_id)
    assert len(made) >= 15 and "first password, which is good until" in words_of(manager.page(f"/staff/people/{staff_id}"))
    assert handler.get("/staff/").location.startswith(SIGN_IN)
    email = "handler@landlord.example"
    assert client.send(SIGN_IN, {"email": email, "password": PASSWORD}).status_code == 422
    assert client.send(SIGN_IN, {"email": email, "password": made}).status_code == 303
    for address in ("/staff/", "/staff/account", "/staff/find"):
        assert client.get(address).location == HERE
    assert client.get("/staff/due", headers={"HX-Request": "true"}).headers["HX-Redirect"] == HERE
    assert "somebody else has seen it" in words_of(client.page(HERE))
    assert client.send(HERE, chosen(BETTER, old=made)).location == "/staff/"
    assert client.get("/staff/").status_code == 200
    page = words_of(client.page("/staff/account"))
    assert "What was done with your account" in page and "Was given a new first password. Written down by Manager Person" in page


def test_a_first_password_that_is_not_used_in_time_opens_nothing(app: Flask, town: Town, signed_in: SignIn, client: CheckingClient) -> None:
    made = given(app, signed_in(Role.MANAGER), town.staff[Role.HANDLER].id)
    with clock.at(clock.now() + FIRST_LASTS + timedelta(seconds=1)):
        assert client.send(SIGN_IN, {"email": "handler@landlord.example", "password": made}).status_code == 422


@pytest.mark.parametrize(("who", "why"), [(Role.MANAGER, "You change your own password"), (Role.HANDLER, "They have left")])
def test_no_first_password_for_oneself_or_for_somebody_who_left(who: Role, why: str, town: Town, signed_in: SignIn) -> None:
    manager, url = signed_in(Role.MANAGER), f"/staff/people/{town.staff[who].id}"
    fields = form_values(pick_form(manager.page(url), "/password"))
    if who is Role.HANDLER:
        manager.send(url, form="/left")
    refused = manager.post(f"{url}/password", data=fields)
    assert refused.status_code == 422 and why in words_of(refused.get_data(as_text=True))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER])
def test_whoever_gives_a_first_password_never_sees_it(role: Role, app: Flask, town: Town, signed_in: SignIn) -> None:
    giver, url = signed_in(role), f"/staff/people/{town.staff[Role.HANDLER].id}"
    answer = giver.send(url, form="/password")
    waiting = town.register.scalars(select(Staff.first_password).where(Staff.id == town.staff[Role.HANDLER].id)).one()
    town.register.rollback()
    assert answer.location == url and waiting
    seen = [giver.get(each).get_data(as_text=True) for each in (url, "/staff/people", "/staff/mail", "/staff/account")]
    assert "is on its way to handler@landlord.example" in words_of(seen[0])
    assert not any(waiting in each for each in (*seen, answer.get_data(as_text=True)))


def test_a_first_password_is_kept_no_longer_than_until_it_has_gone(app: Flask, town: Town, signed_in: SignIn) -> None:
    made = given(app, signed_in(Role.ADMINISTRATOR), town.staff[Role.HANDLER].id)
    assert made and town.register.scalars(select(Staff.first_password).where(Staff.first_password.is_not(None))).all() == []


def test_no_first_password_is_given_where_no_mail_goes(app: Flask, town: Town, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "portal", replace(app.extensions["portal"], mail=None))
    refused = signed_in(Role.ADMINISTRATOR).send(f"/staff/people/{town.staff[Role.HANDLER].id}", form="/password")
    assert refused.status_code == 422 and "flask first-password" in words_of(refused.get_data(as_text=True))
    assert accounts.check_staff(town.register, "handler@landlord.example", PASSWORD), "the one they had still opens it"


def test_the_demo_shows_a_first_password_to_managers_alone_and_no_portal_in_use_shows_any(
    app: Flask, town: Town, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(app.extensions["portal"], mail=None, demo=True)
    monkeypatch.setitem(app.extensions, "portal", config)
    signed_in(Role.ADMINISTRATOR).send(f"/staff/people/{town.staff[Role.HANDLER].id}", form="/password")
    Office.of(app.extensions["sessions"], config).deliver_all()
    seen = {role: signed_in(role).get("/staff/mail").get_data(as_text=True) for role in (Role.MANAGER, Role.TRIAGE, Role.LEAD, Role.ADMINISTRATOR)}
    assert [role for role, page in seen.items() if "You were given a first password" in page] == [Role.MANAGER]
    assert "This is a demonstration" in seen[Role.MANAGER]
    monkeypatch.setitem(app.extensions, "portal", replace(config, demo=False))
    assert "first password:" not in words_of(signed_in(Role.MANAGER).page("/staff/mail"))


def test_an_auditor_reads_what_was_done_with_accounts(app: Flask, town: Town, signed_in: SignIn) -> None:
    given(app, signed_in(Role.ADMINISTRATOR), town.staff[Role.HANDLER].id)
    page = words_of(signed_in(Role.AUDITOR).page("/staff/record/accounts"))
    assert "Handler Person Was given a new first password. Administrator Person" in page


def test_they_are_told_by_mail_that_somebody_else_gave_them_a_password(app: Flask, town: Town, signed_in: SignIn) -> None:
    given(app, signed_in(Role.MANAGER), town.staff[Role.HANDLER].id)
    told = town.register.execute(select(Outbox.kind, Outbox.staff_id)).one()
    assert tuple(told) == ("first password", town.staff[Role.HANDLER].id)
    town.register.rollback()
    handler = signed_in(Role.TRIAGE)
    handler.send(HERE, chosen(BETTER))
    assert town.register.query(Outbox).count() == 1, "whoever changes their own knows"


def test_the_visits_of_somebody_whose_password_is_given_anew_are_gone(app: Flask, town: Town, signed_in: SignIn) -> None:
    signed_in(Role.HANDLER)
    staff_id = town.staff[Role.HANDLER].id
    given(app, signed_in(Role.MANAGER), staff_id)
    assert town.register.scalars(select(Visit).where(Visit.staff_id == staff_id)).all() == []
