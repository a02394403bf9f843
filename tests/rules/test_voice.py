"""What a resident says at any time: when it waits, when it no longer does, and that it moves no date."""

from typing import Any

from portal.rules.history import all_done_on, open_actions
from portal.rules.steps import Step
from portal.rules.voice import open_disputes, open_messages, waiting, waiting_since
from tests.rules.story import Story, accepted, answered, day

TUE_12, WED_13, MON_18 = "Tue 12 May 2026", "Wed 13 May 2026", "Mon 18 May 2026"


def wrote(story: Story, on: str, message: int) -> Story:
    """The resident writes."""
    return story.then(Step.MESSAGED, on, None, by="party:1", message=message)


def test_what_was_written_waits_until_somebody_replies() -> None:
    story = wrote(wrote(accepted(), TUE_12, 1), WED_13, 2)
    assert waiting_since(story.history) == day(TUE_12)
    story.then(Step.MESSAGED, WED_13, None, answers=[1], to=1)
    assert open_messages(story.history) == {2}
    story.then(Step.MESSAGED, MON_18, None, answers=[2], read=True)
    assert waiting_since(story.history) is None


def test_a_message_moves_no_date_and_can_be_written_in_any_state() -> None:
    for story in (accepted(), answered(), accepted().withdrawn(TUE_12), Story().received("Mon 11 May 2026").refused(TUE_12)):
        before = story.deadlines()
        wrote(story, MON_18, 1)
        assert story.deadlines() == before


def test_what_nobody_wrote_or_was_read_before_is_not_read_again() -> None:
    story = accepted()
    story.refuses("5.12", "Somebody has read that already", Step.MESSAGED, TUE_12, None, answers=[], read=True)
    wrote(story, TUE_12, 1).then(Step.MESSAGED, TUE_12, None, answers=[1], read=True)
    story.refuses("5.12", "Somebody has read that already", Step.MESSAGED, TUE_12, None, answers=[1], read=True)


def test_whatever_waits_is_told_in_the_order_it_was_said() -> None:
    story = wrote(accepted(), TUE_12, 1).then(Step.ISSUE_RAISED, WED_13, None, by="party:1", issue=1)
    story.then(Step.MEANING_QUERIED, WED_13, by="party:1", query=1)
    assert [one.step for one in waiting(story.history)] == [Step.MESSAGED, Step.ISSUE_RAISED, Step.MEANING_QUERIED]


def test_ruling_23_an_offer_is_answered_once_each_way_and_never_bars_stage_2() -> None:
    accepted().refuses("7.3", "Nothing has been offered yet", Step.REMEDY_ACCEPTED, TUE_12, by="party:1", remedy=1)
    story = answered().then(Step.REMEDY_ACCEPTED, MON_18, by="party:1", remedy=1)
    assert Step.ESCALATED in story.allowed(MON_18, by="party:1")
    story.refuses("7.3", "said of this offer already", Step.REMEDY_ACCEPTED, MON_18, by="party:1", remedy=1)
    story.then(Step.REMEDY_DECLINED, MON_18, by="party:1", remedy=1).then(Step.REMEDY_ACCEPTED, MON_18, by="party:1", remedy=1)
    story.then(Step.REMEDY_PAID, MON_18, remedy=1)
    story.refuses("7.3", "it has been paid", Step.REMEDY_DECLINED, MON_18, by="party:1", remedy=1)
    assert Step.ESCALATED in story.allowed(MON_18, by="party:1")


def test_ruling_23_money_that_is_accepted_is_owed_by_a_day_until_it_is_paid_or_declined() -> None:
    story = answered().then(Step.REMEDY_ACCEPTED, MON_18, by="party:1", remedy=1, pay_by="2026-06-16")
    (owed,) = [one for one in story.deadlines() if one.step is Step.REMEDY_PAID]
    assert (owed.action, owed.due_on, owed.met_on) == (1, day("Tue 16 Jun 2026"), None)
    assert all_done_on(story.history) is None
    story.then(Step.REMEDY_DECLINED, MON_18, by="party:1", remedy=1)
    assert Step.REMEDY_PAID not in {one.step for one in story.deadlines()} and all_done_on(story.history)
    story.then(Step.REMEDY_ACCEPTED, MON_18, by="party:1", remedy=1, pay_by="2026-06-16").then(Step.REMEDY_PAID, "Wed 20 May 2026", remedy=1)
    (met,) = [one for one in story.deadlines() if one.step is Step.REMEDY_PAID]
    assert met.met_on == all_done_on(story.history) == day("Wed 20 May 2026")


