"""Another key that signs sessions: nobody is signed out by it, and what the older one signed is no good once that is dropped (OP4, J3)."""

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from portal import create_app
from portal.access import Role
from portal.config import ConfigError, new_secrets, read_secrets
from tests.browser_client import CheckingClient, Fields, form_values
from tests.doors import let_in_staff
from tests.resident.journeys import answers, signs_in
from tests.town import CODE, Town

FIRST, SECOND, THIRD = (f"the {which} of three keys that sign sessions" for which in ("first", "second", "third"))
WHO = ("resident", "staff", "nobody", "writing")


@dataclass
class Browser:
    """Somebody's browser: the one cookie it holds, and the page that it has open, a form on it."""

    opened: str
    cookie: str = ""
    form: Fields = field(default_factory=dict)


@dataclass
class Restarted:
    """The portal, as often as it was started with keys of its own on one database; and people's browsers, which know nothing of that."""

    app: Flask
    people: dict[str, Browser]

    @contextmanager
    def with_keys(self, newest: str, *older: str) -> Iterator[Flask]:
        """A process of the portal that was started with these."""
        made = create_app(replace(self.app.extensions["portal"], secret_key=newest, older_secret_keys=older))
        made.test_client_class = CheckingClient
        made.config["PROPAGATE_EXCEPTIONS"] = True
        yield made
        made.extensions["engine"].dispose()

    def asks(self, app: Flask, who: str, path: str, **asked: Fields) -> TestResponse:
        """Somebody asks for a page, or sends a form."""
        browser, client = self.people[who], app.test_client()
        if browser.cookie:
            client.set_cookie("portal", browser.cookie)
        answer = client.open(path, method="POST" if asked else "GET", data=asked.get("fields"))
        browser.cookie = getattr(client.get_cookie("portal"), "value", "")
        return answer

    def opens(self, app: Flask, who: str) -> int:
        """They open the page that they begin on, and it stays open."""
        browser = self.people[who]
        page = self.asks(app, who, browser.opened)
        if page.status_code == 200:
            browser.form = form_values(html.document_fromstring(page.get_data(as_text=True)).xpath("//main//form[@method='post']")[0])
        return page.status_code

    def sends(self, app: Flask, who: str, **words: str) -> int:
        """They fill in the page that they have had open, and send it: 303 where it is taken, 400 where it has gone stale."""
        return self.asks(app, who, self.people[who].opened, fields=self.people[who].form | words).status_code


@pytest.fixture
def there(app: Flask, client: CheckingClient, town: Town) -> Restarted:
    """A resident, somebody of staff, somebody who is new here and somebody who writes a complaint, all let in before anything changed."""
    town.complains()
    made = Restarted(app, {
        "resident": Browser("/your-complaint/messages"), "staff": Browser("/staff/account/password"), "nobody": Browser("/follow"), "writing": Browser("/complain/name"),
    })  # fmt: skip
    with made.with_keys(FIRST) as first:
        for who in WHO:
            browser = first.test_client()
            assert isinstance(browser, CheckingClient)
            if who == "resident":
                signs_in(browser, CODE)
            elif who == "staff":
                let_in_staff(browser, town.register, town.staff[Role.MANAGER], Role.MANAGER)
            elif who == "writing":
                answers(browser)
            made.people[who].cookie = getattr(browser.get_cookie("portal"), "value", "")
            assert made.opens(first, who) == 200, who
    return made


SAID = {"resident": {"words": "Is there any news?"}, "nobody": {"code": "wrong"}, "writing": {"name": "Samira Haddad"}, "staff": {"password": "wrong"}}
TAKEN = {"resident": 303, "nobody": 422, "writing": 303, "staff": 422}
"""What comes of it where the page was whole: a wrong code and a wrong password are looked at, and said to be wrong."""


def test_OP4_J3_with_another_key_nobody_is_signed_out_and_what_they_are_sending_is_taken(there: Restarted) -> None:
    before = {who: there.people[who].cookie for who in WHO}
    with there.with_keys(SECOND, FIRST) as app:
        assert {who: there.sends(app, who, **SAID[who]) for who in WHO} == TAKEN
        assert {who: there.opens(app, who) for who in WHO} == dict.fromkeys(WHO, 200)
    with there.with_keys(THIRD, SECOND, FIRST) as app:
        assert {who: there.sends(app, who, **SAID[who]) for who in WHO} == TAKEN, "two keys later, too"
        assert {who: there.opens(app, who) for who in WHO} == dict.fromkeys(WHO, 200)
    assert before["resident"], "their browser held something all along"


def test_OP4_J3_what_is_signed_anew_is_signed_with_the_newest_key(there: Restarted) -> None:
    for who in WHO:
        there.people[who].cookie = ""
    with there.with_keys(SECOND, FIRST) as app:
        assert there.opens(app, "nobody") == 200
    with there.with_keys(SECOND) as alone:
        assert there.sends(alone, "nobody", code="wrong") == 422
    with there.with_keys(FIRST) as old:
        assert there.sends(old, "nobody", code="wrong") == 400


def test_OP4_J3_once_the_older_key_is_dropped_what_it_signed_is_no_good(there: Restarted) -> None:
    with there.with_keys(SECOND) as app:
        came = {who: there.sends(app, who, **SAID[who]) for who in WHO}
        assert came == {"resident": 303, "staff": 303, "nobody": 400, "writing": 400}, "led to the door, or the page had gone stale"
        assert {who: there.opens(app, who) for who in ("resident", "staff")} == {"resident": 303, "staff": 303}


def test_OP4_J3_the_commands_keep_the_older_keys_until_they_are_dropped(tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    path, run = tmp_path / "secrets.json", app.test_cli_runner()
    monkeypatch.setenv("PORTAL_SECRETS", str(path))
    assert "There are no secrets" in run.invoke(args=["new-secret-key"]).output
    new_secrets(path, demo=False)
    before = json.loads(path.read_text())
    assert read_secrets(path, demo=False).older_secret_keys == ()
    for _ in range(2):
        assert run.invoke(args=["new-secret-key"]).exit_code == 0
    kept = read_secrets(path, demo=False)
    assert len({kept.secret_key, *kept.older_secret_keys}) == 3 and kept.older_secret_keys[-1] == before["secret_key"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Took 2 out" in run.invoke(args=["drop-secret-keys"]).output
    assert "There are no older ones" in run.invoke(args=["drop-secret-keys"]).output
    after = read_secrets(path, demo=False)
    assert (after.secret_key, after.older_secret_keys) == (kept.secret_key, ())
    assert json.loads(path.read_text()) == before | {"secret_key": kept.secret_key}


def test_OP4_J3_an_older_key_that_is_too_short_stops_the_portal_from_starting(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    new_secrets(path, demo=False)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"older_secret_keys": ["changeme"]}))
    with pytest.raises(ConfigError, match="too short"):
        read_secrets(path, demo=False)
