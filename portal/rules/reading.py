"""What a history says: its stage, its points, what was issued when, who has considered it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from portal.rules.editions.model import Edition
from portal.rules.endings import overturned, withdrawn_points
from portal.rules.steps import Happening, History, Step

# The letter that carries each step to the resident; a step is met when its letter is issued (ruling 14).
LETTER_OF = {
    Step.ACKNOWLEDGED: "acknowledgement",
    Step.RESPONDED: "response",
    Step.EXTENDED: "extension",
    Step.REFUSED: "refusal",
    Step.PART_ANSWERED: "interim",
    Step.ANSWER_CORRECTED: "correction",
    Step.LATE_TOLD: "late",
    Step.UPDATED: "update",
    Step.CLARIFICATION_ASKED: "clarification",
    Step.COMPLETED: "completing",
    Step.REMEDY_OFFERED: "offer",
}
# One letter may carry both (ruling 26).
BOTH = "acknowledgement and answer"
CARRIED_BY_BOTH = frozenset({Step.ACKNOWLEDGED, Step.RESPONDED})
KINDS = {step: (kind, BOTH) if step in CARRIED_BY_BOTH else (kind,) for step, kind in LETTER_OF.items()}
"""The kinds of letter that meet each step."""

CONSIDERING = frozenset({"handler", "decider", "member", "approver"})
"""The parts in a stage that are considering it; contributing facts is not (6.20)."""
DECIDING = frozenset({Step.RESPONDED, Step.PART_ANSWERED, Step.ANSWER_CORRECTED, Step.REFUSED})
DEFINING = frozenset({Step.ACKNOWLEDGED, Step.DEFINITION_REVISED})


def carried_by(kind: str) -> list[Step]:
    """The steps that a letter of this kind carries; none where it only confirms something."""
    return [step for step, kinds in KINDS.items() if kind in kinds]


class Beginning(NamedTuple):
    """How a stage began: with what step, the day its clocks run from, and the day it was asked for."""

    since: Step
    on: date
    asked_on: date


def live(history: History) -> list[Happening]:
    """The history as it counts: without what was voided, each letter that nobody could use marked so (rulings 28, 51)."""
    voided, unusable = _named_by(history, Step.VOIDED), _named_by(history, Step.FOUND_UNUSABLE)
    kept = [one for one in history if one.number is None or one.number not in voided]
    return [_unusable(one) if one.number in unusable else one for one in kept] if unusable else kept


def _named_by(history: History, step: Step) -> set[int]:
    """The numbers of the events that a later step of this kind is about."""
    return {number for one in history if one.step is step for number in one.details.get("events", ())}


def _unusable(one: Happening) -> Happening:
    return replace(one, details={**one.details, "usable": False, "found": True})


def is_usable(issued: Happening) -> bool:
    """Whether a letter went in a form that its reader could use, as far as anybody knows (ruling 14)."""
    return bool(issued.details.get("usable", True))


def each(history: History, step: Step, stage: int | None = None) -> Iterator[Happening]:
    """Every happening of a step, at a stage if one is given, in the order recorded."""
    return (one for one in history if one.step is step and (stage is None or one.stage == stage))


def first(history: History, step: Step, stage: int | None = None) -> Happening | None:
    """The first happening of a step, or nothing."""
    for one in history:
        if one.step is step and (stage is None or one.stage == stage):
            return one
    return None


def last(history: History, step: Step, stage: int | None = None) -> Happening | None:
    """The latest recorded happening of a step, or nothing."""
    return first(history[::-1], step, stage)


def issued_on(history: History, step: Step, stage: int | None) -> date | None:
    """The day a step's letter first went in a form that the person could use (rulings 14, 51)."""
    earliest, kinds, issued = None, KINDS[step], Step.ISSUED
    for one in history:
        if one.step is not issued or one.stage != stage or one.details.get("kind") not in kinds:
            continue
        if is_usable(one) and (earliest is None or one.on < earliest):
            earliest = one.on
    return earliest


def went_on(history: History, step: Step, stage: int | None) -> date | None:
    """The day a step's letter first went, in a form found out since to be of no use too: what began with it stays begun (46)."""
    sent = [one for one in history if one.step is Step.ISSUED and one.stage == stage and one.details.get("kind") in KINDS[step]]
    return min((one.on for one in sent if is_usable(one) or one.details.get("found")), default=None)


