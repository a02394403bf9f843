"""What an edition of a complaints code says, as frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Since(StrEnum):
    """The event a limit runs from."""

    STAGE_BEGAN = "stage began"
    ACKNOWLEDGED = "acknowledged"


class Hold(StrEnum):
    """How the portal holds a provision: makes it sure, measures it, gives it a place, or cannot."""

    ENFORCE = "enforce"
    MEASURE = "measure"
    SUPPORT = "support"
    OUTSIDE = "outside"


class Strength(StrEnum):
    """How far an enforced provision goes: the breach cannot happen, or only its record cannot be skipped."""

    WHOLE = "whole"
    RECORD_ONLY = "record only"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many working days from an event."""

    working_days: int
    since: Since
    provision: str


@dataclass(frozen=True, slots=True)
class Extension:
    """The most working days an answer may be put back without good reason, in all."""

    working_days: int
    provision: str


class Each(StrEnum):
    """What a need is asked of: the letter once, every live point, or every action."""

    LETTER = "letter"
    POINT = "points"
    ACTION = "actions"


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that a part of a letter must state: a field of the draft, of each point or of each action.

    `when` names the condition of `letters.CONDITIONS` under which it is needed; `instead` is a field that
    does as well; `open_value` is a value that leaves it unsettled; `provision` is given
    where it is not the part's.
    """

    field: str
    label: str
    each: Each = Each.LETTER
    when: str = "always"
    instead: str = ""
    open_value: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a letter must contain; one with no needs is written by the portal itself, always."""

    id: str
    label: str
    provision: str
    letter: str = ""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, its limits, and what each of its letters must say."""

    number: int
    name: str
    acknowledge: Limit | None
    respond: Limit
    extend: Extension | None
    letters: Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a complaint may be refused, with what the refusal must then also say.

    `after_months`: open only when so many months have passed since it happened and since it was known of; 0 for always.
    `may_arise_later`: what it rests on can happen once the complaint is accepted, and then closes a point of it (ruling 25).
    """

    id: str
    label: str
    provision: str
    parts: tuple[Part, ...] = ()
    after_months: int = 0
    may_arise_later: bool = False


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Whose a point is: whether that is settled, and whether somebody other than us has to be named."""

    id: str
    label: str
    is_settled: bool = True
    names_another: bool = False


@dataclass(frozen=True, slots=True)
class RemedyKind:
    """A kind of remedy."""

    id: str
    label: str
    provision: str


@dataclass(frozen=True, slots=True)
class Disposition:
    """An answer to one point: whether it asks for a remedy, or the rights that go with a refusal, or goes on.

    A point that does not go on has no place in the next stage's definition by itself (rulings 35, 53).
    """

    id: str
    label: str
    provision: str
    needs_remedy: bool = False
    needs_refusal_rights: bool = False
    goes_on: bool = True


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many months within which a resident may act; not a bar where discretion must be considered."""

    id: str
    label: str
    months: int
    is_bar: bool
    provision: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision in our own words, with how it is held, the strongest way first."""

    number: str
    words: str
    holds: tuple[Hold, ...]
    strength: Strength | None = None

    @property
    def hold(self) -> Hold:
        """The strongest way the portal holds it."""
        return self.holds[0]


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated set of a code's rules; `cites` gives the provision behind each rule of `history.RULES`."""

    id: str
    name: str
    publisher: str
    from_day: date
    until: date | None
    definition: str
    definition_provision: str
    start_day: int
    first_stages: tuple[int, ...]
    stages: tuple[Stage, ...]
    triage_factors: tuple[str, ...]
    responsibilities: tuple[Responsibility, ...]
    grounds: tuple[Ground, ...]
    remedy_kinds: tuple[RemedyKind, ...]
    dispositions: tuple[Disposition, ...]
    refusal_rights: Part
    time_limits: tuple[TimeLimit, ...]
    may_ask_why_escalated: bool
    cites: Mapping[str, str]
    provisions: tuple[Provision, ...]

    def stage(self, number: int) -> Stage:
        """The stage of that number; KeyError where the edition has none."""
        found = self.find_stage(number)
        if found is None:
            raise KeyError(number)
        return found

    def find_stage(self, number: int | None) -> Stage | None:
        """The stage of that number, or nothing."""
        return next((stage for stage in self.stages if stage.number == number), None)

    def ground(self, id: str) -> Ground | None:
        """The ground for refusal of that id, or nothing."""
        return next((ground for ground in self.grounds if ground.id == id), None)

    @property
    def grounds_arising_later(self) -> tuple[Ground, ...]:
        """The grounds on which a point can be refused once it has been accepted."""
        return tuple(ground for ground in self.grounds if ground.may_arise_later)

    def responsibility(self, id: str) -> Responsibility | None:
        """The responsibility of that id, or nothing."""
        return next((one for one in self.responsibilities if one.id == id), None)

    def disposition(self, id: str) -> Disposition | None:
        """The disposition of that id, or nothing."""
        return next((one for one in self.dispositions if one.id == id), None)

    def provision(self, number: str) -> Provision:
        """The provision of that number; KeyError where the edition has none."""
        return {row.number: row for row in self.provisions}[number]
