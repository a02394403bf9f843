"""What was told when a complaint came: by whoever complains, by whoever wrote it down for them, or by the Ombudsman."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.representing import ActingFor


@dataclass(frozen=True)
class Told:
    """What somebody told us when they complained, in their own words; `ring` where they asked to be rung."""

    name: str
    words: str
    home_kind: str = "address"
    address: str = ""
    relationship: str = "tenant"
    when_words: str = ""
    wanted: Mapping[str, Any] = field(default_factory=dict)
    adjustments: Mapping[str, Any] = field(default_factory=dict)
    disability: Mapping[str, Any] = field(default_factory=dict)
    safe_contact: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    channel: str = "portal"
    acting: ActingFor | None = None
    ring: bool = False


@dataclass(frozen=True, slots=True)
class Direction:
    """What the Ombudsman directed us to accept: under which of its references, and by when, if it set a day (ruling 41)."""

    reference: str
    ordered: date | None = None

    @property
    def details(self) -> dict[str, str]:
        """What the event of receipt says of it."""
        return {"directed": self.reference} | ({"ordered": self.ordered.isoformat()} if self.ordered else {})


@dataclass(frozen=True, slots=True)
class Again:
    """Where a point that we refused begins again: at the stage that refused it, closed to whoever considered it before (34, 41)."""

    stage: int = 1
    considered_by: Sequence[str] = ()

    @property
    def details(self) -> dict[str, Any]:
        """What the event of receipt says of it; nothing where it begins as every complaint does."""
        return {"refused_at": self.stage, "considered_by": list(self.considered_by)} if self.stage > 1 else {}


@dataclass(frozen=True)
class TakenDown:
    """How a complaint reached the portal by somebody who works here: who wrote it down, and the first day we had it.

    `brought_in` marks one that was kept elsewhere before: no receipt goes out now, and no date was told by one;
    `directed` is the Ombudsman's direction, where it is a point that we refused and were told to accept (ruling 41),
    and `again` the stage at which such a point begins.
    """

    by: Viewer
    received_on: date
    first_heard_by: str = ""
    late_because: str = ""
    first_expressed_on: date | None = None
    brought_in: str = ""
    directed: Direction | None = None
    again: Again = Again()

    @property
    def is_late(self) -> bool:
        """Whether it was written down on a later day than the landlord first had it (ruling 13)."""
        return self.received_on < clock.today()

    @property
    def late_words(self) -> dict[str, str]:
        """Who first heard it and why it was not written down that day; nothing where it was."""
        told = {"first_heard_by": self.first_heard_by, "late_because": self.late_because}
        return told if self.is_late and self.first_heard_by else {}
