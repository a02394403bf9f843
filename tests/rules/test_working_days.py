"""Counting working days, one calendar at a time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.complaints.calendar import DIVISIONS, KNOWN_UNTIL, calendar
from portal.rules.working_days import BeyondCalendar, Calendar, Skipped
from tests.rules.story import ENGLAND, day

NOTHING = Calendar("nowhere", {}, date(2030, 12, 31))
FRIDAY, SATURDAY, MONDAY = date(2026, 5, 15), date(2026, 5, 16), date(2026, 5, 18)


def test_one_working_day_after_friday_is_monday() -> None:
    assert NOTHING.add(FRIDAY, 1) == MONDAY


def test_one_working_day_after_saturday_is_monday_too() -> None:
    assert NOTHING.add(SATURDAY, 1) == MONDAY


def test_where_the_start_is_day_1_one_working_day_from_friday_is_friday() -> None:
    assert NOTHING.add(FRIDAY, 1, start_day=1) == FRIDAY
    assert NOTHING.add(SATURDAY, 1, start_day=1) == MONDAY


def test_between_is_what_add_added() -> None:
    for start_day in (0, 1):
        for offset in range(40):
            for days in range(1, 30):
                start = FRIDAY + timedelta(offset)
                assert ENGLAND.between(start, ENGLAND.add(start, days, start_day), start_day) == days


def test_no_days_lie_between_a_day_and_an_earlier_one() -> None:
    assert NOTHING.between(MONDAY, FRIDAY) == 0


def test_two_days_back_from_monday_is_thursday() -> None:
    assert NOTHING.back(MONDAY, 2) == date(2026, 5, 14)
    assert NOTHING.back(SATURDAY, 2) == date(2026, 5, 13)


def test_the_days_skipped_are_named_and_weekends_only_if_asked_for() -> None:
    christmas = day("Fri 25 Dec 2026")
    assert ENGLAND.skipped(christmas, day("Mon 28 Dec 2026")) == (
        Skipped(christmas, "Christmas Day"), Skipped(day("Mon 28 Dec 2026"), "Boxing Day (substitute day)"),
    )  # fmt: skip
    asked = ENGLAND.skipped(christmas, day("Sun 27 Dec 2026"), weekends=True)
    assert [one.why for one in asked] == ["Christmas Day", "Boxing Day", "weekend"]


def test_the_bank_holidays_of_2026_in_england_and_wales_are_those_published() -> None:
    year = [one.date for one in ENGLAND.skipped(date(2026, 1, 1), date(2026, 12, 31))]
    assert [f"{one:%-d %b}" for one in year] == [
        "1 Jan",
        "3 Apr",
        "6 Apr",
        "4 May",
        "25 May",
        "31 Aug",
        "25 Dec",
        "28 Dec",
    ]


def test_each_division_has_a_day_of_its_own() -> None:
    assert calendar("scotland").why(date(2026, 11, 30)) == "Saint Andrew's Day"
    assert calendar("northern-ireland").why(date(2026, 7, 13)) == "Battle of the Boyne (substitute day)"
    assert ENGLAND.is_working(date(2026, 11, 30))
    assert ENGLAND.is_working(date(2026, 7, 13))
    assert set(DIVISIONS) == {"england-and-wales", "scotland", "northern-ireland"}


def test_an_unknown_division_is_an_error() -> None:
    with pytest.raises(KeyError):
        calendar("atlantis")


def test_a_day_added_by_a_manager_is_in_that_calendar_alone() -> None:
    added = calendar(extra={MONDAY: "Coronation"})
    assert not added.is_working(MONDAY)
    assert ENGLAND.is_working(MONDAY)
    assert added == calendar(extra={MONDAY: "Coronation"})


def test_a_count_that_leaves_the_calendar_says_so() -> None:
    with pytest.raises(BeyondCalendar):
        NOTHING.add(date(2100, 12, 30), 5)
    with pytest.raises(BeyondCalendar):
        NOTHING.add(date(1989, 12, 31), 5)
    with pytest.raises(BeyondCalendar):
        NOTHING.back(date(1990, 1, 1), 2)


def test_the_landlords_day_is_told_from_the_moment_in_their_zone() -> None:
    assert ENGLAND.day_of(datetime(2026, 6, 1, 22, 59, tzinfo=UTC)) == date(2026, 6, 1)
    assert ENGLAND.day_of(datetime(2026, 6, 1, 23, 0, tzinfo=UTC)) == date(2026, 6, 2)
    assert ENGLAND.day_of(datetime(2026, 12, 1, 23, 59, tzinfo=UTC)) == date(2026, 12, 1)


def test_the_bank_holidays_known_reach_far_enough_ahead() -> None:
    ahead = KNOWN_UNTIL - date.today()
    assert ahead > timedelta(120), (
        "Compare the newest `holidays` with the bank holidays on GOV.UK, "
        "then move KNOWN_UNTIL in portal/complaints/calendar.py to the last day of the last year published."
    )
