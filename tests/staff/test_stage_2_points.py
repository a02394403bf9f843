"""What goes on from stage 1 to stage 2, and what may be decided of a point."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.steps import RuleBroken
from tests.browser_client import form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import ACKNOWLEDGING, Town, answering

THEIRS = {**ACKNOWLEDGING["points"][1], "responsibility": "not_ours", "whose": "Thornby Council, 01632 960300"}


@pytest.fixture
def asked(town: Town) -> Complaint:
    """Answered at stage 1, and taken to stage 2 without a reason."""
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        town.given_to(complaint, Role.REVIEWER)
    return complaint


def test_ruling_35_every_point_and_outcome_goes_on_to_stage_2_with_the_resident_silent(
    town: Town, signed_in: SignIn, asked: Complaint
) -> None:
    with clock.at(date(2026, 6, 2)):
        browser = signed_in(Role.REVIEWER)
        begun = form_values(pick_form(browser.page(url(asked, "acknowledgement")), 0))
        assert begun["p1-text"].strip() == ACKNOWLEDGING["points"][0]["text"]
        assert begun["outcomes"].split("\n") == ["", *ACKNOWLEDGING["outcomes"]] or begun["outcomes"].split() == ["Mend", "the", "roof", "Say", "sorry"]
        saved = browser.send(url(asked, "acknowledgement"), {"then": "read"})
        assert browser.send(saved.location).location == url(asked)
    town.register.rollback()
    definition = asked.definition(2)
    assert definition is not None and [point.number for point in definition.points] == [1, 2]
    assert [outcome.words for outcome in definition.outcomes] == ACKNOWLEDGING["outcomes"]


def test_ruling_35_no_stage_2_acknowledgement_drops_a_point_that_stage_1_did_not_settle(town: Town, asked: Complaint) -> None:
    short = {"points": ACKNOWLEDGING["points"][:1], "outcomes": ["Mend the roof"]}
    with clock.at(date(2026, 6, 2)), pytest.raises(RuleBroken, match="Missing: 2"), town.writing():
        operations.acknowledge(asked, short, by=town.viewer(Role.REVIEWER))


def test_ruling_22_a_decision_is_offered_only_where_it_is_true(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint, written=ACKNOWLEDGING | {"points": [ACKNOWLEDGING["points"][0], THEIRS]})
        page = signed_in(Role.HANDLER).page(url(complaint, "response"))
    offered = {n: [box.get("value") for box in page.xpath(f"//input[@name='p{n}-disposition']")] for n in (1, 2)}
    assert offered == {1: ["upheld", "partly_upheld", "not_upheld"], 2: ["upheld", "partly_upheld", "not_upheld", "not_ours"]}


def test_ruling_22_no_remedy_because_is_only_for_what_was_not_upheld(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
        written = answering(1)
        written["points"][0]["no_remedy_because"] = "We have no money."
        with pytest.raises(RuleBroken, match="Point 1 is upheld"), town.writing():
            operations.respond(complaint, written, by=town.viewer(Role.HANDLER))
        assert "We have no money." not in words_of(signed_in(Role.HANDLER).page(url(complaint)))
