"""What an answer must hold: conditions on what was decided of each point, and what puts it right (5.6, 7.1, 7.2)."""

from collections.abc import Mapping
from typing import Any

from portal.rules.editions.model import Disposition
from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import each, points
from portal.rules.steps import Step


def point_unanswered(p: Proposal) -> Params | None:
    """A live point without a decision."""
    left = sorted(set(points(p.history, p.number)) - {number for number, _, _ in _answers(p)})
    return broken(left, point=", ".join(left))


def answer_to_no_point(p: Proposal) -> Params | None:
    """A decision on something that is not a point of the stage."""
    extra = sorted(set(p.detail("answers", {})) - set(points(p.history, p.number)))
    return broken(extra, point=", ".join(extra))


def fault_not_owned(p: Proposal) -> Params | None:
    """A point upheld without saying what went wrong (7.1)."""
    left = [number for number, answer, one in _answers(p) if one.needs_remedy and not answer.get("fault")]
    return broken(left, point=", ".join(left))


def remedy_missing(p: Proposal) -> Params | None:
    """A point upheld without a remedy, or with one that is of no known kind (7.1)."""
    kinds = {kind.id for kind in p.edition.remedy_kinds}
    left = []
    for number, answer, disposition in _answers(p):
        offered = set(answer.get("remedies", ()))
        if offered - kinds or (disposition.needs_remedy and not offered):
            left.append(number)
    return broken(left, point=", ".join(left))


def impact_missing(p: Proposal) -> Params | None:
    """A point upheld without a note of what it did to the resident (7.2)."""
    left = [number for number, answer, one in _answers(p) if one.needs_remedy and not answer.get("impact")]
    return broken(left, point=", ".join(left))


def _answers(p: Proposal) -> list[tuple[str, Mapping[str, Any], Disposition]]:
    """The answers that give a disposition that the edition knows."""
    answers = p.detail("answers", {}).items()
    found = [(number, one, p.edition.disposition(str(one.get("disposition")))) for number, one in answers]
    return [(number, one, disposition) for number, one, disposition in found if disposition is not None]


def nothing_answered(p: Proposal) -> Params | None:
    """An interim answer to no point (ruling 27)."""
    return broken(not p.detail("answers"))


def everything_answered(p: Proposal) -> Params | None:
    """An interim answer after which no point is left for the answer (ruling 27)."""
    before = {
        number
        for one in each(p.history, Step.PART_ANSWERED, p.number)
        for number in one.details.get("answers", {})
    }
    live = set(points(p.history, p.number))
    return broken(live and live <= before | set(p.detail("answers", {})))


def withdrawn_for_them(p: Proposal) -> Params | None:
    """A live point answered as withdrawn, which only the resident can make it (rulings 22 and 39)."""
    left = sorted(number for number, _, one in _answers(p) if one.id == "withdrawn")
    return broken(left, point=", ".join(left))


def no_remedy_though_upheld(p: Proposal) -> Params | None:
    """A point upheld with a reason why nothing is offered, which only what was not upheld can have (7.1, ruling 22)."""
    left = sorted(
        number for number, answer, one in _answers(p) if one.needs_remedy and answer.get("no_remedy")
    )
    return broken(left, point=", ".join(left))


def ours_called_not_ours(p: Proposal) -> Params | None:
    """A point that is ours, or shared, answered as if it were not (5.7, ruling 22)."""
    live = points(p.history, p.number)
    left = sorted(
        number for number, _, one in _answers(p) if one.id == "not_ours" and live.get(number) != "not_ours"
    )
    return broken(left, point=", ".join(left))
