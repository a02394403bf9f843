"""Every single thing that a complaint owes by a day: limits, promises, news, and the late notice that nobody sent (5.9)."""

from datetime import date
from typing import Any, NamedTuple

from portal.rules.deadline import Deadline
from portal.rules.deadlines import deadlines
from portal.rules.editions.model import Edition
from portal.rules.news import late_notice
from portal.rules.steps import History, Step
from portal.rules.working_days import Calendar


class Due(NamedTuple):
    """One thing owed and the day it is due; `what` is its step, `which` the stage or the action it is of."""

    what: str
    which: Any
    due_on: date

    @property
    def about(self) -> str:
        """What it is called for ever: the same thing given another date keeps this name."""
        return f"{self.what} {self.which}"


def owed_by(history: History, edition: Edition, calendar: Calendar, *, on: date, until: date) -> list[Due]:
    """What is owed on `on` and due by `until` or before it, soonest first; a limit that has another in its place is none."""
    limits = deadlines(history, edition, calendar)
    answers = [one for one in limits if one.step is Step.RESPONDED]
    notices = [late_notice(history, edition, calendar, one, on=on) for one in answers]
    found = [_due(one) for one in (*limits, *notices) if one and one.met_on is None and not one.overtaken]
    return sorted((one for one in found if one.due_on <= until), key=lambda one: one.due_on)


def _due(one: Deadline) -> Due:
    return Due(one.step, one.stage if one.action is None else one.action, one.due_on)