def test_ruling_17_only_the_resident_answers_an_offer_or_somebody_who_wrote_down_when_they_did() -> None:
    story = answered()
    story.refuses("5.12", "Only the resident can do this", Step.REMEDY_ACCEPTED, MON_18, remedy=1)
    story.then(Step.CONTACTED, MON_18, contact=4).then(Step.REMEDY_ACCEPTED, MON_18, remedy=1, contact=4)


def test_ruling_23_what_is_said_not_to_be_done_is_owed_again() -> None:
    story = answered().then(Step.ACTION_PROMISED, "Fri 15 May 2026", action=1, due="2026-05-20")
    story.refuses("7.3", "That was not promised", Step.ACTION_DISPUTED, MON_18, by="party:1", action=2)
    story.then(Step.ACTION_DONE, MON_18, action=1)
    assert all_done_on(story.history) == day(MON_18)
    story.then(Step.ACTION_DISPUTED, MON_18, by="party:1", action=1)
    assert open_actions(story.history) == open_disputes(story.history) == {1}
    assert all_done_on(story.history) is None
    owed = story.next()
    assert owed and (owed.action, owed.due_on) == (1, day("Wed 20 May 2026"))
    story.then(Step.ACTION_DONE, "Tue 19 May 2026", action=1)
    assert not open_actions(story.history) and not open_disputes(story.history)


def test_ruling_23_a_new_date_or_a_reply_sees_to_what_is_not_done_and_it_stays_owed() -> None:
    seen_to: list[tuple[Step, dict[str, Any]]] = [
        (Step.ACTION_REDATED, {"action": 1, "due": "2026-06-01", "reason": True}), (Step.MESSAGED, {"disputes": [1], "to": 1}),
    ]  # fmt: skip
    for step, details in seen_to:
        story = answered().then(Step.ACTION_PROMISED, "Fri 15 May 2026", action=1, due="2026-05-20")
        story.then(Step.ACTION_DISPUTED, MON_18, by="party:1", action=1).then(step, MON_18, **details)
        assert not open_disputes(story.history) and open_actions(story.history) == {1}


def test_a_changed_way_of_reaching_them_waits_only_where_nobody_heard_of_it_and_until_somebody_was_in_touch() -> None:
    story = accepted().then(Step.CONTACT_CHANGED, TUE_12, None, by="party:1", proved="paper")
    assert waiting_since(story.history) is None
    story.then(Step.CONTACT_CHANGED, WED_13, None, by="party:1", proved="paper", change=2)
    assert waiting_since(story.history) == day(WED_13)
    story.then(Step.CONTACTED, MON_18, None, contact=1)
    assert waiting_since(story.history) is None


def test_only_they_change_how_they_are_reached() -> None:
    accepted().refuses("5.12", "Only the resident can do this", Step.CONTACT_CHANGED, TUE_12, None, proved="paper")


def test_a_call_to_show_that_it_is_them_is_asked_for_once_and_waits_until_somebody_made_sure() -> None:
    story = accepted().then(Step.CALL_ASKED, TUE_12, None, by="party:1", call=1, ring_by=day(WED_13).isoformat()).then(Step.CONTACTED, TUE_12, None, contact=1)
    assert waiting_since(story.history) == day(TUE_12)
    story.refuses("5.12", "asked us to ring you already", Step.CALL_ASKED, WED_13, None, by="party:1", call=2, ring_by=day(MON_18).isoformat())
    story.then(Step.CONTACTED, WED_13, None, contact=2, proof=False)
    assert waiting_since(story.history) is None
    story.then(Step.CALL_ASKED, MON_18, None, by="party:1", call=2, ring_by="2026-05-19")


