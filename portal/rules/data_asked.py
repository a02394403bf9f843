"""Everything that is held, asked for by the person it is about: owed by a day, until it was sent or refused (UK GDPR, articles 12 and 15; ruling 9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.proposal import Params, Proposal, broken, day_said
from portal.rules.reading import as_day, each
from portal.rules.steps import Happening, History, Step
from portal.rules.words import N_
from portal.rules.working_days import Calendar

LAW = "UK GDPR 15"
"""No edition of the Code speaks of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the law gives for it from a day on: within how many months it goes, and how many more may be taken where it is complex."""

    since: date
    months: int
    more: int
    provision: str


LIMITS = (Limits(since=date(2018, 5, 25), months=1, more=2, provision="UK GDPR 12(3)"),)
"""The newest last. The months run from the day they asked; that more are taken, and why, is told within the first."""

GROUNDS = {
    "unfounded": N_("It is plainly not meant to find out what we hold (in the words of the law: manifestly unfounded)"),
    "excessive": N_("It asks for far more than is reasonable, for example the same again (in the words of the law: manifestly excessive)"),
}
"""On what a request may be refused (article 12(5)); the landlord has to be able to show it."""

REFUSING = "UK GDPR 12(5)"


def limits_on(day: date) -> Limits:
    """What the law gave on a day; before the first of them, what that one gives."""
    return next((one for one in reversed(LIMITS) if one.since <= day), LIMITS[0])


def told_until(asked: Happening) -> date:
    """The last day on which they may be told that it takes longer."""
    return months_after(asked.on, limits_on(asked.on).months)


def longest(asked: Happening) -> date:
    """The last day by which it goes, however complex it is."""
    given = limits_on(asked.on)
    return months_after(asked.on, given.months + given.more)


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months on; the last of the month where that has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return min(last, first + timedelta(day.day - 1))


def open_request(history: History) -> Happening | None:
    """The request that waits: nothing was sent for it, and it was not refused; there is never more than one."""
    done = _done(history)
    return next((one for one in each(history, Step.DATA_ASKED) if one.details.get("request") not in done), None)


def _done(history: History) -> dict[Any, date]:
    """When everything went for each request, or they were told that it does not."""
    return {one.details.get("request"): one.on for step in (Step.DATA_SENT, Step.DATA_REFUSED) for one in each(history, step)}


def extension_written(history: History, asked: Happening) -> Happening | None:
    """What says that more time is taken for a request, whether they were told yet or not."""
    return next((one for one in each(history, Step.DATA_EXTENDED) if one.details.get("request") == asked.details.get("request")), None)


def extension_of(history: History, asked: Happening) -> Happening | None:
    """The same once they were told: its letter has gone, in a form they can use, before the time in which that is told was over (ruling 14)."""
    written = extension_written(history, asked)
    gone = (one for one in each(history, Step.ISSUED) if one.details.get("kind") == "data_extended" and one.details.get("usable", True))
    return written if written and any(written.at <= one.at and one.on <= told_until(asked) for one in gone) else None


def due_of(history: History, asked: Happening) -> date:
    """The day by which it goes, as they were last told in time."""
    return as_day((extension_of(history, asked) or asked).details["due"])


def data_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """Each request with its day, met or not; nothing that ends a complaint ends it."""
    done = _done(history)
    for one in each(history, Step.DATA_ASKED):
        due = due_of(history, one)
        yield counted(
            calendar, edition, step=Step.DATA_SENT, stage=one.stage or 0, clock=Clock(Step.DATA_ASKED, one.on, due), code_due=None, told=due,
            met_on=done.get(one.details.get("request")), provision=LAW, overtaken=False,
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


def extended_already(p: Proposal) -> Params | None:
    """More time taken twice for one request."""
    waiting = open_request(p.history)
    return broken(waiting and extension_written(p.history, waiting), provision=LAW)


def extended_too_late(p: Proposal) -> Params | None:
    """More time taken when the time in which that is told is over."""
    waiting = open_request(p.history)
    until = told_until(waiting) if waiting else p.step.on
    return broken(until < p.step.on, provision=limits_on(p.step.on).provision, until=until)


def extended_beyond_the_law(p: Proposal) -> Params | None:
    """More time taken to no later day than they were told, or to a later one than the law gives; or of another request."""
    waiting, to = open_request(p.history), day_said(p, "due")
    if waiting is None or to is None or p.detail("request") != waiting.details.get("request"):
        return broken(True, provision=LAW, due=p.step.on, until=p.step.on)
    due, until = due_of(p.history, waiting), longest(waiting)
    return broken(not due < to <= until, provision=limits_on(waiting.on).provision, due=due, until=until)


def changed_without_reason(p: Proposal) -> Params | None:
    """More time taken, or everything refused, and nobody says why."""
    return broken(not p.detail("reason"), provision=LAW)


def refused_without_ground(p: Proposal) -> Params | None:
    """Refused for anything but what the law lets it be refused for; or another request than the one that waits."""
    waiting = open_request(p.history)
    is_other = waiting is None or p.detail("request") != waiting.details.get("request")
    return broken(is_other or p.detail("ground") not in GROUNDS, provision=REFUSING)
