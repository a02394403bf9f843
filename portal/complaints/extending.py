"""Longer than was promised: more time taken, lateness told, news sent (5.9, 6.4, 6.5, 6.15, 6.16, rulings 31, 32, 44)."""

from collections.abc import Mapping
from typing import Any

from portal.access import Viewer
from portal.complaints.answering import facts_for, parts_in, used
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.recording import record
from portal.complaints.sending import keep
from portal.letters.compose import compose
from portal.rules.steps import Step


def extend(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Put the answer back: once told in time, the new date is the one everybody uses (6.4, 6.15, ruling 44)."""
    more = {"to": written.get("new_date"), "good_reason": bool(written.get("good_reason"))}
    return _tell(complaint, Step.EXTENDED, "extension", written, more | {"interval": written.get("interval")}, by=by)


def tell_late(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Say that the answer is late, why, and how often there will be news. No date moves, and late it stays (ruling 32)."""
    return _tell(complaint, Step.LATE_TOLD, "late", written, {"interval": written.get("interval")}, by=by)


def send_news(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Say what has been done since, and what happens next (5.9)."""
    return _tell(complaint, Step.UPDATED, "update", written, {}, by=by)


def _tell(
    complaint: Complaint, step: Step, kind: str, written: Mapping[str, Any], details: Mapping[str, Any], *, by: Viewer
) -> Letter:
    facts = facts_for(complaint, kind, written)
    composed = compose(kind, facts)
    record(complaint, step, by=by, stage=facts.stage, details={**details, "parts": parts_in(complaint, composed, facts)})
    complaint.version += 1
    used(complaint, kind, by=by)
    return keep(complaint, composed, by=by)
