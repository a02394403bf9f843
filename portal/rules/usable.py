"""Letters that went in a form their reader could not use: what is still to be sent again (5.10, rulings 14, 51)."""

from collections.abc import Mapping
from typing import Any

from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import each, is_usable
from portal.rules.steps import Happening, History, Step


def open_letters(history: History) -> Mapping[Any, Happening]:
    """Each letter, by its number, of which every copy that went was of no use to them, with where that was last said.

    It was found out afterwards, or known when it went: it could not be made in the form they had asked for. The history is
    as it counts (`reading.live`). A copy in a form they can use ends it; so does a letter set aside.
    """
    went = list(each(history, Step.ISSUED))
    held, usable = {one.details.get("letter"): one for one in went}, {one.details.get("letter") for one in went if is_usable(one)}
    found = held | {one.details.get("letter"): one for one in each(history, Step.FOUND_UNUSABLE)}
    return {letter: one for letter, one in found.items() if letter in held.keys() - usable}


def nothing_unusable(p: Proposal) -> Params | None:
    """A letter said to be of no use that has not gone, of which it was said before, or of which nobody says which."""
    usable = {one.number for one in each(p.history, Step.ISSUED) if is_usable(one) and one.details.get("letter") == p.detail("letter")}
    asked = set(p.detail("events", ()))
    return broken(not asked or asked - usable)
