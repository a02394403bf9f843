"""Signing in with a work account, against a provider in a process of its own."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import db
from portal.access import Role
from portal.complaints.people import Staff, Visit
from portal.config import Config, ConfigError, WorkAccounts, work_accounts_from
from tests.browser_client import CheckingClient, words_of
from tests.house import ROOT
from tests.staff.conftest import SignIn
from tests.staff.work_provider import CLIENT, SECRET
from tests.town import PASSWORD, Town

pytestmark = pytest.mark.processes

SIGN_IN, BEGIN = "/staff/sign-in", "/staff/sign-in/work"
ROLES = {"Complaints managers": ("manager",), "Complaints handlers": ("handler", "triage")}
ADA = {"sub": "s-1", "name": "Ada Lock", "email": "ada.lock@landlord.example", "email_verified": True, "groups": ["Everybody", "Complaints handlers"]}
NOT_TRUSTED = "could not be trusted, so you are not signed in"

Tell = Callable[..., None]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a running provider."""
    process = subprocess.Popen([sys.executable, "-m", "tests.staff.work_provider", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture
def tell(provider: str) -> Tell:
    """Tell the provider whom it lets in, and what it does wrong."""

    def told(**what: Any) -> None:
        sent = {"claims": ADA} | what
        urllib.request.urlopen(urllib.request.Request(f"{provider}/told", json.dumps(sent).encode(), method="POST"), timeout=10).close()

    told()
    return told


@pytest.fixture
def browser(app: Flask, provider: str, tell: Tell, client: CheckingClient) -> CheckingClient:
    """A browser, at a portal that is set to that provider."""
    config: Config = app.extensions["portal"]
    settings = WorkAccounts(issuer=provider, client_id=CLIENT, client_secret=SECRET, roles=ROLES)
    app.extensions["portal"] = replace(config, work_accounts=settings)
    return client


def goes(browser: CheckingClient, start: str = BEGIN) -> str:
    """Press the link, and be let in by the provider: the address one is sent back to."""
    away = browser.get(start).location
    with urllib.request.build_opener(_Stay).open(away, timeout=10) as answer:
        return str(answer.headers["Location"]).removeprefix("http://localhost")


class _Stay(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, _req: Any, fp: Any, *_: Any) -> Any:
        return fp


def comes(browser: CheckingClient) -> TestResponse:
    """All the way there and back."""
    return browser.get(goes(browser))


def somebody(town: Town, email: str = "ada.lock@landlord.example") -> Staff | None:
    town.register.rollback()
    town.register.expire_all()
    return town.register.scalar(select(Staff).where(Staff.email == email))


def test_the_door_shows_the_way_only_where_there_is_one(client: CheckingClient) -> None:
    assert "work account" not in words_of(client.page(SIGN_IN))
    assert "not set up here" in words_of(client.page(BEGIN))


def test_somebody_new_comes_in_with_the_roles_of_their_groups_and_sees_where_they_come_from(town: Town, browser: CheckingClient) -> None:
    door = browser.page(SIGN_IN)
    assert [each.get("href") for each in door.iter("a") if words_of(each) == "Sign in with your work account"] == [BEGIN]
    assert comes(browser).location == "/staff/"
    made = somebody(town)
    assert made is not None
    assert (made.name, sorted(made.roles), made.password_hash) == ("Ada Lock", ["handler", "triage"], "")
    page = words_of(browser.page("/staff/account"))
    assert "Your roles are those of your groups there" in page and "Complaints handlers: Handler, Triage" in page
    assert "Change your password" not in page


def test_what_is_asked_of_the_provider_carries_a_challenge_a_state_and_a_nonce_new_each_time(browser: CheckingClient) -> None:
    asked = [{name: values[0] for name, values in parse_qs(urlsplit(browser.get(BEGIN).location).query).items()} for _ in range(2)]
    for name in ("code_challenge", "state", "nonce"):
        assert len(asked[0][name]) >= 43 and asked[0][name] != asked[1][name]
    assert asked[0]["code_challenge_method"] == "S256" and asked[0]["redirect_uri"] == "http://localhost/staff/sign-in/work/back"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"claims": ADA | {"nonce": "another"}}, "nonce"), ({"forget": ["nonce"]}, "no nonce"), ({"claims": ADA | {"aud": "another"}}, "audience"),
     ({"claims": ADA | {"aud": ["another", "third"]}}, "audiences"), ({"claims": ADA | {"exp": 1_700_000_000}}, "run out"), ({"forget": ["exp"]}, "no end"),
     ({"claims": ADA | {"iss": "https://elsewhere.example"}}, "issuer"), ({"claims": ADA | {"azp": "another"}}, "given to another"),
     ({"sign_with": "another"}, "signed by another"), ({"algorithm": "none"}, "not signed"), ({"forget": ["sub"]}, "nobody"),
     ({"discovery": {"issuer": "https://elsewhere.example"}}, "another provider"),
     ({"discovery": {"token_endpoint": "http://elsewhere.example/token"}}, "no https")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_trusted_signs_nobody_in(wrong: dict[str, Any], why: str, tell: Tell, town: Town, browser: CheckingClient) -> None:
    back = goes(browser)
    tell(**wrong)
    refused = browser.get(back)
    assert refused.status_code == 400, why
    assert NOT_TRUSTED in words_of(refused.get_data(as_text=True))
    assert somebody(town) is None and town.register.scalars(select(Visit)).all() == []
    assert browser.get("/staff/").location.startswith(SIGN_IN)


