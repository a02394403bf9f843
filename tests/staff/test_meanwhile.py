"""Whoever comes second at one complaint keeps every word, and reads what was done meanwhile (F9, seen from the page)."""

import pytest

from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests.browser_client import form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import ACKNOWLEDGING, Town, answering

WORDS = "Words that took an hour."


def acknowledged(town: Town) -> Complaint:
    complaint = town.complains()
    town.acknowledged(complaint)
    return complaint


def given(town: Town) -> Complaint:
    complaint = town.complains()
    town.given_to(complaint)
    town.triaged(complaint)
    return complaint


def meanwhile(town: Town, complaint: Complaint, what: str) -> None:
    """Somebody else does something."""
    resident, handler, manager = town.resident(complaint), town.viewer(Role.HANDLER), town.viewer(Role.MANAGER)
    with town.writing():
        if what == "withdraw":
            operations.withdraw(complaint, by=resident)
        elif what == "respond":
            operations.respond(complaint, answering(1), by=handler)
        elif what == "query":
            operations.query_meaning(complaint, "It is the wall.", by=resident)
        elif what == "acknowledge":
            operations.acknowledge(complaint, ACKNOWLEDGING, by=manager)
        elif what == "assign":
            operations.assign(complaint, town.staff[Role.REVIEWER], by=manager, interest="None")
    town.register.rollback()


@pytest.mark.parametrize(
    ("state", "page", "role", "box", "what", "told"),
    [
        (given, "assign", Role.MANAGER, "words", "acknowledge", "Manager Person wrote the stage 1 acknowledgement"),
        (given, "assign", Role.MANAGER, "words", "withdraw", "Samira Haddad withdrew it."),
        (given, "refusal", Role.MANAGER, "reasons", "acknowledge", "Manager Person wrote the stage 1 acknowledgement"),
        (acknowledged, "extension", Role.HANDLER, "reason", "respond", "answered"),
        (acknowledged, "extension", Role.HANDLER, "reason", "query", "Samira Haddad said: that is not what I meant."),
        (acknowledged, "assign", Role.MANAGER, "words", "assign", "Manager Person gave stage 1 to Reviewer Person."),
    ],
)
def test_the_second_keeps_their_words_and_is_told_what_was_done(
    town: Town, signed_in: SignIn, state: object, page: str, role: Role, box: str, what: str, told: str
) -> None:
    assert callable(state)
    complaint = state(town)
    browser, address = signed_in(role), url(complaint, page)
    opened = form_values(pick_form(browser.page(address), 0))
    opened[box] = WORDS
    if page == "assign":
        opened |= {"staff": str(town.staff[Role.HANDLER].id), "interest": "yes"}
    meanwhile(town, complaint, what)
    answer = browser.post(address, data=opened | ({"then": "read"} if page != "assign" else {}))
    said = answer.get_data(as_text=True)
    assert answer.status_code in (409, 422), (answer.status_code, answer.headers.get("Location"))
    assert WORDS in said
    assert told in words_of(said)
