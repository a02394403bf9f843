"""What a history is at and what may happen next: check_step is the one door, and reads the one table."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from portal.rules import order
from portal.rules.editions.model import Edition
from portal.rules.people import handler_at
from portal.rules.proposal import Proposal
from portal.rules.reading import (
    barred_from,
    carried_points,
    is_held,
    is_partly_refused,
    open_actions,
    points,
    stage_of,
)
from portal.rules.standing import all_done_on, answered_on, in_danger, stage_to_answer
from portal.rules.steps import Happening, History, RuleBroken, Step
from portal.rules.table import BINDS_A_FACT, CONTENTS_OF, ORDER_OF, RULES_OF, Rule
from portal.rules.working_days import Calendar

__all__ = [
    "Happening", "History", "RuleBroken", "Step", "all_done_on", "allowed_steps", "answered_on",
    "barred_from", "broken_rules", "carried_points", "check_step", "handler_at", "in_danger", "is_early",
    "is_held", "is_partly_refused", "open_actions", "points", "stage_of", "stage_to_answer",
]  # fmt: skip


def check_step(history: History, proposed: Happening, edition: Edition, calendar: Calendar) -> None:
    """Does nothing if the step may be taken; else raises RuleBroken with the first rule that it breaks."""
    for found in _broken(RULES_OF[proposed.step], Proposal(history, proposed, edition, calendar)):
        raise found


def broken_rules(
    history: History, proposed: Happening, edition: Edition, calendar: Calendar
) -> tuple[RuleBroken, ...]:
    """Every rule about contents that the step breaks; or the first about order, alone."""
    proposal = Proposal(history, proposed, edition, calendar)
    for found in _broken(ORDER_OF[proposed.step], proposal):
        return (found,)
    return tuple(_broken(CONTENTS_OF[proposed.step], proposal))


def allowed_steps(
    history: History, edition: Edition, calendar: Calendar, *, on: date, by: str, stage: int | None = None,
    among: Iterable[Step] = Step,
) -> frozenset[Step]:
    """The steps that this person may begin on that day: at the stage given, or the one the complaint is at.

    `among` are the steps to judge, all unless said: by the rows about order alone. Whoever fills them in is held to the
    rest by `check_step`.
    """
    now = stage_of(history)
    at = datetime.combine(on, time(12), UTC)
    found = set()
    for step in among:
        meant = stage or {Step.RECEIVED: edition.first_stages[0], Step.ESCALATED: now + 1}.get(step, now)
        proposal = Proposal(history, Happening(step, meant, on, at, by), edition, calendar)
        if next(_broken(ORDER_OF[step], proposal), None) is None:
            found.add(step)
    return frozenset(found)


def is_early(history: History, edition: Edition, calendar: Calendar, *, stage: int, on: date) -> bool:
    """Whether a stage asked for on that day is to be held: the one before is neither answered nor overdue."""
    asked = Happening(Step.ESCALATED, stage, on, datetime.combine(on, time(12), UTC), "machine")
    return order.is_early(Proposal(history, asked, edition, calendar))


def _broken(rules: tuple[Rule, ...], proposal: Proposal) -> Iterator[RuleBroken]:
    for rule in rules:
        if proposal.is_outside and rule.breaks not in BINDS_A_FACT:
            continue
        params = rule.breaks(proposal)
        if params is not None:
            cited = _cited(proposal.edition, rule.cites, proposal.number)
            yield RuleBroken(params.get("provision", cited), rule.reason, params)


def _cited(edition: Edition, cites: str, stage: int) -> str:
    return edition.cites.get(f"{cites} {stage}") or edition.cites.get(cites) or edition.cites[f"{cites} 1"]
