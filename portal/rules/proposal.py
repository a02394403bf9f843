"""A step that someone wants to take, with what it is judged against."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.rules.editions.model import Edition, Stage
from portal.rules.reading import as_day
from portal.rules.steps import Happening, History, Step
from portal.rules.working_days import Calendar

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed happening beside the history so far, the edition and the calendar."""

    history: History
    step: Happening
    edition: Edition
    calendar: Calendar

    @property
    def stage(self) -> Stage | None:
        """The edition's stage that is meant, or nothing."""
        return self.edition.find_stage(self.step.stage)

    @property
    def number(self) -> int:
        """The number of the stage that is meant; 0 where none is."""
        return self.step.stage or 0

    @property
    def is_outside(self) -> bool:
        """Whether it is a letter that went outside the portal: a fact, which is never refused for what it lacks (ruling 18)."""
        return bool(self.step.details.get("outside"))

    @property
    def accounts(self) -> frozenset[str]:
        """Whoever takes the step, by every account they have: the bar follows the person (ruling 34)."""
        return frozenset({self.step.by, *self.detail("accounts", ())})

    def has(self, step: Step, stage: int | None = None) -> bool:
        """Whether the history holds a step, at a stage if one is given."""
        return any(one.step is step and stage in (None, one.stage) for one in self.history)

    def detail(self, name: str, otherwise: Any = None) -> Any:
        """What the proposed happening says of itself."""
        return self.step.details.get(name, otherwise)


# What a condition answers: nothing where the step keeps it, else the parameters of the reason.
# A "provision" among them stands in place of the edition's own citation.
Condition = Callable[[Proposal], Params | None]


def broken(is_broken: object, **params: Any) -> Params | None:
    """The parameters of a reason where something is broken, else nothing."""
    return params if is_broken else None


def day_said(p: Proposal, name: str) -> date | None:
    """The day that a detail holds, or nothing where it is none."""
    try:
        return as_day(p.detail(name))
    except ValueError:
        return None
