"""Where a complaint stands: who has it, whether it is answered and done, whether danger waits."""

from datetime import date
from typing import Any

from portal.rules.payments import open_payments
from portal.rules.reading import (
    LETTER_OF,
    beginning,
    done_actions,
    each,
    first,
    issued_on,
    open_actions,
    stage_of,
)
from portal.rules.steps import History, Step

ABOUT_THE_ANSWER = frozenset({Step.RESPONDED, Step.EXTENDED, Step.LATE_TOLD, Step.UPDATED, Step.PART_ANSWERED, Step.DEFINITION_REVISED})
"""What is done at the stage whose answer is owed, which may be the one before (ruling 37)."""
LETTERS_ABOUT_IT = frozenset(LETTER_OF[step] for step in ABOUT_THE_ANSWER if step in LETTER_OF) | {"revised"}


def in_danger(history: History) -> bool:
    """Whether somebody told of a danger that no one has yet recorded handing over (ruling 15)."""
    return bool(open_alerts(history))


def open_alerts(history: History) -> frozenset[Any]:
    """The alerts that nobody has recorded handing over."""
    told = {one.details.get("alert") for one in each(history, Step.DANGER_TOLD)}
    return frozenset(told - {one.details.get("alert") for one in each(history, Step.DANGER_HANDED_OVER)})


def has_died(history: History) -> bool:
    """Whether it is written down that the resident died, and not that this was a mistake (ruling 4)."""
    said = [one.step for one in history if one.step in (Step.DEATH_RECORDED, Step.DEATH_UNDONE)]
    return said[-1:] == [Step.DEATH_RECORDED]


def stage_to_answer(history: History) -> int:
    """The stage whose answer is owed first: an overdue one, until the next that was asked for is acknowledged (ruling 37)."""
    now = stage_of(history)
    before = now - 1
    settled = first(history, Step.RESPONDED, before) or first(history, Step.ACKNOWLEDGED, now)
    return now if settled or beginning(history, before) is None else before


def stage_to_correct(history: History) -> int:
    """The stage whose answer can be corrected: the one it is at, or, while that is not answered, the one before if there is one."""
    now = stage_of(history)
    return now if first(history, Step.RESPONDED, now) or beginning(history, now - 1) is None else now - 1


def answered_on(history: History) -> date | None:
    """The day the answer of the stage it is at was issued; None while that is owed."""
    return issued_on(history, Step.RESPONDED, stage_of(history))


def all_done_on(history: History) -> date | None:
    """The day it was answered, the last action done and the last money paid; None while any of it is owed."""
    answered = answered_on(history)
    if answered is None or open_actions(history) or open_payments(history):
        return None
    paid = [one.on for one in history if one.step is Step.REMEDY_PAID]
    return max([answered, *done_actions(history).values(), *paid])