def test_a_wrong_verifier_is_refused_by_the_provider(town: Town, browser: CheckingClient) -> None:
    back = goes(browser)
    with browser.session_transaction(base_url="http://localhost") as cookie:
        cookie["work"] = cookie["work"] | {"verifier": "x" * 43}
    refused = browser.get(back)
    assert refused.status_code == 400 and NOT_TRUSTED in words_of(refused.get_data(as_text=True))
    assert somebody(town) is None


def test_what_was_begun_in_another_browser_or_comes_back_twice_signs_nobody_in(app: Flask, browser: CheckingClient) -> None:
    back = goes(browser)
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    refused = other.get(back)
    assert refused.status_code == 400 and "not begun in this browser" in words_of(refused.get_data(as_text=True))
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 400, "a code is good once"
    assert other.get(f"{BEGIN}/back").status_code == 400


def test_somebody_whom_the_provider_does_not_let_in_is_told_so(tell: Tell, browser: CheckingClient) -> None:
    tell(says_no=True)
    assert "did not let you in" in words_of(comes(browser).get_data(as_text=True))


def test_a_provider_that_does_not_answer_is_no_fault_of_ours(app: Flask, browser: CheckingClient) -> None:
    config: Config = app.extensions["portal"]
    assert config.work_accounts is not None
    app.extensions["portal"] = replace(config, work_accounts=replace(config.work_accounts, issuer="http://127.0.0.1:9"))
    answer = browser.get(BEGIN)
    assert answer.status_code == 400 and "could not reach your work account" in words_of(answer.get_data(as_text=True))


def test_an_account_is_found_by_an_address_that_the_provider_vouches_for_and_its_password_opens_nothing_then(
    tell: Tell, town: Town, browser: CheckingClient, app: Flask
) -> None:
    email = "handler.person@landlord.example"
    with db.transaction(town.register):
        town.staff[Role.HANDLER].email = email
    tell(claims=ADA | {"email": email.title(), "groups": ["Complaints managers"]})
    assert comes(browser).status_code == 303
    found = somebody(town, email)
    assert found is not None
    assert (found.id, found.name, found.roles) == (town.staff[Role.HANDLER].id, "Handler Person", ["manager"])
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    assert other.send(SIGN_IN, {"email": email, "password": PASSWORD}).status_code == 422
    assert "Began to sign in with a work account" in words_of(browser.page("/staff/account"))


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_nobody_vouches_for_is_nobodys(verified: object, tell: Tell, town: Town, browser: CheckingClient) -> None:
    tell(claims=ADA | {"email": town.staff[Role.MANAGER].email, "email_verified": verified})
    refused = comes(browser)
    assert refused.status_code == 400 and "does not say that your email address is yours" in words_of(refused.get_data(as_text=True))


def test_where_the_landlord_trusts_its_directory_an_address_needs_no_other_word(app: Flask, tell: Tell, town: Town, browser: CheckingClient) -> None:
    config: Config = app.extensions["portal"]
    assert config.work_accounts is not None
    app.extensions["portal"] = replace(config, work_accounts=replace(config.work_accounts, trusts_email=True))
    tell(claims={name: value for name, value in ADA.items() if name != "email_verified"})
    assert comes(browser).status_code == 303 and somebody(town) is not None


def test_the_same_person_is_known_again_whatever_address_they_have_and_nobody_else_by_theirs(tell: Tell, town: Town, browser: CheckingClient) -> None:
    comes(browser)
    tell(claims=ADA | {"email": "another@landlord.example"})
    assert comes(browser).status_code == 303 and somebody(town, "another@landlord.example") is None
    tell(claims=ADA | {"sub": "s-2"})
    refused = comes(browser)
    assert refused.status_code == 400 and "another work account" in words_of(refused.get_data(as_text=True))


