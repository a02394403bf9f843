"""Everything that is held, asked for: one month, one request at a time, owed until it was sent, whatever ends (ruling 9)."""

from datetime import date
from typing import Any

import pytest

from portal.rules.data_asked import LAW, REFUSING, due_of, limits_on, months_after, open_request
from portal.rules.steps import Step
from tests.rules.story import Story, accepted, day, received

MON_11, TUE_12, FRI_15 = "Mon 11 May 2026", "Tue 12 May 2026", "Fri 15 May 2026"


def asked(story: Story, on: str = TUE_12, number: int = 1) -> Story:
    """The resident asks on their page, and is told a day a month on."""
    return story.then(Step.DATA_ASKED, on, by="party:1", request=number, due=months_after(day(on), 1).isoformat())


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-05-12", 1, "2026-06-12"), ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", 1, "2026-04-30"), ("2026-11-30", 3, "2027-02-28"), ("2026-12-31", 2, "2027-02-28"),
    ],
)  # fmt: skip
def test_a_month_is_a_month_of_the_calendar(start: str, months: int, end: str) -> None:
    assert months_after(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_ruling_9_what_was_asked_for_is_owed_from_that_day_until_it_was_sent() -> None:
    story = asked(received(MON_11))
    (owed,) = [one for one in story.deadlines() if one.step is Step.DATA_SENT]
    assert (owed.due_on, owed.met_on, owed.provision) == (day("Fri 12 Jun 2026"), None, LAW)
    story.then(Step.DATA_SENT, FRI_15, request=1, how="post")
    (met,) = [one for one in story.deadlines() if one.step is Step.DATA_SENT]
    assert met.met_on == day(FRI_15) and open_request(story.history) is None


def test_ruling_9_a_second_request_waits_for_the_first() -> None:
    story = asked(received(MON_11))
    story.refuses(LAW, "The first request counts", Step.DATA_ASKED, FRI_15, by="party:1", request=2, due="2026-06-15")
    asked(story.then(Step.DATA_SENT, FRI_15, request=1, how="post"), FRI_15, 2)
    assert [one.due_on for one in story.deadlines() if one.step is Step.DATA_SENT] == [day("Fri 12 Jun 2026"), day("Mon 15 Jun 2026")]


def test_ruling_9_it_is_owed_whatever_ends_the_complaint() -> None:
    story = asked(accepted()).then(Step.WITHDRAWN, FRI_15, by="party:1", points=[])
    (owed,) = [one for one in story.deadlines() if one.step is Step.DATA_SENT]
    assert not owed.overtaken and story.next() == owed
    asked(received(MON_11).refused(MON_11))


def test_a_request_that_staff_write_down_says_how_it_came_and_has_a_day() -> None:
    story = received(MON_11)
    story.refuses(LAW, "how they asked", Step.DATA_ASKED, TUE_12, request=1, due="2026-06-12")
    story.refuses(LAW, "how they asked", Step.DATA_ASKED, TUE_12, by="party:1", request=1)
    story.refuses(LAW, "how they asked", Step.DATA_ASKED, TUE_12, by="party:1", request=1, due="2026-05-11")
    story.then(Step.DATA_ASKED, TUE_12, request=1, due="2026-06-12", told="phone")


def test_what_is_sent_was_asked_for_and_says_how_it_went() -> None:
    story = received(MON_11)
    story.refuses(LAW, "Nobody waits", Step.DATA_SENT, FRI_15, request=1, how="post")
    asked(story, FRI_15)
    for wrong in ({"request": 2, "how": "post"}, {"request": 1}, {"request": 1, "how": ""}):
        story.refuses(LAW, "how it was sent", Step.DATA_SENT, FRI_15, **wrong)
    story.refuses(LAW, "not before they asked", Step.DATA_SENT, TUE_12, request=1, how="post", at=None)


LAST, LATEST = "2026-06-12", "2026-08-12"


def longer(story: Story, on: str = FRI_15, **said: Any) -> Story:
    """More time is taken, for a reason."""
    details: dict[str, Any] = {"request": 1, "due": LATEST, "reason": True} | said
    return story.then(Step.DATA_EXTENDED, on, **details)


def told(story: Story, on: str = FRI_15, **said: Any) -> Story:
    """The letter that says so goes."""
    details: dict[str, Any] = {"kind": "data_extended", "channel": "email", "usable": True} | said
    return story.then(Step.ISSUED, on, **details)


def owed(story: Story) -> list[tuple[date, date | None]]:
    """The day of each request, and when it was done."""
    return [(one.due_on, one.met_on) for one in story.deadlines() if one.step is Step.DATA_SENT]


def test_more_time_is_taken_once_with_a_reason_and_the_new_day_is_the_day() -> None:
    story = longer(asked(received(MON_11)))
    assert owed(story) == [(date(2026, 6, 12), None)], "nobody has told them yet"
    assert owed(told(story)) == [(date(2026, 8, 12), None)]
    assert (waiting := open_request(story.history)) and due_of(story.history, waiting) == date(2026, 8, 12)
    story.refuses(LAW, "taken for it already", Step.DATA_EXTENDED, FRI_15, request=1, due=LATEST, reason=True)
    assert owed(story.then(Step.DATA_SENT, "Mon 10 Aug 2026", request=1, how="post")) == [(date(2026, 8, 12), date(2026, 8, 10))]


@pytest.mark.parametrize(
    ("on", "said", "provision", "words"),
    [
        ("Mon 15 Jun 2026", {}, "UK GDPR 12(3)", "told by 2026-06-12"),
        (FRI_15, {"due": LAST}, "UK GDPR 12(3)", "after 2026-06-12"),
        (FRI_15, {"due": "2026-08-13"}, "UK GDPR 12(3)", "not after 2026-08-12"),
        (FRI_15, {"due": "soon"}, LAW, "new day"),
        (FRI_15, {"request": 2}, LAW, "new day"),
        (FRI_15, {"reason": False}, LAW, "why it takes longer"),
    ],
)
def test_more_time_is_told_within_the_first_month_and_no_longer_than_the_law_gives(on: str, said: dict[str, Any], provision: str, words: str) -> None:
    proposed: dict[str, Any] = {"request": 1, "due": LATEST, "reason": True} | said
    asked(received(MON_11)).refuses(provision, words, Step.DATA_EXTENDED, on, **proposed)


def test_more_time_may_be_told_on_the_last_day_of_the_first_month() -> None:
    story = longer(asked(received(MON_11)), "Fri 12 Jun 2026")
    assert owed(told(story, "Fri 12 Jun 2026")) == [(date(2026, 8, 12), None)]


@pytest.mark.parametrize(("on", "said"), [("Mon 15 Jun 2026", {}), ("Fri 12 Jun 2026", {"usable": False}), ("Fri 12 Jun 2026", {"kind": "data_asked"})])
def test_more_time_that_they_are_not_told_in_time_or_cannot_read_counts_for_nothing(on: str, said: dict[str, Any]) -> None:
    story = longer(asked(received(MON_11)), "Fri 12 Jun 2026")
    assert owed(told(story, on, **said)) == [(date(2026, 6, 12), None)]


@pytest.mark.parametrize("day_of", [date(2018, 5, 25), date(2026, 5, 12), date(2001, 1, 1)])
def test_the_law_s_months_are_read_from_what_held_on_the_day(day_of: date) -> None:
    assert (limits_on(day_of).months, limits_on(day_of).more) == (1, 2)


def test_a_request_is_refused_on_one_of_two_grounds_and_is_then_owed_no_more() -> None:
    story = asked(received(MON_11))
    for wrong in ({}, {"ground": "angry"}, {"ground": "excessive", "request": 7}):
        details: dict[str, Any] = {"request": 1, "reason": True} | wrong
        story.refuses(REFUSING, "two grounds", Step.DATA_REFUSED, FRI_15, **details)
    story.refuses(LAW, "why it is refused", Step.DATA_REFUSED, FRI_15, request=1, ground="excessive")
    story.then(Step.DATA_REFUSED, FRI_15, request=1, ground="excessive", reason=True)
    assert owed(story) == [(date(2026, 6, 12), day(FRI_15))] and story.next() is not None and story.next().step is not Step.DATA_SENT  # type: ignore[union-attr]
    for step in (Step.DATA_EXTENDED, Step.DATA_REFUSED, Step.DATA_SENT):
        story.refuses(LAW, "Nobody waits", step, FRI_15, request=1)
    asked(story, FRI_15, 2)
