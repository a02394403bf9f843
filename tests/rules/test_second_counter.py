"""A hundred thousand random complaints: two counters written apart agree about every date."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

import pytest

from portal.complaints.calendar import DIVISIONS, calendar
from portal.rules.deadlines import Deadline, deadlines
from portal.rules.editions.model import Edition
from portal.rules.history import Happening, Step
from portal.rules.working_days import Calendar
from tests.rules.saltmarsh import SALTMARSH
from tests.rules.second_counter import (
    Rules,
    StageFacts,
    acknowledge_by,
    answer_by,
    code_and_backstop,
    count,
)
from tests.rules.story import CODE

HOW_MANY = 100_000
FIRST, DAYS = date(2015, 1, 1), 12 * 365
NOON = time_of_day(12)
EXTRA = {date(2022, 9, 20): "Added", date(2026, 5, 13): "Added", date(2026, 5, 14): "Added"}
# The numbers of both codes as a person reads them, not as the portal holds them.
PAPER = {
    (CODE.id, 1): Rules(5, 10, False),
    (CODE.id, 2): Rules(5, 20, False),
    (SALTMARSH.id, 1): Rules(None, 5, True),
    (SALTMARSH.id, 2): Rules(3, 20, True),
}


class Random:
    """One random complaint, written down twice: as events for the portal, as notes for the second counter."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.history: list[Happening] = []
        self.notes = {1: StageFacts(), 2: StageFacts()}
        self.code: Edition = CODE if chance.random() < 0.7 else SALTMARSH
        self.first = 1 if self.code is CODE or chance.random() < 0.5 else 2
        self._write()

    def event(self, step: Step, stage: int, on: date, **details: Any) -> None:
        self.history.append(Happening(step, stage, on, datetime.combine(on, NOON, UTC), "machine", details))

    def later(self, day: date, most: int) -> date:
        return day + timedelta(self.chance.randrange(most + 1))

    def maybe(self, likely: float) -> bool:
        return self.chance.random() < likely

    def _write(self) -> None:
        came = FIRST + timedelta(self.chance.randrange(DAYS))
        told = self._told(came, self.first)
        self.event(Step.RECEIVED, self.first, came, **told)
        self.notes[self.first].began = came
        if self.first == 1 and self.maybe(0.06):
            self._refuse(1, came)
        elif self.first == 1:
            self._stage(1, came, ask=self.maybe(0.6))
        if self.notes[2].began:
            self._stage(2, self.notes[2].began, ask=False)

    def _told(self, start: date, stage: int) -> dict[str, str]:
        told = {}
        if self.maybe(0.2):
            self.notes[stage].acknowledge_told.append(day := self.later(start, 12))
            told["acknowledge_by"] = day.isoformat()
        return told

    def _refuse(self, stage: int, start: date) -> None:
        self.event(Step.REFUSED, stage, on := self.later(start, 9))
        self.notes[stage].refused = True
        if self.maybe(0.7):
            self.notes[stage].refusal_reached_them = reached = self.later(on, 3)
            self.event(Step.ISSUED, stage, reached, kind="refusal")

    def _stage(self, stage: int, start: date, *, ask: bool) -> None:
        notes = self.notes[stage]
        early_on = self.later(start, 20) if ask and self.maybe(0.25) else None
        if early_on:
            self.event(Step.ESCALATED, 2, early_on, early=True)
        if self.code.stage(stage).acknowledge and self.maybe(0.9):
            self._acknowledge(stage, start)
        if self.code.stage(stage).extend and self.maybe(0.35):
            self._extend(stage, notes.acknowledgement_reached_them or start)
        if self.maybe(0.7):
            self._answer(stage, start)
        if early_on and notes.answer_reached_them:
            self.notes[2].began = max(early_on, notes.answer_reached_them)
        elif ask and not early_on:
            self.notes[2].began = asked = self.later(notes.answer_reached_them or start, 40)
            self.event(Step.ESCALATED, 2, asked, early=False, **self._told(asked, 2))

    def _acknowledge(self, stage: int, start: date) -> None:
        on, told = self.later(start, 12), {}
        if self.maybe(0.4):
            self.notes[stage].answer_told.append(day := self.later(on, 40))
            told["answer_by"] = day.isoformat()
        self.event(Step.ACKNOWLEDGED, stage, on, **told)
        if self.maybe(0.15):
            self.event(Step.ISSUED, stage, self.later(on, 2), kind="acknowledgement", usable=False)
        if self.maybe(0.9):
            self.notes[stage].acknowledgement_reached_them = reached = self.later(on, 4)
            self.event(Step.ISSUED, stage, self.later(reached, 9), kind="acknowledgement", usable=True)
            self.event(Step.ISSUED, stage, reached, kind="acknowledgement", usable=True)

    def _extend(self, stage: int, start: date) -> None:
        on = start
        for _ in range(self.chance.choice((1, 1, 2))):
            on = self.later(on, 25)
            until = self.later(on + timedelta(1), 45)
            self.event(Step.EXTENDED, stage, on, to=until.isoformat())
            reached = self.later(on, 4) if self.maybe(0.8) else None
            if reached:
                self.event(Step.ISSUED, stage, reached, kind="extension")
            self.notes[stage].extensions.append((until, reached))

    def _answer(self, stage: int, start: date) -> None:
        self.event(Step.RESPONDED, stage, on := self.later(start, 50))
        if self.maybe(0.9):
            self.notes[stage].answer_reached_them = reached = self.later(on, 3)
            self.event(Step.ISSUED, stage, reached, kind="response", usable=True)


