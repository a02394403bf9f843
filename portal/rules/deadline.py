"""One limit and its sum: when it is due, whether it is met, and every day that was counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from portal.rules.editions.model import Edition
from portal.rules.steps import Step
from portal.rules.words import N_
from portal.rules.working_days import Calendar, Skipped

DUE_SOON = 2
START = N_("the day it starts from")
State = Literal["met", "met_late", "on_time", "due_soon", "late"]


class Deadline(NamedTuple):
    """One limit and its sum: `due_on` is `working_days` after `from_on`, the day of `since`.

    `code_due` is the Code's own date and `backstop` the one that a late acknowledgement cannot move (30);
    `told` is the earliest date told to the resident (52); `met_on` the day the letter was issued, or the
    action done. `overtaken`: nothing is waiting for it any more, though it may stay unmet for ever.
    `beyond_known`: past the last year whose bank holidays are known. `soon_from`: two working days are left.
    `before_break`: the date it had before the complaint was withdrawn and taken up again (ruling 40).
    """

    step: Step
    stage: int
    since: Step
    from_on: date
    working_days: int
    due_on: date
    skipped: tuple[Skipped, ...]
    code_due: date | None
    backstop: date | None
    told: date | None
    extended: bool
    met_on: date | None
    provision: str
    start_day: int
    soon_from: date
    beyond_known: bool
    overtaken: bool = False
    action: Any = None
    before_break: date | None = None

    def state(self, today: date) -> State:
        """How it stands on a day of the landlord's."""
        if self.met_on is not None:
            return "met" if self.met_on <= self.due_on else "met_late"
        if today > self.due_on:
            return "late"
        return "due_soon" if today >= self.soon_from else "on_time"


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """One day of a sum: its number where it is counted, or why it is not."""

    date: date
    number: int | None
    why: str


class Clock(NamedTuple):
    """What a limit runs from, the day of that, and the day it is due."""

    since: Step
    from_on: date
    due_on: date


def working(deadline: Deadline, calendar: Calendar) -> list[WorkingDay]:
    """The sum as days that a page can draw: each counted day with its number, each other with why not."""
    rows, number = [], 0
    for offset in range((deadline.due_on - deadline.from_on).days + 1):
        day = deadline.from_on + timedelta(offset)
        is_day_0 = offset == 0 and deadline.start_day == 0
        counted = calendar.is_working(day) and not is_day_0
        number += counted
        rows.append(
            WorkingDay(day, number if counted else None, calendar.why(day) or (START if is_day_0 else ""))
        )
    return rows


def counted(
    calendar: Calendar,
    edition: Edition,
    *,
    step: Step,
    stage: int,
    clock: Clock,
    code_due: date | None,
    told: date | None,
    met_on: date | None,
    provision: str,
    overtaken: bool,
    backstop: date | None = None,
    extended: bool = False,
    action: Any = None,
    before_break: date | None = None,
) -> Deadline:
    """A deadline with its working, counted on the calendar."""
    return Deadline(
        step=step,
        stage=stage,
        since=clock.since,
        from_on=clock.from_on,
        working_days=calendar.between(clock.from_on, clock.due_on, edition.start_day),
        due_on=clock.due_on,
        skipped=calendar.skipped(clock.from_on, clock.due_on),
        code_due=code_due,
        backstop=backstop,
        told=told,
        extended=extended,
        met_on=met_on,
        provision=provision,
        start_day=edition.start_day,
        soon_from=calendar.back(clock.due_on, DUE_SOON),
        beyond_known=calendar.beyond_known(clock.due_on),
        overtaken=overtaken,
        action=action,
        before_break=before_break,
    )
