"""Answers that a second person approves, where a manager has chosen that: off until then, and no date waits (rulings 25, 34)."""

from collections.abc import Iterator
from datetime import date

import pytest

from portal import clock
from portal.access import Do, Role, Viewer
from portal.complaints import approving, operations
from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_refusing import happened
from tests.staff.test_reviewers import person
from tests.staff.test_writing import letters
from tests.town import Town, answering

YES = {"refusals_approved": "no", "answers_approved": "yes"}


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """Acknowledged on Monday 11 May, the answer written by the handler; today is Wednesday 13 May."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.acknowledged(made)
    with clock.at(date(2026, 5, 13)):
        writes(town, made, Role.HANDLER)
        yield made


def writes(town: Town, complaint: Complaint, role: Role) -> None:
    with town.writing():
        draft = complaint.draft("response", complaint.stage)
        operations.save_writing(
            complaint, "response", answering(complaint.stage), by=town.viewer(role), seen=draft.version if draft else 0
        )


def chosen(town: Town, signed_in: SignIn) -> CheckingClient:
    """A manager chooses that answers are approved."""
    manager = signed_in(Role.MANAGER)
    assert manager.send("/staff/settings", YES).location == "/staff/settings"
    town.register.info.pop("landlord", None)
    return manager


def asked(browser: CheckingClient, complaint: Complaint) -> None:
    page = words_of(browser.page(url(complaint, "response/letter")))
    assert "Ask for approval" in page and "Send this letter" not in page and "does not wait" in page
    assert browser.send(url(complaint, "response/letter")).location == url(complaint)


def test_an_answer_goes_as_ever_until_somebody_has_chosen_otherwise(signed_in: SignIn, complaint: Complaint) -> None:
    assert "Send this letter" in words_of(signed_in(Role.HANDLER).page(url(complaint, "response/letter")))


def test_ruling_34_an_answer_waits_until_somebody_else_approves_it_no_date_waits_and_the_approver_is_barred_at_stage_2(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    chosen(town, signed_in)
    due = [(one.step, one.due_on) for one in deadlines_of(complaint)]
    town.register.rollback()
    handler, reviewer = signed_in(Role.HANDLER), signed_in(Role.REVIEWER)
    asked(handler, complaint)
    assert letters(town, complaint, "response") == 0 and not happened(town, complaint, Step.RESPONDED)
    assert [(one.step, one.due_on) for one in deadlines_of(complaint)] == due
    theirs = words_of(handler.page(url(complaint)))
    assert "The answer waits for somebody else to approve it. Its date does not wait" in theirs and "Approve the answer" not in theirs
    assert handler.get(url(complaint, "answer-approval")).status_code == 403
    with pytest.raises(RuleBroken, match="Somebody other than the person who wrote it"), town.writing():
        operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))
    assert "Approve the answer" in words_of(reviewer.page(url(complaint)))
    page = words_of(reviewer.page(url(complaint, "answer-approval")))
    assert "Handler Person wrote it" in page and "that day does not wait for you" in page and "You were right to complain" in page
    assert reviewer.send(url(complaint, "answer-approval")).location == url(complaint)
    (event,) = happened(town, complaint, Step.RESPONDED)
    handler_id, reviewer_id = town.staff[Role.HANDLER].id, town.staff[Role.REVIEWER].id
    assert event.details["drafted_by"] == [f"staff:{handler_id}"] and event.details["approved_by"] == [f"staff:{reviewer_id}"]
    assert "Handler Person" in complaint.letters[-1].body["signed"], "whoever decided signs"
    assert complaint.barred(2, reviewer_id) and complaint.barred(2, handler_id)


def test_ruling_34_whoever_approved_at_stage_1_approves_nothing_at_stage_2(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager = chosen(town, signed_in)
    asked(signed_in(Role.HANDLER), complaint)
    assert manager.send(url(complaint, "answer-approval")).location == url(complaint)
    town.escalated(complaint)
    chair = person(town, "Deciding Chair", Role.MANAGER)
    with town.writing():
        operations.assign(complaint, town.staff[Role.REVIEWER], by=Viewer(Role.MANAGER, staff_id=chair.id), interest="Nothing declared")
    with town.writing():
        operations.acknowledge(complaint, answering(1) | {"outcomes": ["Mend the roof"]}, by=town.viewer(Role.REVIEWER))
    writes(town, complaint, Role.REVIEWER)
    asked(signed_in(Role.REVIEWER), complaint)
    assert manager.get(url(complaint, "answer-approval")).status_code == 403
    assert "Approve the answer" not in words_of(manager.page(url(complaint)))
    with pytest.raises(RuleBroken), town.writing():
        operations.respond(complaint, answering(2), by=town.viewer(Role.MANAGER))
    assert signed_in(chair).send(url(complaint, "answer-approval")).location == url(complaint)
    assert len(happened(town, complaint, Step.RESPONDED)) == 2


def test_ruling_34_nobody_approves_by_a_second_account_what_they_wrote_themselves(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    chosen(town, signed_in)
    asked(signed_in(Role.HANDLER), complaint)
    double = person(town, "Handler Again", Role.MANAGER)
    viewer = Viewer(Role.MANAGER, staff_id=double.id)
    assert approving.may_approve(complaint, Do.APPROVE_ANSWER, viewer)
    with town.writing():
        double.same_person_id = town.staff[Role.HANDLER].id
    assert not approving.may_approve(complaint, Do.APPROVE_ANSWER, viewer)
    with pytest.raises(RuleBroken), town.writing():
        operations.respond(complaint, answering(1), by=viewer)


def test_what_is_chosen_is_kept_with_who_chose_it_and_when(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager = signed_in(Role.MANAGER)
    assert "Nothing yet." in words_of(manager.page("/staff/settings"))
    chosen(town, signed_in)
    page = words_of(manager.page("/staff/settings"))
    assert "An answer goes only when somebody else has approved it: yes" in page and "Manager Person" in page and "13 May 2026" in page
    assert "answers_approved" not in page
    unchanged = manager.send("/staff/settings", YES)
    assert unchanged.status_code == 422 and "Nothing was changed" in words_of(unchanged.get_data(as_text=True))
    assert "What needs a second person" in words_of(manager.page("/staff/account"))
