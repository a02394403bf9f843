"""The clocks of a stage: the Code's and the backstop's, what puts them back, what was told, what begins them anew."""

from datetime import date

from portal.rules.deadline import Clock
from portal.rules.editions.model import Edition, Since, Stage
from portal.rules.endings import breaks, overturned
from portal.rules.reading import Beginning, as_day, first, is_usable, issued_on
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar

OLD_DATES_STAND, AT_LEAST = 10, 2
"""Working days: how long a withdrawal may last and the old dates stand; how many are left at least (rulings 40, 47)."""


def taken_up_again(turned: History, calendar: Calendar, from_on: date, due: date, limit: int) -> date | None:
    """Where a withdrawal and its undoing leave a date whose clock ran from `from_on`; nothing where there was none.

    Taken up again within 10 working days the old date stands, but is never less than 2 working days off; later the
    step's own limit runs anew (rulings 40, 47).
    """
    found = None
    for gone in breaks(turned):
        if from_on > gone.withdrawn_on:
            continue
        soon = calendar.between(gone.withdrawn_on, gone.resumed_on) <= OLD_DATES_STAND
        least = calendar.add(gone.resumed_on, AT_LEAST if soon else limit)
        due = found = max(due, least) if soon else least
    return found


def clocks(
    history: History, edition: Edition, calendar: Calendar, stage: Stage, began: Beginning
) -> tuple[Clock | None, Clock | None]:
    """The Code's clock, once it runs, and the backstop's: the limit after the last day to acknowledge."""
    limit = stage.respond.working_days
    if stage.respond.since is Since.STAGE_BEGAN or stage.acknowledge is None:
        return Clock(began.since, began.on, calendar.add(began.on, limit, edition.start_day)), None
    last_day = calendar.add(began.on, stage.acknowledge.working_days, edition.start_day)
    backstop = Clock(began.since, began.on, calendar.add(last_day, limit, edition.start_day))
    issued = issued_on(history, Step.ACKNOWLEDGED, stage.number)
    if issued is None:
        return None, backstop
    return Clock(Step.ACKNOWLEDGED, issued, calendar.add(issued, limit, edition.start_day)), backstop


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
    return one.step is Step.ISSUED and one.details.get("kind") == "extension" and is_usable(one)


def told_day(history: History, turned: History, stage: int, calendar: Calendar, what: str) -> date | None:
    """The earliest date told in a letter since the stage's clocks last began anew (ruling 52).

    A letter that its reader could not use told it too: counted from the usable one (ruling 51) the Code's date is later, and
    the date told stays.
    """
    said = [one.details[what] for one in _since_anew(history, turned, stage, calendar) if one.stage == stage and what in one.details]
    return min(map(as_day, filter(None, said)), default=None)


def _since_anew(history: History, turned: History, stage: int, calendar: Calendar) -> History:
    """What happened since a refusal was overturned, or a withdrawal of more than 10 working days undone."""
    if not turned:
        return history
    days = [gone.resumed_on for gone in breaks(turned) if calendar.between(gone.withdrawn_on, gone.resumed_on) > OLD_DATES_STAND]
    again = overturned(turned, stage)
    if again is None and not days:
        return history
    places = [place for place, one in enumerate(history) if one is again or (one.step is Step.RESUMED and one.on in days)]
    return history[max(places) :]


def ordered_day(history: History, turned: History, stage: int) -> date | None:
    """The date the Ombudsman set when it directed us to accept, if it set one: a stage, or the point that this was made of (ruling 41)."""
    again = overturned(turned, stage) or first(history, Step.RECEIVED, stage)
    by = again.details.get("ordered") if again else None
    return as_day(by) if by else None
