"""The day a complaint was received: disputed by the resident, kept, or corrected beside the first record of it (ruling 13)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Role, Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.record import EventWords
from portal.complaints.recording import calendar_of, edition_of, record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules import deadlines
from portal.rules.reading import first, receipt_queried
from portal.rules.steps import Happening, History, Step

TOLD = {Step.ACKNOWLEDGED: "acknowledge_by", Step.RESPONDED: "answer_by"}


@dataclass(frozen=True, slots=True)
class Disputed:
    """What the resident said against the day of receipt, and when."""

    on: date
    words: str


def dispute_receipt(complaint: Complaint, words: str, *, by: Viewer) -> None:
    """Say that the complaint was received on another day than the one written down. It is replied to in writing."""
    record(complaint, Step.RECEIPT_QUERIED, by=by, stage=complaint.stage, words={"words": words})
    complaint.version += 1


def disputed(complaint: Complaint) -> Disputed | None:
    """What the resident said and nobody has replied to; nothing if all is replied to."""
    waiting = receipt_queried(complaint.happenings)
    if waiting is None:
        return None
    kept = session_of(complaint).get(EventWords, waiting.number)
    return Disputed(waiting.on, str(kept.words.get("words", "")) if kept else "")


def correct_receipt(complaint: Complaint, to: date, why: str, *, by: Viewer) -> Letter:
    """Put the day right, by an event beside the first record, and tell the resident what it changes.

    Earlier moves every date that runs from receipt; later moves none that was told (rulings 13, 43, 52).
    RuleBroken where it moves later and `by` is no manager, or past the day on which it was written down.
    """
    stage, was, before = _first_stage(complaint), complaint.received_day, _owed(complaint, complaint.happenings)
    details = {"to": to.isoformat(), "was": was.isoformat(), "reason": bool(why), "by_manager": by.role is Role.MANAGER}
    supposed = Happening(Step.RECEIPT_CORRECTED, stage, clock.today(), clock.now(), by.name, details)
    after = _owed(complaint, [*complaint.happenings, supposed])
    told = {TOLD[step]: due.isoformat() for step, due in after.items() if due < before[step]}
    record(complaint, Step.RECEIPT_CORRECTED, by=by, stage=stage, details=details | told, words={"why": why})
    complaint.version += 1
    dates = [{"what": TOLD[step], "before": before[step].isoformat(), "after": due.isoformat()} for step, due in after.items()]
    return _tell(complaint, "receipt_corrected", {"was": was.isoformat(), "to": to.isoformat(), "why": why, "dates": dates}, by=by)


def keep_receipt(complaint: Complaint, why: str, *, by: Viewer) -> Letter:
    """Reply that the day stays as it is, and why. RuleBroken where the resident has said nothing against it."""
    said = disputed(complaint)
    record(complaint, Step.RECEIPT_KEPT, by=by, stage=complaint.stage, words={"why": why})
    complaint.version += 1
    return _tell(complaint, "receipt_kept", {"said": said.words if said else "", "why": why}, by=by)


def _first_stage(complaint: Complaint) -> int:
    received = first(complaint.happenings, Step.RECEIVED)
    return (received.stage if received else None) or complaint.stage


def _owed(complaint: Complaint, past: History) -> dict[Step, date]:
    """The letters of the first stage still owed, with their days."""
    days, stage = calendar_of(session_of(complaint), complaint.division), _first_stage(complaint)
    found = deadlines.deadlines(past, edition_of(complaint), days)
    return {
        one.step: one.due_on for one in found
        if one.step in TOLD and one.stage == stage and one.met_on is None and not one.overtaken
    }  # fmt: skip


def _tell(complaint: Complaint, kind: str, draft: Mapping[str, Any], *, by: Viewer) -> Letter:
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    return keep(complaint, compose(kind, replace(facts, draft=draft)), by=by)
