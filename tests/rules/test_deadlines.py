"""When each thing is due: examples worked by hand, both clocks, dates told, extensions, stage 2."""

import timeit
from datetime import date
from math import inf

import pytest

from portal.complaints.calendar import KNOWN_UNTIL, calendar
from portal.rules.deadlines import WorkingDay, is_overdue, working
from portal.rules.history import Step
from portal.rules.reading import live
from portal.rules.usable import open_letters
from portal.rules.voice import waiting
from portal.rules.working_days import Skipped
from tests.rules.saltmarsh import SALTMARSH
from tests.rules.story import ENGLAND, Story, accepted, answered, day, received

ACKNOWLEDGED, RESPONDED, ESCALATED = Step.ACKNOWLEDGED, Step.RESPONDED, Step.ESCALATED

# Received, acknowledge by, answer if acknowledged that last day, with the whole extension, if at once.
STAGE_1 = [
    ("Mon 11 May 2026", "Mon 18 May 2026", "Tue 02 Jun 2026", "Tue 16 Jun 2026", "Tue 26 May 2026"),
    ("Sat 16 May 2026", "Fri 22 May 2026", "Mon 08 Jun 2026", "Mon 22 Jun 2026", "Mon 01 Jun 2026"),
    ("Thu 02 Apr 2026", "Mon 13 Apr 2026", "Mon 27 Apr 2026", "Tue 12 May 2026", "Mon 20 Apr 2026"),
    ("Fri 18 Dec 2026", "Tue 29 Dec 2026", "Wed 13 Jan 2027", "Wed 27 Jan 2027", "Wed 06 Jan 2027"),
    ("Thu 24 Dec 2026", "Tue 05 Jan 2027", "Tue 19 Jan 2027", "Tue 02 Feb 2027", "Tue 12 Jan 2027"),
]


@pytest.mark.parametrize(("came", "last_day", "answer", "extended", "at_once"), STAGE_1)
def test_every_example_of_stage_1_comes_out_as_worked_by_hand(
    came: str, last_day: str, answer: str, extended: str, at_once: str
) -> None:
    story = received(came)
    assert story.limit(ACKNOWLEDGED).due_on == day(last_day)
    assert story.limit(RESPONDED).due_on == day(answer)
    story.acknowledged(last_day)
    assert story.limit(RESPONDED).due_on == day(answer)
    story.extended(answer, extended)
    assert story.limit(RESPONDED).due_on == day(extended)
    assert received(came).acknowledged(came).limit(RESPONDED).due_on == day(at_once)


def test_stage_2_asked_on_1_june_is_acknowledged_by_8_june_and_answered_by_6_july_or_3_august() -> None:
    story = answered().escalated("Mon 01 Jun 2026")
    assert story.limit(ACKNOWLEDGED, 2).due_on == day("Mon 08 Jun 2026")
    assert story.limit(RESPONDED, 2).due_on == day("Mon 06 Jul 2026")
    story.acknowledged("Mon 08 Jun 2026", 2).extended("Mon 06 Jul 2026", "Mon 03 Aug 2026", 2)
    assert story.limit(RESPONDED, 2).due_on == day("Mon 03 Aug 2026")


def test_the_ombudsmans_own_count_from_29_may_to_5_august_2024_is_48_working_days() -> None:
    assert ENGLAND.between(day("Wed 29 May 2024"), day("Mon 05 Aug 2024")) == 48
    assert ENGLAND.add(day("Wed 29 May 2024"), 48) == day("Mon 05 Aug 2024")


def test_a_complaint_received_on_christmas_eve_is_acknowledged_by_5_january_and_says_why() -> None:
    due = received("Thu 24 Dec 2026").limit(ACKNOWLEDGED)
    assert (due.since, due.from_on, due.working_days) == (Step.RECEIVED, day("Thu 24 Dec 2026"), 5)
    assert due.skipped == (
        Skipped(date(2026, 12, 25), "Christmas Day"),
        Skipped(date(2026, 12, 28), "Boxing Day (substitute day)"),
        Skipped(date(2027, 1, 1), "New Year's Day"),
    )


