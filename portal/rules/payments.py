"""Money that was offered and accepted: owed by the day we told them, until it is paid (7.3, ruling 23)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.reading import as_day
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar


def payments_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """Each payment with its day, paid or not: our own promise, and no limit of the Code's. What they then declined is none."""
    accepted = _accepted(history)
    paid = _paid(history) if accepted else {}
    for remedy, one in accepted.items():
        due = as_day(one.details["pay_by"])
        yield counted(
            calendar, edition, step=Step.REMEDY_PAID, stage=one.stage or 0, clock=Clock(Step.REMEDY_ACCEPTED, one.on, due), code_due=None, told=due,
            met_on=paid.get(remedy), provision=edition.cites["action"], overtaken=False, action=remedy,
        )  # fmt: skip


def open_payments(history: History) -> frozenset[Any]:
    """The remedies that they accepted, and of which the money is not paid."""
    return frozenset(_accepted(history)) - frozenset(_paid(history))


def days_to_pay(history: History) -> dict[Any, date]:
    """The day by which each payment goes that they accepted and that is not paid; what was accepted without a day is not among them."""
    still = open_payments(history)
    return {remedy: as_day(one.details["pay_by"]) for remedy, one in _accepted(history).items() if remedy in still}


def _accepted(history: History) -> dict[Any, Happening]:
    found: dict[Any, Happening] = {}
    for one in history:
        if one.step is Step.REMEDY_ACCEPTED and one.details.get("pay_by"):
            found[one.details["remedy"]] = one
        elif one.step is Step.REMEDY_DECLINED:
            found.pop(one.details.get("remedy"), None)
    return found


def _paid(history: History) -> dict[Any, date]:
    return {one.details.get("remedy"): one.on for one in history if one.step is Step.REMEDY_PAID}
