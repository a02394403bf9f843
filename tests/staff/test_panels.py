"""A panel at stage 2: who may be on it, what the resident is told before it, what is written down after it (3.6, 6.13, ruling 34)."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.recording import deadlines_of
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_casework import promised, url
from tests.staff.test_reviewers import person
from tests.town import Town

DAY = date(2026, 6, 2)
MEETS = {
    "on": "10 June 2026", "starts": "10.30 in the morning", "place": "Meeting room 2, 1 Example Street. No steps.",
    "taking_part": "Come, or join by phone on 01632 960000.", "interest": "Nothing declared",
}  # fmt: skip
SAID = {
    "resident": "yes", "accompanied": "Her sister, Rana", "others": "Dean Colley, who took the minutes",
    "minutes": "She said that the ceiling leaked again on Sunday.",
}  # fmt: skip


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """At stage 2, with the reviewer, acknowledged on Monday 1 June; the person is matched; today is Tuesday 2 June."""
    made = promised(town)
    with clock.at(date(2026, 6, 1)), town.writing():
        operations.match_person(made, by=town.viewer(Role.TRIAGE), person=None, landlord_record="T100")
    town.escalated(made, on=date(2026, 6, 1))
    town.acknowledged(made, role=Role.REVIEWER, on=date(2026, 6, 1))
    with clock.at(DAY):
        yield made


def members(town: Town, *others: Staff) -> list[str]:
    return [str(each.id) for each in (town.staff[Role.REVIEWER], town.second_reviewer, *others)]


def arranged(town: Town, browser: CheckingClient, complaint: Complaint, **changes: Any) -> None:
    sent = MEETS | {"members": members(town)} | changes
    town.register.rollback()
    assert browser.send(url(complaint, "panel"), sent).location == url(complaint)


def test_the_resident_is_told_of_the_panel_before_it_and_may_bring_somebody(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    before = deadlines_of(complaint)
    town.register.rollback()
    browser = signed_in(Role.REVIEWER)
    arranged(town, browser, complaint)
    letter = complaint.letters[-1]
    words = as_text(letter.body)
    assert letter.kind == "panel" and [one.state for one in letter.issues] == ["issued"]
    for said in (
        "Wednesday 10 June 2026, 10.30 in the morning", "Meeting room 2", "Reviewer Person, Reviewer at the landlord", "Second Reviewer Person",
        "You can bring somebody with you", "you do not have to", "If something would make it easier", "join by phone", "Monday 29 June 2026",
    ):  # fmt: skip
        assert said in words, said
    assert deadlines_of(complaint) == before, "no date moves"
    page = words_of(browser.page(url(complaint)))
    assert "Reviewer Person arranged a panel for Wednesday 10 June 2026" in page and "To meet" in page
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    theirs = words_of(client.page("/your-complaint"))
    assert "A panel meets about it on Wednesday 10 June 2026" in theirs and "We asked a panel to look at your complaint." in theirs


def test_ruling_34_whoever_is_barred_is_no_member_and_is_told_which_provision_says_so(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    decider, reviewer = town.staff[Role.HANDLER], town.staff[Role.REVIEWER]
    page = words_of(signed_in(Role.REVIEWER).page(url(complaint, "panel")))
    assert "These people may not consider it (Code 6.13)" in page and "Handler Person, who considered the stage before this one" in page
    meeting = operations.Meeting(date(2026, 6, 10), "10.30", "Room 2", "Come.")
    double = person(town, "Handler Again", Role.REVIEWER)
    with town.writing():
        double.same_person_id = decider.id
    for barred in (decider, double):
        with pytest.raises(RuleBroken) as refused, town.writing():
            operations.arrange_panel(complaint, [reviewer, barred], meeting, by=town.viewer(Role.MANAGER), interest="Nothing declared")
        assert refused.value.provision == "6.13" and "A different person has to" in refused.value.reason
    assert complaint.panels == []


def test_ruling_34_a_member_found_to_have_a_conflict_is_not_written_down_as_having_sat(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    arranged(town, signed_in(Role.REVIEWER), complaint)
    with town.writing():
        operations.decide_conflict(complaint, town.second_reviewer, by=town.viewer(Role.MANAGER), said="Her aunt.", barred=True, because="True.")
    met = operations.Met(on=date(2026, 6, 10), came=[town.second_reviewer], minutes="x", resident_came=False)
    with clock.at(date(2026, 6, 10)), pytest.raises(RuleBroken) as refused, town.writing():
        operations.record_panel(complaint, complaint.panels[0], met, by=town.viewer(Role.MANAGER))
    assert refused.value.provision == "5.8"


def test_a_panel_is_for_stage_2_alone(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        first = town.complains(code="D" * 24)
        town.given_to(first)
        meeting = operations.Meeting(date(2026, 5, 20), "10.30", "Room 2", "Come.")
        with pytest.raises(RuleBroken, match="only for stage 2"), town.writing():
            operations.arrange_panel(first, [town.second_reviewer], meeting, by=town.viewer(Role.MANAGER), interest="Nothing declared")
        manager = signed_in(Role.MANAGER)
        assert manager.get(url(first, "panel")).location == url(first)
        assert "A panel" not in words_of(manager.page(url(first)))


def test_what_the_panel_said_is_written_down_with_who_came_with_the_resident_its_file_and_what_it_promised(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    browser = signed_in(Role.REVIEWER)
    arranged(town, browser, complaint)
    with clock.at(date(2026, 6, 10)):
        browser = signed_in(Role.REVIEWER)
        assert "Write down what the panel said" in words_of(browser.page(url(complaint)))
        action = {"a1-what": "Mend the gutter", "a1-owner": "Colleague Person", "a1-due_on": "30 June 2026"}
        filled = form_values(pick_form(browser.page(url(complaint, "panel/record")), 0))
        assert filled["on"] == "10/6/2026"
        sent = filled | SAID | action | {"came": members(town)[:1], "file": (io.BytesIO(b"Minutes, signed."), "minutes.txt")}
        answer = browser.post(url(complaint, "panel/record"), data=sent, content_type="multipart/form-data")
        assert answer.location == url(complaint), words_of(answer.get_data(as_text=True))
        page = words_of(browser.page(url(complaint)))
        for said in ("Her sister, Rana", "The resident took part.", "This may be disclosed", "leaked again on Sunday", "minutes.txt", "Mend the gutter", "took the minutes"):
            assert said in page, said
        assert browser.get(url(complaint, "panel/record")).location == url(complaint), "it is written down once"
        town.register.rollback()
        let_in_resident(client, town.register, complaint)
        town.register.rollback()
        theirs = words_of(client.page("/your-complaint"))
        assert "The panel met about your complaint." in theirs and "leaked again on Sunday" not in theirs
    assert complaint.panels[0].came == [town.staff[Role.REVIEWER].id]
    assert complaint.actions[-1].owner_id == town.staff[Role.COLLEAGUE].id


def test_a_panel_put_on_another_day_is_told_again_and_the_first_stays_on_record(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.REVIEWER)
    arranged(town, browser, complaint)
    assert form_values(pick_form(browser.page(url(complaint, "panel")), 0))["place"].strip() == MEETS["place"]
    arranged(town, browser, complaint, on="12 June 2026")
    assert "We told you before that it meets on Wednesday 10 June 2026" in as_text(complaint.letters[-1].body)
    assert len(complaint.panels) == 2
    assert "Changed" in words_of(browser.page(url(complaint)))


def test_a_panel_without_members_or_on_a_day_gone_by_is_told_beside_the_box(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.REVIEWER)
    filled = form_values(pick_form(browser.page(url(complaint, "panel")), 0)) | MEETS
    answer = browser.post(url(complaint, "panel"), data=filled | {"members": [], "on": "1 June 2026"})
    page = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422 and "Choose who is on the panel" in page and "Give a day that has not gone by." in page


def test_an_action_half_written_says_what_it_lacks_and_keeps_the_rest(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    arranged(town, signed_in(Role.REVIEWER), complaint)
    with clock.at(date(2026, 6, 10)):
        browser = signed_in(Role.REVIEWER)
        filled = form_values(pick_form(browser.page(url(complaint, "panel/record")), 0)) | SAID
        answer = browser.post(url(complaint, "panel/record"), data=filled | {"a1-what": "Mend the gutter", "a1-due_on": "1 June 2026"})
        page = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    for said in ("Write who will do it", "Give a day that has not gone by.", "leaked again on Sunday"):
        assert said in page


def test_3_6_a_panel_that_does_not_meet_is_called_off_and_the_resident_is_told_why(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    before, browser = deadlines_of(complaint), signed_in(Role.REVIEWER)
    assert browser.get(url(complaint, "panel/off")).location == url(complaint), "none is to meet"
    arranged(town, browser, complaint)
    assert "Call it off" in words_of(browser.page(url(complaint)))
    empty = browser.send(url(complaint, "panel/off"), {"why": " "})
    assert empty.status_code == 422 and "Write why it does not meet" in words_of(empty.get_data(as_text=True))
    assert browser.send(url(complaint, "panel/off"), {"why": "Two of three are ill."}).location == url(complaint)
    letter = complaint.letters[-1]
    words = as_text(letter.body)
    assert letter.kind == "panel_off" and [one.state for one in letter.issues] == ["issued"]
    for said in (
        "We told you that a panel meets about your complaint on Wednesday 10 June 2026. It does not meet then.", "Two of three are ill.",
        "We look at every point all the same.", "Nothing in the dates that we told you.", "Monday 29 June 2026", "Housing Ombudsman",
    ):  # fmt: skip
        assert said in words, said
    assert deadlines_of(complaint) == before, "no date moves"
    page = words_of(browser.page(url(complaint)))
    assert "Reviewer Person called off the panel of Wednesday 10 June 2026, and wrote to them why." in page
    assert "Called off" in page and "To meet" not in page and "Arrange a panel" in page and "The letter that the panel does not meet" in page
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    theirs = words_of(client.page("/your-complaint"))
    assert "A panel meets about it on" not in theirs and "We called off the panel about your complaint." in theirs and "ill" not in theirs.split()
    with clock.at(date(2026, 6, 10)):
        assert "Write down what the panel said" not in words_of(signed_in(Role.REVIEWER).page(url(complaint)))
        with pytest.raises(RuleBroken, match="has not met already"), town.writing():
            operations.call_off_panel(complaint, by=town.viewer(Role.REVIEWER), why="Again.")
    arranged(town, signed_in(Role.REVIEWER), complaint, on="12 June 2026")
    assert "We told you before" not in as_text(complaint.letters[-1].body)


def test_3_6_a_panel_whose_day_went_by_is_called_off_as_one_that_did_not_meet(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    arranged(town, signed_in(Role.REVIEWER), complaint)
    with clock.at(date(2026, 6, 11)):
        signed_in(Role.REVIEWER).send(url(complaint, "panel/off"), {"why": "Nobody could open the room."})
    assert "would meet about your complaint on Wednesday 10 June 2026. It did not meet." in as_text(complaint.letters[-1].body)


HELD = SAID | {
    "on": "1 June 2026", "starts": "2pm", "place": "By phone", "told": "We rang her on Friday 29 May.", "interest": "Nothing declared",
}  # fmt: skip


def test_3_6_a_panel_that_met_and_was_never_arranged_here_is_written_down_and_the_resident_is_told(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    before, browser = deadlines_of(complaint), signed_in(Role.REVIEWER)
    assert "Write down a panel that has met, and was not arranged here" in words_of(browser.page(url(complaint)))
    action = {"a1-what": "Mend the gutter", "a1-owner": "Colleague Person", "a1-due_on": "30 June 2026"}
    sent = form_values(pick_form(browser.page(url(complaint, "panel/met")), 0)) | HELD | action
    sent |= {"came": members(town), "file": (io.BytesIO(b"Minutes, signed."), "minutes.txt")}
    answer = browser.post(url(complaint, "panel/met"), data=sent, content_type="multipart/form-data")
    assert answer.location == url(complaint), words_of(answer.get_data(as_text=True))
    page = words_of(browser.page(url(complaint)))
    for said in ("Her sister, Rana", "The resident took part.", "leaked again on Sunday", "minutes.txt", "Mend the gutter", "Met", "The letter about a panel that met"):
        assert said in page, said
    letter = next(one for one in complaint.letters if one.kind == "panel_held")
    words = as_text(letter.body)
    for said in (
        "On Monday 1 June 2026 a panel met about your complaint.", "Second Reviewer Person, Second Reviewer at the landlord", "who took the minutes",
        "Our record says that you took part.", "Her sister, Rana", "We rang her on Friday 29 May.", "If this is not right", "Monday 29 June 2026",
    ):  # fmt: skip
        assert said in words, said
    assert "leaked again" not in words
    assert complaint.decides(2, town.second_reviewer.id) and complaint.actions[-1].what == "Mend the gutter"
    assert [one for one in deadlines_of(complaint) if one.action is None] == [one for one in before if one.action is None], "no date of the stage moves"
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    assert "We wrote to say who was at the panel that met." in words_of(client.page("/your-complaint"))


def test_a_panel_never_arranged_leaves_the_one_that_is_to_meet_and_may_be_written_down_after_the_answer(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser = signed_in(Role.REVIEWER)
    arranged(town, browser, complaint)
    browser.send(url(complaint, "panel/met"), HELD | {"came": members(town)[:1]})
    assert "To meet" in words_of(browser.page(url(complaint)))
    browser.send(url(complaint, "panel/off"), {"why": "It is decided."})
    town.answered(complaint, role=Role.REVIEWER)
    page = words_of(signed_in(Role.MANAGER).page(url(complaint)))
    assert "Write down a panel that has met, and was not arranged here" in page and "Arrange a panel" not in page
    assert signed_in(Role.MANAGER).send(url(complaint, "panel/met"), HELD | {"came": members(town)[1:]}).location == url(complaint)


def test_a_panel_never_arranged_is_not_written_down_with_anybody_barred_or_half_said(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.REVIEWER)
    assert f'value="{town.staff[Role.HANDLER].id}"' not in browser.get(url(complaint, "panel/met")).get_data(as_text=True)
    for wrong, said in (
        ({"told": ""}, "Write how they knew of it"), ({"on": "29 May 2026"}, "before Monday 1 June 2026"), ({"on": "3 June 2026"}, "This day has not come yet"),
        ({"came": []}, "Choose who was there"), ({"interest": " "}, "Write their interest"),
    ):  # fmt: skip
        town.register.rollback()
        answer = browser.send(url(complaint, "panel/met"), HELD | {"came": members(town)} | wrong)
        assert answer.status_code == 422 and said in words_of(answer.get_data(as_text=True)), wrong
    town.register.rollback()
    assert complaint.panels == [] and not complaint.decides(2, town.second_reviewer.id), "nothing of it is kept"