def test_the_working_is_one_row_a_day_with_a_number_or_a_reason() -> None:
    rows = working(received("Thu 24 Dec 2026").limit(ACKNOWLEDGED), ENGLAND)
    assert rows[0] == WorkingDay(date(2026, 12, 24), None, "the day it starts from")
    assert rows[1] == WorkingDay(date(2026, 12, 25), None, "Christmas Day")
    assert rows[3] == WorkingDay(date(2026, 12, 27), None, "weekend")
    assert [(row.date.day, row.number) for row in rows if row.number] == [
        (29, 1),
        (30, 2),
        (31, 3),
        (4, 4),
        (5, 5),
    ]
    assert rows[-1].date == date(2027, 1, 5)


def test_where_the_first_day_is_day_1_the_working_says_so() -> None:
    rows = working(received("Fri 15 May 2026", SALTMARSH).limit(RESPONDED), ENGLAND)
    assert [(row.date.day, row.number) for row in rows] == [
        (15, 1),
        (16, None),
        (17, None),
        (18, 2),
        (19, 3),
        (20, 4),
        (21, 5),
    ]


def test_received_on_a_day_that_is_not_worked_the_next_working_day_is_day_1_there() -> None:
    assert received("Sat 16 May 2026", SALTMARSH).limit(RESPONDED).due_on == day("Fri 22 May 2026")


def test_no_acknowledgement_is_owed_where_the_edition_has_none() -> None:
    assert [one.step for one in received("Fri 15 May 2026", SALTMARSH).deadlines()] == [RESPONDED]


def test_a_complaint_that_begins_at_stage_2_has_stage_2_limits_from_its_receipt() -> None:
    acknowledge, respond = received("Fri 15 May 2026", SALTMARSH, stage=2).deadlines()
    assert (acknowledge.stage, acknowledge.since, acknowledge.due_on) == (
        2,
        Step.RECEIVED,
        day("Tue 19 May 2026"),
    )
    assert respond.backstop == day("Tue 16 Jun 2026")


@pytest.mark.parametrize(
    ("division", "due"),
    [
        ("england-and-wales", "Fri 10 Apr 2026"),
        ("scotland", "Thu 09 Apr 2026"),
        ("northern-ireland", "Fri 10 Apr 2026"),
    ],
)
def test_easter_monday_is_worked_in_scotland_alone(division: str, due: str) -> None:
    assert received("Wed 01 Apr 2026", days=calendar(division)).limit(ACKNOWLEDGED).due_on == day(due)


def test_a_bank_holiday_that_a_manager_adds_is_not_counted_and_is_named() -> None:
    days = calendar(extra={day("Wed 13 May 2026"): "Day of the Dove"})
    due = received("Mon 11 May 2026", days=days).limit(ACKNOWLEDGED)
    assert due.due_on == day("Tue 19 May 2026")
    assert due.skipped == (Skipped(day("Wed 13 May 2026"), "Day of the Dove"),)


def test_a_date_past_the_last_year_known_carries_a_warning() -> None:
    assert not received("Mon 11 May 2026").limit(ACKNOWLEDGED).beyond_known
    assert not ENGLAND.beyond_known(KNOWN_UNTIL)
    assert received("Thu 30 Dec 2027").limit(ACKNOWLEDGED).beyond_known


# Both clocks


def test_ruling_30_acknowledged_late_the_answer_is_due_by_the_backstop_and_both_dates_are_known() -> None:
    due = received("Mon 11 May 2026").acknowledged("Fri 22 May 2026").limit(RESPONDED)
    assert (due.due_on, due.since, due.working_days) == (day("Tue 02 Jun 2026"), Step.RECEIVED, 15)
    assert (due.code_due, due.backstop) == (day("Mon 08 Jun 2026"), day("Tue 02 Jun 2026"))