def received_on(history: History) -> date | None:
    """The day it was received, as last corrected (ruling 13); nothing before receipt."""
    received = first(history, Step.RECEIVED)
    corrected = last(history, Step.RECEIPT_CORRECTED)
    if received is None:
        return None
    return as_day(corrected.details["to"]) if corrected else received.on


def receipt_queried(history: History) -> Happening | None:
    """What the resident said against the day of receipt, while nobody has replied (ruling 13)."""
    found = None
    for one in history:
        if one.step is Step.RECEIPT_QUERIED:
            found = one
        elif one.step in (Step.RECEIPT_CORRECTED, Step.RECEIPT_KEPT):
            found = None
    return found


def beginning(history: History, stage: int) -> Beginning | None:
    """How and when a stage began, or nothing if it has not.

    A stage asked for early is held, and begins on the day the answer before it is issued (rulings 37, 46). One whose
    refusal was overturned begins again on that day (rulings 41, 48).
    """
    began = _first_beginning(history, stage)
    again = overturned(history, stage)
    return began._replace(since=again.step, on=again.on) if began and again else began


def _first_beginning(history: History, stage: int) -> Beginning | None:
    received = first(history, Step.RECEIVED)
    if received is not None and received.stage == stage and (day := received_on(history)):
        return Beginning(Step.RECEIVED, day, day)
    found = [began for one in requests(history, stage) if (began := _asked(history, one))]
    return min(found, key=lambda one: one.on, default=None)


def _asked(history: History, asked: Happening) -> Beginning | None:
    if not asked.details.get("early"):
        return Beginning(Step.ESCALATED, asked.on, asked.on)
    answered = went_on(history, Step.RESPONDED, (asked.stage or 0) - 1)
    return Beginning(Step.RESPONDED, max(answered, asked.on), asked.on) if answered else None


def stage_of(history: History) -> int:
    """The stage that the complaint is at; 0 before it is received."""
    received = first(history, Step.RECEIVED)
    if received is None:
        return 0
    asked = {
        one.stage for one in each(history, Step.ESCALATED) if one.stage and beginning(history, one.stage)
    }
    return max({received.stage or 0, *asked})


def is_held(history: History, stage: int) -> bool:
    """Whether a stage has been asked for and waits for the answer before it (ruling 37)."""
    return bool(requests(history, stage)) and beginning(history, stage) is None


def requests(history: History, stage: int) -> list[Happening]:
    """Each time a stage was asked for, but for held requests that the resident then took back (ruling 37)."""
    kept: list[Happening] = []
    for one in history:
        if one.stage == stage and one.step is Step.ESCALATED:
            kept.append(one)
        elif one.stage == stage and one.step is Step.HOLD_RELEASED:
            kept = [asked for asked in kept if not asked.details.get("early")]
    return kept


def points(history: History, stage: int | None) -> Mapping[str, str]:
    """The live points as last defined at a stage, each with whose it is: none that was withdrawn, or not yet defined."""
    defined = [one for one in history if one.step in DEFINING and one.stage == stage]
    found: Mapping[str, str] = defined[-1].details.get("points", {}) if defined else {}
    gone = withdrawn_points(history)
    return {number: whose for number, whose in found.items() if number not in gone}


def refused_points(history: History) -> Mapping[str, Happening]:
    """The numbers of the points that an acknowledgement or an answer refused and nobody accepted since, each with that step (25, 41)."""
    return _refused(history, but_accepted=True)


def ever_refused(history: History) -> Mapping[str, Happening]:
    """The same, with those that we accepted after all and that became complaints of their own."""
    return _refused(history, but_accepted=False)


def _refused(history: History, *, but_accepted: bool) -> Mapping[str, Happening]:
    found: dict[str, Happening] = {}
    for one in history:
        if one.step is Step.ACKNOWLEDGED:
            found |= {str(number): one for number in one.details.get("refused", ())}
        elif one.step in (Step.RESPONDED, Step.ANSWER_CORRECTED, Step.PART_ANSWERED):
            for number, answer in one.details.get("answers", {}).items():
                found.pop(number, None)
                found |= {number: one} if answer.get("ground") else {}
        elif one.step is Step.ISSUE_DECIDED and but_accepted:
            found.pop(str(one.details.get("point")), None)
    return found


