"""The one primary button of a case: what is owed next calls for it, and nothing is called for where nothing is owed."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        return town.complains()


def primary(signed_in: SignIn, complaint: Complaint, role: Role) -> tuple[list[str], str]:
    """The primary buttons among the doors, and the words of the first door; "" where there is none."""
    (nav,) = signed_in(role).page(url(complaint)).xpath("//nav[@aria-label='This complaint']") or [None]
    links = list(nav.iter("a")) if nav is not None else []
    return [words_of(one) for one in links if one.get("class").split() == ["button"]], words_of(links[0]) if links else ""


def test_until_it_is_acknowledged_that_is_the_button_and_for_a_manager_what_has_to_come_first(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 12)):
        town.given_to(complaint)
        assert primary(signed_in, complaint, Role.HANDLER) == (["Acknowledge"], "Acknowledge")
        town.register.rollback()
        town.acknowledged(complaint)
        assert primary(signed_in, complaint, Role.MANAGER) == (["Match the person"], "Match the person"), "it is not theirs to answer"


def test_once_answered_the_button_is_what_was_promised_and_not_another_letter(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        town.acknowledged(complaint)
        assert primary(signed_in, complaint, Role.HANDLER) == (["Answer point by point"], "Answer point by point")
        town.register.rollback()
        town.answered(complaint)
        said = "Say it is done, or change it"
        assert primary(signed_in, complaint, Role.HANDLER) == ([said], said)


def test_where_nothing_is_owed_no_button_is_the_primary_one(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        town.acknowledged(complaint)
        town.answered(complaint)
        with town.writing():
            operations.complete_action(complaint, complaint.actions[0], by=town.viewer(Role.HANDLER), on=date(2026, 5, 12), proof="Seen.")
        found, first = primary(signed_in, complaint, Role.HANDLER)
        assert found == [] and first == "Correct the answer"
