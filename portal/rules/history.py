"""What may follow what, as one table with the reason beside each row; check_step is the one door."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from portal.rules import contents, order
from portal.rules.editions.model import Edition
from portal.rules.proposal import Condition, Proposal
from portal.rules.reading import (
    all_done_on,
    answered_on,
    barred_from,
    carried_points,
    handler_at,
    in_danger,
    is_held,
    open_actions,
    points,
    stage_of,
)
from portal.rules.steps import Happening, History, RuleBroken, Step
from portal.rules.words import N_
from portal.rules.working_days import Calendar

__all__ = [
    "RULES", "Happening", "History", "Rule", "RuleBroken", "Step", "all_done_on", "allowed_steps", "answered_on",
    "barred_from", "broken_rules", "carried_points", "check_step", "handler_at", "in_danger", "is_early", "is_held",
    "open_actions", "points", "stage_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the steps it binds, what breaks it, the edition's citation for it, and the reason in plain words.

    A row about order can be judged before anything is filled in; one about contents needs the details.
    """

    steps: frozenset[Step]
    breaks: Condition
    cites: str
    reason: str
    about_order: bool = True


def _steps(*steps: Step) -> frozenset[Step]:
    return frozenset(steps)


EVERY = frozenset(Step)
(RECEIVED, TRIAGED, ASSIGNED, ACKNOWLEDGED, REVISED, QUERIED, ANSWERED, EXTENDED, RESPONDED, REFUSED, ESCALATED,
 ISSUED, PROMISED, REDATED, DONE, HANDED_OVER) = Step  # fmt: skip
AT_A_STAGE = EVERY - _steps(ISSUED, PROMISED, REDATED, DONE, HANDED_OVER)
AT_A_BEGUN_STAGE = AT_A_STAGE - _steps(RECEIVED, ESCALATED)
ENDED_BY_ANSWER = AT_A_BEGUN_STAGE - _steps(ASSIGNED)

