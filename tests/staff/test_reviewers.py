"""Who considers stage 2: never whoever considered stage 1, by any role, account or path; and what is done when nobody is left."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from portal import clock
from portal.access import Do, Role, Viewer, may
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.rules.people import deciders, handler_at
from portal.rules.steps import RuleBroken
from tests.browser_client import form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_casework import promised, url
from tests.town import REFUSING, Town, answering

DAY = date(2026, 6, 2)
ALL_ROLES = (Role.COLLEAGUE, Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER)
CONSIDERS = (
    Do.ANSWER, Do.ASSIGN, Do.ACKNOWLEDGE, Do.REFUSE, Do.EXTEND, Do.OFFER, Do.KEEP_EVIDENCE, Do.STAND_BACK, Do.DECIDE_CONFLICT,
    Do.APPROVE_REFUSAL, Do.APPROVE_ANSWER, Do.ACKNOWLEDGE_AND_ANSWER, Do.KEEP_PANEL,
)  # fmt: skip
"""Answering, drafting, approving, choosing who does: all that considering a stage is."""


def at_stage_2(town: Town) -> Complaint:
    """A complaint that the handler answered at stage 1, at stage 2 and with nobody yet."""
    complaint = promised(town)
    town.escalated(complaint, on=date(2026, 6, 1))
    return complaint


def person(town: Town, name: str, *roles: Role) -> Staff:
    """Somebody else who works here."""
    with town.writing():
        return town._staff(name, list(roles))


def assign(town: Town, complaint: Complaint, staff: Staff, by: Viewer | None = None, part: str = "decider") -> None:
    with clock.at(DAY), town.writing():
        operations.assign(complaint, staff, by=by or town.viewer(Role.MANAGER), interest="Nothing declared", part=part)


@pytest.mark.parametrize("how", ["answered", "assigned", "drafted", "refused"])
def test_ruling_34_no_set_of_roles_lets_an_author_of_stage_1_act_at_stage_2(how: str, town: Town) -> None:
    author = town.staff[Role.HANDLER]
    if how == "refused":
        author, complaint = town.staff[Role.MANAGER], town.complains()
        town.refused(complaint)
        with town.writing():
            operations.undo_refusal(complaint, by=town.viewer(Role.MANAGER), why="We were wrong.")
        town.acknowledged(complaint)
        town.answered(complaint)
        town.escalated(complaint)
    else:
        complaint = promised(town) if how == "answered" else _by_another(town, how, author)
        town.escalated(complaint, on=date(2026, 6, 1))
    acts = [
        (roles, role, do)
        for size in range(1, len(ALL_ROLES) + 1)
        for roles in combinations(ALL_ROLES, size)
        for role in roles
        for do in CONSIDERS
        if may(Viewer(role, staff_id=author.id), do, complaint)
    ]
    assert acts == []
    with pytest.raises(RuleBroken), town.writing():
        operations.assign(complaint, author, by=Viewer(Role.TRIAGE, staff_id=town.staff[Role.TRIAGE].id), interest="Nothing declared")


def _by_another(town: Town, how: str, author: Staff) -> Complaint:
    """Stage 1 answered by somebody else, but the author had been given it first, or had written at its letter."""
    other = person(town, "Other Handler", Role.HANDLER)
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    with clock.at(date(2026, 5, 20)):
        if how == "drafted":
            with town.writing():
                operations.save_writing(complaint, "response", answering(1), by=Viewer(Role.HANDLER, staff_id=author.id), seen=0)
        assign(town, complaint, other) if how == "assigned" else None
        with town.writing():
            by = Viewer(Role.HANDLER, staff_id=other.id if how == "assigned" else author.id)
            town._issue(complaint, operations.respond(complaint, answering(1), by=by))
    return complaint


def test_ruling_34_whoever_drafted_a_refusal_is_barred_with_whoever_sent_it(town: Town) -> None:
    complaint, drafter = town.complains(), person(town, "Second Manager", Role.MANAGER)
    with town.writing():
        operations.save_writing(complaint, "refusal", REFUSING, by=Viewer(Role.MANAGER, staff_id=drafter.id), seen=0)
    with town.writing():
        operations.save_writing(complaint, "refusal", REFUSING, by=town.viewer(Role.MANAGER), seen=1)
    town.refused(complaint)
    assert complaint.barred(2, drafter.id) and complaint.barred(2, town.staff[Role.MANAGER].id)
    assert not complaint.barred(2, town.staff[Role.TRIAGE].id), "weighing and logging bar nobody"


def test_ruling_34_a_second_account_of_the_same_person_is_barred_too(town: Town) -> None:
    complaint, double = at_stage_2(town), person(town, "Other Name", Role.REVIEWER, Role.MANAGER)
    assert may(Viewer(Role.MANAGER, staff_id=double.id), Do.ASSIGN, complaint)
    with town.writing():
        double.same_person_id = town.staff[Role.HANDLER].id
    assert complaint.barred(2, double.id)
    assert not any(may(Viewer(role, staff_id=double.id), do, complaint) for role in ALL_ROLES for do in CONSIDERS)
    by_double = Viewer(Role.MANAGER, staff_id=double.id)
    for chosen, by in ((double, town.viewer(Role.MANAGER)), (town.staff[Role.REVIEWER], by_double)):
        with pytest.raises(RuleBroken) as refused:
            assign(town, complaint, chosen, by=by)
        assert refused.value.provision == "6.13"


def test_ruling_34_people_are_plural_and_contributing_bars_nobody(town: Town, signed_in: SignIn) -> None:
    complaint = at_stage_2(town)
    member, approver = town.second_reviewer, person(town, "An Approver", Role.MANAGER)
    assign(town, complaint, town.staff[Role.REVIEWER])
    with clock.at(DAY):
        browser, address = signed_in(Role.MANAGER), url(complaint, "people")
        for staff, part in ((member, "member"), (approver, "approver"), (town.staff[Role.HANDLER], "contributor")):
            sent = browser.send(address, {"staff": str(staff.id), "part": part, "interest": "Nothing declared"})
            assert sent.location == url(complaint), part
        barred = browser.send(address, {"staff": str(town.staff[Role.HANDLER].id), "part": "member", "interest": "Nothing declared"})
        page = words_of(barred.get_data(as_text=True))
        assert barred.status_code == 422 and "A different person has to." in page and "Handler Person" in page
        case = words_of(browser.page(url(complaint)))
    assert "An Approver Person. Approves the answer" in case and "Handler Person. Contributes what they know" in case
    town.register.rollback()
    assert handler_at(complaint.happenings, 2) == town.staff[Role.REVIEWER].id, "others with a part do not take it from whoever has it"
    assert deciders(complaint.happenings, 2) == {town.staff[Role.REVIEWER].id, member.id}
    assert may(Viewer(Role.REVIEWER, staff_id=member.id), Do.ANSWER, complaint)
    assert not may(Viewer(Role.HANDLER, staff_id=town.staff[Role.HANDLER].id), Do.ANSWER, complaint)


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_ruling_34_nobody_considers_what_they_may_not_open(role: Role, town: Town, signed_in: SignIn) -> None:
    complaint, nobody = at_stage_2(town), town.staff[role]
    assign(town, complaint, town.staff[Role.REVIEWER])
    with clock.at(DAY):
        browser = signed_in(Role.MANAGER)
        for part in ("member", "approver", "contributor"):
            sent = browser.send(url(complaint, "people"), {"staff": str(nobody.id), "part": part, "interest": "none"})
            assert sent.status_code == 422, part
        assert nobody.name not in words_of(browser.page(url(complaint, "people"))) + words_of(browser.page(url(complaint, "panel")))
        for part in ("decider", "member", "approver", "contributor"):
            with pytest.raises(RuleBroken, match="may not read complaints"), town.writing():
                operations.assign(complaint, nobody, by=town.viewer(Role.MANAGER), interest="none", part=part)


def test_ruling_34_whoever_has_an_interest_stands_back_for_good(town: Town, signed_in: SignIn) -> None:
    complaint, reviewer = at_stage_2(town), town.staff[Role.REVIEWER]
    assign(town, complaint, reviewer)
    with clock.at(DAY):
        browser = signed_in(Role.REVIEWER)
        sent = browser.send(url(complaint, "standing-back"), {"staff": str(reviewer.id), "interest": "She is my neighbour."})
        assert sent.location == url(complaint)
        assert browser.get(url(complaint, "response")).status_code == 403
        manager = signed_in(Role.MANAGER)
        assert "Give it to somebody new to answer" in words_of(manager.page(url(complaint)))
        choosing = words_of(manager.page(url(complaint, "assign")))
        assert f"{reviewer.name}, who has a conflict of interest or stood back" in choosing
        assert "Handler Person, who considered the stage before this one" in choosing
    town.register.rollback()
    assert complaint.handler_id is None and complaint.people[-1].interest == "She is my neighbour."
    with pytest.raises(RuleBroken) as refused:
        assign(town, complaint, reviewer)
    assert refused.value.provision == "5.8"


@pytest.mark.parametrize(("decision", "barred"), [("barred", True), ("free", False)])
def test_ruling_34_somebody_the_resident_names_is_barred_only_by_a_recorded_decision(
    decision: str, barred: bool, town: Town, signed_in: SignIn
) -> None:
    complaint, reviewer = at_stage_2(town), town.staff[Role.REVIEWER]
    assert not complaint.barred(2, reviewer.id), "to be named bars nobody"
    with clock.at(DAY):
        said: dict[str, Any] = {"staff": str(reviewer.id), "said": "He was rude to me.", "decision": decision, "because": "We asked both."}
        assert signed_in(Role.MANAGER).send(url(complaint, "conflict"), said).location == url(complaint)
    town.register.rollback()
    assert complaint.barred(2, reviewer.id) is barred


def test_ruling_34_nobody_decides_about_their_own_conflict(town: Town, signed_in: SignIn) -> None:
    complaint = at_stage_2(town)
    said = {"staff": str(town.staff[Role.MANAGER].id), "said": "Rude.", "decision": "free", "because": "I was not."}
    with clock.at(DAY):
        refused = signed_in(Role.MANAGER).send(url(complaint, "conflict"), said)
    assert refused.status_code == 422 and "Nobody decides this about themselves." in words_of(refused.get_data(as_text=True))


OUTSIDE = {"named_by": "senior_lead", "who": "Ruth Abara", "because": "Reviews for the next landlord; never worked here."}


def test_ruling_53_nobody_from_outside_is_named_while_somebody_here_is_independent(town: Town, signed_in: SignIn) -> None:
    complaint, outside = at_stage_2(town), person(town, "Outside Reviewer", Role.REVIEWER)
    with clock.at(DAY):
        browser = signed_in(Role.MANAGER)
        page = browser.page(url(complaint, "outside-reviewer"))
        said = words_of(page)
        assert "so nobody from outside is needed: Outside Reviewer Person" in said and "Give it to one of them" in said
        assert not page.xpath("//main//form"), "who could comes first, and there is nothing to fill in"
        token = form_values(pick_form(browser.page(url(complaint, "assign")), 0))
        refused = browser.post(url(complaint, "outside-reviewer"), data=token | OUTSIDE | {"staff": str(outside.id)})
    assert refused.status_code == 422 and "Somebody here can consider it" in words_of(refused.get_data(as_text=True))


def test_ruling_53_when_everybody_is_barred_the_senior_lead_names_a_reviewer_from_outside(town: Town, signed_in: SignIn) -> None:
    complaint, outside = at_stage_2(town), person(town, "Outside Reviewer", Role.REVIEWER)
    manager = town.staff[Role.MANAGER]
    chair = person(town, "Deciding Chair", Role.MANAGER)
    for staff in (town.staff[Role.REVIEWER], town.second_reviewer, town.staff[Role.SENIOR], manager):
        with clock.at(DAY), town.writing():
            operations.decide_conflict(
                complaint, staff, by=Viewer(Role.MANAGER, staff_id=chair.id), said="She knows them all.", barred=True, because="True."
            )
    with pytest.raises(RuleBroken):
        assign(town, complaint, outside)
    with clock.at(DAY):
        browser = signed_in(Role.MANAGER)
        assert "Nobody independent is here" in words_of(browser.page(url(complaint)))
        assert "If they work here, nobody from outside is needed." in words_of(browser.page(url(complaint, "outside-reviewer")))
        unnamed = browser.send(url(complaint, "outside-reviewer"), OUTSIDE | {"staff": str(outside.id), "named_by": ""})
        assert unnamed.status_code == 422 and "Choose who named them" in words_of(unnamed.get_data(as_text=True))
        sent = browser.send(url(complaint, "outside-reviewer"), OUTSIDE | {"staff": str(outside.id)})
        assert sent.location == url(complaint)
        assert "Outside Reviewer Person was named from outside to consider stage 2." in words_of(browser.page(url(complaint)))
        assert signed_in(outside).get(url(complaint, "acknowledgement")).status_code == 200
        assert browser.get(url(complaint, "acknowledgement")).status_code == 403, "whoever wrote it down is still barred"
    town.register.rollback()
    assert complaint.handler_id == outside.id
