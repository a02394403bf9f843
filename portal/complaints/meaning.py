"""“That is not what I meant”, and our reply to it, which the answer waits for (5.6, ruling 21)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.defining import TO_BE_CONFIRMED, as_written, next_number, revise
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.record import EventWords
from portal.complaints.recording import deadlines_of, record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.endings import withdrawn_points
from portal.rules.reading import open_queries
from portal.rules.steps import Step


@dataclass(frozen=True, slots=True)
class Queried:
    """One time the resident said that we misunderstood: its number, the day, their words, and whether it waits for us."""

    number: int
    on: date
    words: str
    is_open: bool


def query_meaning(complaint: Complaint, words: str, *, by: Viewer) -> None:
    """Say that our understanding is not what was meant, in the resident's words."""
    number = 1 + sum(one.step is Step.MEANING_QUERIED for one in complaint.recorded)
    stage = complaint.stage_for("response")
    record(complaint, Step.MEANING_QUERIED, by=by, stage=stage, details={"query": number}, words={"words": words})
    complaint.version += 1


def queries_of(complaint: Complaint) -> list[Queried]:
    """Each time the resident said so, oldest first."""
    waiting = open_queries(complaint.happenings, complaint.stage_for("response"))
    found = []
    for event in complaint.events:
        if event.step == Step.MEANING_QUERIED:
            kept, number = session_of(complaint).get(EventWords, event.number), event.happening.details["query"]
            words = str(kept.words.get("words", "")) if kept else ""
            found.append(Queried(number, event.happened_on, words, number in waiting))
    return found


def answer_meaning(
    complaint: Complaint, query: Queried, reply: str, *, by: Viewer, points: Mapping[int, str] | None = None, added: str = ""
) -> Letter:
    """Reply in writing: with the points put in other words, by their numbers, one added that we had left out, or none changed and why."""
    stage = complaint.stage_for("response")
    changed = _changed(complaint, stage, points or {}, added)
    details = {"query": query.number}
    if changed:
        revise(complaint, changed, by=by, stage=stage, details=details, words={"words": reply})
    else:
        record(complaint, Step.MEANING_ANSWERED, by=by, stage=stage, details=details, words={"words": reply})
    complaint.version += 1
    facts = facts_of(complaint, stage=stage, received_on=complaint.received_day)
    gone = withdrawn_points(complaint.happenings)
    draft = {"query": query.words, "reply": reply, "points": [point for point in changed if str(point["number"]) not in gone]}
    return keep(complaint, compose("meaning", replace(facts, answer_by=_answer_by(complaint, stage), draft=draft)), by=by)


def _changed(complaint: Complaint, stage: int, texts: Mapping[int, str], added: str) -> list[dict[str, object]]:
    """Every point as it now reads, where any of them reads otherwise than before or one is added; else nothing."""
    definition = complaint.definition(stage)
    before = [as_written(point) for point in definition.points] if definition else []
    after = [point | {"text": texts.get(point["number"]) or point["text"]} for point in before]
    if added:
        after.append({"number": next_number(complaint), "text": added, "responsibility": TO_BE_CONFIRMED})
    return after if after != before else []


def _answer_by(complaint: Complaint, stage: int) -> date | None:
    """The day the answer is due, while that has not gone by."""
    owed = (one for one in deadlines_of(complaint) if one.step is Step.RESPONDED and one.stage == stage and not one.overtaken)
    return next((one.due_on for one in owed if one.due_on >= clock.today()), None)
