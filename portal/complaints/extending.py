"""Longer than was promised: more time taken, lateness told, news sent (5.9, 6.4, 6.5, 6.15, 6.16, rulings 31, 32, 44)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.access import Viewer
from portal.complaints.answering import facts_for, parts_in, save_writing, used
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact, Letter
from portal.complaints.recording import allowed_steps, edition_of, record
from portal.complaints.saying import by_contact
from portal.complaints.sending import keep
from portal.letters.compose import compose
from portal.letters.extension import agreed_with_you
from portal.rules.reading import LETTER_OF
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


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


def confirmed_in(complaint: Complaint, by: Viewer) -> str | None:
    """The letter that would confirm more time, or how often there is news: the extension, or once it is late the late notice."""
    allowed = allowed_steps(complaint, by, among=[Step.EXTENDED, Step.LATE_TOLD])
    return next((LETTER_OF[step] for step in (Step.EXTENDED, Step.LATE_TOLD) if step in allowed), None)


def agree_by_contact(complaint: Complaint, said: Contact, *, by: Viewer, every: int, until: date | None = None) -> str:
    """How often there is news, as agreed in a call or visit, counted from that day; and a new day, where one was agreed (17, 32).

    What was agreed stands ready in the letter that confirms it, whose kind this answers. RuleBroken where there is none to write.
    """
    kind = confirmed_in(complaint, by)
    if kind is None:
        raise RuleBroken(edition_of(complaint).cites["update"], N_("No letter could confirm this now."))
    stage = complaint.stage_for(kind)
    record(complaint, Step.UPDATE_AGREED, by=by, stage=stage, on=said.happened_on, details={"interval": every} | by_contact(said))
    complaint.version += 1
    draft = complaint.draft(kind, stage)
    agreed = {"interval": every, "interval_agreed": agreed_with_you(complaint.letters_in, said.happened_on)} | ({"new_date": until.isoformat()} if until else {})
    written = {**(draft.written if draft else {}), **agreed}
    save_writing(complaint, kind, written, by=by, seen=draft.version if draft else 0)
    return kind