def is_partly_refused(history: History, stage: int) -> bool:
    """Whether the acknowledgement of a stage refused a point, and so the answer of the stage leaves it out (ruling 25)."""
    refused = {number for one in each(history, Step.ACKNOWLEDGED, stage) for number in one.details.get("refused", ())}
    return not refused <= set(points(history, stage))


def carried_points(history: History, edition: Edition, stage: int) -> frozenset[str]:
    """The points of a stage that go on to the next: all but those refused or withdrawn (rulings 35, 53)."""
    answered = last(history, Step.ANSWER_CORRECTED, stage) or last(history, Step.RESPONDED, stage)
    answers: Mapping[str, Any] = answered.details.get("answers", {}) if answered else {}
    found = {number: edition.disposition(one.get("disposition", "")) for number, one in answers.items()}
    return frozenset(points(history, stage)) - {
        number for number, one in found.items() if one and not one.goes_on
    }


def open_queries(history: History, stage: int | None) -> frozenset[Any]:
    """Each "that is not what I meant" without a reply; a new version of the points replies to all (21).

    A point added for a new issue, or whose owner was found out, replies to none of them.
    """
    waiting: set[Any] = set()
    for one in history:
        if one.stage != stage:
            continue
        if one.step is Step.MEANING_QUERIED:
            waiting.add(one.details.get("query"))
        elif one.step is Step.MEANING_ANSWERED:
            waiting.discard(one.details.get("query"))
        elif one.step is Step.DEFINITION_REVISED and not {"issue", "settled"} & set(one.details):
            waiting.clear()
    return frozenset(waiting)


def open_issues(history: History) -> frozenset[Any]:
    """The new issues raised, or raised again to have one answer, that nobody has decided on since (6.8, rulings 24, 49)."""
    waiting: set[Any] = set()
    for one in history:
        if one.step is Step.ISSUE_RAISED:
            waiting.add(one.details.get("issue"))
        elif one.step is Step.ISSUE_DECIDED:
            waiting.discard(one.details.get("issue"))
    return frozenset(waiting)


def asked_together(history: History) -> frozenset[Any]:
    """The new issues of which the resident asked to have one answer, together with this complaint (ruling 49)."""
    return frozenset(one.details.get("issue") for one in each(history, Step.ISSUE_RAISED) if one.details.get("together"))


def promised_actions(history: History) -> dict[Any, date]:
    """Every action promised, with the day now promised for it."""
    steps = (Step.ACTION_PROMISED, Step.ACTION_REDATED)
    return {one.details.get("action"): as_day(one.details.get("due")) for one in history if one.step in steps}


def open_actions(history: History) -> frozenset[Any]:
    """The actions promised and not yet done, or said by the resident not to be; they outlive the answer (6.6, 6.17, ruling 23)."""
    return frozenset(promised_actions(history)) - frozenset(done_actions(history))


def done_actions(history: History) -> dict[Any, date]:
    """The actions that are done, with the day; one that the resident then said is not done is open again."""
    done: dict[Any, date] = {}
    for one in history:
        if one.step is Step.ACTION_DONE:
            done[one.details.get("action")] = one.on
        elif one.step is Step.ACTION_DISPUTED:
            done.pop(one.details.get("action"), None)
    return done


def barred_from(history: History, stage: int) -> frozenset[str]:
    """Who may not consider a stage: whoever considered the one before it (6.13, ruling 34).

    They are those assigned as handler or decider, who drafted or approved, and who answered or refused, a point alone too.
    Logging, triage, supplying facts and recording a letter that went outside the portal bar nobody. What begins again at a
    later stage, having been a point of another complaint, says who considered it there.
    """
    barred: set[str] = set()
    for one in history:
        if one.step is Step.RECEIVED and one.stage == stage:
            barred.update(one.details.get("considered_by", ()))
        if one.stage is None or one.stage >= stage:
            continue
        if one.step is Step.ASSIGNED and one.details.get("part") in CONSIDERING:
            barred.add(f"staff:{one.details.get('staff')}")
        elif one.step in DECIDING or one.details.get("refused"):
            wrote = [] if one.details.get("outside") else [one.by]
            barred.update([*wrote, *one.details.get("drafted_by", ()), *one.details.get("approved_by", ())])
    return frozenset(barred)


def as_day(value: Any) -> date:
    """A day held in details as ISO text; ValueError for anything else."""
    return value if type(value) is date else date.fromisoformat(str(value))