def test_acknowledged_after_the_backstop_the_answer_is_late_already_and_the_codes_date_is_still_told() -> (
    None
):
    due = received("Mon 11 May 2026").acknowledged("Mon 08 Jun 2026", answer_by="2026-06-22").limit(RESPONDED)
    assert (due.due_on, due.code_due) == (day("Tue 02 Jun 2026"), day("Mon 22 Jun 2026"))
    assert due.state(day("Mon 08 Jun 2026")) == "late"


def test_ruling_30_before_the_acknowledgement_the_answers_date_is_the_backstop() -> None:
    due = received("Mon 11 May 2026").limit(RESPONDED)
    assert (due.code_due, due.backstop, due.due_on) == (None, day("Tue 02 Jun 2026"), day("Tue 02 Jun 2026"))


def test_a_step_is_met_the_day_its_letter_is_issued_not_the_day_it_is_written() -> None:
    story = received("Mon 11 May 2026").acknowledged("Mon 18 May 2026", issued=None)
    assert story.limit(ACKNOWLEDGED).met_on is None
    assert story.limit(ACKNOWLEDGED).state(day("Tue 19 May 2026")) == "late"
    story.issued("acknowledgement", "Wed 20 May 2026")
    assert story.limit(ACKNOWLEDGED).met_on == day("Wed 20 May 2026")
    assert story.limit(ACKNOWLEDGED).state(day("Wed 20 May 2026")) == "met_late"


def test_ruling_51_a_letter_in_a_form_the_person_cannot_use_meets_nothing_until_one_they_can_use_goes() -> None:
    story = received("Mon 11 May 2026").acknowledged("Mon 11 May 2026", issued=None)
    story.then(Step.ISSUED, "Mon 11 May 2026", kind="acknowledgement", channel="email", usable=False)
    assert story.limit(ACKNOWLEDGED).met_on is None
    story.then(Step.ISSUED, "Thu 14 May 2026", kind="acknowledgement", channel="post", usable=True)
    assert story.limit(ACKNOWLEDGED).met_on == day("Thu 14 May 2026")
    assert story.limit(RESPONDED).code_due == day("Fri 29 May 2026")


def found_unusable(story: Story, on: str, kind: str = "acknowledgement") -> Story:
    """Somebody says that every copy of a letter so far was in a form its reader could not use; the history as it counts."""
    went = [one.number for one in story.history if one.step is Step.ISSUED and one.details["kind"] == kind]
    story.then(Step.FOUND_UNUSABLE, on, letter=1, events=went)
    story.history = live(story.history)
    return story


def test_rulings_51_52_found_out_later_the_code_counts_from_the_usable_one_and_the_date_told_stays() -> None:
    story = received("Mon 11 May 2026").acknowledged("Mon 11 May 2026", issued=None, answer_by="2026-05-26")
    story.then(Step.ISSUED, "Mon 11 May 2026", kind="acknowledgement", letter=1, channel="email", usable=True)
    assert story.limit(ACKNOWLEDGED).met_on == day("Mon 11 May 2026")
    found_unusable(story, "Wed 13 May 2026")
    assert story.limit(ACKNOWLEDGED).met_on is None
    assert story.next() == story.limit(ACKNOWLEDGED)
    due = story.limit(RESPONDED)
    assert (due.code_due, due.due_on, due.told) == (None, day("Tue 26 May 2026"), day("Tue 26 May 2026"))
    story.then(Step.ISSUED, "Wed 20 May 2026", kind="acknowledgement", letter=1, channel="post", again=1, usable=True)
    assert story.limit(ACKNOWLEDGED).met_on == day("Wed 20 May 2026")
    assert story.limit(ACKNOWLEDGED).state(day("Wed 20 May 2026")) == "met_late", "the gap shows as late"
    due = story.limit(RESPONDED)
    assert due.code_due == day("Thu 04 Jun 2026"), "the Code counts from the usable one"
    assert due.due_on == day("Tue 26 May 2026"), "and what was told stays"