@pytest.mark.long
def test_a_hundred_thousand_random_histories_agree_with_the_second_counter() -> None:
    chance = random.Random(20240401)
    days = [calendar(division, extra) for division in DIVISIONS for extra in ({}, EXTRA)]
    off = [set(one.holidays) for one in days]
    started, counted = time.perf_counter(), 0
    for number in range(HOW_MANY):
        complaint, which = Random(chance), chance.randrange(len(days))
        found = deadlines(complaint.history, complaint.code, days[which])
        agree(complaint, found, days[which], off[which], number)
        counted += len(found)
    print(f"{HOW_MANY:,} histories, {counted:,} deadlines, {time.perf_counter() - started:.1f} s")


def agree(complaint: Random, found: list[Deadline], days: Calendar, off: set[date], number: int) -> None:
    """Every date, count and skipped day that the portal gives is the one the second counter gives."""
    expected = set()
    for stage, notes in complaint.notes.items():
        rules = PAPER[complaint.code.id, stage]
        if notes.began and rules.acknowledge is not None:
            expected.add((Step.ACKNOWLEDGED, stage))
        if notes.began and (not notes.refused or rules.acknowledge is None):
            expected.add((Step.RESPONDED, stage))
    assert {(one.step, one.stage) for one in found} == expected, number
    for one in found:
        notes, rules = complaint.notes[one.stage], PAPER[complaint.code.id, one.stage]
        if one.step is Step.ACKNOWLEDGED:
            due = acknowledge_by(notes, rules, off)
            met = notes.acknowledgement_reached_them or notes.refusal_reached_them
        else:
            due = answer_by(notes, rules, off)
            met = notes.refusal_reached_them if notes.refused else notes.answer_reached_them
            assert (one.code_due, one.backstop) == code_and_backstop(notes, rules, off), number
        assert (one.due_on, one.met_on) == (due, met), (number, one)
        assert one.working_days == count(one.from_on, one.due_on, off, rules.first_day_counts), number
        span = (one.from_on + timedelta(n) for n in range((one.due_on - one.from_on).days + 1))
        assert [day.date for day in one.skipped] == [d for d in span if d in off and d.isoweekday() < 6], (
            number
        )
