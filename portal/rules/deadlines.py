"""History, edition and calendar in; each limit out: due, met, late, with the working shown."""

from collections.abc import Iterator
from datetime import date
from operator import itemgetter

from portal.rules.authority import decisions_owed
from portal.rules.breaches import breaches_owed
from portal.rules.calls import calls_owed, proofs_owed
from portal.rules.clocks import clocks, extended_to, ordered_day, taken_up_again, told_day
from portal.rules.completing import completing_owed
from portal.rules.data_asked import data_owed
from portal.rules.deadline import DUE_SOON, START, Clock, Deadline, State, WorkingDay, counted, working
from portal.rules.editions.model import Edition, Stage
from portal.rules.endings import before_overturning, refusal, set_aside, turns
from portal.rules.news import updates_owed
from portal.rules.payments import payments_owed
from portal.rules.reading import Beginning, as_day, beginning, done_actions, first, issued_on
from portal.rules.steps import History, Step
from portal.rules.working_days import Calendar

__all__ = [
    "DUE_SOON", "START", "Deadline", "State", "WorkingDay", "answer_due", "deadlines", "is_overdue", "next_deadline",
    "working",
]  # fmt: skip

PROMISING = frozenset({Step.ACTION_PROMISED, Step.ACTION_REDATED})


def deadlines(history: History, edition: Edition, calendar: Calendar) -> list[Deadline]:
    """Every limit that has begun to run, stage by stage and then the actions and payments; pure, it reads no clock."""
    found: list[Deadline] = []
    turned = turns(history)
    for stage in edition.stages:
        began = beginning(history, stage.number)
        if began is not None:
            found += _until_overturned(history, edition, calendar, stage) if turned else ()
            found += _acknowledgement(history, turned, edition, calendar, stage, began)
            found += _answer(history, turned, edition, calendar, stage, began)
            found += updates_owed(history, edition, calendar, stage.number)
    found += calls_owed(history, edition, calendar)
    if set_aside(turned):
        found = [one if one.met_on else one._replace(overtaken=True) for one in found]
    found += [*completing_owed(history, edition, calendar), *breaches_owed(history, edition, calendar), *decisions_owed(history, edition, calendar)]
    return [*found, *_actions(history, edition, calendar), *payments_owed(history, edition, calendar), *data_owed(history, edition, calendar), *proofs_owed(history, edition, calendar)]


def _until_overturned(history: History, edition: Edition, calendar: Calendar, stage: Stage) -> list[Deadline]:
    """What was owed until a refusal was overturned: met by the refusal or not, it stays on the record (ruling 41)."""
    past = before_overturning(history, stage.number)
    began = beginning(past, stage.number)
    found = _acknowledgement(past, turns(past), edition, calendar, stage, began) if began else ()
    return [one._replace(overtaken=True) for one in found]


def next_deadline(history: History, edition: Edition, calendar: Calendar) -> Deadline | None:
    """The soonest date still owed, or nothing."""
    owed = [one for one in deadlines(history, edition, calendar) if one.met_on is None and not one.overtaken]
    return min(owed, key=lambda one: one.due_on, default=None)


def answer_due(history: History, edition: Edition, calendar: Calendar, stage: int) -> Deadline | None:
    """The deadline of a stage's answer, or nothing while the stage has not begun or was refused."""
    began = beginning(history, stage)
    found = edition.find_stage(stage)
    if began is None or found is None:
        return None
    return next(_answer(history, turns(history), edition, calendar, found, began), None)


def is_overdue(history: History, edition: Edition, calendar: Calendar, stage: int, on: date) -> bool:
    """Whether on that day the stage's answer is past due and has not been issued."""
    due = answer_due(history, edition, calendar, stage)
    return due is not None and on > due.due_on and (due.met_on is None or due.met_on > on)


def _acknowledgement(
    history: History, turned: History, edition: Edition, calendar: Calendar, stage: Stage, began: Beginning
) -> Iterator[Deadline]:
    if stage.acknowledge is None:
        return
    limit = stage.acknowledge.working_days
    code = calendar.add(began.on, limit, edition.start_day)
    told, ordered = told_day(history, turned, stage.number, calendar, "acknowledge_by"), ordered_day(history, turned, stage.number)
    due = min(filter(None, (code, told, ordered)))
    resumed = taken_up_again(turned, calendar, began.on, due, limit)
    # A refusal takes the acknowledgement's place, by the same day (ruling 25).
    met = [issued_on(history, Step.ACKNOWLEDGED, stage.number)]
    if refusal(turned, stage.number):
        met.append(issued_on(history, Step.REFUSED, stage.number))
    yield counted(
        calendar,
        edition,
        step=Step.ACKNOWLEDGED,
        stage=stage.number,
        clock=Clock(began.since, began.on, resumed or due),
        code_due=code,
        told=told,
        met_on=min(filter(None, met), default=None),
        provision=stage.acknowledge.provision,
        overtaken=_is_overtaken(history, stage.number)
        or bool(issued_on(history, Step.RESPONDED, stage.number)),
        before_break=due if resumed and resumed != due else None,
    )


def _answer(
    history: History, turned: History, edition: Edition, calendar: Calendar, stage: Stage, began: Beginning
) -> Iterator[Deadline]:
    refused = refusal(turned, stage.number) is not None
    if refused and stage.acknowledge is not None:
        return
    code, backstop = clocks(history, edition, calendar, stage, began)
    since, from_on, due = min(filter(None, (code, backstop)), key=itemgetter(2))
    told, ordered = told_day(history, turned, stage.number, calendar, "answer_by"), ordered_day(history, turned, stage.number)
    due = min(filter(None, (due, told, ordered)))
    extended = extended_to(history, stage.number, code.due_on) if code else None
    if code and extended:
        since, from_on, due = code.since, code.from_on, extended
    resumed = taken_up_again(turned, calendar, from_on, due, stage.respond.working_days)
    yield counted(
        calendar,
        edition,
        step=Step.RESPONDED,
        stage=stage.number,
        clock=Clock(since, from_on, resumed or due),
        code_due=code.due_on if code else None,
        backstop=backstop.due_on if backstop else None,
        told=told,
        extended=bool(extended),
        met_on=issued_on(history, Step.REFUSED if refused else Step.RESPONDED, stage.number),
        provision=stage.respond.provision,
        overtaken=_is_overtaken(history, stage.number),
        before_break=due if resumed and resumed != due else None,
    )


def _is_overtaken(history: History, stage: int) -> bool:
    # Stage 2 opened on an overdue stage 1 leaves it recorded as unanswered (ruling 37).
    return first(history, Step.ACKNOWLEDGED, stage + 1) is not None


def _actions(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    promises = [one for one in history if one.step in PROMISING]
    if not promises:
        return
    done = done_actions(history)
    latest = {one.details["action"]: one for one in promises}
    for one in promises:
        action = one.details["action"]
        due = as_day(one.details["due"])
        yield counted(
            calendar,
            edition,
            step=Step.ACTION_PROMISED,
            stage=one.stage or 0,
            clock=Clock(one.step, one.on, due),
            code_due=None,
            told=due,
            met_on=done.get(action),
            provision=edition.cites["action"],
            # A new date leaves the first one broken and on the record (ruling 23).
            overtaken=latest[action] is not one,
            action=action,
        )