def test_ruling_51_the_first_copy_that_can_be_used_counts_where_another_could_not() -> None:
    story = received("Mon 11 May 2026").acknowledged("Mon 11 May 2026", issued=None)
    story.then(Step.ISSUED, "Mon 11 May 2026", kind="acknowledgement", letter=1, channel="email", usable=True)
    found_unusable(story, "Wed 13 May 2026")
    story.then(Step.ISSUED, "Thu 14 May 2026", kind="acknowledgement", letter=1, channel="post", usable=True)
    assert story.limit(ACKNOWLEDGED).met_on == day("Thu 14 May 2026")
    assert open_letters(story.history) == {}


def test_ruling_51_an_extension_that_could_not_be_used_moves_nothing_unless_it_goes_again_in_time() -> None:
    story = accepted().extended("Wed 20 May 2026", "Tue 09 Jun 2026", issued=None)
    story.then(Step.ISSUED, "Wed 20 May 2026", kind="extension", letter=1, channel="email", usable=True)
    assert story.limit(RESPONDED).extended
    found_unusable(story, "Thu 21 May 2026", "extension")
    assert not story.limit(RESPONDED).extended
    story.then(Step.ISSUED, "Tue 26 May 2026", kind="extension", letter=1, channel="post", again=1, usable=True)
    assert story.limit(RESPONDED).due_on == day("Tue 09 Jun 2026")


def test_ruling_51_a_stage_2_that_began_with_an_answer_of_no_use_stays_begun() -> None:
    story = accepted().escalated("Wed 13 May 2026", early=True).responded("Fri 15 May 2026", issued=None)
    story.then(Step.ISSUED, "Mon 18 May 2026", kind="response", letter=1, channel="email", usable=True)
    found_unusable(story, "Tue 19 May 2026", "response")
    assert story.limit(RESPONDED, 1).met_on is None
    assert story.limit(ACKNOWLEDGED, 2).from_on == day("Mon 18 May 2026")


def test_ruling_51_nobody_says_it_of_a_letter_that_has_not_gone_or_says_it_twice() -> None:
    story = received("Mon 11 May 2026").acknowledged("Mon 11 May 2026", issued=None)
    story.refuses("5.12", "has not gone to them", Step.FOUND_UNUSABLE, "Mon 11 May 2026", letter=1, events=[])
    story.refuses("5.12", "has not gone to them", Step.FOUND_UNUSABLE, "Mon 11 May 2026", letter=1, events=[2])
    story.then(Step.ISSUED, "Mon 11 May 2026", kind="acknowledgement", letter=1, channel="email", usable=True)
    story.refuses("5.12", "has not gone to them", Step.FOUND_UNUSABLE, "Mon 11 May 2026", letter=2, events=[3])
    found_unusable(story, "Tue 12 May 2026")
    story.refuses("5.12", "written down already", Step.FOUND_UNUSABLE, "Tue 12 May 2026", letter=1, events=[3])
    assert [one.on for one in waiting(story.history)] == [day("Tue 12 May 2026")], "and it waits for us"


def test_a_date_told_to_the_resident_never_moves_later() -> None:
    story = received("Mon 11 May 2026")
    story.acknowledged("Mon 11 May 2026", issued="Thu 14 May 2026", answer_by="2026-05-26")
    due = story.limit(RESPONDED)
    assert (due.due_on, due.told, due.code_due) == (
        day("Tue 26 May 2026"),
        day("Tue 26 May 2026"),
        day("Fri 29 May 2026"),
    )


def test_of_two_dates_told_the_earlier_holds() -> None:
    story = (
        Story()
        .received("Mon 11 May 2026", answer_by="2026-05-22")
        .acknowledged("Mon 11 May 2026", answer_by="2026-05-25")
    )
    assert story.limit(RESPONDED).due_on == day("Fri 22 May 2026")


def test_a_date_told_that_is_later_than_the_codes_changes_nothing() -> None:
    assert accepted(answer_by="2026-06-30").limit(RESPONDED).due_on == day("Tue 26 May 2026")


