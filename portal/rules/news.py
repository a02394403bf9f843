"""News owed while an answer is not there yet: the late notice, and updates at the interval agreed (5.9, rulings 32 and 54)."""

from collections.abc import Iterator
from datetime import date

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.reading import LETTER_OF, is_usable, issued_on
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar

PROMISING = frozenset({Step.EXTENDED, Step.LATE_TOLD, Step.UPDATE_AGREED})
MOST_UPDATES = 200


def interval(history: History, stage: int) -> int | None:
    """How many working days there may be between two pieces of news, as last proposed or agreed; None if never said."""
    found = None
    for one in history:
        if one.step in PROMISING and one.stage == stage and one.details.get("interval"):
            found = int(one.details["interval"])
    return found


def agreed_on(history: History, stage: int) -> date | None:
    """The day on which it was last agreed in talk how often there is news; None where it never was."""
    return next((one.on for one in reversed(history) if one.step is Step.UPDATE_AGREED and one.stage == stage), None)


def updates_owed(history: History, edition: Edition, calendar: Calendar, stage: int) -> Iterator[Deadline]:
    """Each update that was owed until the answer went: met, missed, and the one that is owed next."""
    days = interval(history, stage)
    last = _promised_on(history, stage) if days else None
    if days is None or last is None:
        return
    answered = issued_on(history, Step.RESPONDED, stage) or issued_on(history, Step.REFUSED, stage)
    sent = sorted(one.on for one in history if _is_update(one, stage))
    for _ in range(MOST_UPDATES):
        due = calendar.add(last, days)
        if answered and answered <= due:
            return
        met = next((day for day in sent if day > last), None)
        yield counted(
            calendar, edition, step=Step.UPDATED, stage=stage, clock=Clock(Step.UPDATED, last, due), code_due=None,
            told=due, met_on=met, provision=edition.cites["update"], overtaken=bool(answered and met is None),
        )  # fmt: skip
        if met is None:
            return
        last = met


def _promised_on(history: History, stage: int) -> date | None:
    """The day the interval was first told or agreed: by the extension, the late notice, or in talk."""
    for one in history:
        if one.stage != stage:
            continue
        told = one.step is Step.ISSUED and one.details.get("kind") in (LETTER_OF[Step.EXTENDED], LETTER_OF[Step.LATE_TOLD])
        if told or one.step is Step.UPDATE_AGREED:
            return one.on
    return None


def _is_update(one: Happening, stage: int) -> bool:
    """News that the person got: an update, or a notice that says the same."""
    kinds = (LETTER_OF[Step.UPDATED], LETTER_OF[Step.EXTENDED], LETTER_OF[Step.LATE_TOLD])
    return one.stage == stage and one.step is Step.ISSUED and one.details.get("kind") in kinds and is_usable(one)


def late_notice(history: History, edition: Edition, calendar: Calendar, answer: Deadline, *, on: date) -> Deadline | None:
    """The notice owed by the end of the next working day after an answer's date went by; nothing if it has not (54)."""
    if on <= answer.due_on or (answer.met_on and answer.met_on <= answer.due_on) or answer.overtaken:
        return None
    due = calendar.add(answer.due_on, 1)
    return counted(
        calendar, edition, step=Step.LATE_TOLD, stage=answer.stage, clock=Clock(Step.RESPONDED, answer.due_on, due),
        code_due=None, told=None, met_on=_told_since(history, answer), provision=edition.cites["update"],
        overtaken=answer.met_on is not None,
    )  # fmt: skip


def _told_since(history: History, answer: Deadline) -> date | None:
    days = [
        one.on for one in history
        if one.step is Step.ISSUED and one.stage == answer.stage and one.details.get("kind") == LETTER_OF[Step.LATE_TOLD]
        and one.on > answer.due_on and is_usable(one)
    ]  # fmt: skip
    return min(days, default=None)
