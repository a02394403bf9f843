"""The turns that a case can take, ruling by ruling: corrected, refused, directed, withdrawn, resumed, late, joined."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.rules.deadlines import Deadline
from portal.rules.endings import ended_by, refusal, set_aside
from portal.rules.history import Step, carried_points, is_held, open_actions, points, stage_of
from portal.rules.news import late_notice
from portal.rules.reading import live, open_issues, open_queries, receipt_queried
from tests.rules.story import CODE, NOT_ACCEPTED, NOT_UPHELD, Story, accepted, answered, day, received, upheld

MON_11, TUE_12, FRI_15, MON_18 = "Mon 11 May 2026", "Tue 12 May 2026", "Fri 15 May 2026", "Mon 18 May 2026"
ANSWER_DUE = "Tue 26 May 2026"
OVERDUE = "Wed 27 May 2026"
JUNE_1 = "Mon 01 Jun 2026"
LOGGED_FRIDAY = datetime(2026, 5, 15, 12, tzinfo=UTC)
LONG_AGO: dict[str, Any] = {"happened_on": "2024-02-01", "known_on": "2024-03-01"}


def due(story: Story, step: Step, stage: int = 1) -> date:
    """The day a step is due by, of those that still count."""
    return next(one.due_on for one in story.deadlines() if one.step is step and one.stage == stage and not one.overtaken)


def owed(story: Story) -> list[Deadline]:
    """What is still owed."""
    return [one for one in story.deadlines() if one.met_on is None and not one.overtaken]


# 13: the day of receipt corrected


def test_ruling_13_an_earlier_day_of_receipt_moves_every_date_that_runs_from_receipt() -> None:
    story = received(TUE_12)
    story.then(Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-07", reason=True)
    assert due(story, Step.ACKNOWLEDGED) == day("Thu 14 May 2026")
    assert story.history[0].on == day(TUE_12), "the first record of it stands"


def test_ruling_13_only_a_manager_moves_the_day_of_receipt_later_and_a_reason_is_given() -> None:
    story = Story().received(MON_11, at=LOGGED_FRIDAY)
    story.refuses("5.12", "Only a manager", Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-13", reason=True)
    story.refuses("5.12", "right day and why", Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-08")
    story.refuses("5.12", "right day and why", Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-20", reason=True, by_manager=True)
    story.then(Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-13", reason=True, by_manager=True)
    assert due(story, Step.ACKNOWLEDGED) == day("Wed 20 May 2026")


def test_ruling_13_what_was_written_down_had_been_received_by_then() -> None:
    story = received(MON_11)
    story.refuses("5.12", "received by then", Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-12", reason=True, by_manager=True)


def test_ruling_13_a_day_of_receipt_is_kept_only_in_reply_to_the_resident() -> None:
    story = received(MON_11)
    story.refuses("5.12", "has not said", Step.RECEIPT_KEPT, TUE_12)
    story.then(Step.RECEIPT_QUERIED, TUE_12, by="party:1")
    assert receipt_queried(story.history)
    story.then(Step.RECEIPT_KEPT, FRI_15)
    assert receipt_queried(story.history) is None
    story.then(Step.RECEIPT_QUERIED, FRI_15, by="party:1").then(Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-08", reason=True)
    assert receipt_queried(story.history) is None


def test_ruling_52_a_later_day_of_receipt_does_not_move_a_date_that_was_told() -> None:
    story = Story().received(MON_11, at=LOGGED_FRIDAY, acknowledge_by="2026-05-18")
    story.then(Step.RECEIPT_CORRECTED, FRI_15, to="2026-05-13", reason=True, by_manager=True)
    assert due(story, Step.ACKNOWLEDGED) == day(MON_18)


# 24, 49: new issues


def test_ruling_24_a_related_issue_joins_a_stage_1_that_is_not_answered() -> None:
    story = accepted().then(Step.ISSUE_RAISED, TUE_12, by="party:1", issue=1)
    story.then(Step.ISSUE_DECIDED, TUE_12, issue=1, decision="joined", ground="related")
    assert not open_issues(story.history) and due(story, Step.RESPONDED) == day(ANSWER_DUE)


def test_ruling_24_what_was_refused_or_withdrawn_takes_no_new_point_but_the_issue_may_be_a_new_complaint() -> None:
    for story in (received(MON_11).refused(TUE_12), accepted().withdrawn(TUE_12)):
        story.then(Step.ISSUE_RAISED, FRI_15, by="party:1", issue=1)
        story.refuses("6.8", "is a new complaint", Step.ISSUE_DECIDED, FRI_15, issue=1, decision="joined", ground="related")
        story.then(Step.ISSUE_DECIDED, FRI_15, issue=1, decision="new complaint", ground="unrelated")


def test_ruling_24_staff_write_a_new_issue_down_only_from_what_the_resident_said() -> None:
    story = accepted()
    story.refuses("6.8", "Say where the resident raised it", Step.ISSUE_RAISED, TUE_12, issue=1)
    story.refuses("6.8", "Say where the resident raised it", Step.ISSUE_RAISED, TUE_12, issue=1, message=1)
    story.refuses("6.8", "Say where the resident raised it", Step.ISSUE_RAISED, TUE_12, issue=1, request=2)
    story.then(Step.MESSAGED, TUE_12, by="party:1", message=1).then(Step.ISSUE_RAISED, TUE_12, issue=1, message=1)
    story.then(Step.CONTACTED, TUE_12, contact=4).then(Step.ISSUE_RAISED, TUE_12, issue=2, contact=4)


def test_ruling_21_a_point_added_for_a_new_issue_replies_to_nothing_that_was_misunderstood() -> None:
    story = accepted().then(Step.MEANING_QUERIED, TUE_12, by="party:1", query=1)
    story.then(Step.DEFINITION_REVISED, TUE_12, points={"1": "ours", "2": "ours"}, issue=1)
    assert open_queries(story.history, 1) == {1}
    story.then(Step.DEFINITION_REVISED, TUE_12, points={"1": "ours", "2": "ours"})
    assert not open_queries(story.history, 1)


def test_ruling_24_after_the_answer_a_new_issue_is_a_new_complaint() -> None:
    story = answered().then(Step.ISSUE_RAISED, MON_18, by="party:1", issue=1)
    story.refuses("6.8", "is a new complaint", Step.ISSUE_DECIDED, MON_18, issue=1, decision="joined", ground="related")
    story.then(Step.ISSUE_DECIDED, MON_18, issue=1, decision="new complaint", ground="answered")


def test_ruling_24_a_new_issue_is_decided_on_a_ground() -> None:
    story = accepted().then(Step.ISSUE_RAISED, TUE_12, by="party:1", issue=1)
    story.refuses("6.8", "Say which it is", Step.ISSUE_DECIDED, TUE_12, issue=1, decision="joined", ground="unrelated")
    story.refuses("6.8", "Say which it is", Step.ISSUE_DECIDED, TUE_12, issue=2, decision="joined", ground="related")


def test_ruling_49_a_related_issue_that_would_delay_the_answer_may_be_a_new_complaint() -> None:
    story = accepted().then(Step.ISSUE_RAISED, TUE_12, by="party:1", issue=1)
    story.then(Step.ISSUE_DECIDED, TUE_12, issue=1, decision="new complaint", ground="would delay")


def test_ruling_49_one_answer_can_be_asked_for_only_to_what_was_made_a_complaint_of_its_own() -> None:
    story = accepted().then(Step.ISSUE_RAISED, TUE_12, by="party:1", issue=1)
    story.refuses("6.8", "not a new complaint", Step.ISSUE_RAISED, TUE_12, by="party:1", issue=1, together=True)
    story.then(Step.ISSUE_DECIDED, TUE_12, issue=1, decision="new complaint", ground="would delay")
    story.then(Step.ISSUE_RAISED, FRI_15, by="party:1", issue=2).then(Step.ISSUE_RAISED, FRI_15, by="party:1", issue=1, together=True)
    assert open_issues(story.history) == {1, 2}
    story.refuses("6.8", "Say which it is", Step.ISSUE_DECIDED, FRI_15, issue=2, decision="joined", ground="asked")
    story.then(Step.ISSUE_DECIDED, FRI_15, issue=2, decision="joined", ground="related")
    story.then(Step.ISSUE_DECIDED, FRI_15, issue=1, decision="joined", ground="asked")
    assert not open_issues(story.history)


# 25: refusals, whole and by point


@pytest.mark.parametrize(
    "told",
    [
        {}, {"happened_on": "2024-02-01", "still": True}, {"happened_on": "2024-02-01", "unsure": True},
        {"happened_on": "2024-02-01", "known_on": "2025-05-11"},
    ],
)  # fmt: skip
def test_ruling_25_the_ground_of_time_is_closed_unless_all_of_it_is_surely_over_12_months_old(told: dict[str, Any]) -> None:
    parts = [*Story().parts("refusal", 1), "discretion"]
    received(MON_11).refuses("2.3", "not open", Step.REFUSED, TUE_12, ground="over_12_months", parts=parts, **told)


def test_ruling_25_one_day_more_than_12_months_before_receipt_opens_the_ground_of_time() -> None:
    parts = [*Story().parts("refusal", 1), "discretion"]
    told: dict[str, Any] = {"happened_on": "2025-05-10", "known_on": "2025-05-10"}
    received(MON_11).then(Step.REFUSED, TUE_12, ground="over_12_months", parts=parts, **told)


def test_ruling_25_a_mixed_acknowledgement_carries_what_a_refusal_must_say() -> None:
    story, refused = received(MON_11).triaged(MON_11), {"2": {"ground": "over_12_months", **LONG_AGO}}
    plain, whole = story.parts("acknowledgement", 1), [*story.parts("refusal", 1), "discretion"]
    told: dict[str, Any] = {"points": {"1": "ours"}, "outcomes": 1, "parts": plain}
    story.refuses("2.2", "Of point 2, which is refused, the letter has to say: the ground", Step.ACKNOWLEDGED, MON_11, refused=refused, **told)
    for left_out, provision in (("discretion", "2.3"), ("evidence", "2.1"), ("circumstances", "2.5")):
        refused["2"]["parts"] = [part for part in whole if part != left_out]
        story.refuses(provision, "Of point 2", Step.ACKNOWLEDGED, MON_11, refused=refused, **told)
    refused["2"]["parts"] = whole
    story.then(Step.ACKNOWLEDGED, MON_11, refused=refused, **told)
    assert points(story.history, 1) == {"1": "ours"}


def test_ruling_25_a_point_carried_to_stage_2_may_be_refused_there_and_not_left_out() -> None:
    story = accepted(points={"1": "ours", "2": "ours"}).responded(FRI_15, answers={"1": NOT_UPHELD, "2": NOT_UPHELD}, by="staff:7")
    story.escalated(MON_18)
    told: dict[str, Any] = {"points": {"1": "ours"}, "outcomes": 1, "parts": story.parts("acknowledgement", 2)}
    story.refuses("5.6", "Missing: 2", Step.ACKNOWLEDGED, MON_18, 2, **told)
    whole = [*story.parts("refusal", 2), "court_filing"]
    story.then(Step.ACKNOWLEDGED, MON_18, 2, refused={"2": {"ground": "legal_proceedings", "parts": whole}}, **told)


def test_ruling_53_a_refused_point_does_not_enter_stage_2() -> None:
    whole = [*Story().parts("refusal", 1), "court_filing"]
    story = accepted(refused={"2": {"ground": "legal_proceedings", "parts": whole}}).responded(FRI_15, by="staff:7")
    assert carried_points(story.history, CODE, 1) == {"1"}
    told: dict[str, Any] = {"points": {"1": "ours"}, "outcomes": 1, "parts": story.parts("acknowledgement", 2)}
    story.escalated(MON_18).then(Step.ACKNOWLEDGED, MON_18, 2, **told)


def test_ruling_25_a_point_is_not_both_accepted_and_refused_nor_refused_on_no_ground() -> None:
    story = received(MON_11)
    told: dict[str, Any] = {"points": {"1": "ours"}, "outcomes": 1, "parts": []}
    story.refuses("5.6", "both accepted and refused", Step.ACKNOWLEDGED, MON_11, refused={"1": {"ground": "legal_proceedings"}}, **told)
    story.refuses("2.1", "published ground", Step.ACKNOWLEDGED, MON_11, refused={"2": {"ground": "rude"}}, **told)


# 26, 27, 28: both in one, part, voided


def test_ruling_26_one_letter_may_acknowledge_and_answer() -> None:
    story = received(MON_11).triaged(MON_11).acknowledged(TUE_12, issued=None).responded(TUE_12, issued=None)
    story.issued("acknowledgement and answer", TUE_12)
    assert [one.met_on for one in story.deadlines()] == [day(TUE_12), day(TUE_12)]


def test_ruling_27_an_interim_answer_leaves_the_clock_and_every_point_to_the_answer() -> None:
    story = accepted(points={"1": "ours", "2": "ours"})
    story.then(Step.PART_ANSWERED, TUE_12, answers={"1": NOT_UPHELD}, parts=story.parts("interim", 1)).issued("interim", TUE_12)
    assert due(story, Step.RESPONDED) == day(ANSWER_DUE)
    story.refuses("6.7", "Still without one: 1", Step.RESPONDED, FRI_15, answers={"2": NOT_UPHELD}, parts=story.parts("response", 1))


def test_ruling_27_an_interim_answer_is_held_to_what_an_answer_is_and_leaves_a_point_for_it() -> None:
    story = accepted(points={"1": "ours", "2": "ours"})
    parts = story.parts("interim", 1)
    story.refuses("7.1", "what went wrong on point 1", Step.PART_ANSWERED, TUE_12, answers={"1": upheld(fault=False)}, parts=parts)
    story.refuses("7.2", "the fault in point 1", Step.PART_ANSWERED, TUE_12, answers={"1": upheld(impact=False)}, parts=parts)
    story.refuses("6.7", "Answer at least one", Step.PART_ANSWERED, TUE_12, answers={}, parts=parts)
    story.then(Step.PART_ANSWERED, TUE_12, answers={"1": upheld()}, parts=parts)
    story.refuses("6.7", "every point is answered", Step.PART_ANSWERED, TUE_12, answers={"2": NOT_UPHELD}, parts=parts)


def test_ruling_22_no_point_is_withdrawn_for_the_resident_nor_called_not_ours_that_is() -> None:
    story = accepted(points={"1": "ours", "2": "not_ours"})
    said = {"fault": False, "remedies": [], "impact": False}
    gone, theirs = {"disposition": "withdrawn", **said}, {"disposition": "not_ours", **said}
    parts = story.parts("response", 1)
    story.refuses("5.12", "Only the resident can withdraw point 1", Step.RESPONDED, FRI_15, answers={"1": gone, "2": theirs}, parts=parts)
    story.refuses("5.7", "Point 1 is ours", Step.RESPONDED, FRI_15, answers={"1": theirs, "2": theirs}, parts=parts)
    story.then(Step.RESPONDED, FRI_15, answers={"1": NOT_UPHELD, "2": theirs}, parts=parts)


def test_ruling_35_what_a_correction_decides_is_what_goes_on_to_stage_2() -> None:
    story = accepted(points={"1": "ours", "2": "ours"})
    story.responded(FRI_15, answers={"1": NOT_UPHELD, "2": NOT_ACCEPTED}, parts=[*story.parts("response", 1), "refusal_rights"])
    assert carried_points(story.history, CODE, 1) == {"1"}
    story.then(Step.ANSWER_CORRECTED, MON_18, answers={"1": NOT_UPHELD, "2": NOT_UPHELD}, parts=story.parts("correction", 1))
    assert carried_points(story.history, CODE, 1) == {"1", "2"}


def test_ruling_27_a_correction_leaves_the_day_the_answer_was_met() -> None:
    story = answered()
    accepted().refuses("6.3", "no answer at this stage", Step.ANSWER_CORRECTED, TUE_12)
    whole: dict[str, Any] = {"answers": {"1": NOT_UPHELD}, "parts": story.parts("correction", 1)}
    story.refuses("6.7", "Still without one: 1", Step.ANSWER_CORRECTED, MON_18, **whole | {"answers": {}})
    story.then(Step.ANSWER_CORRECTED, MON_18, **whole).issued("correction", MON_18)
    assert story.limit(Step.RESPONDED).met_on == day(FRI_15)


def test_ruling_28_what_belonged_to_somebody_else_is_voided_and_the_acknowledgement_is_owed_again() -> None:
    story = accepted()
    numbers = [one.number for one in story.history if one.step in (Step.ACKNOWLEDGED, Step.ISSUED)]
    story.refuses("5.12", "belonged to another", Step.VOIDED, TUE_12, events=[1], reason=True)
    story.refuses("5.12", "belonged to another", Step.VOIDED, TUE_12, events=numbers)
    story.then(Step.VOIDED, TUE_12, events=numbers, reason=True)
    story.history = live(story.history)
    assert [(one.step, one.met_on) for one in owed(story)] == [(Step.ACKNOWLEDGED, None), (Step.RESPONDED, None)]
    assert due(story, Step.RESPONDED) == day("Tue 02 Jun 2026"), "the backstop holds"
    story.acknowledged(TUE_12)


# 32, 54: news


def test_ruling_32_updates_are_owed_at_the_interval_told_until_the_answer_goes() -> None:
    story = accepted().extended(FRI_15, "Tue 09 Jun 2026", interval=5)
    assert due(story, Step.UPDATED) == day("Fri 22 May 2026")
    story.then(Step.UPDATED, "Thu 21 May 2026", parts=story.parts("update", 1)).issued("update", "Thu 21 May 2026")
    assert [one.due_on for one in owed(story) if one.step is Step.UPDATED] == [day("Fri 29 May 2026")]
    story.responded("Fri 22 May 2026")
    assert not owed(story)


def test_ruling_32_an_interval_agreed_by_phone_takes_the_place_of_the_one_proposed() -> None:
    story = accepted().extended(FRI_15, "Tue 09 Jun 2026", interval=5)
    story.then(Step.UPDATE_AGREED, FRI_15, interval=2, contact=4)
    assert due(story, Step.UPDATED) == day("Tue 19 May 2026")


def test_ruling_32_nobody_updates_what_nobody_promised() -> None:
    accepted().refuses("5.9", "how often there will be news", Step.UPDATED, TUE_12)
    accepted().refuses("5.9", "how often there will be news", Step.UPDATE_AGREED, TUE_12)


def test_ruling_54_the_late_notice_is_due_by_the_end_of_the_next_working_day() -> None:
    story = accepted()
    story.refuses("6.4", "not late", Step.LATE_TOLD, ANSWER_DUE, interval=5)
    answer = story.limit(Step.RESPONDED)
    assert late_notice(story.history, CODE, story.days, answer, on=day(ANSWER_DUE)) is None
    notice = late_notice(story.history, CODE, story.days, answer, on=day(OVERDUE))
    assert notice and notice.due_on == day(OVERDUE) and notice.met_on is None
    story.refuses("5.9", "why the answer is late", Step.LATE_TOLD, OVERDUE, interval=5, parts=[])
    story.then(Step.LATE_TOLD, OVERDUE, interval=5, parts=story.parts("late", 1)).issued("late", OVERDUE)
    told = late_notice(story.history, CODE, story.days, answer, on=day(JUNE_1))
    assert told and told.met_on == day(OVERDUE)
    assert due(story, Step.UPDATED) == day("Wed 03 Jun 2026")
    assert story.limit(Step.RESPONDED).state(day(OVERDUE)) == "late"


# 37: a held request taken back


def test_ruling_37_a_held_request_is_taken_back_by_the_resident_alone() -> None:
    story = accepted().escalated(TUE_12, early=True)
    story.refuses("5.12", "Only the resident", Step.HOLD_RELEASED, TUE_12, 2)
    story.then(Step.HOLD_RELEASED, TUE_12, 2, by="party:1")
    assert not is_held(story.history, 2)
    assert stage_of(story.responded(FRI_15).history) == 1
    assert stage_of(story.escalated(MON_18).history) == 2


# 39, 40, 47: withdrawn and resumed


def test_ruling_39_only_the_resident_withdraws_or_says_so_to_somebody_who_writes_it_down() -> None:
    accepted().refuses("5.12", "Only the resident", Step.WITHDRAWN, TUE_12)
    accepted().then(Step.WITHDRAWN, TUE_12, contact=3)


def test_ruling_39_withdrawn_nothing_more_is_owed_but_what_was_promised() -> None:
    story = accepted().then(Step.ACTION_PROMISED, MON_11, action=9, due="2026-06-01").withdrawn(TUE_12)
    assert set_aside(story.history) is Step.WITHDRAWN
    assert [one.step for one in owed(story)] == [Step.ACTION_PROMISED] and open_actions(story.history) == {9}
    story.refuses("5.12", "set aside", Step.RESPONDED, TUE_12)


def test_ruling_39_a_point_withdrawn_is_answered_no_more_and_does_not_go_on() -> None:
    story = accepted(points={"1": "ours", "2": "ours"}).withdrawn(TUE_12, "2")
    story.responded(FRI_15)
    assert carried_points(story.history, CODE, 1) == {"1"}
    story.refuses("6.3", "has been answered", Step.WITHDRAWN, MON_18, by="party:1", points=["1"])


def test_ruling_39_a_point_taken_up_again_is_a_point_again() -> None:
    story = accepted(points={"1": "ours", "2": "ours"}).withdrawn(TUE_12, "2").resumed(TUE_12, "2")
    assert set(points(story.history, 1)) == {"1", "2"}
    story.refuses("5.12", "Nothing of this was withdrawn", Step.RESUMED, TUE_12, by="party:1", points=["2"])


def test_ruling_39_a_point_is_not_taken_up_again_once_the_rest_has_been_answered() -> None:
    story = accepted(points={"1": "ours", "2": "ours"}).withdrawn(TUE_12, "2").responded(FRI_15)
    story.refuses("6.8", "this is a new complaint now", Step.RESUMED, MON_18, by="party:1", points=["2"])


def test_ruling_40_taken_up_within_10_working_days_the_old_dates_stand() -> None:
    story = accepted().withdrawn(TUE_12).resumed(MON_18)
    assert due(story, Step.RESPONDED) == day(ANSWER_DUE)
    assert story.limit(Step.RESPONDED).before_break is None


def test_ruling_47_but_never_less_than_2_working_days_off() -> None:
    story = accepted().withdrawn(TUE_12).resumed("Tue 26 May 2026")
    assert due(story, Step.RESPONDED) == day("Thu 28 May 2026")
    assert story.limit(Step.RESPONDED).before_break == day(ANSWER_DUE)


def test_ruling_40_taken_up_later_the_open_step_s_limit_runs_anew_and_both_are_shown() -> None:
    story = accepted(answer_by="2026-05-26").withdrawn(TUE_12).resumed(JUNE_1)
    assert due(story, Step.RESPONDED) == day("Mon 15 Jun 2026")
    assert story.limit(Step.RESPONDED).before_break == day(ANSWER_DUE)


def test_ruling_40_what_was_met_before_the_withdrawal_stays_met() -> None:
    story = accepted().withdrawn(TUE_12).resumed(JUNE_1)
    assert story.limit(Step.ACKNOWLEDGED).met_on == day(MON_11)


# 39: the other endings


def test_ruling_39_a_first_request_is_agreed_by_the_resident_and_only_before_it_is_acknowledged() -> None:
    received(MON_11).refuses("5.12", "Only the resident", Step.MADE_REQUEST, TUE_12)
    accepted().refuses("1.4", "has been acknowledged", Step.MADE_REQUEST, TUE_12, contact=3)
    story = received(MON_11).then(Step.MADE_REQUEST, TUE_12, contact=3)
    assert set_aside(story.history) is Step.MADE_REQUEST and not owed(story)
    story.then(Step.VOICED, FRI_15, by="party:1")


@pytest.mark.parametrize(("step", "undo"), [(Step.JOINED, Step.UNJOINED), (Step.SPAM, Step.NOT_SPAM)])
def test_ruling_39_joined_and_spam_can_be_undone_and_the_old_dates_come_back(step: Step, undo: Step) -> None:
    story = received(MON_11)
    story.refuses("5.12", "not joined" if step is Step.JOINED else "Nobody has said", undo, TUE_12)
    story.then(step, TUE_12, into=7)
    assert set_aside(story.history) is step and not owed(story)
    story.then(undo, FRI_15)
    assert due(story, Step.ACKNOWLEDGED) == day(MON_18)


# 41, 48: refusals overturned


def test_ruling_41_five_working_days_run_from_the_ombudsman_s_direction_and_the_refusal_remains() -> None:
    story = received(MON_11).refused(FRI_15)
    story.refuses("2.4", "not accepted", Step.ACKNOWLEDGED, MON_18)
    story.then(Step.DIRECTED, JUNE_1, reference="HO-1")
    assert refusal(story.history) is None
    assert due(story, Step.ACKNOWLEDGED) == day("Mon 08 Jun 2026")
    assert due(story, Step.RESPONDED) == day("Mon 22 Jun 2026")
    first = story.limit(Step.ACKNOWLEDGED)
    assert first.overtaken and first.met_on == day(FRI_15), "the refusal was in time, and that stays on the record"
    story.triaged(JUNE_1).acknowledged("Tue 02 Jun 2026").responded("Tue 09 Jun 2026")
    assert not owed(story)


def test_ruling_41_an_ordered_date_holds_where_it_is_earlier() -> None:
    story = received(MON_11).refused(FRI_15).then(Step.DIRECTED, JUNE_1, reference="HO-1", ordered="2026-06-03")
    assert due(story, Step.ACKNOWLEDGED) == due(story, Step.RESPONDED) == day("Wed 03 Jun 2026")


def test_ruling_41_a_direction_bears_the_ombudsman_s_reference() -> None:
    received(MON_11).refused(FRI_15).refuses("2.4", "reference", Step.DIRECTED, JUNE_1)
    received(MON_11).refuses("2.4", "Nothing was refused", Step.DIRECTED, JUNE_1, reference="HO-1")


def test_ruling_41_a_refusal_of_stage_2_is_overturned_too() -> None:
    story = answered().escalated(JUNE_1).refused("Tue 02 Jun 2026", 2, by="staff:9")
    story.then(Step.DIRECTED, "Mon 15 Jun 2026", 2, reference="HO-2")
    assert due(story, Step.ACKNOWLEDGED, 2) == day("Mon 22 Jun 2026")


def test_ruling_48_undoing_our_own_refusal_starts_the_same_clocks() -> None:
    story = received(MON_11).refused(FRI_15).then(Step.REFUSAL_UNDONE, JUNE_1)
    assert due(story, Step.ACKNOWLEDGED) == day("Mon 08 Jun 2026")


# What ended it


def test_an_answered_complaint_was_ended_by_its_latest_answer() -> None:
    assert ended_by(received(MON_11).history) is None
    ended = ended_by(answered().history)
    assert ended is not None and (ended.step, ended.stage) == (Step.RESPONDED, 1)


def test_what_was_refused_was_ended_by_the_refusal_until_it_is_overturned() -> None:
    story = received(MON_11).refused(FRI_15)
    ended = ended_by(story.history)
    assert ended is not None and ended.step is Step.REFUSED
    assert ended_by(story.then(Step.DIRECTED, JUNE_1, reference="HO-1").history) is None


def test_what_was_withdrawn_whole_was_ended_by_that_and_a_point_withdrawn_ends_nothing() -> None:
    story = accepted().withdrawn(TUE_12, "1")
    assert ended_by(story.history) is None
    ended = ended_by(story.withdrawn(FRI_15).history)
    assert ended is not None and (ended.step, ended.on) == (Step.WITHDRAWN, day(FRI_15))
    assert ended_by(story.resumed(MON_18).history) is None


def test_what_the_ombudsman_has_is_written_down_once_for_each_of_its_references() -> None:
    story = received(MON_11).then(Step.OMBUDSMAN_HAS, FRI_15, reference="HO-1")
    story.refuses("2.4", "is not written down again", Step.OMBUDSMAN_HAS, FRI_15, reference="HO-1")
    story.refuses("2.4", "the Ombudsman’s reference", Step.OMBUDSMAN_HAS, FRI_15)
    story.then(Step.OMBUDSMAN_HAS, JUNE_1, reference="HO-2")


def test_a_complaint_is_restricted_for_a_reason_by_somebody_who_is_named_and_given_to_nobody_else() -> None:
    story = received(MON_11)
    story.refuses("5.12", "Say who may see it", Step.RESTRICTED, FRI_15, to=[1, 2], by="staff:1")
    story.refuses("5.12", "Say who may see it", Step.RESTRICTED, FRI_15, to=[2], reason=True, by="staff:1")
    story.refuses("5.12", "Say who may see it", Step.RESTRICTED, FRI_15, to=[], reason=True, by="staff:1")
    story = story.then(Step.RESTRICTED, FRI_15, to=[1, 2], reason=True, by="staff:1")
    story.refuses("5.12", "Say who may see it", Step.RESTRICTED, FRI_15, to=[2, 1], reason=True, by="staff:1")
    story.refuses("5.12", "not named in it", Step.ASSIGNED, FRI_15, 1, staff=3, part="handler", by="staff:1")
    story = story.then(Step.ASSIGNED, FRI_15, 1, staff=2, part="handler", by="staff:1").then(Step.RESTRICTED, FRI_15, to=[], reason=True, by="staff:1")
    story.then(Step.ASSIGNED, FRI_15, 1, staff=3, part="handler", by="staff:1")
