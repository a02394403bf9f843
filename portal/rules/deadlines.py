"""History, edition and calendar in; each limit out: due, met, late, with the working shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from portal.rules.editions.model import Edition, Since, Stage
from portal.rules.reading import Beginning, as_day, beginning, each, first, issued_on
from portal.rules.steps import Happening, History, Step
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


class _Clock(NamedTuple):
    since: Step
    from_on: date
    due_on: date


def deadlines(history: History, edition: Edition, calendar: Calendar) -> list[Deadline]:
    """Every limit that has begun to run, stage by stage and then the actions; pure, it reads no clock."""
    found: list[Deadline] = []
    for stage in edition.stages:
        began = beginning(history, stage.number)
        if began is not None:
            found += _acknowledgement(history, edition, calendar, stage, began)
            found += _answer(history, edition, calendar, stage, began)
    return found + list(_actions(history, edition, calendar))


def next_deadline(history: History, edition: Edition, calendar: Calendar) -> Deadline | None:
    """The soonest date still owed, or nothing."""
    owed = [one for one in deadlines(history, edition, calendar) if one.met_on is None and not one.overtaken]
    return min(owed, key=lambda one: one.due_on, default=None)


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


def answer_due(history: History, edition: Edition, calendar: Calendar, stage: int) -> Deadline | None:
    """The deadline of a stage's answer, or nothing while the stage has not begun or was refused."""
    began = beginning(history, stage)
    found = edition.find_stage(stage)
    if began is None or found is None:
        return None
    return next(_answer(history, edition, calendar, found, began), None)


def is_overdue(history: History, edition: Edition, calendar: Calendar, stage: int, on: date) -> bool:
    """Whether on that day the stage's answer is past due and has not been issued."""
    due = answer_due(history, edition, calendar, stage)
    return due is not None and on > due.due_on and (due.met_on is None or due.met_on > on)


def _acknowledgement(
    history: History, edition: Edition, calendar: Calendar, stage: Stage, began: Beginning
) -> Iterator[Deadline]:
    if stage.acknowledge is None:
        return
    code = calendar.add(began.on, stage.acknowledge.working_days, edition.start_day)
    told = _told(history, stage.number, "acknowledge_by")
    # A refusal takes the acknowledgement's place, by the same day (ruling 25).
    met = [issued_on(history, step, stage.number) for step in (Step.ACKNOWLEDGED, Step.REFUSED)]
    yield _deadline(
        calendar,
        edition,
        step=Step.ACKNOWLEDGED,
        stage=stage.number,
        clock=_Clock(began.since, began.on, min(code, told or code)),
        code_due=code,
        told=told,
        met_on=min((day for day in met if day), default=None),
        provision=stage.acknowledge.provision,
        overtaken=_is_overtaken(history, stage.number)
        or bool(issued_on(history, Step.RESPONDED, stage.number)),
    )


def _answer(
    history: History, edition: Edition, calendar: Calendar, stage: Stage, began: Beginning
) -> Iterator[Deadline]:
    refused = first(history, Step.REFUSED, stage.number) is not None
    if refused and stage.acknowledge is not None:
        return
    code, backstop = clocks(history, edition, calendar, stage, began)
    clock = min((one for one in (code, backstop) if one), key=lambda one: one.due_on)
    told = _told(history, stage.number, "answer_by")
    if told and told < clock.due_on:
        clock = clock._replace(due_on=told)
    extended = extended_to(history, stage.number, code.due_on) if code else None
    if code and extended:
        clock = code._replace(due_on=extended)
    yield _deadline(
        calendar,
        edition,
        step=Step.RESPONDED,
        stage=stage.number,
        clock=clock,
        code_due=code.due_on if code else None,
        backstop=backstop.due_on if backstop else None,
        told=told,
        extended=bool(extended),
        met_on=issued_on(history, Step.REFUSED if refused else Step.RESPONDED, stage.number),
        provision=stage.respond.provision,
        overtaken=_is_overtaken(history, stage.number),
    )


def clocks(
    history: History, edition: Edition, calendar: Calendar, stage: Stage, began: Beginning
) -> tuple[_Clock | None, _Clock | None]:
    """The Code's clock, once it runs, and the backstop's: the limit after the last day to acknowledge."""
    limit = stage.respond.working_days
    if stage.respond.since is Since.STAGE_BEGAN or stage.acknowledge is None:
        return _Clock(began.since, began.on, calendar.add(began.on, limit, edition.start_day)), None
    last_day = calendar.add(began.on, stage.acknowledge.working_days, edition.start_day)
    backstop = _Clock(began.since, began.on, calendar.add(last_day, limit, edition.start_day))
    issued = issued_on(history, Step.ACKNOWLEDGED, stage.number)
    if issued is None:
        return None, backstop
    return _Clock(Step.ACKNOWLEDGED, issued, calendar.add(issued, limit, edition.start_day)), backstop


def extended_to(history: History, stage: int, code_due: date) -> date | None:
    """The date of the last extension told in time: by midnight of the date it puts back (31, 44)."""
    due, waiting, extended = code_due, None, None
    for one in history:
        if one.stage != stage:
            continue
        if one.step is Step.EXTENDED:
            waiting = as_day(one.details["to"])
        elif waiting and _tells_extension(one) and one.on <= due:
            due = extended = waiting
            waiting = None
    return extended


def _tells_extension(one: Happening) -> bool:
    told = one.step is Step.ISSUED and one.details.get("kind") == "extension"
    return told and bool(one.details.get("usable", True))


def _told(history: History, stage: int, what: str) -> date | None:
    days = [as_day(one.details[what]) for one in history if one.stage == stage and one.details.get(what)]
    return min(days, default=None)


def _is_overtaken(history: History, stage: int) -> bool:
    # Stage 2 opened on an overdue stage 1 leaves it recorded as unanswered (ruling 37).
    return first(history, Step.ACKNOWLEDGED, stage + 1) is not None


def _actions(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    done = {one.details["action"]: one.on for one in each(history, Step.ACTION_DONE)}
    promises = [one for one in history if one.step in (Step.ACTION_PROMISED, Step.ACTION_REDATED)]
    latest = {one.details["action"]: one for one in promises}
    for one in promises:
        action = one.details["action"]
        due = as_day(one.details["due"])
        yield _deadline(
            calendar,
            edition,
            step=Step.ACTION_PROMISED,
            stage=one.stage or 0,
            clock=_Clock(one.step, one.on, due),
            code_due=None,
            told=due,
            met_on=done.get(action),
            provision=edition.cites["action"],
            # A new date leaves the first one broken and on the record (ruling 23).
            overtaken=latest[action] is not one,
            action=action,
        )


def _deadline(
    calendar: Calendar,
    edition: Edition,
    *,
    step: Step,
    stage: int,
    clock: _Clock,
    code_due: date | None,
    told: date | None,
    met_on: date | None,
    provision: str,
    overtaken: bool,
    backstop: date | None = None,
    extended: bool = False,
    action: Any = None,
) -> Deadline:
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
    )