ORDER = (
    Rule(EVERY - _steps(RECEIVED), order.not_received, "record",
         N_("The complaint has to be received before anything else can happen to it.")),
    Rule(_steps(RECEIVED), order.received_twice, "record",
         N_("The complaint has been received already, and the day it was received does not change.")),
    Rule(AT_A_STAGE, order.no_such_stage, "stages",
         N_("There are %(stages)s stages and no more. After the last one, the resident can go to the Ombudsman.")),
    Rule(_steps(RECEIVED), order.wrong_first_stage, "first stage",
         N_("A complaint does not begin at this stage.")),
    Rule(EVERY, order.in_the_future, "record",
         N_("%(on)s has not come yet, so nothing can have happened on it.")),
    Rule(AT_A_BEGUN_STAGE | _steps(ESCALATED), order.refused_as_a_whole, "refusal rights",
         N_("The complaint was not accepted. The resident can take that to the Ombudsman, or ask us to think again.")),
    Rule(_steps(ESCALATED), order.not_the_next_stage, "escalate",
         N_("Stage %(stage)s does not come next.")),
    Rule(_steps(ESCALATED), order.asked_already, "escalate",
         N_("Stage %(stage)s has been asked for already. The first request counts.")),
    Rule(AT_A_BEGUN_STAGE, order.not_begun, "stages",
         N_("Stage %(stage)s has not begun.")),
    Rule(EVERY, order.before_what_it_follows, "record",
         N_("%(on)s is before %(floor)s, the day of what this follows.")),
    Rule(_steps(ACKNOWLEDGED), order.has_no_acknowledgement, "acknowledge",
         N_("There is no acknowledgement at this stage: the answer itself is due.")),
    Rule(_steps(ACKNOWLEDGED), order.acknowledged_already, "acknowledge",
         N_("This stage has been acknowledged already. A change to the points is a new version of them.")),
    Rule(_steps(REFUSED), order.acknowledged_already, "refuse",
         N_("This stage has been acknowledged, so the complaint was accepted and has to be answered.")),
    Rule(_steps(RESPONDED), order.answered_already, "answer",
         N_("This stage has been answered already. A correction is a letter of its own.")),
    Rule(ENDED_BY_ANSWER - _steps(RESPONDED), order.answered_already, "answer",
         N_("This stage has been answered, so this can no longer be done at it.")),
    Rule(AT_A_BEGUN_STAGE, order.left_behind, "escalate",
         N_("The next stage has been acknowledged, so nothing more happens at stage %(stage)s.")),
    Rule(_steps(RESPONDED, EXTENDED, REVISED, QUERIED, ANSWERED), order.not_acknowledged, "acknowledge",
         N_("The complaint has to be acknowledged first, with our understanding of it.")),
    Rule(_steps(EXTENDED), order.has_no_extension, "extend",
         N_("The answer at this stage cannot be put back.")),
    Rule(_steps(EXTENDED), order.extended_too_late, "extend",
         N_("The answer was due on %(due)s. More time has to be told before the due date has passed.")),
    Rule(_steps(ANSWERED), order.nothing_queried, "definition",
         N_("The resident has not said that we misunderstood.")),
    Rule(_steps(RESPONDED), order.not_triaged, "triage",
         N_("How complex it is, how vulnerable the resident is and how great the risk is have to be weighed first.")),
    Rule(_steps(RESPONDED), order.meaning_unanswered, "definition",
         N_("The resident said “that is not what I meant”. That needs a reply before the answer.")),
    Rule(_steps(RESPONDED), order.no_points, "definition",
         N_("There is no point to answer yet.")),
    Rule(_steps(RESPONDED), order.point_unconfirmed, "responsibility",
         N_("It is still to be confirmed whose point %(point)s is.")),
    Rule(_steps(RESPONDED, REFUSED), order.barred, "different person",
         N_("Someone who considered the stage before cannot consider this one. A different person has to.")),
    Rule(_steps(ISSUED), order.no_letter_to_issue, "record",
         N_("That letter had not been written on that day.")),
    Rule(_steps(REDATED, DONE), order.no_open_action, "action",
         N_("There is no action still to be done.")),
    Rule(_steps(HANDED_OVER), order.no_danger_waiting, "record",
         N_("No danger is waiting to be handed over.")),
)  # fmt: skip

CONTENTS = tuple(
    Rule(*row, about_order=False)
    for row in (
        (_steps(TRIAGED), contents.triage_unweighed, "triage",
         N_("Still to be weighed: %(factor)s.")),
        (_steps(ASSIGNED), contents.unknown_part_in_case, "record",
         N_("Say who it is, and whether they handle it, decide it or contribute to it.")),
        (_steps(ASSIGNED), contents.barred_from_part, "different person",
         N_("Someone who considered the stage before cannot consider this one. A different person has to.")),
        (_steps(ASSIGNED), contents.chosen_by_the_barred, "different person",
         N_("Someone who considered the stage before cannot choose who considers this one.")),
        (_steps(ACKNOWLEDGED, REVISED), contents.without_points, "definition",
         N_("Set out at least one point: what we understand the complaint to be.")),
        (_steps(ACKNOWLEDGED, REVISED), contents.point_without_responsibility, "responsibility",
         N_("Say whether point %(point)s is ours, is not, is shared, or is to be confirmed.")),
        (_steps(ACKNOWLEDGED), contents.without_outcomes, "definition",
         N_("Say what outcome the resident wants, or that it is not known and when we asked.")),
        (_steps(ANSWERED), contents.unknown_query, "definition",
         N_("Say which of the resident’s messages this replies to.")),
        (_steps(EXTENDED), contents.extended_to_no_later_day, "extend",
         N_("The new date has to be later than %(due)s.")),
        (_steps(EXTENDED), contents.good_reason_missing, "extend",
         N_("More than %(days)s working days in all, or a second extension, needs a good reason.")),
        (_steps(RESPONDED), contents.answer_to_no_point, "points",
         N_("%(point)s is not a point of this complaint.")),
        (_steps(RESPONDED), contents.point_unanswered, "points",
         N_("Every point needs an answer. Still without one: %(point)s.")),
        (_steps(RESPONDED), contents.fault_not_owned, "fault",
         N_("Say what went wrong on point %(point)s.")),
        (_steps(RESPONDED), contents.remedy_missing, "fault",
         N_("Say what will be done to put point %(point)s right.")),
        (_steps(RESPONDED), contents.impact_missing, "impact",
         N_("Say what the fault in point %(point)s did to the resident.")),
        (_steps(REFUSED), contents.unknown_ground, "refuse",
         N_("A complaint can be refused only on a published ground.")),
        (_steps(ACKNOWLEDGED, EXTENDED, RESPONDED, REFUSED), contents.part_missing, "letter",
         N_("The letter has to say: %(part)s.")),
        (_steps(ESCALATED), contents.early_said_wrongly, "escalate",
         N_("A request made before the answer, when the answer is not overdue, is kept until the answer is sent.")),
        (_steps(PROMISED), contents.promised_twice, "action",
         N_("This action has been promised already. A new date is recorded beside the first.")),
        (_steps(REDATED, DONE), contents.action_not_open, "action",
         N_("That action is not one that is still to be done.")),
        (_steps(REDATED, DONE), contents.action_before_promise, "action",
         N_("%(on)s is before %(floor)s, the day the action was promised.")),
        (_steps(PROMISED, REDATED), contents.promised_without_day, "action",
         N_("Say the day it will be done by, today or later.")),
        (_steps(REDATED), contents.redated_without_reason, "action",
         N_("Say why the date has changed.")),
    )
)  # fmt: skip