def test_roles_follow_the_groups_and_none_of_ours_is_no_way_in(tell: Tell, town: Town, browser: CheckingClient, app: Flask) -> None:
    comes(browser)
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    tell(claims=ADA | {"groups": ["Everybody"]})
    refused = comes(other)
    assert refused.status_code == 400 and "none of the groups" in words_of(refused.get_data(as_text=True))
    assert browser.get("/staff/").location.startswith(SIGN_IN), "what they had open is over too"
    found = somebody(town)
    assert found is not None and found.roles == []


def test_groups_that_are_not_said_change_nothing(tell: Tell, town: Town, browser: CheckingClient, app: Flask) -> None:
    comes(browser)
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    tell(claims={name: value for name, value in ADA.items() if name != "groups"})
    refused = comes(other)
    assert refused.status_code == 400 and "did not say which groups" in words_of(refused.get_data(as_text=True))
    assert browser.get("/staff/").status_code == 200


def test_what_the_token_leaves_out_is_asked_for_and_believed_only_of_the_same_person(tell: Tell, town: Town, browser: CheckingClient) -> None:
    tell(claims={"sub": "s-1"}, userinfo=ADA)
    assert comes(browser).status_code == 303 and somebody(town) is not None
    tell(claims={"sub": "s-9"}, userinfo=ADA | {"email": "b@landlord.example"})
    assert comes(browser).status_code == 400


def test_somebody_who_left_stays_out_whatever_the_provider_says(town: Town, browser: CheckingClient, signed_in: SignIn) -> None:
    comes(browser)
    found = somebody(town)
    assert found is not None
    signed_in(Role.MANAGER).send(f"/staff/people/{found.id}", form="/left")
    assert browser.get("/staff/").location.startswith(SIGN_IN)
    refused = comes(browser)
    assert refused.status_code == 400 and "Your account here was ended" in words_of(refused.get_data(as_text=True))


def test_they_come_back_to_the_page_they_asked_for_and_to_no_other_website(town: Town, browser: CheckingClient) -> None:
    door = browser.page("/staff/find")
    link = next(each.get("href") for each in door.iter("a") if words_of(each) == "Sign in with your work account")
    assert browser.get(goes(browser, link)).location == "/staff/find"
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/your-complaint"):
        assert browser.get(goes(browser, f"{BEGIN}?next={elsewhere}")).location == "/staff/"
        back = goes(browser)
        with browser.session_transaction(base_url="http://localhost") as cookie:
            cookie["work"] = cookie["work"] | {"next": elsewhere}
        assert browser.get(back).location == "/staff/", "it is looked at on the way back as well"


def test_nothing_of_it_is_loaded_by_a_portal_that_has_no_provider() -> None:
    script = "import sys, portal, portal.assembly; print(sorted({'authlib', 'joserfc', 'requests'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


def test_a_provider_without_the_libraries_it_needs_stops_the_portal_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.config.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="authlib"):
        work_accounts_from(SET)


SET = {
    "PORTAL_SSO_ISSUER": "https://login.example/tenant/v2.0", "PORTAL_SSO_CLIENT_ID": "an id", "PORTAL_SSO_CLIENT_SECRET": "a secret",
    "PORTAL_SSO_ROLES": "Complaints managers: manager; 5f0c-1d: handler, triage",
}  # fmt: skip


def test_settings_are_read_as_they_are_written() -> None:
    found = work_accounts_from(SET)
    assert found is not None
    assert found.roles == {"Complaints managers": ("manager",), "5f0c-1d": ("handler", "triage")}
    assert (found.groups_claim, found.trusts_email) == ("groups", False)
    assert work_accounts_from({}) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"PORTAL_SSO_CLIENT_ID": ""}, "PORTAL_SSO_CLIENT_ID"), ({"PORTAL_SSO_ROLES": "Managers: king"}, "king"), ({"PORTAL_SSO_ROLES": "manager"}, "PORTAL_SSO_ROLES"),
     ({"PORTAL_SSO_ISSUER": "http://login.example"}, "https"), ({"PORTAL_SSO_ISSUER": ""}, "PORTAL_SSO_ISSUER")],
)  # fmt: skip
def test_settings_that_are_half_there_or_wrong_stop_the_portal_from_starting(changed: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        work_accounts_from(SET | changed)
