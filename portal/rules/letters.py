"""What each letter must say, and what a draft of it still lacks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.rules.editions.model import Each, Edition, Need, Part
from portal.rules.words import N_

# A draft is a plain mapping of facts. For the letter: outcomes (list), outcomes_asked_on, answer_by, reason,
# new_date, interval, interval_agreed, contributors, no_contributors_because, ground, evidence, reasons,
# circumstances, discretion, court_filing, earlier_decision. `refused` is a list of points with the facts of a refusal
# each. `points` is a list of mappings: number, text,
# responsibility, whose, disposition, reasons, fault, remedies (list of kinds), impact. `actions` is a list of
# mappings: what, owner, due_on. Whatever counts as nothing in Python, or is blank, is not given.
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a draft lacks: the letter's part, the provision, what to supply, and where to supply it.

    `point` is the point's own number; `action` is the place of the action in the list, from 0.
    """

    part: str
    provision: str
    label: str
    point: int | None = None
    field: str | None = None
    action: int | None = None


def required_parts(edition: Edition, kind: str, stage: int) -> tuple[Part, ...]:
    """The parts of a receipt, acknowledgement, response, extension or refusal; none where there are none."""
    return edition.stage(stage).letters.get(kind, ())


def missing_parts(edition: Edition, kind: str, stage: int, draft: Facts) -> list[Missing]:
    """What a draft still lacks, in the order of the letter's parts; nothing where it may go.

    A fact that two parts lack is asked for once.
    """
    found: dict[tuple[Any, ...], Missing] = {}
    for one in (*_all_missing(edition, kind, stage, draft), *_missing_of_refused(edition, stage, draft)):
        found.setdefault((one.field, one.point, one.action), one)
    return list(found.values())


def _all_missing(edition: Edition, kind: str, stage: int, draft: Facts) -> Iterator[Missing]:
    for part in parts_for(edition, kind, stage, draft):
        for need in part.needs:
            yield from _lacking(edition, part, need, draft)


def _missing_of_refused(edition: Edition, stage: int, draft: Facts) -> Iterator[Missing]:
    """What is lacking of each point that a letter refuses: its words, and all that a refusal says (rulings 22, 25)."""
    words = Need("text", N_("What we understand this point to be"))
    for point in refused_points(edition, draft):
        definition = Part("definition", words.label, edition.cites["definition"], needs=(words,))
        for part in (definition, *refusal_parts(edition, stage, point)):
            for need in part.needs:
                if not _is_given(need, point):
                    yield Missing(part.id, need.provision or part.provision, need.label, int(point["number"]), need.field)


def refused_points(edition: Edition, draft: Facts) -> list[Facts]:
    """The points that an acknowledgement refuses, and those that an answer does not accept."""
    return [*draft.get("refused", ()), *(point for point in draft.get("points", ()) if is_refused(edition, point))]


def is_refused(edition: Edition, answer: Facts) -> bool:
    """Whether the answer to a point is that it is not accepted (ruling 22)."""
    disposition = edition.disposition(str(answer.get("disposition")))
    return disposition is not None and disposition.needs_refusal_rights


def refusal_parts(edition: Edition, stage: int, refused: Facts) -> tuple[Part, ...]:
    """What a letter says of something refused: the refusal's own parts, and those of its ground."""
    ground = edition.ground(str(refused.get("ground")))
    return required_parts(edition, "refusal", stage) + (ground.parts if ground else ())


def refusal_parts_present(edition: Edition, stage: int, refused: Facts) -> list[str]:
    """The ids of those that are whole."""
    parts = refusal_parts(edition, stage, refused)
    return [part.id for part in parts if all(_is_given(need, refused) for need in part.needs)]


def parts_present(edition: Edition, kind: str, stage: int, draft: Facts) -> list[str]:
    """The ids of the parts that a draft has whole: what ACKNOWLEDGED and the like hold as "parts"."""
    lacking = {one.part for one in _all_missing(edition, kind, stage, draft)}
    return [part.id for part in parts_for(edition, kind, stage, draft) if part.id not in lacking]


def parts_for(edition: Edition, kind: str, stage: int, draft: Facts) -> tuple[Part, ...]:
    """The required parts, with those that this draft's own ground and dispositions bring."""
    ground = edition.ground(str(draft.get("ground")))
    rights = any(is_refused(edition, point) for point in draft.get("points", ()))
    extra = (ground.parts if ground else ()) + ((edition.refusal_rights,) if rights else ())
    return required_parts(edition, kind, stage) + extra


def _lacking(edition: Edition, part: Part, need: Need, draft: Facts) -> Iterable[Missing]:
    wanted = CONDITIONS[need.when]
    provision = need.provision or part.provision
    for place, facts in enumerate([draft] if need.each is Each.LETTER else draft.get(need.each, ())):
        if not wanted(edition, facts) or _is_given(need, facts):
            continue
        point = facts.get("number", place + 1) if need.each is Each.POINT else None
        action = place if need.each is Each.ACTION else None
        yield Missing(part.id, provision, need.label, point, need.field, action)


def _is_given(need: Need, facts: Facts) -> bool:
    value = facts.get(need.field)
    said = value.strip() if isinstance(value, str) else value
    return bool(said and said != need.open_value) or bool(need.instead and facts.get(need.instead))


def _needs_remedy(edition: Edition, point: Facts) -> bool:
    disposition = edition.disposition(str(point.get("disposition")))
    return disposition is not None and disposition.needs_remedy


def _names_another(edition: Edition, point: Facts) -> bool:
    responsibility = edition.responsibility(str(point.get("responsibility")))
    return responsibility is not None and responsibility.names_another


CONDITIONS: dict[str, Callable[[Edition, Facts], bool]] = {
    "always": lambda edition, facts: True,
    "needs remedy": _needs_remedy,
    "names another": _names_another,
}