RULES = ORDER + CONTENTS


def check_step(history: History, proposed: Happening, edition: Edition, calendar: Calendar) -> None:
    """Does nothing if the step may be taken; else raises RuleBroken with the first rule that it breaks."""
    for found in _broken(RULES, Proposal(history, proposed, edition, calendar)):
        raise found


def broken_rules(
    history: History, proposed: Happening, edition: Edition, calendar: Calendar
) -> tuple[RuleBroken, ...]:
    """Every rule about contents that the step breaks; or, where it breaks the order, the first such rule alone."""
    proposal = Proposal(history, proposed, edition, calendar)
    for found in _broken(ORDER, proposal):
        return (found,)
    return tuple(_broken(CONTENTS, proposal))


def allowed_steps(
    history: History, edition: Edition, calendar: Calendar, *, on: date, by: str, stage: int | None = None
) -> frozenset[Step]:
    """The steps that this person may begin on that day: at the stage given, or the one the complaint is at.

    Judged by the rows about order alone; whoever fills them in is held to the rest by `check_step`.
    """
    now = stage_of(history)
    at = datetime.combine(on, time(12), UTC)
    found = set()
    for step in Step:
        meant = stage or {RECEIVED: edition.first_stages[0], ESCALATED: now + 1}.get(step, now)
        proposal = Proposal(history, Happening(step, meant, on, at, by), edition, calendar)
        if next(_broken(ORDER, proposal), None) is None:
            found.add(step)
    return frozenset(found)


def is_early(history: History, edition: Edition, calendar: Calendar, *, stage: int, on: date) -> bool:
    """Whether a stage asked for on that day is to be held: the answer before it is neither issued nor overdue (37)."""
    asked = Happening(ESCALATED, stage, on, datetime.combine(on, time(12), UTC), "machine")
    return order.is_early(Proposal(history, asked, edition, calendar))


def _broken(rules: tuple[Rule, ...], proposal: Proposal) -> Iterator[RuleBroken]:
    for rule in rules:
        if proposal.step.step not in rule.steps:
            continue
        params = rule.breaks(proposal)
        if params is not None:
            cited = _cited(proposal.edition, rule.cites, proposal.number)
            yield RuleBroken(params.get("provision", cited), rule.reason, params)


def _cited(edition: Edition, cites: str, stage: int) -> str:
    return edition.cites.get(f"{cites} {stage}") or edition.cites.get(cites) or edition.cites[f"{cites} 1"]