def proof_calls(story: Story) -> list[tuple[Any, Any, Any, bool]]:
    """The calls owed to show who it is: number, day, when it was made, whether nobody waits for it any more."""
    return [(one.action, one.due_on, one.met_on, one.overtaken) for one in story.deadlines() if one.step is Step.CALL_ASKED]


def test_a_call_to_show_that_it_is_them_is_owed_by_the_day_they_were_told_whatever_ends() -> None:
    story = accepted().then(Step.CALL_ASKED, TUE_12, None, by="party:1", call=1, ring_by="2026-05-13")
    assert proof_calls(story) == [(1, day(WED_13), None, False)]
    owed = story.next()
    assert owed and (owed.step, owed.due_on) == (Step.CALL_ASKED, day(WED_13))
    story.then(Step.CONTACTED, TUE_12, None, contact=1).withdrawn(TUE_12)
    assert proof_calls(story) == [(1, day(WED_13), None, False)], "Nobody made sure who it is, and they still wait."
    story.then(Step.CONTACTED, WED_13, None, contact=2, proof=True)
    assert proof_calls(story) == [(1, day(WED_13), day(WED_13), False)]


def test_a_call_without_a_day_to_come_is_not_asked_for() -> None:
    for wrong in ({}, {"ring_by": "2026-05-11"}, {"ring_by": "soon"}):
        accepted().refuses("5.12", "Say by which day we ring", Step.CALL_ASKED, TUE_12, None, by="party:1", call=1, **wrong)


def test_calls_of_two_parties_are_two_and_making_sure_of_one_leaves_the_other() -> None:
    story = accepted().then(Step.CALL_ASKED, TUE_12, None, by="party:1", call=1, ring_by="2026-05-13")
    story.then(Step.CALL_ASKED, TUE_12, None, by="party:2", call=2, ring_by="2026-05-13", party=2)
    story.refuses("5.12", "asked us to ring you already", Step.CALL_ASKED, WED_13, None, by="party:2", call=3, ring_by="2026-05-14", party=2)
    story.then(Step.CONTACTED, WED_13, None, contact=1, proof=True)
    assert proof_calls(story) == [(1, day(WED_13), day(WED_13), False), (2, day(WED_13), None, False)]
    story.then(Step.CONTACTED, WED_13, None, contact=2, proof=False, party=2)
    assert [one[2] for one in proof_calls(story)] == [day(WED_13), day(WED_13)] and waiting_since(story.history) is None


def test_nobody_waits_for_a_call_who_died_or_was_stopped() -> None:
    story = accepted().then(Step.CALL_ASKED, TUE_12, None, by="party:1", call=1, ring_by="2026-05-13")
    story.then(Step.DEATH_RECORDED, WED_13, None, died_on="2026-05-12")
    assert proof_calls(story) == [(1, day(WED_13), None, True)] and waiting_since(story.history) is None
    story = accepted().then(Step.REPRESENTED, TUE_12, None, party=2, authority="claimed")
    story.then(Step.CALL_ASKED, TUE_12, None, by="party:2", call=1, ring_by="2026-05-13", party=2)
    story.then(Step.CONTACT_CHANGED, TUE_12, None, by="party:2", proved="paper", change=1, party=2)
    story.then(Step.CONTACTED, TUE_12, None, contact=1)
    assert [one.step for one in waiting(story.history)] == [Step.CALL_ASKED, Step.CONTACT_CHANGED], "That was with the resident."
    story.then(Step.AUTHORITY_ENDED, WED_13, None, by="party:1", party=2, paused=False)
    assert proof_calls(story) == [(1, day(WED_13), None, True)] and waiting_since(story.history) is None


def test_a_way_that_was_stopped_waits_until_whoever_it_was_says_how_to_reach_them() -> None:
    story = accepted().then(Step.WAY_STOPPED, TUE_12, None, by="machine", stop=1, party=1).then(Step.WAY_STOPPED, TUE_12, None, by="machine", stop=2, party=2)
    story.then(Step.CONTACT_CHANGED, WED_13, None, by="party:2", proved="paper", party=2)
    assert [(one.number, one.party) for one in waiting(story.history)] == [(1, 1)]
    story.then(Step.CONTACT_CHANGED, WED_13, None, by="party:1", proved="paper")
    assert waiting(story.history) == []
