"""What we measure, month by month: counted from the record when it is asked for, and kept nowhere.

Every complaint is counted, those kept to a few people among them: figures without them would mislead whoever answers for the landlord.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from portal import clock
from portal.complaints.models import Complaint
from portal.complaints.record import Event
from portal.complaints.recording import calendar_of, edition_of
from portal.db import Register
from portal.rules.steps import Step
from portal.rules.words import N_

MONTHS = 12

FEWEST = 5
"""A smaller number could point at one person, whoever knows a little of them, and is held back from those who read no complaint (EX3)."""

PARTS = (("extended", "good_reason"),)
"""A figure, and another that counts some of the same: taken from one another they give the rest."""


class HeldBack(StrEnum):
    """Why a number is not said: it is small, or another would be known by it."""

    SMALL = "under 5"
    GIVES_ANOTHER = "not shown"


Cells = Mapping[str, int | HeldBack]


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing counted: what it is called, what exactly is counted, and the edition's citation for it."""

    id: str
    label: str
    counts: str
    cites: str


FIGURES = (
    Figure("earlier", N_("Received earlier"), N_("Corrections that moved the day of receipt earlier, in the month they were made."), "record"),
    Figure("later", N_("Received later"), N_("Corrections that moved the day of receipt later, in the month they were made."), "record"),
    Figure("extended", N_("More time taken"), N_("Extensions of an answer, at either stage, in the month they were written."), "extend 1"),
    Figure("good_reason", N_("For good reason"), N_("Those of them that gave a good reason: beyond the cap, or not the first of their stage."), "extend 1"),
    Figure("spam", N_("Put aside"), N_("Put aside as nobody’s complaint, in the month that was said, those taken up again among them."), "record"),
    Figure("not_spam", N_("Taken up again"), N_("Taken up again after they were put aside, in the month that was said."), "record"),
    Figure("late_at_birth", N_("Late at birth"), N_("Written down here only after the day by which they had to be acknowledged, in the month they were written down."), "acknowledge 1"),
    Figure("not_kept", N_("Not as they asked"), N_("Times when we did not keep to what makes it easier for somebody, or to what is safe for them. They count in the month in which it was written down."), "record"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of one month, by their ids; `first` is its first day."""

    first: date
    counted: Counter[str]

    @property
    def in_full(self) -> Cells:
        """Every figure as it is, for those who may read the complaints that were counted."""
        return {figure.id: self.counted[figure.id] for figure in FIGURES}

    @property
    def held_back(self) -> Cells:
        """The same for everybody else: nothing from 1 to 4, nor what would give such a number by a subtraction."""
        shown = dict(self.in_full)
        for whole, part in PARTS:
            if self.counted[whole] >= FEWEST and _is_small(self.counted[whole] - self.counted[part]):
                shown[part] = HeldBack.GIVES_ANOTHER
        return shown | {name: HeldBack.SMALL for name, number in self.counted.items() if _is_small(number)}


def _is_small(number: int) -> bool:
    return 0 < number < FEWEST


def by_month(register: Register) -> list[Month]:
    """The figures of this month and the eleven before it, newest first. Days are the landlord's."""
    months = _months(clock.today())
    since = _first_number(register, clock.beginning_of(months[-1]))
    found = {month: Counter[str]() for month in months}
    for day, figure in (*_of_events(register, since), *_late_at_birth(register, since)):
        if day.replace(day=1) in found:
            found[day.replace(day=1)][figure] += 1
    return [Month(month, counted) for month, counted in found.items()]


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _first_number(register: Register, since: datetime) -> int:
    """The number of the first event recorded from then on: numbers rise with time, so it is searched for by halves."""
    low, high = 1, 1 + (register.scalar(select(func.max(Event.number))) or 0)
    while low < high:
        middle = (low + high) // 2
        at = register.scalar(select(Event.recorded_at).where(Event.number >= middle).order_by(Event.number).limit(1))
        low, high = (middle + 1, high) if at is not None and at < since else (low, middle)
    return low


def _of_events(register: Register, since: int) -> Iterator[tuple[date, str]]:
    steps = (Step.RECEIPT_CORRECTED, Step.EXTENDED, Step.SPAM, Step.NOT_SPAM, Step.ADJUSTMENT_OVERRIDDEN)
    for event in register.scalars(select(Event).where(Event.number >= since, Event.step.in_(steps))):
        one = event.happening
        day = clock.day_of(one.at)
        match one.step:
            case Step.RECEIPT_CORRECTED:
                yield day, "earlier" if one.details["to"] < one.details["was"] else "later"
            case Step.EXTENDED:
                yield from ((day, name) for name in ("extended", *(["good_reason"] if one.details.get("good_reason") else [])))
            case Step.SPAM:
                yield day, "spam"
            case Step.ADJUSTMENT_OVERRIDDEN:
                yield day, "not_kept"
            case _:
                yield day, "not_spam"


def _late_at_birth(register: Register, since: int) -> Iterator[tuple[date, str]]:
    """Only staff write down later than they heard, so only what they logged is looked at."""
    asked = (
        select(Complaint, Event.happened_on, Event.recorded_at)
        .join(Event, Event.complaint_id == Complaint.id)
        .where(Event.number >= since, Event.step == Step.RECEIVED, Complaint.logged_by_id.is_not(None))
    )
    for complaint, received, recorded in register.execute(asked):
        limit = edition_of(complaint).stage(1).acknowledge
        day, days = clock.day_of(recorded), calendar_of(register, complaint.division)
        if limit and day > days.add(received, limit.working_days, edition_of(complaint).start_day):
            yield day, "late_at_birth"


def as_rows(months: Sequence[Month]) -> list[list[str]]:
    """The same as a table that leaves the portal: a line of names, then a line a month, with what is held back from those who read no complaint."""
    names = [figure.id for figure in FIGURES]
    return [["month", *names], *([f"{month.first:%Y-%m}", *(str(month.held_back[name]) for name in names)] for month in months)]
