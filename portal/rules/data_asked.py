"""Everything that is held, asked for by the person it is about: owed by a day, until it was sent (UK GDPR, articles 12 and 15; ruling 9)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.proposal import Params, Proposal, broken, day_said
from portal.rules.reading import as_day, each
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar

LAW = "UK GDPR 15"
"""No edition of the Code speaks of it."""


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months on; the last of the month where that has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return min(last, first + timedelta(day.day - 1))


def open_request(history: History) -> Happening | None:
    """The request that nothing was sent for yet; there is never more than one."""
    sent = {one.details.get("request") for one in each(history, Step.DATA_SENT)}
    return next((one for one in each(history, Step.DATA_ASKED) if one.details.get("request") not in sent), None)


def data_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """Each request with its day, met or not; nothing that ends a complaint ends it."""
    sent: dict[Any, date] = {one.details.get("request"): one.on for one in each(history, Step.DATA_SENT)}
    for one in each(history, Step.DATA_ASKED):
        due = as_day(one.details["due"])
        yield counted(
            calendar, edition, step=Step.DATA_SENT, stage=one.stage or 0, clock=Clock(Step.DATA_ASKED, one.on, due), code_due=None, told=due,
            met_on=sent.get(one.details.get("request")), provision=LAW, overtaken=False,
        )  # fmt: skip


def asked_already(p: Proposal) -> Params | None:
    """A second request while the first waits: that one counts, from its own day."""
    return broken(open_request(p.history), provision=LAW)


def asked_without_day(p: Proposal) -> Params | None:
    """A request that nobody was told a day for; or one that staff wrote down and did not say how it came."""
    due = day_said(p, "due")
    return broken(due is None or due < p.step.on or (p.step.by.startswith("staff:") and not p.detail("told")), provision=LAW)


def nothing_asked(p: Proposal) -> Params | None:
    """Everything sent where nobody waits for it."""
    return broken(open_request(p.history) is None, provision=LAW)


def sent_without_saying_how(p: Proposal) -> Params | None:
    """Said to be sent, and not how; or before it was asked for."""
    waiting = open_request(p.history)
    return broken(waiting is None or p.detail("request") != waiting.details.get("request") or not p.detail("how") or p.step.on < waiting.on, provision=LAW)
