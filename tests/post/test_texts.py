"""Text messages go through GOV.UK Notify, only to whoever said that this is safe, and hold nothing but the code."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal import clock, db, i18n
from portal.access import Role
from portal.complaints.challenges import Challenge
from portal.complaints.papers import Outbox
from portal.post import mail, trouble
from portal.post.office import Office
from portal.post.texts import Notify
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.post import notify_server
from tests.post.notify_server import TEMPLATE, Stand, fault
from tests.town import Town

pytestmark = pytest.mark.once

MOST = 918
"""Characters that GOV.UK Notify takes in one text message."""
SAFE = {"channels": ["phone"], "phone": "01632 960111", "times": "", "voicemail": "yes", "say_who": "yes"}
NOT_SAFE: dict[str, dict[str, Any]] = {
    "at certain times": SAFE | {"times": "After six"}, "no voicemail": SAFE | {"voicemail": "no"}, "a first name only": SAFE | {"voicemail": "first_name"},
    "others may answer": SAFE | {"say_who": "no"}, "no number": SAFE | {"phone": ""}, "the website alone": {"channels": ["portal"], "phone": "01632 960111"},
}  # fmt: skip


@pytest.fixture
def notify() -> Iterator[Stand]:
    """Something that stands in for Notify."""
    with notify_server.standing() as stand:
        yield stand


@pytest.fixture
def office(app: Flask, notify: Stand) -> Office:
    """A portal and a worker with an account there; mail would go, and none does here."""
    config = replace(app.extensions["portal"], texts=notify.url, mail="smtp://127.0.0.1:9")
    app.extensions["portal"] = config
    return Office.of(db.sessions(app.extensions["engine"]), config)


def asks(client: CheckingClient, town: Town, safe: dict[str, Any]) -> None:
    """Somebody whom we reach like this asks for a code."""
    reference = town.complains(safe_contact=safe).reference
    town.register.rollback()
    assert client.send("/follow/ask", {"reference": reference}).location == "/follow/code"


def last(town: Town) -> tuple[str | None, str | None]:
    """What came of the newest message, and why."""
    town.register.rollback()
    row = town.register.scalars(select(Outbox).order_by(Outbox.id.desc())).first()
    assert row is not None
    found = row.outcome, row.trouble
    town.register.rollback()
    return found


def test_a_text_message_brings_a_code_that_opens_the_complaint(client: CheckingClient, town: Town, office: Office, notify: Stand) -> None:
    asks(client, town, SAFE)
    assert "or by text message" in words_of(client.page("/follow"))
    assert office.deliver_all() == 1
    sent = notify.sent[0]
    assert (sent["phone_number"], sent["template_id"], set(sent["personalisation"])) == ("01632 960111", TEMPLATE, {"words"})
    words = sent["personalisation"]["words"]
    found = re.fullmatch(r"(\d\d \d\d \d\d \d\d) is your code\. [^\n]+\n\n@localhost #(\d{8})", words)
    assert found and found[1].replace(" ", "") == found[2]
    assert client.send("/follow/code", {"code": found[1]}).location == "/your-complaint"
    client.post("/sign-out")
    assert set(town.register.scalars(select(Challenge.message))) == {None}
    town.register.rollback()


def test_a_text_message_in_any_language_with_its_english_is_no_longer_than_one_may_be() -> None:
    away = "https://complaints.landlord.example/not-for-me/" + "x" * 90
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            assert len(mail.Code("12345678", "").in_a_text("complaints.landlord.example", away)) < MOST, language


@pytest.mark.parametrize("why", NOT_SAFE)
def test_no_text_message_goes_where_nobody_said_that_it_is_safe(client: CheckingClient, town: Town, office: Office, notify: Stand, why: str) -> None:
    asks(client, town, NOT_SAFE[why])
    office.deliver_all()
    assert notify.sent == []
    assert last(town) == ("not sent", trouble.NOBODY)


def test_none_goes_once_it_is_safe_no_longer(client: CheckingClient, town: Town, office: Office, notify: Stand) -> None:
    asks(client, town, SAFE)
    with town.writing():
        challenge = town.register.scalars(select(Challenge)).one()
        assert challenge.party is not None
        challenge.party.person.safe_contact = SAFE | {"voicemail": "no"}
    town.register.rollback()
    office.deliver_all()
    assert (notify.sent, last(town)) == ([], ("not sent", trouble.NOT_SAFE))


def test_nobody_is_texted_where_texts_are_not_set_up(client: CheckingClient, town: Town, app: Flask, notify: Stand) -> None:
    asks(client, town, SAFE)
    assert "text message" not in words_of(client.page("/follow"))
    Office.of(db.sessions(app.extensions["engine"]), replace(app.extensions["portal"], mail="smtp://127.0.0.1:9", texts=notify.url)).deliver_all()
    assert notify.sent == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (fault("RateLimitError", "Exceeded rate limit", 429), trouble.TEXTS_LATER),
        (fault("Exception", "Internal server error", 500), trouble.TEXTS_LATER),
        (fault("BadRequestError", "Cannot send to this recipient using a team-only API key", 400), trouble.TEXTS_SETTING),
        (fault("AuthError", "Invalid token: API key not found", 403), trouble.TEXTS_SETTING),
        ((302, {}), trouble.TEXTS_LATER),
        ((0, {}), trouble.TEXTS_AWAY),
    ],
)
def test_what_was_not_taken_now_goes_later_under_the_same_identity(
    client: CheckingClient, town: Town, office: Office, notify: Stand, answer: tuple[int, dict[str, Any]], why: str
) -> None:
    asks(client, town, SAFE)
    notify.script = [answer]
    office.deliver_all()
    assert last(town) == (None, why)
    with town.writing():
        town.register.execute(update(Outbox).values(due_at=clock.now() - timedelta(minutes=1)))
    office.deliver_all()
    assert [each["reference"] for each in notify.sent] == [town.register.scalars(select(Outbox.message_id)).one()]
    town.register.rollback()


def test_a_number_that_cannot_be_texted_is_not_tried_again(client: CheckingClient, town: Town, office: Office, notify: Stand) -> None:
    asks(client, town, SAFE)
    notify.script = [fault("ValidationError", "phone_number Not enough digits", 400)]
    office.deliver_all()
    assert last(town) == ("refused", trouble.BAD_NUMBER)


def test_a_wrong_key_is_a_setting_to_put_right(client: CheckingClient, town: Town, office: Office, notify: Stand) -> None:
    asks(client, town, SAFE)
    wrong = replace(office.config, texts=notify.url.replace(notify_server.SECRET, TEMPLATE))
    Office.of(office.sessions, wrong).deliver_all()
    assert (notify.sent, last(town)) == ([], (None, trouble.TEXTS_SETTING))


@pytest.mark.parametrize("url", ["", "https://x", "notify://short@host/x", "notify://host", f"notify+http://{'k' * 80}@example.org/{TEMPLATE}"])
def test_a_setting_that_names_no_account_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="PORTAL_TEXTS"):
        Notify.at(url)


def test_the_demo_shows_what_it_would_have_texted(client: CheckingClient, app: Flask, town: Town) -> None:
    config = replace(app.extensions["portal"], demo=True)
    app.extensions["portal"] = config
    asks(client, town, SAFE)
    Office.of(db.sessions(app.extensions["engine"]), config).deliver_all()
    let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    said = words_of(client.page("/staff/mail"))
    assert "To 01632 960111: Text message" in said
    assert "is your code" in said and "A portal in use shows nobody any of this" in said
    app.extensions["portal"] = replace(config, demo=False)
    assert "is your code" not in words_of(client.page("/staff/mail"))
