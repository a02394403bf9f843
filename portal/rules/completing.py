"""What a letter sent outside the portal left out, and the completing letter that is owed for it (rulings 18, 45)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition, Part
from portal.rules.reading import LETTER_OF, each, is_usable
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar

COMPLETE_WITHIN = 5
"""Working days from the day the outside letter was recorded (J)."""


class Lacking(NamedTuple):
    """A letter sent outside the portal, and the parts that it left out and nobody has supplied."""

    letter: Happening
    parts: tuple[Part, ...]


def required(edition: Edition, one: Happening) -> tuple[Part, ...]:
    """The parts that the edition asks of a step's letter, with those that its ground and dispositions bring."""
    stage = edition.find_stage(one.stage)
    letters = stage.letters if stage else {}
    ground = edition.ground(str(one.details.get("ground")))
    parts = letters.get(LETTER_OF[one.step], ()) + (ground.parts if ground else ())
    given = [edition.disposition(str(answer.get("disposition"))) for answer in one.details.get("answers", {}).values()]
    rights = any(found.needs_refusal_rights for found in given if found)
    return parts + ((edition.refusal_rights,) if rights else ())


def lacking(history: History, edition: Edition) -> list[Lacking]:
    """Each outside letter that lacks something still, oldest first."""
    supplied: dict[object, set[str]] = {}
    for one in each(history, Step.COMPLETED):
        supplied.setdefault(one.details.get("completes"), set()).update(one.details.get("parts", ()))
    found = []
    for one in _outside(history):
        later = supplied.get(one.details.get("letter"), set())
        left = tuple(part for part in _left_out(edition, one) if part.id not in later)
        found += [Lacking(one, left)] if left else []
    return found


def completing_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """The completing letter of each outside letter that lacked something: met once all of it has gone."""
    outside = _outside(history)
    still = [lack.letter for lack in lacking(history, edition)] if outside else []
    for one in outside:
        left = _left_out(edition, one)
        if left:
            recorded = calendar.day_of(one.at)
            yield counted(
                calendar, edition, step=Step.COMPLETED, stage=one.stage or 0,
                clock=Clock(Step.COMPLETED, recorded, calendar.add(recorded, COMPLETE_WITHIN)), code_due=None, told=None,
                met_on=None if one in still else _completed_on(history, one), provision=left[0].provision, overtaken=False,
            )  # fmt: skip


def _outside(history: History) -> list[Happening]:
    """The letters that were sent outside the portal, oldest first."""
    return [one for one in history if one.details.get("outside") and one.step in LETTER_OF]


def _left_out(edition: Edition, one: Happening) -> list[Part]:
    """What a letter that was sent outside lacked itself."""
    held = set(one.details.get("parts", ()))
    return [part for part in required(edition, one) if part.id not in held]


def _completed_on(history: History, one: Happening) -> date | None:
    """The day the last letter that completed this one went."""
    numbers = [each_one.details.get("letter") for each_one in each(history, Step.COMPLETED) if each_one.details.get("completes") == one.details.get("letter")]
    gone = [sent.on for sent in each(history, Step.ISSUED) if numbers and sent.details.get("letter") == numbers[-1] and is_usable(sent)]
    return min(gone, default=None)