def test_a_bank_holiday_added_after_the_receipt_told_a_date_does_not_move_that_date() -> None:
    days = calendar(extra={day("Wed 13 May 2026"): "Day of the Dove"})
    due = Story(days=days).received("Mon 11 May 2026", acknowledge_by="2026-05-18").limit(ACKNOWLEDGED)
    assert (due.due_on, due.code_due) == (day("Mon 18 May 2026"), day("Tue 19 May 2026"))


def test_two_working_days_before_the_date_it_is_due_soon() -> None:
    due = received("Mon 11 May 2026").limit(ACKNOWLEDGED)
    states = [(words[:6], due.state(day(words))) for words in (
        "Wed 13 May 2026", "Thu 14 May 2026", "Sun 17 May 2026", "Mon 18 May 2026", "Tue 19 May 2026",
    )]  # fmt: skip
    assert [state for _, state in states] == ["on_time", "due_soon", "due_soon", "due_soon", "late"]


# Extensions


def test_an_extension_told_in_time_is_the_date_everyone_uses_and_the_old_ones_are_kept() -> None:
    due = accepted().extended("Tue 26 May 2026", "Tue 09 Jun 2026").limit(RESPONDED)
    assert (due.due_on, due.extended) == (day("Tue 09 Jun 2026"), True)
    assert (due.code_due, due.backstop) == (day("Tue 26 May 2026"), day("Tue 02 Jun 2026"))
    assert (due.since, due.working_days) == (ACKNOWLEDGED, 20)


def test_an_extension_whose_notice_goes_after_the_due_date_moves_nothing() -> None:
    due = accepted().extended("Tue 26 May 2026", "Tue 09 Jun 2026", issued="Wed 27 May 2026").limit(RESPONDED)
    assert (due.due_on, due.extended) == (day("Tue 26 May 2026"), False)


def test_ruling_30_an_extension_is_tested_on_the_codes_date_even_after_the_backstop() -> None:
    story = received("Mon 11 May 2026").acknowledged("Fri 22 May 2026")
    story.extended("Thu 04 Jun 2026", "Fri 12 Jun 2026")
    due = story.limit(RESPONDED)
    assert (due.due_on, due.since, due.from_on) == (
        day("Fri 12 Jun 2026"),
        ACKNOWLEDGED,
        day("Fri 22 May 2026"),
    )


def test_an_extension_notice_in_a_form_the_person_cannot_use_moves_nothing() -> None:
    story = accepted().extended("Tue 26 May 2026", "Tue 09 Jun 2026", issued=None)
    story.then(Step.ISSUED, "Tue 26 May 2026", kind="extension", channel="email", usable=False)
    assert not story.limit(RESPONDED).extended


def test_a_second_extension_runs_from_the_first() -> None:
    story = accepted().extended("Tue 26 May 2026", "Tue 02 Jun 2026")
    story.extended("Tue 02 Jun 2026", "Fri 05 Jun 2026", good_reason=True)
    assert story.limit(RESPONDED).due_on == day("Fri 05 Jun 2026")


# Stage 2


def test_stage_2_asked_early_is_held_and_measured_from_the_answers_issue() -> None:
    story = accepted().escalated("Wed 13 May 2026", early=True)
    assert {one.stage for one in story.deadlines()} == {1}
    story.responded("Fri 15 May 2026", issued="Mon 18 May 2026")
    due = story.limit(ACKNOWLEDGED, 2)
    assert (due.since, due.from_on, due.due_on) == (RESPONDED, day("Mon 18 May 2026"), day("Tue 26 May 2026"))


def test_stage_2_asked_while_the_answer_is_overdue_is_acknowledged_within_5_of_the_request() -> None:
    story = accepted().escalated("Wed 27 May 2026")
    due = story.limit(ACKNOWLEDGED, 2)
    assert (due.since, due.due_on) == (ESCALATED, day("Wed 03 Jun 2026"))
    assert story.next() == story.limit(RESPONDED, 1)
    story.acknowledged("Wed 03 Jun 2026", 2)
    assert story.limit(RESPONDED, 1).overtaken
    assert story.next() == story.limit(RESPONDED, 2)


