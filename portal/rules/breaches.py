"""Letters that went to the wrong person or from the wrong complaint: what is still to be done about the breach (ruling 28)."""

from collections.abc import Iterator
from datetime import timedelta

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import each
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar

HOURS_TO_REPORT = timedelta(hours=72)
"""How soon a breach that may harm somebody is reported to the Information Commissioner (UK GDPR, article 33)."""


def open_breaches(history: History) -> list[Happening]:
    """The voidings of letters that had gone, which nobody has dealt with, oldest first."""
    dealt = {one.details.get("breach") for one in each(history, Step.BREACH_ANSWERED)}
    return [one for one in each(history, Step.VOIDED) if one.details.get("gone") and one.details.get("letter") not in dealt]


def breaches_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """What is owed for each letter that went astray: dealt with by the last day on which it could be reported."""
    dealt = {one.details.get("breach"): one.on for one in each(history, Step.BREACH_ANSWERED)}
    for one in each(history, Step.VOIDED):
        if one.details.get("gone"):
            yield counted(
                calendar, edition, step=Step.BREACH_ANSWERED, stage=one.stage or 0, clock=Clock(Step.VOIDED, one.on, one.on + HOURS_TO_REPORT),
                code_due=None, told=None, met_on=dealt.get(one.details.get("letter")), provision=edition.cites["record"], overtaken=False,
            )  # fmt: skip


def no_breach(p: Proposal) -> Params | None:
    """A breach dealt with that is not one, or was dealt with before."""
    waiting = {one.details.get("letter") for one in open_breaches(p.history)}
    return broken(not waiting or p.detail("breach", next(iter(waiting))) not in waiting)
