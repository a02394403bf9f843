"""A reply on a resident's page keeps to what they asked of us as a letter does, or says why not (5.10)."""

from typing import Any

import pytest

from portal.access import Role
from portal.complaints import operations
from portal.complaints.papers import Outbox
from portal.rules.steps import Step
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_speaking import SPEAK, WAYS, happened
from tests.town import Town

WISHES: dict[str, tuple[dict[str, Any], str]] = {
    "speak": (SPEAK, "They were told by word of mouth too"),
    "language": ({"kinds": ["language"], "words": "Somali"}, "It was in their language, or with an interpreter"),
    "easy read": ({"kinds": ["easy_read"], "words": ""}, "It was in Easy Read"),
}
KEPT = {"speak": "speak_to_me", "language": "language", "easy read": "easy_read"}


@pytest.mark.parametrize("way", ["email", "page"])
@pytest.mark.parametrize("wish", WISHES)
def test_a_reply_keeps_to_what_they_asked_or_says_why_not(town: Town, signed_in: SignIn, wish: str, way: str) -> None:
    asked, tick = WISHES[wish]
    made = town.complains(safe_contact=WAYS if way == "email" else {"channels": ["portal"]}, adjustments=asked)
    browser, here = signed_in(Role.HANDLER), url(made, "messages")
    assert tick in words_of(browser.page(here))
    queued = town.register.query(Outbox).count()
    town.register.rollback()
    answer = browser.send(here, {"words": "We come on Friday."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Tick it if it was kept to. If not, write why." in words_of(page) and "We come on Friday." in page
    assert not happened(town, made, Step.MESSAGED) and town.register.query(Outbox).count() == queued
    town.register.rollback()
    assert browser.send(here, {"words": "We come on Friday.", "kept": [KEPT[wish]]}).status_code == 303
    assert not happened(town, made, Step.ADJUSTMENT_OVERRIDDEN)
    assert browser.send(here, {"words": "At nine.", "why_not": "It could not wait, and the interpreter comes tomorrow."}).status_code == 303
    (said,) = happened(town, made, Step.ADJUSTMENT_OVERRIDDEN)
    assert said["way"] == way and len(happened(town, made, Step.MESSAGED)) == 2
    assert "It could not wait" in words_of(browser.page(url(made)))


def test_to_say_that_no_reply_is_needed_reaches_nobody_so_nothing_is_asked(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact=WAYS, adjustments=SPEAK)
    with town.writing():
        operations.write(complaint, "Thank you.", by=town.resident(complaint))
    browser = signed_in(Role.HANDLER)
    assert browser.send(url(complaint, "messages"), {"then": "read", "upto": "1"}).status_code == 303
    assert not happened(town, complaint, Step.ADJUSTMENT_OVERRIDDEN)


def test_whoever_asked_for_nothing_is_replied_to_with_one_box(town: Town, signed_in: SignIn) -> None:
    made = town.complains(safe_contact=WAYS)
    browser = signed_in(Role.HANDLER)
    assert "What did you keep to" not in words_of(browser.page(url(made, "messages")))
    assert browser.send(url(made, "messages"), {"words": "We come on Friday."}).status_code == 303
