"""Every desk at which a letter is written, by where it is; and who sits there, over which complaint."""

from collections.abc import Iterable

from flask import Flask

from portal.access import Role
from portal.complaints.models import Complaint
from tests.browser_client import CheckingClient
from tests.doors import let_in_staff
from tests.test_every_page import lived_in
from tests.town import Town

DESKS = {
    "acknowledge": "acknowledgement", "acknowledge_and_answer": "acknowledgement-and-answer", "answer": "response", "answer_part": "part-answer",
    "ask": "question", "correct": "correction", "extend": "extension", "offer": "offer", "refuse": "refusal", "revise": "points", "send_news": "news",
    "tell_late": "late",
}  # fmt: skip
"""Each desk, and how its address ends."""


SITS = (Role.HANDLER, Role.MANAGER, Role.REVIEWER)


def where_desks_are(town: Town) -> list[str]:
    """References of a complaint in each state that a desk is for, the one that is answered first."""
    answered = lived_in(town, "en").reference
    found = [answered, *(each.reference for each in town.register.query(Complaint) if each.reference != answered)]
    town.register.rollback()
    return found


def who_sits(app: Flask, town: Town) -> list[CheckingClient]:
    """A browser of each who sits at a desk."""
    found = []
    for role in SITS:
        made = app.test_client()
        assert isinstance(made, CheckingClient)
        let_in_staff(made, town.register, town.staff[role], role)
        found.append(made)
    town.register.rollback()
    return found


def desk_at(desk: str, browsers: Iterable[CheckingClient], references: list[str]) -> tuple[CheckingClient, str]:
    """Whose browser opens a desk, and its address. AssertionError where none of these complaints has it open."""
    for browser in browsers:
        for reference in references:
            address = f"/staff/complaints/{reference}/{DESKS[desk]}"
            if browser.get(address).status_code == 200:
                return browser, address
    raise AssertionError(f"{desk} is open for nobody")
