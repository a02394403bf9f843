"""Somebody leaves: disabled and never deleted, their complaints given to others, the resident told (ruling 38)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Staff, other_accounts
from portal.complaints.recording import deadlines_of
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import ACKNOWLEDGING, PASSWORD, Town, answering

GIVE = {"interest": "no"}


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """Matched, acknowledged by the handler, and an answer half written; today is Friday 15 May."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        with town.writing():
            operations.match_person(made, by=town.viewer(Role.TRIAGE), person=None, landlord_record="T100")
        town.acknowledged(made)
        with town.writing():
            operations.save_writing(made, "response", answering(1), by=town.viewer(Role.HANDLER), seen=0)
    with clock.at(date(2026, 5, 15)):
        yield made


def again(town: Town, complaint: Complaint) -> Complaint:
    town.register.rollback()
    town.register.expire_all()
    return complaint


def leaves(browser: CheckingClient, staff_id: int) -> str:
    """A manager says that somebody has left; what the page then says."""
    url = f"/staff/people/{staff_id}"
    assert browser.send(url, form="left").location == url
    return words_of(browser.page(url))


def test_ruling_38_who_leaves_comes_in_no_more_and_is_never_deleted(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler, manager = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
    staff_id = town.staff[Role.HANDLER].id
    assert "Handler Person" in words_of(manager.page("/staff/people"))
    page = leaves(manager, staff_id)
    assert "Complaints they have" in page and "Samira Haddad" in page
    assert handler.get("/staff/").location.endswith("/staff/sign-in")
    refused = handler.send("/staff/sign-in", {"email": "handler@landlord.example", "password": PASSWORD})
    assert refused.status_code == 422
    town.register.rollback()
    town.register.expire_all()
    kept = town.register.get(Staff, staff_id)
    assert kept is not None and kept.disabled_at is not None
    assert "Left" in words_of(manager.page("/staff/people"))


def test_ruling_38_the_case_is_given_to_another_the_draft_survives_and_the_resident_is_told(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    manager, here = signed_in(Role.MANAGER), f"/staff/complaints/{complaint.reference}"
    leaves(manager, town.staff[Role.HANDLER].id)
    assert "Handler Person has left: give it to somebody else" in words_of(manager.page(here))
    new = town.staff[Role.REVIEWER].id
    town.register.rollback()
    assert manager.send(f"{here}/assign", GIVE | {"staff": str(new)}).location == here
    letter = again(town, complaint).letters[-1]
    words = as_text(letter.body)
    assert letter.kind == "handler_changed"
    for said in ("now with Reviewer Person", "Handler Person no longer deals with it", "You do not have to tell us anything again", "Tuesday 26 May 2026"):
        assert said in words
    draft = complaint.draft("response", 1)
    assert draft is not None and draft.written["opening"] == answering(1)["opening"]
    town.register.rollback()
    assert answering(1)["opening"] in signed_in(Role.REVIEWER).get(f"{here}/response").get_data(as_text=True)
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    page = words_of(client.page("/your-complaint"))
    assert "We wrote to say who has your complaint now." in page and "Your complaint is with Reviewer Person" in page


def test_ruling_38_the_bar_follows_the_person_who_left_and_came_back(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    town.answered(complaint)
    town.escalated(complaint)
    manager, staff_id = signed_in(Role.MANAGER), town.staff[Role.HANDLER].id
    leaves(manager, staff_id)
    assert again(town, complaint).barred(2, staff_id)
    town.register.rollback()
    assert manager.send(f"/staff/people/{staff_id}", form="back").status_code == 303
    assert "works here" in words_of(manager.page("/staff/people")).lower()
    assert again(town, complaint).barred(2, staff_id)


def test_ruling_38_nobody_says_that_they_themselves_have_left(town: Town, signed_in: SignIn) -> None:
    url = f"/staff/people/{town.staff[Role.MANAGER].id}"
    answer = signed_in(Role.MANAGER).send(url, form="left")
    assert answer.status_code == 422 and "Somebody else has to say that you have left" in words_of(answer.get_data(as_text=True))


def test_pressing_twice_says_it_once(town: Town, signed_in: SignIn) -> None:
    manager, url = signed_in(Role.MANAGER), f"/staff/people/{town.staff[Role.HANDLER].id}"
    filled = form_values(pick_form(manager.page(url), "left"))
    assert [manager.post(f"{url}/left", data=filled).status_code for _ in range(2)] == [303, 303]


def test_a_first_assignment_and_one_before_anybody_was_told_send_no_letter(town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.given_to(made)
        town.given_to(made, Role.REVIEWER)
        assert [letter.kind for letter in made.letters] == ["receipt"]
        town.triaged(made)
        with town.writing():
            operations.acknowledge(made, ACKNOWLEDGING, by=town.viewer(Role.REVIEWER))
        town.given_to(made)
    assert [letter.kind for letter in made.letters] == ["receipt", "acknowledgement", "handler_changed"]


def test_ruling_37_and_46_a_request_that_is_kept_is_confirmed_and_so_is_taking_it_back(town: Town, complaint: Complaint) -> None:
    town.escalated(complaint, on=date(2026, 5, 15))
    held = complaint.letters[-1]
    assert held.kind == "held"
    for said in ("On Friday 15 May 2026 you asked for stage 2", "starts by itself on the day that answer goes", "Tuesday 26 May 2026"):
        assert said in as_text(held.body)
    with town.writing():
        operations.take_back_stage_2(complaint, by=town.resident(complaint))
    assert complaint.letters[-1].kind == "hold_released"
    assert "You can still ask for stage 2" in as_text(complaint.letters[-1].body)


def test_ruling_46_a_kept_request_is_measured_from_the_answer_and_its_day_is_told(town: Town, complaint: Complaint) -> None:
    town.escalated(complaint, on=date(2026, 5, 15))
    town.answered(complaint, on=date(2026, 5, 20))
    assert "You asked for stage 2 on Friday 15 May 2026" in as_text(complaint.letters[-1].body)
    owed = next(one for one in deadlines_of(again(town, complaint)) if one.step is Step.ACKNOWLEDGED and one.stage == 2)
    assert (owed.from_on, owed.due_on) == (date(2026, 5, 20), date(2026, 5, 28))


def test_ruling_38_who_said_that_somebody_left_and_when_is_shown_with_the_accounts(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager, staff_id = signed_in(Role.MANAGER), town.staff[Role.HANDLER].id
    leaves(manager, staff_id)
    page = words_of(manager.page("/staff/people"))
    assert "Written down by Manager Person" in page and "15 May 2026" in page
    assert "Has left. Written down by Manager Person" in words_of(manager.page(f"/staff/people/{staff_id}"))


def same(browser: CheckingClient, staff_id: int, other_id: int) -> str:
    """A manager says that two accounts are one person's; what the page then says."""
    url = f"/staff/people/{staff_id}"
    form = form_values(pick_form(browser.page(url), "same"))
    assert browser.post(f"{url}/same", data=form | {"other": str(other_id)}).location == url
    return words_of(browser.page(url))


def test_ruling_34_a_manager_says_that_two_accounts_are_one_persons_and_the_bar_follows_at_once(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    town.answered(complaint)
    town.escalated(complaint)
    manager, decider, reviewer = signed_in(Role.MANAGER), town.staff[Role.HANDLER].id, town.staff[Role.REVIEWER].id
    assert not again(town, complaint).barred(2, reviewer)
    town.register.rollback()
    page = same(manager, reviewer, decider)
    assert "One person with Handler Person" in page and "Written down by Manager Person" in page
    assert again(town, complaint).barred(2, reviewer)
    town.register.rollback()
    twice = manager.post(f"/staff/people/{reviewer}/same", data=form_values(pick_form(manager.page(f"/staff/people/{reviewer}"), "same")) | {"other": str(decider)})
    assert twice.status_code == 422


def test_ruling_34_an_account_that_is_said_to_be_nobody_elses_after_all_stays_barred_until_a_manager_says_that_it_never_was(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    town.answered(complaint)
    town.escalated(complaint)
    administrator, manager = signed_in(Role.ADMINISTRATOR), signed_in(Role.MANAGER)
    decider, reviewer = town.staff[Role.HANDLER].id, town.staff[Role.REVIEWER].id
    url = f"/staff/people/{reviewer}"
    same(administrator, reviewer, decider)
    assert administrator.send(url, {"because": " "}, form="apart").status_code == 422, "why is asked"
    assert administrator.send(url, {"because": "A slip"}, form="apart").location == url
    assert "No longer one person with Handler Person. A slip" in words_of(administrator.page(url))
    assert "No longer one person with Handler Person. A slip Administrator Person" in words_of(signed_in(Role.AUDITOR).page("/staff/record/accounts"))
    assert [again(town, complaint).barred(2, reviewer), other_accounts(town.register, reviewer)] == [True, []]
    with pytest.raises(RuleBroken, match=r"6\.13"), town.writing():
        operations.assign(again(town, complaint), town.staff[Role.REVIEWER], by=town.viewer(Role.MANAGER), interest="none")
    town.register.rollback()
    assert not administrator.page(url).xpath("//form[contains(@action, 'apart')]"), "no administrator lifts it"
    assert manager.send(url, {"because": "Two people of one name", "never": "y"}, form="apart").location == url
    assert "Was never one person with Handler Person. Two people of one name" in words_of(manager.page(url))
    assert not again(town, complaint).barred(2, reviewer)


def test_ruling_34_what_came_after_two_accounts_were_parted_bars_only_the_one(town: Town) -> None:
    one, two, by = town.staff[Role.HANDLER], town.staff[Role.REVIEWER], town.viewer(Role.MANAGER)
    with town.writing():
        operations.say_same(town.register, one, two, by=by)
        operations.say_apart(town.register, two, by=by, because="A slip")
    with clock.at(clock.now() + timedelta(days=1)):
        later = town.complains()
        town.acknowledged(later)
        town.answered(later)
        town.escalated(later)
        assert (later.barred(2, one.id), later.barred(2, two.id)) == (True, False)


def test_ruling_34_three_accounts_are_one_person_whichever_was_named_first_and_the_first_can_be_taken_out(town: Town) -> None:
    by = town.viewer(Role.MANAGER)
    one, two, three = (town.staff[each] for each in (Role.HANDLER, Role.REVIEWER, Role.TRIAGE))
    with town.writing():
        operations.say_same(town.register, one, two, by=by)
        operations.say_same(town.register, three, two, by=by)
    assert {f"staff:{two.id}", f"staff:{three.id}"} == set(other_accounts(town.register, one.id))
    with town.writing():
        operations.say_apart(town.register, three, by=by, because="A slip")
    assert other_accounts(town.register, one.id) == [f"staff:{two.id}"] and other_accounts(town.register, three.id) == []


def test_ruling_34_nobody_takes_their_own_account_out(town: Town) -> None:
    by, manager = town.viewer(Role.MANAGER), town.staff[Role.MANAGER]
    with town.writing():
        operations.say_same(town.register, manager, town.staff[Role.REVIEWER], by=by)
    for staff in (manager, town.staff[Role.REVIEWER]):
        with pytest.raises(RuleBroken, match="Somebody else has to say this"), town.writing():
            operations.say_apart(town.register, staff, by=by, because="A slip")
