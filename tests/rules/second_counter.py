"""A second counter, written apart from the first: it walks a calendar day by day from plain facts, not events."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ONE = timedelta(days=1)


@dataclass
class StageFacts:
    """What is known of one stage, as a person would note it on paper."""

    began: date | None = None
    acknowledgement_reached_them: date | None = None
    refusal_reached_them: date | None = None
    answer_reached_them: date | None = None
    acknowledge_told: list[date] = field(default_factory=list)
    answer_told: list[date] = field(default_factory=list)
    # Each extension: the date it puts the answer back to, and the day its notice reached them, if it did.
    extensions: list[tuple[date, date | None]] = field(default_factory=list)
    refused: bool = False


@dataclass(frozen=True)
class Rules:
    """The numbers of one code for one stage: days to acknowledge (none: no acknowledgement) and to answer."""

    acknowledge: int | None
    answer: int
    first_day_counts: bool


def is_off(day: date, holidays: set[date]) -> bool:
    """Whether nobody works that day."""
    return day.isoweekday() in (6, 7) or day in holidays


def walk(start: date, steps: int, holidays: set[date], first_day_counts: bool) -> date:
    """Put a finger on the start and move it on a day at a time until enough working days have gone by."""
    day, left = start, steps
    if first_day_counts and not is_off(day, holidays):
        left -= 1
    while left > 0:
        day += ONE
        if not is_off(day, holidays):
            left -= 1
    return day


def count(start: date, end: date, holidays: set[date], first_day_counts: bool) -> int:
    """How many working days a finger passes from the start to the end."""
    number, day = 0, start if first_day_counts else start + ONE
    while day <= end:
        number += not is_off(day, holidays)
        day += ONE
    return number


def acknowledge_by(facts: StageFacts, rules: Rules, holidays: set[date]) -> date | None:
    """The day by which the stage is to be acknowledged."""
    if facts.began is None or rules.acknowledge is None:
        return None
    counted = walk(facts.began, rules.acknowledge, holidays, rules.first_day_counts)
    return sorted([counted, *facts.acknowledge_told])[0]


def code_and_backstop(
    facts: StageFacts, rules: Rules, holidays: set[date]
) -> tuple[date | None, date | None]:
    """The answer's two dates: by the Code, and as if the acknowledgement had gone on its last day."""
    assert facts.began is not None
    if rules.acknowledge is None:
        return walk(facts.began, rules.answer, holidays, rules.first_day_counts), None
    last_day = walk(facts.began, rules.acknowledge, holidays, rules.first_day_counts)
    backstop = walk(last_day, rules.answer, holidays, rules.first_day_counts)
    reached = facts.acknowledgement_reached_them
    return (walk(reached, rules.answer, holidays, rules.first_day_counts) if reached else None), backstop


def answer_by(facts: StageFacts, rules: Rules, holidays: set[date]) -> date:
    """The day by which the stage is to be answered, as everyone uses it."""
    code, backstop = code_and_backstop(facts, rules, holidays)
    put_back = None
    if code is not None:
        limit = code
        for until, reached in facts.extensions:
            if reached is not None and reached <= limit:
                limit = put_back = until
    if put_back is not None:
        return put_back
    return sorted(day for day in (code, backstop, *facts.answer_told) if day is not None)[0]
