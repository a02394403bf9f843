"""On which ground something may be refused, a complaint or a point of one, and what is then said of it (2.1 to 2.5)."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.rules.letters import is_refused, refusal_parts
from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import as_day, received_on
from portal.rules.steps import Step


def _points(p: Proposal) -> dict[str, Mapping[str, Any]]:
    """The points that an acknowledgement refuses, and those that an answer does not accept, as the step says them."""
    answers = {number: one for number, one in p.detail("answers", {}).items() if is_refused(p.edition, one)}
    return {**p.detail("refused", {}), **answers}


def refusal_part_missing(p: Proposal) -> Params | None:
    """A point refused without all that a refusal has to say of it (ruling 25)."""
    for number, one in sorted(_points(p).items()):
        for part in refusal_parts(p.edition, p.number, one):
            if part.id not in one.get("parts", ()):
                return {"part": part.label, "point": number, "provision": part.provision}
    return None


def unknown_ground(p: Proposal) -> Params | None:
    """A refusal on no ground of the edition's."""
    return broken(p.edition.ground(str(p.detail("ground"))) is None)


def unknown_ground_of_point(p: Proposal) -> Params | None:
    """A point refused on no ground of the edition's (ruling 25)."""
    left = sorted(number for number, one in _points(p).items() if p.edition.ground(str(one.get("ground"))) is None)
    return broken(left, point=", ".join(left))


def ground_known_before(p: Proposal) -> Params | None:
    """An accepted point refused in its answer on a ground that was there, or was not, when it was accepted (ruling 25)."""
    open_now = {ground.id for ground in p.edition.grounds_arising_later}
    left = sorted(number for number, one in _points(p).items() if one.get("ground") not in open_now)
    return broken(left, point=", ".join(left))


def refused_and_accepted(p: Proposal) -> Params | None:
    """A point both defined and refused in one acknowledgement."""
    both = sorted(set(p.detail("refused", {})) & set(p.detail("points", {})))
    return broken(both, point=", ".join(both))


def ground_out_of_reach(p: Proposal) -> Params | None:
    """The ground of time, where it happened or was learned of within the months, goes on, or nobody is sure (2.3)."""
    refusals = [p.step.details] if p.step.step is Step.REFUSED else _points(p).values()
    for one in refusals:
        ground = p.edition.ground(str(one.get("ground")))
        if ground and ground.after_months and is_within(one, ground.after_months, received_on(p.history)):
            return {"months": ground.after_months}
    return None


def is_within(refusal: Mapping[str, Any], months: int, received: date | None) -> bool:
    """Whether what is refused happened, was learned of or went on within the months before receipt, or may have (2.3)."""
    days = [as_day(refusal[name]) for name in ("happened_on", "known_on") if refusal.get(name)]
    if refusal.get("still") or refusal.get("unsure") or not days or received is None:
        return True
    return _months_after(max(days), months) >= received


def _months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
