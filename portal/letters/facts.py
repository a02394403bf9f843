"""The facts a letter is drawn from; frozen, so that composing can change nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Landlord:
    """What every letter says of the landlord and of the Ombudsman."""

    name: str
    address: str
    phone: str
    post: str
    base_url: str
    ombudsman_name: str
    ombudsman_phone: str
    ombudsman_web: str
    ombudsman_post: str
    ombudsman_months: int


@dataclass(frozen=True, slots=True)
class Writer:
    """Who signs: a name, a job, a way to reach them; no name and no number where the resident is told the role only."""

    name: str
    job_title: str
    phone: str | None

    @property
    def called(self) -> str:
        """What they are called where one word does: the name, or else the job."""
        return self.name or self.job_title

    @property
    def introduced(self) -> str:
        """Who they are: name and job, or the job alone."""
        return f"{self.name}, {self.job_title}" if self.name else self.job_title


@dataclass(frozen=True, slots=True)
class Facts:
    """One letter's facts. `draft` has the shape that `rules.letters.missing_parts` reads.

    `next_asked_on` is the day the next stage was asked for, if it was; `owed_before` the actions of earlier letters not
    yet done; `offered_before` what an earlier stage offered on each point, by its number, and is neither paid nor declined; `before_break` the date
    that was due before a withdrawal that was undone; `was_due` the day by which something was promised; `told_on` the day of the call or visit in
    which the resident told us what the letter confirms; `withdrawn` the points that the resident withdrew, each with its words and the day;
    `refused` the points that we did not accept, each with its words, the day we did not, and the day we accepted it after all, if we did;
    `partly_refused` where a point of the stage was not accepted; `estate_of` the resident who died, where it goes to whoever deals
    with their estate, and `name` is then empty while nobody has named them; `known_as` the names that are not told, each with the role
    that stands for it.
    """

    landlord: Landlord
    language: str
    reference: str
    stage: int
    name: str
    written_on: date
    received_on: date
    writer: Writer | None
    words: str = ""
    acknowledge_by: date | None = None
    answer_by: date | None = None
    late_since: date | None = None
    before_break: date | None = None
    was_due: date | None = None
    next_asked_on: date | None = None
    owed_before: Sequence[Mapping[str, Any]] = ()
    offered_before: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    withdrawn: Sequence[Mapping[str, Any]] = ()
    refused: Sequence[Mapping[str, Any]] = ()
    known_as: Mapping[str, str] = field(default_factory=dict)
    interval: int | None = None
    told_on: date | None = None
    partly_refused: bool = False
    estate_of: str = ""
    draft: Mapping[str, Any] | None = None

    def with_draft(self, draft: Mapping[str, Any]) -> "Facts":
        """The same facts with what is written in this letter."""
        return replace(self, draft=draft)

    @property
    def points(self) -> Sequence[Mapping[str, Any]]:
        """The points of the draft, in their order."""
        return list((self.draft or {}).get("points", ()))

    @property
    def actions(self) -> Sequence[Mapping[str, Any]]:
        """What is owed: what was promised before and is not done, then the actions of the draft, in their order."""
        found = [*self.owed_before, *(self.draft or {}).get("actions", ())]
        return [{**one, "owner": self.known_as.get(str(one.get("owner")), one.get("owner"))} for one in found]
