"""A call that somebody asked for when they complained: owed by the day they were told, until they have been spoken to."""

from collections.abc import Iterator
from datetime import date

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.endings import refusal
from portal.rules.reading import as_day, first, issued_on
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar


def call_waits(history: History) -> date | None:
    """The day by which we said we would ring, while nobody has spoken to them since; None where no call is waited for."""
    asked = _asked(history)
    return as_day(asked.details["ring_by"]) if asked and _spoken_on(history) is None else None


def calls_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """The call as something owed: our own promise, and no limit of the Code's. An answer or a refusal overtakes it."""
    asked = _asked(history)
    if asked is None:
        return
    due, stage = as_day(asked.details["ring_by"]), asked.stage or 1
    yield counted(
        calendar, edition, step=Step.CONTACTED, stage=stage, clock=Clock(Step.RECEIVED, asked.on, due), code_due=None, told=due,
        met_on=_spoken_on(history), provision="",
        overtaken=refusal(history, stage) is not None or issued_on(history, Step.RESPONDED, stage) is not None,
    )  # fmt: skip


def _asked(history: History) -> Happening | None:
    received = first(history, Step.RECEIVED)
    return received if received and received.details.get("ring_by") else None


def _spoken_on(history: History) -> date | None:
    return next((one.on for one in history if one.step is Step.CONTACTED and one.details.get("spoke")), None)
