"""How a complaint ends other than by its answer, and how that is undone: refused, withdrawn, joined, a request, spam."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from portal.rules.steps import Happening, History, Step

OVERTURNING = frozenset({Step.DIRECTED, Step.REFUSAL_UNDONE})
UNDONE_BY = {Step.JOINED: Step.UNJOINED, Step.SPAM: Step.NOT_SPAM, Step.MADE_REQUEST: None}


TURNING = frozenset({Step.REFUSED, *OVERTURNING, Step.WITHDRAWN, Step.RESUMED, *UNDONE_BY, Step.UNJOINED, Step.NOT_SPAM})


class Break(NamedTuple):
    """The days between a withdrawal of the whole complaint and its being taken up again."""

    withdrawn_on: date
    resumed_on: date


def turns(history: History) -> list[Happening]:
    """The few happenings that end a complaint or undo that: all that the questions below look at."""
    return [one for one in history if one.step in TURNING]


def refusal(history: History, stage: int | None = None) -> Happening | None:
    """The refusal of a whole stage that stands: nobody has overturned it (rulings 25, 41)."""
    found = None
    for one in history:
        if stage is not None and one.stage != stage:
            continue
        if one.step is Step.REFUSED:
            found = one
        elif one.step in OVERTURNING:
            found = None
    return found


def overturned(history: History, stage: int) -> Happening | None:
    """What last overturned a refusal at a stage: the Ombudsman's direction, or our own undoing (rulings 41, 48)."""
    found = None
    for one in history:
        if one.stage == stage and one.step in OVERTURNING:
            found = one
    return found


def before_overturning(history: History, stage: int) -> History:
    """The history as it stood when the refusal of a stage was overturned; empty where none was."""
    over = overturned(history, stage)
    return [] if over is None else history[: [one is over for one in history].index(True)]


def withdrawn_points(history: History) -> frozenset[str]:
    """The points that the resident has withdrawn and not taken up again (ruling 39)."""
    return frozenset(point_withdrawals(history))


def point_withdrawals(history: History) -> dict[str, date]:
    """The same points, each with the day on which they withdrew it."""
    found: dict[str, date] = {}
    for one in history:
        if one.step is Step.WITHDRAWN:
            found |= dict.fromkeys(one.details.get("points", ()), one.on)
        elif one.step is Step.RESUMED:
            for number in one.details.get("points", ()):
                found.pop(number, None)
    return found


def is_withdrawn(history: History) -> bool:
    """Whether the whole complaint is withdrawn now."""
    return bool(withdrawn_on(history))


def breaks(history: History) -> Iterator[Break]:
    """Each time the whole complaint was withdrawn and taken up again (rulings 40, 47)."""
    since = None
    for one in history:
        if one.step is Step.WITHDRAWN and not one.details.get("points"):
            since = since or one.on
        elif one.step is Step.RESUMED and not one.details.get("points") and since:
            yield Break(since, one.on)
            since = None


def withdrawn_on(history: History) -> date | None:
    """The day the whole complaint was withdrawn, while it has not been taken up again."""
    since = None
    for one in history:
        if one.step is Step.WITHDRAWN and not one.details.get("points"):
            since = one.on
        elif one.step is Step.RESUMED and not one.details.get("points"):
            since = None
    return since


def set_aside(history: History) -> Step | None:
    """Why nothing is owed any more though nobody answered: withdrawn, joined, a first request, spam; else nothing."""
    if is_withdrawn(history):
        return Step.WITHDRAWN
    for step, undone_by in UNDONE_BY.items():
        steps = [one.step for one in history if one.step in (step, undone_by) and not one.details.get("taken_in")]
        if steps and steps[-1] is step:
            return step
    return None


def taken_in(history: History) -> list[int]:
    """The complaints that are answered in this one, having been joined with it (ruling 39)."""
    found: list[int] = []
    for one in history:
        other = one.details.get("taken_in")
        if one.step is Step.JOINED and other:
            found.append(other)
        elif one.step is Step.UNJOINED and other in found:
            found.remove(other)
    return found


def ended_by(history: History) -> Happening | None:
    """What nothing more is owed after: it was set aside, or refused, or else the latest answer; None before any of them."""
    aside = set_aside(history)
    if aside is not None:
        return next(one for one in reversed(history) if one.step is aside and not one.details.get("taken_in"))
    return refusal(history) or next((one for one in reversed(history) if one.step is Step.RESPONDED), None)
