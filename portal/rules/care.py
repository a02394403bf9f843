"""What each thing somebody asked for, and each limit on safe contact, demands of each way of reaching them (5.10)."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from portal.rules.proposal import Params, Proposal, broken


class Way(StrEnum):
    """One way of reaching somebody."""

    # An enumeration's own hash is written in Python, and every page of a complaint asks.
    __hash__ = str.__hash__

    PAGE = "page"
    EMAIL = "email"
    POST = "post"
    TEXT = "text"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    PANEL = "panel"


class Demand(StrEnum):
    """What is demanded of that way."""

    FORM = "form"
    """It goes in a form they can use; until one has gone, it counts as not gone (rulings 14, 51)."""
    DO = "do"
    """It is done in the doing, and whoever did it says so; or says why not."""
    NOT_SO = "not so"
    """They asked not to be reached this way: only for a reason that is written down."""
    NEVER = "never"
    """It is not safe: nothing goes, whatever the reason. What was done all the same is written down with the reason (ruling 18)."""


Row = Mapping[Way, Demand]
WRITTEN = (Way.PAGE, Way.EMAIL, Way.POST)
SPOKEN = (Way.CALL, Way.VISIT, Way.MEETING)
TOGETHER = (Way.VISIT, Way.MEETING, Way.PANEL)


def _row(demand: Demand, *ways: Way) -> dict[Way, Demand]:
    return dict.fromkeys(ways, demand)


ASKED: Mapping[str, Row] = {
    "large_print": _row(Demand.FORM, Way.POST),
    "easy_read": _row(Demand.FORM, *WRITTEN),
    "other_format": _row(Demand.FORM, *WRITTEN),
    "braille": _row(Demand.FORM, *WRITTEN),
    "plain_text": _row(Demand.FORM, Way.PAGE, Way.EMAIL),
    "language": _row(Demand.FORM, *WRITTEN) | _row(Demand.DO, *SPOKEN, Way.PANEL),
    "sign_language": _row(Demand.FORM, *WRITTEN) | _row(Demand.DO, *SPOKEN, Way.PANEL),
    "speak_to_me": _row(Demand.FORM, *WRITTEN),
    "write_to_me": _row(Demand.NOT_SO, *SPOKEN) | _row(Demand.DO, Way.PANEL),
    "more_time": _row(Demand.DO, Way.PANEL),
    "time_of_day": _row(Demand.DO, *SPOKEN, Way.PANEL),
    "same_person": _row(Demand.DO, *SPOKEN),
    "supporter": _row(Demand.DO, *SPOKEN, Way.PANEL),
    "knock": _row(Demand.DO, Way.VISIT),
    "step_free": _row(Demand.DO, Way.MEETING, Way.PANEL),
    "other": _row(Demand.DO, *SPOKEN, Way.PANEL),
    "nothing": {},
}
"""What somebody asked for, agreed or not decided yet. A page, and what a message leads to, can be read at any size."""

SAFETY: Mapping[str, Row] = {
    "not_email": _row(Demand.NEVER, Way.EMAIL),
    "not_post": _row(Demand.NEVER, Way.POST),
    "not_phone": _row(Demand.NEVER, Way.CALL),
    "not_texts": _row(Demand.NEVER, Way.TEXT),
    "website_only": _row(Demand.NEVER, Way.VISIT, Way.MEETING),
    "times": _row(Demand.DO, Way.CALL),
    "no_voicemail": _row(Demand.DO, Way.CALL),
    "short_voicemail": _row(Demand.DO, Way.CALL),
    "say_nothing": _row(Demand.DO, Way.CALL),
}
"""The limits on safe contact. A panel is arranged in a letter, so it follows what holds for that."""

TO_BE_TAKEN_CARE_OF = frozenset({"times", "no_voicemail", "short_voicemail", "say_nothing"})
"""The limits that somebody has to read before they do anything; a way that is not safe is not open to them at all."""

ELSEWHERE = frozenset({"large_print", "easy_read", "other_format", "braille", "plain_text", "language", "sign_language"})
"""The wishes that a copy meets which somebody has made elsewhere."""

MAKES: Mapping[str | None, frozenset[str]] = {
    None: frozenset(),
    "large_print": frozenset({"large_print"}),
    "file": frozenset({"large_print", "braille", "plain_text"}),
    "other_format": ELSEWHERE,
    "read_out": ELSEWHERE | {"speak_to_me"},
}
"""The wishes that a copy of a letter meets, by the form it goes in: as it is, in large print, with a file, made elsewhere, gone through."""


def demands(way: Way, holding: Collection[str]) -> dict[str, Demand]:
    """What holds (wishes and limits, by name) demands of this way; nothing for what the tables do not name."""
    found = {name: (ASKED.get(name) or SAFETY.get(name) or {}).get(way) for name in holding}
    return {name: demand for name, demand in found.items() if demand is not None}


def forms_wanted(way: Way, holding: Collection[str]) -> frozenset[str]:
    """The wishes that a letter has to meet by its form, where it goes this way."""
    return frozenset(name for name, demand in demands(way, holding).items() if demand is Demand.FORM)


def unmet(way: Way, holding: Collection[str], kept: Collection[str]) -> list[str]:
    """What is demanded of this way and was not kept, in order; what is not to be done at all cannot be kept in doing it."""
    return sorted(name for name, demand in demands(way, holding).items() if name not in kept or demand in (Demand.NOT_SO, Demand.NEVER))


def overridden_without_reason(p: Proposal) -> Params | None:
    """Something they asked for that was not kept, and nobody wrote why, or how they were reached (5.10)."""
    return broken(not p.detail("reason") or p.detail("way") not in set(Way))
