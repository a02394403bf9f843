"""A call that somebody asked for: when they complained, until they have been spoken to; to show that it is them, until somebody made sure."""

from collections.abc import Iterator
from datetime import date

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.endings import refusal
from portal.rules.reading import as_day, each, first, issued_on
from portal.rules.steps import Happening, History, Step
from portal.rules.voice import open_calls
from portal.rules.working_days import Calendar

DAYS_TO_RING = 1
"""Working days in which we ring somebody who has to show that it is them: until then they can change nothing that matters (our judgement)."""


def call_waits(history: History) -> date | None:
    """The day by which we said we would ring, while nobody has spoken to them since; None where no call is waited for."""
    asked = _asked(history)
    return ring_by(asked) if asked and _spoken_on(history) is None else None


def calls_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """The call as something owed: our own promise, and no limit of the Code's. An answer or a refusal overtakes it."""
    asked = _asked(history)
    if asked is None:
        return
    due, stage = ring_by(asked), asked.stage or 1
    yield counted(
        calendar, edition, step=Step.CONTACTED, stage=stage, clock=Clock(Step.RECEIVED, asked.on, due), code_due=None, told=due,
        met_on=_spoken_on(history), provision="",
        overtaken=refusal(history, stage) is not None or issued_on(history, Step.RESPONDED, stage) is not None,
    )  # fmt: skip


def proofs_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """Each call asked for to show that it is them, with the day they were told; nothing that ends a complaint ends it."""
    for one in each(history, Step.CALL_ASKED):
        due, made = ring_by(one), _made_sure(history, one)
        yield counted(
            calendar, edition, step=Step.CALL_ASKED, stage=one.stage or 0, clock=Clock(Step.CALL_ASKED, one.on, due), code_due=None, told=due,
            met_on=made, provision="", overtaken=made is None and one.details["call"] not in open_calls(history), action=one.details["call"],
        )  # fmt: skip


def ring_by(asked: Happening) -> date:
    """The day that whoever asked for a call was told; before we told one, the day they asked."""
    return as_day(asked.details["ring_by"]) if asked.details.get("ring_by") else asked.on


def _made_sure(history: History, asked: Happening) -> date | None:
    later = history[history.index(asked) + 1 :]
    made = (one.on for one in each(later, Step.CONTACTED) if "proof" in one.details and one.details.get("party") == asked.details.get("party"))
    return next(made, None)


def _asked(history: History) -> Happening | None:
    received = first(history, Step.RECEIVED)
    return received if received and received.details.get("ring_by") else None


def _spoken_on(history: History) -> date | None:
    return next((one.on for one in history if one.step is Step.CONTACTED and one.details.get("spoke")), None)
