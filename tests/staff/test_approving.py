"""Refusals that a second person approves, where the landlord has chosen that: whoever wrote one does not send it."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.settings import LandlordSetting
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_mixed import MIXED, on_page
from tests.staff.test_path import url
from tests.staff.test_refusing import AT_COURT, happened
from tests.staff.test_writing import letters
from tests.town import MIXED as WRITTEN
from tests.town import REFUSING, Town


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        with town.writing():
            town.register.add(LandlordSetting(name="refusals_approved", value=True, set_at=clock.now()))
        made = town.complains()
        town.given_to(made)
    return made


def asked(browser: CheckingClient, complaint: Complaint) -> None:
    """The handler writes a refusal and asks for somebody to approve it."""
    saved = browser.send(url(complaint, "refusal"), AT_COURT | {"then": "read"})
    page = words_of(browser.page(saved.location))
    assert "Ask for approval" in page and "Send this letter" not in page
    assert browser.send(saved.location).location == url(complaint)


def test_ruling_25_a_refusal_waits_until_somebody_else_approves_it(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)):
        handler, manager = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
        asked(handler, complaint)
        assert letters(town, complaint, "refusal") == 0 and not happened(town, complaint, Step.REFUSED)
        theirs = words_of(handler.page(url(complaint)))
        assert "The refusal waits for somebody else to approve it" in theirs and "Approve the refusal" not in theirs
        assert "It waits for somebody else to approve it" in words_of(handler.page(url(complaint, "refusal/letter")))
        assert handler.get(url(complaint, "approval")).status_code == 403
        assert "Approve the refusal" in words_of(manager.page(url(complaint)))
        page = words_of(manager.page(url(complaint, "approval")))
        assert "Handler Person wrote it" in page and "a claim has been filed at court" in page
        press = form_values(pick_form(manager.page(url(complaint, "approval")), 0))
        assert [manager.post(url(complaint, "approval"), data=press).location for _ in range(2)] == [url(complaint)] * 2
    (event,) = happened(town, complaint, Step.REFUSED)
    handler_id, manager_id = town.staff[Role.HANDLER].id, town.staff[Role.MANAGER].id
    assert event.details["drafted_by"] == [f"staff:{handler_id}"] and event.details["approved_by"] == [f"staff:{manager_id}"]
    assert "Handler Person" in complaint.letters[-1].body["signed"], "whoever decided signs"


def test_ruling_25_nobody_approves_what_they_wrote_or_changed(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)):
        handler, manager = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
        asked(handler, complaint)
        press = form_values(pick_form(manager.page(url(complaint, "approval")), 0))
        manager.send(url(complaint, "refusal"), AT_COURT | {"reasons": "Other reasons.", "then": "later"})
        assert manager.post(url(complaint, "approval"), data=press).location == url(complaint), "what was asked is asked no more"
        asked(manager, complaint)
        assert manager.get(url(complaint, "approval")).location == url(complaint)
        for role in (Role.MANAGER, Role.HANDLER):
            with pytest.raises(RuleBroken, match="Somebody other than the person who wrote it"), town.writing():
                operations.refuse(complaint, REFUSING, by=town.viewer(role))
    assert not happened(town, complaint, Step.REFUSED)


def test_ruling_25_a_refused_point_waits_for_approval_too_and_an_acknowledgement_alone_does_not(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 5, 13)):
        handler, reviewer = signed_in(Role.HANDLER), signed_in(Role.REVIEWER)
        on_page(handler, complaint, MIXED)
        assert "Ask for approval" in words_of(handler.page(url(complaint, "acknowledgement/letter")))
        assert handler.send(url(complaint, "acknowledgement/letter")).location == url(complaint)
        assert letters(town, complaint, "acknowledgement") == 0
        with pytest.raises(RuleBroken, match="Somebody other than"), town.writing():
            operations.acknowledge(complaint, WRITTEN, by=town.viewer(Role.HANDLER))
        assert reviewer.send(url(complaint, "approval")).location == url(complaint)
    (event,) = happened(town, complaint, Step.ACKNOWLEDGED)
    reviewer_id = town.staff[Role.REVIEWER].id
    assert event.details["approved_by"] == [f"staff:{reviewer_id}"]
    assert complaint.barred(2, reviewer_id), "whoever approved it considered it"


def test_an_acknowledgement_that_refuses_nothing_goes_as_ever(signed_in: SignIn, complaint: Complaint) -> None:
    handler = signed_in(Role.HANDLER)
    handler.send(url(complaint, "acknowledgement"), {"p1-text": "The roof", "p1-responsibility": "ours", "outcomes": "x", "then": "read"})
    assert "Send this letter" in words_of(handler.page(url(complaint, "acknowledgement/letter")))
