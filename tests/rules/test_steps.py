"""What may follow what, in sentences: each refusal with its provision and its reason."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.rules.editions.model import Ground
from portal.rules.history import (
    RuleBroken,
    Step,
    all_done_on,
    answered_on,
    barred_from,
    broken_rules,
    carried_points,
    handler_at,
    in_danger,
    is_early,
    is_held,
    stage_of,
)
from portal.rules.table import RULES
from tests.rules.saltmarsh import SALTMARSH
from tests.rules.story import CODE, NOT_ACCEPTED, NOT_UPHELD, Story, accepted, answered, day, received, upheld

MON_11, TUE_12, FRI_15 = "Mon 11 May 2026", "Tue 12 May 2026", "Fri 15 May 2026"
OVERDUE = "Wed 27 May 2026"
JUNE_1 = "Mon 01 Jun 2026"


# Receipt and days


def test_nothing_happens_before_receipt() -> None:
    Story().refuses("5.12", "has to be received", Step.TRIAGED, MON_11)
    assert Story().allowed(MON_11) == {Step.RECEIVED}


def test_a_complaint_is_received_once() -> None:
    received(MON_11).refuses("5.12", "received already", Step.RECEIVED, TUE_12)


def test_a_complaint_cannot_begin_at_stage_2() -> None:
    Story().refuses("5.2", "does not begin", Step.RECEIVED, MON_11, 2)


def test_a_complaint_may_begin_at_stage_2_where_the_edition_says_so() -> None:
    assert stage_of(received(MON_11, SALTMARSH, stage=2).history) == 2


@pytest.mark.parametrize("stage", [0, 3, None])
def test_there_is_no_stage_0_and_no_third_stage(stage: int | None) -> None:
    received(MON_11).refuses("5.3", "There are 2 stages and no more", Step.TRIAGED, MON_11, stage)


def test_nothing_happens_on_a_day_that_has_not_come() -> None:
    now = datetime(2026, 5, 11, 12, tzinfo=UTC)
    Story().refuses("5.12", "has not come yet", Step.RECEIVED, TUE_12, at=now)


def test_half_past_eleven_at_night_by_universal_time_is_tomorrow_in_the_landlords_summer() -> None:
    now = datetime(2026, 5, 11, 23, 30, tzinfo=UTC)
    Story().then(Step.RECEIVED, TUE_12, at=now)


def test_overdue_at_birth_is_normal() -> None:
    Story().then(Step.RECEIVED, MON_11, at=datetime(2026, 9, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize("step", [Step.TRIAGED, Step.ACKNOWLEDGED, Step.ACTION_PROMISED, Step.ISSUED])
def test_nothing_happens_before_the_day_of_receipt(step: Step) -> None:
    received(TUE_12).refuses("5.12", "is before 2026-05-12", step, MON_11)


def test_an_answer_is_not_dated_before_its_acknowledgement() -> None:
    story = received(MON_11).triaged(MON_11).acknowledged(FRI_15)
    story.refuses("5.12", "is before 2026-05-15", Step.RESPONDED, TUE_12)


def test_stage_2_does_not_happen_before_it_was_asked_for() -> None:
    story = answered().escalated(JUNE_1)
    story.refuses("5.12", "is before 2026-06-01", Step.ACKNOWLEDGED, FRI_15, 2)


# Triage and who does what


def test_triage_weighs_all_three_things() -> None:
    received(MON_11).refuses(
        "6.1", "Still to be weighed: vulnerability, risk", Step.TRIAGED, MON_11, complexity="low"
    )


def test_no_answer_goes_before_triage() -> None:
    received(MON_11).acknowledged(MON_11).refuses("6.1", "Weigh first", Step.RESPONDED, TUE_12)


def test_the_acknowledgement_may_go_before_triage() -> None:
    received(MON_11).acknowledged(MON_11)


def test_an_edition_without_triage_asks_for_none() -> None:
    received(MON_11, SALTMARSH).then(Step.DEFINITION_REVISED, MON_11, points={"1": "ours"}).responded(
        TUE_12, answers={"1": {"disposition": "wrong"}}
    )


def test_someone_is_assigned_to_a_known_part() -> None:
    received(MON_11).refuses("5.12", "handle it, decide it", Step.ASSIGNED, MON_11, staff=7, part="mascot")
    received(MON_11).refuses("5.12", "handle it, decide it", Step.ASSIGNED, MON_11, part="decider")


# The acknowledgement


def test_an_acknowledgement_has_at_least_one_point() -> None:
    received(MON_11).refuses("5.6", "at least one point", Step.ACKNOWLEDGED, MON_11, points={}, outcomes=1)


def test_every_point_says_whose_it_is() -> None:
    points = {"1": "ours", "2": None}
    received(MON_11).refuses("5.7", "point 2 is ours", Step.ACKNOWLEDGED, MON_11, points=points, outcomes=1)


@pytest.mark.parametrize("outcomes", [None, 0, "", True])
def test_the_outcome_sought_is_stated_or_said_to_be_unknown(outcomes: object) -> None:
    points = {"1": "ours"}
    received(MON_11).refuses(
        "5.6", "what outcome", Step.ACKNOWLEDGED, MON_11, points=points, outcomes=outcomes
    )


def test_an_outcome_not_known_is_an_answer() -> None:
    received(MON_11).acknowledged(MON_11, outcomes="not_known")


@pytest.mark.parametrize("part", [part.id for part in CODE.stage(1).letters["acknowledgement"]])
def test_an_acknowledgement_without_one_of_its_parts_is_refused(part: str) -> None:
    story = received(MON_11)
    wanted = next(one for one in CODE.stage(1).letters["acknowledgement"] if one.id == part)
    parts = [one for one in story.parts("acknowledgement", 1) if one != part]
    story.refuses(
        wanted.provision,
        wanted.label,
        Step.ACKNOWLEDGED,
        MON_11,
        points={"1": "ours"},
        outcomes=1,
        parts=parts,
    )


def test_a_stage_is_acknowledged_once() -> None:
    accepted().refuses("6.2", "acknowledged already", Step.ACKNOWLEDGED, TUE_12)
    story = answered().escalated(JUNE_1).acknowledged(JUNE_1, 2)
    story.refuses("6.11", "acknowledged already", Step.ACKNOWLEDGED, JUNE_1, 2)


def test_nothing_is_acknowledged_where_the_edition_has_no_acknowledgement() -> None:
    received(MON_11, SALTMARSH).refuses("S-acknowledge", "no acknowledgement", Step.ACKNOWLEDGED, MON_11)


# "That is not what I meant"


def test_no_answer_goes_while_that_is_not_what_i_meant_has_no_reply() -> None:
    story = accepted().then(Step.MEANING_QUERIED, TUE_12, by="party:1", query=1)
    story.refuses("5.6", "not what I meant", Step.RESPONDED, FRI_15)
    assert Step.RESPONDED not in story.allowed(FRI_15)


def test_a_new_version_of_the_points_is_a_reply() -> None:
    story = accepted().then(Step.MEANING_QUERIED, TUE_12, by="party:1", query=1)
    story.then(Step.DEFINITION_REVISED, TUE_12, points={"1": "ours", "2": "ours"})
    story.responded(FRI_15, answers={"1": NOT_UPHELD, "2": NOT_UPHELD})


def test_declining_with_why_is_a_reply_to_that_one_alone() -> None:
    story = accepted().then(Step.MEANING_QUERIED, TUE_12, query=1).then(Step.MEANING_QUERIED, TUE_12, query=2)
    story.then(Step.MEANING_ANSWERED, TUE_12, query=1)
    story.refuses("5.6", "not what I meant", Step.RESPONDED, FRI_15)
    story.refuses("5.6", "which of the resident", Step.MEANING_ANSWERED, TUE_12, query=1)
    story.then(Step.MEANING_ANSWERED, TUE_12, query=2).responded(FRI_15)


def test_nobody_replies_to_what_was_not_said() -> None:
    accepted().refuses("5.6", "has not said", Step.MEANING_ANSWERED, TUE_12)


def test_our_understanding_can_be_queried_only_once_it_is_told() -> None:
    received(MON_11).refuses("6.2", "acknowledged first", Step.MEANING_QUERIED, TUE_12)


def test_after_the_answer_the_points_no_longer_change() -> None:
    answered().refuses("6.3", "has been answered", Step.DEFINITION_REVISED, JUNE_1, points={"1": "ours"})
    answered().refuses("6.3", "has been answered", Step.MEANING_QUERIED, JUNE_1)


def test_a_new_version_of_the_points_has_points_and_says_whose_they_are() -> None:
    accepted().refuses("5.6", "at least one point", Step.DEFINITION_REVISED, TUE_12, points={})
    accepted().refuses("5.7", "point 1", Step.DEFINITION_REVISED, TUE_12, points={"1": "nobody's"})


# The answer


def test_an_answer_follows_the_acknowledgement() -> None:
    received(MON_11).triaged(MON_11).refuses("6.2", "acknowledged first", Step.RESPONDED, TUE_12)
    story = answered().escalated(JUNE_1)
    story.refuses("6.11", "acknowledged first", Step.RESPONDED, JUNE_1, 2, by="staff:9")


def test_acknowledge_and_answer_may_be_one_day() -> None:
    accepted(MON_11).responded(MON_11)


def test_a_stage_is_answered_once() -> None:
    answered().refuses("6.3", "answered already", Step.RESPONDED, JUNE_1)


def test_every_live_point_is_answered() -> None:
    story = accepted(points={"1": "ours", "2": "not_ours", "3": "ours"})
    story.refuses("6.7", "Still without one: 2, 3", Step.RESPONDED, FRI_15, answers={"1": NOT_UPHELD})


def test_a_decision_the_edition_does_not_know_is_no_answer() -> None:
    answers = {"1": {"disposition": "resolved"}}
    accepted().refuses("6.7", "Still without one: 1", Step.RESPONDED, FRI_15, answers=answers)


def test_where_nothing_is_acknowledged_the_points_are_still_set_out_before_the_answer() -> None:
    received(MON_11, SALTMARSH).refuses(
        "S-definition", "no point to answer", Step.RESPONDED, TUE_12, answers={}
    )


def test_what_is_not_a_point_is_not_answered() -> None:
    answers = {"1": NOT_UPHELD, "9": NOT_UPHELD}
    accepted().refuses("6.7", "9 is not a point", Step.RESPONDED, FRI_15, answers=answers)


def test_no_answer_goes_while_it_is_to_be_confirmed_whose_a_point_is() -> None:
    story = accepted(points={"1": "ours", "2": "to_be_confirmed"})
    story.refuses("5.7", "whose point 2 is", Step.RESPONDED, FRI_15)


@pytest.mark.parametrize("disposition", ["upheld", "partly_upheld"])
@pytest.mark.parametrize(
    ("lacks", "provision", "words"),
    [
        ({"fault": False}, "7.1", "what went wrong on point 1"),
        ({"remedies": []}, "7.1", "put point 1 right"),
        ({"remedies": ["apology", "cake"]}, "7.1", "put point 1 right"),
        ({"impact": False}, "7.2", "did to the resident"),
    ],
)
def test_a_point_upheld_owns_the_fault_offers_a_remedy_and_says_what_it_did(
    disposition: str, lacks: dict[str, object], provision: str, words: str
) -> None:
    answers = {"1": upheld(disposition=disposition, **lacks)}
    accepted().refuses(provision, words, Step.RESPONDED, FRI_15, answers=answers)
    accepted().responded(FRI_15, answers={"1": upheld(disposition=disposition)})


def test_a_point_not_accepted_carries_the_right_to_take_that_to_the_ombudsman() -> None:
    answers, parts = {"1": NOT_ACCEPTED}, Story().parts("response", 1)
    accepted().refuses("2.4", "take the refusal", Step.RESPONDED, FRI_15, answers=answers, parts=parts)
    accepted().responded(FRI_15, answers=answers, parts=[*parts, "refusal_rights"])


@pytest.mark.parametrize("step", [Step.RESPONDED, Step.PART_ANSWERED, Step.ANSWER_CORRECTED])
@pytest.mark.parametrize(
    ("change", "provision", "words"),
    [
        ({"ground": None}, "2.1", "only on a published ground"),
        ({"ground": "already_considered"}, "2.1", "only on a ground that has arisen since"),
        ({"ground": "over_12_months"}, "2.1", "only on a ground that has arisen since"),
        ({"parts": ["ground", "reasons", "court_filing", "refusal_rights", "ombudsman"]}, "2.1", "the evidence for it"),
        ({"parts": ["ground", "evidence", "reasons", "circumstances", "refusal_rights", "ombudsman"]}, "2.2", "court"),
    ],
)  # fmt: skip
def test_ruling_25_an_accepted_point_is_refused_only_for_what_arose_since_and_with_all_that_a_refusal_says(
    step: Step, change: dict[str, Any], provision: str, words: str
) -> None:
    story = accepted(points={"1": "ours", "2": "ours", "3": "ours"})
    if step is Step.ANSWER_CORRECTED:
        story.responded(FRI_15, answers=dict.fromkeys("123", NOT_UPHELD))
    parts = [*story.parts({Step.PART_ANSWERED: "interim", Step.ANSWER_CORRECTED: "correction"}.get(step, "response"), 1), "refusal_rights"]
    found = dict.fromkeys("12" if step is Step.PART_ANSWERED else "123", NOT_UPHELD)
    story.refuses(provision, words, step, FRI_15, answers=found | {"2": NOT_ACCEPTED | change}, parts=parts)
    story.then(step, FRI_15, answers=found | {"2": NOT_ACCEPTED}, parts=parts)


@pytest.mark.parametrize("stage", [1, 2])
def test_an_answer_without_one_of_its_parts_is_refused_with_the_parts_own_provision(stage: int) -> None:
    story = accepted() if stage == 1 else answered().escalated(JUNE_1).acknowledged(JUNE_1, 2)
    for part in CODE.stage(stage).letters["response"]:
        parts = [one for one in story.parts("response", stage) if one != part.id]
        story.refuses(
            part.provision,
            part.label,
            Step.RESPONDED,
            JUNE_1,
            stage,
            by="staff:9",
            answers={"1": NOT_UPHELD},
            parts=parts,
        )


# Extensions


def test_the_acknowledgement_is_never_put_back() -> None:
    received(MON_11).refuses("6.2", "acknowledged first", Step.EXTENDED, TUE_12, to="2026-06-09")


def test_an_extension_is_in_time_until_midnight_of_the_due_date() -> None:
    accepted().extended("Tue 26 May 2026", "Tue 09 Jun 2026")
    accepted().refuses("6.4", "due on 2026-05-26", Step.EXTENDED, OVERDUE, to="2026-06-09")


def test_an_extension_goes_to_a_later_day() -> None:
    accepted().refuses("6.4", "later than 2026-05-26", Step.EXTENDED, FRI_15, to="2026-05-26")
    accepted().refuses("6.4", "later than", Step.EXTENDED, FRI_15)


def test_more_than_ten_working_days_more_needs_a_good_reason() -> None:
    story = accepted()
    story.refuses(
        "6.4", "More than 10", Step.EXTENDED, FRI_15, to="2026-06-10", parts=story.parts("extension", 1)
    )
    story.extended(FRI_15, "Wed 10 Jun 2026", good_reason=True)


def test_stage_2_may_have_twenty_more() -> None:
    story = answered().escalated(JUNE_1).acknowledged("Mon 08 Jun 2026", 2)
    story.refuses("6.15", "More than 20", Step.EXTENDED, "Mon 06 Jul 2026", 2, to="2026-08-04")
    story.extended("Mon 06 Jul 2026", "Mon 03 Aug 2026", 2)


def test_a_second_extension_needs_a_good_reason_even_within_the_cap() -> None:
    story = accepted().extended(FRI_15, "Fri 29 May 2026")
    story.refuses(
        "6.4", "second extension", Step.EXTENDED, JUNE_1.replace("Mon 01 Jun", "Thu 28 May"), to="2026-06-02"
    )


def test_ten_more_after_a_late_acknowledgement_goes_beyond_receipt_and_25_so_needs_a_good_reason() -> None:
    story = received(MON_11).acknowledged("Fri 22 May 2026")
    story.refuses("6.4", "More than 10", Step.EXTENDED, "Tue 26 May 2026", to="2026-06-22")


def test_an_extension_notice_without_one_of_its_parts_is_refused() -> None:
    story = accepted()
    for part in CODE.stage(1).letters["extension"]:
        parts = [one for one in story.parts("extension", 1) if one != part.id]
        story.refuses(part.provision, part.label, Step.EXTENDED, FRI_15, to="2026-06-02", interval=5, parts=parts)


def test_nothing_is_put_back_where_the_edition_has_no_extension() -> None:
    story = received(MON_11, SALTMARSH, stage=2).acknowledged(TUE_12, 2)
    story.refuses("S-extend", "cannot be put back", Step.EXTENDED, TUE_12, 2, to="2026-07-01")


def test_an_answer_that_has_been_given_is_not_put_back() -> None:
    answered().refuses("6.3", "has been answered", Step.EXTENDED, FRI_15, to="2026-06-02")


# Stage 2


def test_stage_2_needs_no_reasons_and_no_time_limit() -> None:
    assert stage_of(answered().escalated("Thu 11 May 2028").history) == 2


def test_asked_before_the_answer_while_that_is_not_overdue_it_is_held_not_refused() -> None:
    story = accepted()
    assert is_early(story.history, CODE, story.days, stage=2, on=day(TUE_12))
    story.refuses("6.10", "kept until the answer", Step.ESCALATED, TUE_12, 2, early=False)
    story.escalated(TUE_12, early=True)
    assert is_held(story.history, 2)
    assert stage_of(story.history) == 1
    story.responded(FRI_15)
    assert not is_held(story.history, 2)
    assert stage_of(story.history) == 2


def test_on_the_due_date_itself_the_answer_is_not_overdue_so_stage_2_is_held() -> None:
    story = accepted()
    assert is_early(story.history, CODE, story.days, stage=2, on=day("Tue 26 May 2026"))
    assert not is_early(story.history, CODE, story.days, stage=2, on=day(OVERDUE))


def test_asked_on_the_day_the_answer_is_issued_it_is_not_early() -> None:
    answered(FRI_15).escalated(FRI_15)


def test_an_answer_written_but_not_issued_does_not_start_a_held_stage_2() -> None:
    story = accepted().escalated(TUE_12, early=True).responded(FRI_15, issued=None)
    assert stage_of(story.history) == 1
    story.refuses("5.3", "Stage 2 has not begun", Step.ACKNOWLEDGED, FRI_15, 2)


def test_asked_while_the_answer_is_overdue_it_begins_at_once_and_stage_1_may_still_be_answered() -> None:
    story = accepted().escalated(OVERDUE)
    assert stage_of(story.history) == 2
    assert Step.RESPONDED in story.allowed(OVERDUE, stage=1)
    story.responded(OVERDUE, 1)


def test_once_stage_2_is_acknowledged_nothing_more_happens_at_stage_1() -> None:
    story = accepted().escalated(OVERDUE).acknowledged(OVERDUE, 2)
    story.refuses("6.10", "nothing more happens at stage 1", Step.RESPONDED, JUNE_1, 1)


def test_asking_twice_changes_nothing() -> None:
    answered().escalated(JUNE_1).refuses("6.10", "asked for already", Step.ESCALATED, JUNE_1, 2)
    accepted().escalated(TUE_12, early=True).refuses(
        "6.10", "asked for already", Step.ESCALATED, FRI_15, 2, early=True
    )


def test_there_is_no_third_stage_to_ask_for() -> None:
    story = answered().escalated(JUNE_1).acknowledged(JUNE_1, 2).responded(JUNE_1, 2, by="staff:9")
    story.refuses("5.3", "2 stages and no more", Step.ESCALATED, JUNE_1, 3)
    assert Step.ESCALATED not in story.allowed(JUNE_1)


def test_stage_1_is_not_asked_for() -> None:
    answered().refuses("6.10", "does not come next", Step.ESCALATED, JUNE_1, 1)


def test_stage_2_is_not_worked_on_before_it_begins() -> None:
    accepted().refuses("5.3", "Stage 2 has not begun", Step.ACKNOWLEDGED, FRI_15, 2)


# A different person


def test_whoever_answered_stage_1_does_not_answer_stage_2() -> None:
    story = answered(by="staff:7").escalated(JUNE_1).acknowledged(JUNE_1, 2, by="staff:7")
    story.refuses("6.13", "different person", Step.RESPONDED, JUNE_1, 2, by="staff:7")
    assert Step.RESPONDED not in story.allowed(JUNE_1, by="staff:7")
    assert Step.RESPONDED in story.allowed(JUNE_1, by="staff:9")


@pytest.mark.parametrize("part", ["handler", "decider"])
def test_whoever_was_given_stage_1_is_not_given_stage_2(part: str) -> None:
    story = accepted().then(Step.ASSIGNED, MON_11, staff=5, part=part).responded(FRI_15, by="staff:7")
    story.escalated(JUNE_1)
    story.refuses("6.13", "different person", Step.ASSIGNED, JUNE_1, 2, staff=5, part="decider")
    story.then(Step.ASSIGNED, JUNE_1, 2, staff=5, part="contributor")


def test_whoever_drafted_or_approved_stage_1_is_barred_too() -> None:
    story = accepted().responded(FRI_15, by="staff:7", drafted_by=["staff:3"], approved_by=["staff:4"])
    assert barred_from(story.history, 2) == {"staff:3", "staff:4", "staff:7"}


def test_logging_triage_acknowledging_and_supplying_facts_bar_nobody() -> None:
    story = Story().then(Step.RECEIVED, MON_11, by="staff:1").triaged(MON_11, by="staff:2")
    story.acknowledged(MON_11, by="staff:3").then(
        Step.ASSIGNED, MON_11, by="staff:2", staff=4, part="contributor"
    )
    assert barred_from(story.responded(FRI_15, by="staff:7").history, 2) == {"staff:7"}


def test_the_barred_do_not_choose_who_considers_stage_2() -> None:
    story = answered(by="staff:7").escalated(JUNE_1)
    story.refuses("6.13", "cannot choose", Step.ASSIGNED, JUNE_1, 2, by="staff:7", staff=9, part="decider")
    story.then(Step.ASSIGNED, JUNE_1, 2, by="staff:7", staff=9, part="contributor")


def test_nobody_is_barred_from_stage_1_or_from_a_complaint_that_began_at_stage_2() -> None:
    assert barred_from(answered().history, 1) == frozenset()
    assert barred_from(received(MON_11, SALTMARSH, stage=2).history, 2) == frozenset()


# Refusals


def refused() -> Story:
    """A complaint refused on the day it came."""
    story = received(MON_11)
    parts = [*story.parts("refusal", 1), "court_filing"]
    return story.then(Step.REFUSED, MON_11, ground="legal_proceedings", parts=parts)


def test_after_a_refusal_of_the_whole_the_way_on_is_the_ombudsman() -> None:
    refused().refuses("2.4", "Ombudsman", Step.ESCALATED, TUE_12, 2, early=True)
    refused().refuses("2.4", "not accepted", Step.ACKNOWLEDGED, TUE_12)


def test_a_refusal_is_on_a_published_ground() -> None:
    received(MON_11).refuses("2.1", "published ground", Step.REFUSED, MON_11, ground="rude")


@pytest.mark.parametrize("ground", CODE.grounds)
def test_each_ground_asks_for_its_own_part_of_the_letter(ground: Ground) -> None:
    story, part = received(MON_11), ground.parts[0]
    parts = story.parts("refusal", 1)
    long_ago: dict[str, Any] = {"happened_on": "2024-02-01", "known_on": "2024-03-01"}
    story.refuses(part.provision, part.label, Step.REFUSED, MON_11, ground=ground.id, parts=parts, **long_ago)


def test_what_was_acknowledged_is_not_refused() -> None:
    accepted().refuses("2.1", "was accepted", Step.REFUSED, TUE_12, ground="legal_proceedings")


def test_whoever_considered_stage_1_does_not_refuse_stage_2() -> None:
    answered(by="staff:7").escalated(JUNE_1).refuses(
        "6.13", "different person", Step.REFUSED, JUNE_1, 2, by="staff:7"
    )


# Letters, actions, danger


def test_a_letter_is_issued_only_once_it_is_written() -> None:
    accepted().refuses("5.12", "had not been written", Step.ISSUED, FRI_15, kind="response")
    story = accepted().responded(FRI_15, issued=None)
    story.refuses("5.12", "had not been written", Step.ISSUED, TUE_12, kind="response")


def test_an_action_is_promised_once_for_a_day_to_come() -> None:
    story = answered()
    story.refuses("7.3", "the day it will be done by", Step.ACTION_PROMISED, JUNE_1, action=1)
    story.refuses(
        "7.3", "the day it will be done by", Step.ACTION_PROMISED, JUNE_1, action=1, due="2026-05-30"
    )
    story.then(Step.ACTION_PROMISED, JUNE_1, action=1, due="2026-06-30")
    story.then(Step.ACTION_PROMISED, JUNE_1, action=2, due="2026-06-01")
    story.refuses("7.3", "promised already", Step.ACTION_PROMISED, JUNE_1, action=1, due="2026-07-30")


def test_only_what_is_still_to_be_done_is_done_or_given_a_new_date() -> None:
    story = answered()
    story.refuses("7.3", "no action still to be done", Step.ACTION_DONE, JUNE_1, action=1)
    story.refuses("7.3", "no action still to be done", Step.ACTION_GIVEN, JUNE_1, action=1, staff=4)
    story.then(Step.ACTION_PROMISED, JUNE_1, action=1, due="2026-06-30")
    story.refuses("7.3", "not one that is still", Step.ACTION_DONE, JUNE_1, action=2)
    story.refuses("7.3", "why the date has changed", Step.ACTION_REDATED, JUNE_1, action=1, due="2026-07-30")
    story.refuses("7.3", "Say who does it now", Step.ACTION_GIVEN, JUNE_1, action=1)
    story.then(Step.ACTION_GIVEN, JUNE_1, action=1, staff=4)
    story.refuses("7.3", "the day the action was promised", Step.ACTION_DONE, "Mon 18 May 2026", action=1)
    story.then(Step.ACTION_DONE, JUNE_1, action=1)
    story.refuses("7.3", "no action still to be done", Step.ACTION_DONE, JUNE_1, action=1)


def test_a_complaint_is_all_done_when_it_is_answered_and_every_action_is_done() -> None:
    story = answered(FRI_15).then(Step.ACTION_PROMISED, FRI_15, action=1, due="2026-06-30")
    assert answered_on(story.history) == day(FRI_15)
    assert all_done_on(story.history) is None
    story.then(Step.ACTION_DONE, JUNE_1, action=1)
    assert all_done_on(story.history) == day(JUNE_1)
    story.then(Step.REMEDY_PAID, "Tue 02 Jun 2026", remedy=1)
    assert all_done_on(story.history) == day("Tue 02 Jun 2026"), "money is paid before it is all done"
    assert all_done_on(story.escalated("Wed 03 Jun 2026").history) is None


def test_it_is_all_done_on_the_last_day_something_was_done_in_whatever_order_that_was_written_down() -> None:
    story = answered(FRI_15)
    for action in (1, 2):
        story.then(Step.ACTION_PROMISED, FRI_15, action=action, due="2026-06-30")
    story.then(Step.ACTION_DONE, JUNE_1, action=1).then(Step.ACTION_DONE, "Fri 29 May 2026", action=2)
    assert all_done_on(story.history) == day(JUNE_1)


def test_danger_told_is_on_top_until_someone_has_it() -> None:
    story = received(MON_11).then(Step.DANGER_TOLD, MON_11, alert=3)
    assert in_danger(story.history)
    story.refuses("5.12", "not one that is waiting", Step.DANGER_HANDED_OVER, MON_11, alert=4)
    assert not in_danger(story.then(Step.DANGER_HANDED_OVER, MON_11, alert=3).history)
    story.refuses("5.12", "No danger is waiting", Step.DANGER_HANDED_OVER, MON_11, alert=3)


def test_the_last_one_given_a_stage_has_it() -> None:
    story = received(MON_11).then(Step.ASSIGNED, MON_11, staff=5, part="handler")
    story.then(Step.ASSIGNED, MON_11, staff=6, part="contributor").then(
        Step.ASSIGNED, TUE_12, staff=8, part="decider"
    )
    assert handler_at(story.history, 1) == 8
    assert handler_at(story.history, 2) is None


def test_points_refused_or_withdrawn_do_not_go_on_to_stage_2() -> None:
    story = accepted(points={"1": "ours", "2": "ours", "3": "ours"})
    answers = {"1": NOT_UPHELD, "3": NOT_ACCEPTED}
    story.withdrawn(TUE_12, "2").responded(FRI_15, answers=answers, parts=[*story.parts("response", 1), "refusal_rights"])
    assert carried_points(story.history, CODE, 1) == {"1"}


def test_stage_2_leaves_out_no_point_that_stage_1_did_not_settle() -> None:
    story = accepted(points={"1": "ours", "2": "ours"})
    story.responded(FRI_15, answers={"1": NOT_UPHELD, "2": NOT_UPHELD}).escalated(JUNE_1)
    short = {"outcomes": 1, "parts": story.parts("acknowledgement", 2)}
    story.refuses("5.6", "that stage 1 did not settle is part of this one. Missing: 2", Step.ACKNOWLEDGED, JUNE_1, 2, points={"1": "ours"}, **short)
    story.acknowledged(JUNE_1, 2, points={"1": "ours", "2": "ours"})


def test_stage_2_may_leave_out_a_point_that_was_withdrawn() -> None:
    story = accepted(points={"1": "ours", "2": "ours"})
    story.withdrawn(TUE_12, "2").responded(FRI_15).escalated(JUNE_1)
    story.acknowledged(JUNE_1, 2, points={"1": "ours"})


def test_stage_2_on_an_overdue_stage_1_takes_every_point_with_it() -> None:
    story = accepted(points={"1": "ours", "2": "ours"}).escalated(OVERDUE)
    parts = story.parts("acknowledgement", 2)
    story.refuses("5.6", "Missing: 1, 2", Step.ACKNOWLEDGED, OVERDUE, 2, points={"3": "ours"}, outcomes=1, parts=parts)


# The table itself


def test_every_rule_has_a_provision_in_the_edition_for_every_stage() -> None:
    numbers = {row.number for row in CODE.provisions}
    for rule in RULES:
        for stage in (1, 2):
            cited = CODE.cites.get(f"{rule.cites} {stage}") or CODE.cites.get(rule.cites)
            assert cited in numbers, (rule.cites, stage)


def test_every_citation_in_the_edition_is_of_a_rule() -> None:
    assert {cites.rstrip(" 12") for cites in CODE.cites} == {rule.cites for rule in RULES}


def test_every_step_is_bound_by_a_rule_and_every_rule_binds_a_step() -> None:
    assert frozenset().union(*(rule.steps for rule in RULES)) == frozenset(Step)
    assert all(rule.steps for rule in RULES)


def test_a_page_can_ask_for_every_rule_that_a_step_breaks_at_once() -> None:
    story = accepted()
    proposed = story.proposed(Step.RESPONDED, FRI_15, answers={"1": {"disposition": "upheld"}}, parts=[])
    provisions = [one.provision for one in broken_rules(story.history, proposed, CODE, story.days)]
    assert provisions == ["7.1", "7.1", "7.2", "6.9"]


def test_a_refusal_reads_as_a_sentence() -> None:
    broken = RuleBroken("6.13", "Not %(who)s.", {"who": "you"})
    assert str(broken) == "6.13: Not you."


def test_what_is_looked_at_is_for_a_point_there_is_or_for_all() -> None:
    story = accepted().then(Step.EVIDENCE_SEEN, JUNE_1, points=["1"]).then(Step.EVIDENCE_SEEN, JUNE_1, points=[])
    story.refuses("5.6", "2 is not a point", Step.EVIDENCE_SEEN, JUNE_1, points=["2"])


def test_more_is_offered_at_any_stage_of_a_known_kind_and_paid_once() -> None:
    story = accepted()
    parts = story.parts("offer", 1)
    story.refuses("7.3", "Nothing has been offered yet", Step.REMEDY_PAID, JUNE_1, remedy=1)
    story.refuses("7.1", "what kind of remedy", Step.REMEDY_OFFERED, JUNE_1, remedy=1, kind="cake", parts=parts)
    lacking = [part for part in parts if part != "impact"]
    story.refuses("7.2", "what it makes good", Step.REMEDY_OFFERED, JUNE_1, remedy=1, kind="money", parts=lacking)
    story.then(Step.REMEDY_OFFERED, JUNE_1, remedy=1, kind="money", parts=parts)
    story.then(Step.REMEDY_PAID, JUNE_1, remedy=1)
    story.refuses("7.3", "paid already", Step.REMEDY_PAID, JUNE_1, remedy=1)


def test_ruling_27_more_may_be_offered_after_the_final_answer() -> None:
    story = answered().escalated(JUNE_1).acknowledged(JUNE_1, 2).responded(JUNE_1, 2)
    assert Step.REMEDY_OFFERED in story.allowed(JUNE_1)
    story.then(Step.REMEDY_OFFERED, JUNE_1, 2, remedy=1, kind="apology", parts=story.parts("offer", 2))


def test_ruling_34_who_stood_back_or_was_found_to_have_a_conflict_is_given_no_part() -> None:
    story = accepted().then(Step.ASSIGNED, MON_11, staff=4, part="decider")
    story.refuses("5.8", "Only somebody who has a part", Step.RECUSED, JUNE_1, staff=9)
    story.then(Step.RECUSED, JUNE_1, staff=4)
    story.refuses("5.8", "conflict of interest", Step.ASSIGNED, JUNE_1, staff=4, part="member")
    story.refuses("5.8", "conflict of interest", Step.RESPONDED, JUNE_1, by="staff:4", answers={"1": NOT_UPHELD})
    story.refuses("5.8", "about themselves", Step.CONFLICT_DECIDED, JUNE_1, by="staff:5", staff=5, barred=False, reason=True)
    story.refuses("5.8", "and why", Step.CONFLICT_DECIDED, JUNE_1, staff=5, barred=True)
    story.then(Step.CONFLICT_DECIDED, JUNE_1, staff=5, barred=True, reason=True)
    story.refuses("5.8", "conflict of interest", Step.ASSIGNED, JUNE_1, staff=5, part="approver")
    story.then(Step.ASSIGNED, JUNE_1, staff=5, part="contributor")
    story.then(Step.CONFLICT_DECIDED, JUNE_1, staff=5, barred=False, reason=True)
    story.then(Step.ASSIGNED, JUNE_1, staff=5, part="approver")


def test_ruling_34_every_part_that_considers_bars_from_the_next_stage_whatever_the_account() -> None:
    story = accepted()
    for staff, part in ((7, "decider"), (8, "member"), (9, "approver"), (10, "contributor")):
        story.then(Step.ASSIGNED, MON_11, staff=staff, part=part)
    story.responded(FRI_15, by="staff:7", drafted_by=["staff:11"]).escalated(JUNE_1)
    for staff in (7, 8, 9, 11):
        story.refuses("6.13", "A different person", Step.ASSIGNED, JUNE_1, 2, staff=staff, part="decider")
        story.refuses("6.13", "cannot choose", Step.ASSIGNED, JUNE_1, 2, by=f"staff:{staff}", staff=20, part="decider")
        story.refuses("6.13", "A different person", Step.ASSIGNED, JUNE_1, 2, staff=30, their_accounts=[f"staff:{staff}"], part="decider")
        story.refuses("6.13", "cannot choose", Step.ASSIGNED, JUNE_1, 2, by="staff:30", accounts=[f"staff:{staff}"], staff=20, part="decider")
    story.then(Step.ASSIGNED, JUNE_1, 2, staff=10, part="decider")


def test_ruling_53_one_named_from_outside_is_given_the_stage_by_whoever_writes_it_down() -> None:
    story = answered(FRI_15).escalated(JUNE_1)
    story.refuses("6.13", "cannot choose", Step.ASSIGNED, JUNE_1, 2, by="staff:7", staff=20, part="decider")
    story.refuses("6.13", "senior lead", Step.OUTSIDE_NAMED, JUNE_1, 2, by="staff:7", staff=20, named_by="the handler")
    story.refuses("6.13", "senior lead", Step.OUTSIDE_NAMED, JUNE_1, 2, by="staff:7", staff=7, named_by="senior_lead")
    story.then(Step.OUTSIDE_NAMED, JUNE_1, 2, by="staff:7", staff=20, named_by="member_responsible")
    story.then(Step.ASSIGNED, JUNE_1, 2, by="staff:7", staff=20, part="decider")


def test_ruling_34_a_panel_is_for_stage_2_and_nobody_barred_is_on_it() -> None:
    story = accepted().then(Step.ASSIGNED, MON_11, staff=7, part="decider")
    on = day(JUNE_1).isoformat()
    story.refuses("5.3", "only for stage 2", Step.PANEL_ARRANGED, FRI_15, panel=1, members=[8], meets=on)
    story.responded(FRI_15, by="staff:7").escalated(JUNE_1)
    lacking: list[dict[str, Any]] = [{"members": []}, {"members": ["8"]}, {"members": [8], "meets": None}, {"members": [8], "meets": day(FRI_15).isoformat()}]
    for wrong in lacking:
        story.refuses("5.12", "who is on the panel", Step.PANEL_ARRANGED, JUNE_1, 2, panel=1, **({"meets": on} | wrong))
    story.refuses("6.13", "cannot be on the panel", Step.PANEL_ARRANGED, JUNE_1, 2, panel=1, members=[8, 7], meets=on)
    story.refuses("6.13", "cannot be on the panel", Step.PANEL_ARRANGED, JUNE_1, 2, panel=1, members=[8], their_accounts=["staff:7"], meets=on)
    story.refuses("5.12", "No panel was arranged", Step.PANEL_HELD, JUNE_1, 2, panel=1, members=[8])
    story.then(Step.PANEL_ARRANGED, JUNE_1, 2, panel=1, members=[8, 9], meets=on)
    story.then(Step.CONFLICT_DECIDED, JUNE_1, 2, staff=9, barred=True, reason=True)
    story.refuses("5.8", "conflict of interest", Step.PANEL_HELD, JUNE_1, 2, panel=1, members=[8, 9])
    story.then(Step.PANEL_HELD, JUNE_1, 2, panel=1, members=[8])
    story.refuses("5.12", "No panel was arranged", Step.PANEL_HELD, JUNE_1, 2, panel=1, members=[8])


def test_ruling_34_a_panel_is_called_off_with_a_reason_and_while_it_has_not_met() -> None:
    story = accepted().then(Step.ASSIGNED, MON_11, staff=7, part="decider")
    story.refuses("5.3", "only for stage 2", Step.PANEL_CALLED_OFF, FRI_15, panel=1, reason=True)
    story.responded(FRI_15, by="staff:7").escalated(JUNE_1)
    story.refuses("5.12", "No panel was arranged", Step.PANEL_CALLED_OFF, JUNE_1, 2, panel=1, reason=True)
    story.then(Step.PANEL_ARRANGED, JUNE_1, 2, panel=1, members=[8], meets=day(JUNE_1).isoformat())
    story.refuses("5.12", "why the panel does not meet", Step.PANEL_CALLED_OFF, JUNE_1, 2, panel=1, reason=False)
    story.then(Step.PANEL_CALLED_OFF, JUNE_1, 2, panel=1, reason=True)
    story.refuses("5.12", "No panel was arranged", Step.PANEL_CALLED_OFF, JUNE_1, 2, panel=1, reason=True)
    story.refuses("5.12", "No panel was arranged", Step.PANEL_HELD, JUNE_1, 2, panel=1, members=[8])


def test_ruling_34_a_panel_never_arranged_is_written_down_and_leaves_the_one_that_is_to_meet() -> None:
    story = accepted().then(Step.ASSIGNED, MON_11, staff=7, part="decider").responded(FRI_15, by="staff:7").escalated(JUNE_1)
    story.then(Step.PANEL_ARRANGED, JUNE_1, 2, panel=1, members=[8], meets=day(JUNE_1).isoformat())
    story.refuses("5.12", "how the resident knew", Step.PANEL_HELD, JUNE_1, 2, panel=2, members=[8], unarranged=True, told=False)
    story.refuses("6.13", "cannot be on the panel", Step.PANEL_HELD, JUNE_1, 2, panel=2, members=[7], unarranged=True, told=True)
    story.then(Step.PANEL_HELD, JUNE_1, 2, panel=2, members=[8], unarranged=True, told=True)
    story.then(Step.PANEL_HELD, JUNE_1, 2, panel=1, members=[8])


def test_ruling_41_only_a_point_that_was_refused_at_stage_2_begins_there_and_whoever_considered_it_stays_barred() -> None:
    for wrong in ({}, {"refused_at": 1}, {"refused_at": None}):
        Story().refuses("5.2", "does not begin at this stage", Step.RECEIVED, MON_11, 2, **wrong)
    Story().refuses("5.3", "stages and no more", Step.RECEIVED, MON_11, 3, refused_at=3)
    story = Story().then(Step.RECEIVED, MON_11, 2, refused_at=2, considered_by=["staff:7"])
    assert [(one.step, one.stage) for one in story.deadlines()] == [(Step.ACKNOWLEDGED, 2), (Step.RESPONDED, 2)]
    story.refuses("6.13", "cannot consider this one", Step.ASSIGNED, MON_11, 2, staff=7, part="decider")
    story.then(Step.ASSIGNED, MON_11, 2, staff=8, part="decider")