def test_an_answer_issued_is_overdue_no_longer() -> None:
    story = accepted().responded("Wed 27 May 2026", issued="Fri 29 May 2026")
    overdue = [
        is_overdue(story.history, story.code, story.days, 1, date(2026, 5, number))
        for number in (26, 27, 28, 29)
    ]
    assert overdue == [False, True, True, False]


def test_a_held_request_made_again_once_the_answer_is_overdue_runs_from_then() -> None:
    story = accepted().escalated("Wed 13 May 2026", early=True).escalated("Wed 27 May 2026")
    story.responded("Fri 29 May 2026", by="staff:7")
    assert story.limit(ACKNOWLEDGED, 2).from_on == day("Wed 27 May 2026")


def test_the_last_answer_issued_leaves_nothing_owed() -> None:
    story = answered().escalated("Mon 01 Jun 2026").acknowledged("Mon 08 Jun 2026", 2)
    story.responded("Mon 15 Jun 2026", 2, by="staff:9")
    assert story.next() is None


# Refusals and actions


def test_a_refusal_takes_the_acknowledgements_place_by_the_same_day() -> None:
    story = received("Mon 11 May 2026")
    parts = [*story.parts("refusal", 1), "earlier_decision"]
    story.then(Step.REFUSED, "Thu 14 May 2026", ground="already_considered", parts=parts)
    assert [one.step for one in story.deadlines()] == [ACKNOWLEDGED]
    story.issued("refusal", "Fri 15 May 2026")
    assert story.limit(ACKNOWLEDGED).met_on == day("Fri 15 May 2026")


def test_an_action_outlives_the_answer_and_is_owed_by_its_own_date() -> None:
    story = answered().then(Step.ACTION_PROMISED, "Fri 15 May 2026", action=4, due="2026-07-01")
    owed = story.next()
    assert owed is not None
    assert (owed.step, owed.action, owed.due_on) == (Step.ACTION_PROMISED, 4, day("Wed 01 Jul 2026"))
    story.then(Step.ACTION_DONE, "Tue 30 Jun 2026", action=4)
    assert story.next() is None
    assert story.limit(Step.ACTION_PROMISED).state(day("Wed 01 Jul 2026")) == "met"


def test_a_new_date_for_an_action_leaves_the_first_one_broken() -> None:
    story = answered().then(Step.ACTION_PROMISED, "Fri 15 May 2026", action=4, due="2026-06-01")
    story.then(Step.ACTION_REDATED, "Mon 01 Jun 2026", action=4, due="2026-06-20", reason=True)
    story.then(Step.ACTION_DONE, "Fri 19 Jun 2026", action=4)
    first, second = [one for one in story.deadlines() if one.action == 4]
    assert (first.state(day("Fri 19 Jun 2026")), second.state(day("Fri 19 Jun 2026"))) == ("met_late", "met")
    assert first.overtaken
    assert not second.overtaken


def test_a_deadline_is_counted_in_under_15_microseconds() -> None:
    story = answered().escalated("Mon 01 Jun 2026").acknowledged("Mon 08 Jun 2026", 2)
    days, start, how_many = story.days, day("Mon 11 May 2026"), len(story.deadlines())
    alone, whole = inf, inf
    for _ in range(200):
        alone = min(alone, timeit.timeit(lambda: days.add(start, 10), number=100) / 100 * 1e6)
        whole = min(whole, timeit.timeit(story.deadlines, number=10) / 10 / how_many * 1e6)
    print(f"a date alone: {alone:.2f} µs; a deadline with its working: {whole:.1f} µs")
    assert whole < 15 or whole < 45 * alone, "where a date alone takes half a microsecond; a slower machine slows both, and not alike"
