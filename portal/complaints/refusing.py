"""Refusing a complaint or a request for stage 2, and accepting what was refused: directed to, or of our own accord."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Do, Viewer
from portal.complaints import approving
from portal.complaints.answering import drafted_by, facts_for, still_missing
from portal.complaints.grounds import closed, facts_in, see_open
from portal.complaints.models import Complaint
from portal.complaints.naming import writer_of
from portal.complaints.papers import Letter
from portal.complaints.people import Staff
from portal.complaints.recording import acknowledge_by, deadlines_of, edition_of, record, session_of
from portal.complaints.sending import keep
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.rules.endings import refusal
from portal.rules.letters import Missing, parts_present
from portal.rules.steps import Happening, RuleBroken, Step
from portal.rules.words import N_


def lacks(complaint: Complaint, written: Mapping[str, Any]) -> list[Missing]:
    """What the Code still asks before this refusal may go: whether the ground is open (2.3), then the letter's parts."""
    return [*closed(complaint, written), *still_missing(complaint, "refusal", written)]


def facts_of_refusal(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Facts:
    """The facts of the letter as this person would sign it: whoever decides is named, whoever has the stage (2.1)."""
    facts = facts_for(complaint, "refusal", written)
    draft = approving.waiting(complaint, Do.APPROVE_REFUSAL)
    decided_by = draft.saved_by_id if draft and draft.kind == "refusal" else by.staff_id
    decider = session_of(complaint).get(Staff, decided_by) if decided_by else None
    return replace(facts, writer=writer_of(complaint, decider)) if decider else facts


def refuse(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Refuse the whole of the stage on a published ground, in a letter that says where that can be taken (2.1 to 2.5, 5.11).

    Raises RuleBroken where the ground is not open, a part of the letter is missing, or whoever does it is barred.
    """
    see_open(closed(complaint, written))
    approved = approving.approval(complaint, "refusal", written, by=by)
    facts = facts_of_refusal(complaint, written, by=by)
    composed = compose("refusal", facts)
    here = parts_present(edition_of(complaint), "refusal", facts.stage, written)
    record(
        complaint, Step.REFUSED, by=by, stage=facts.stage,
        details=facts_in(written) | approved | drafted_by(complaint, "refusal", by=by) | {"parts": sorted(composed.parts & set(here))}, words=dict(written),
    )  # fmt: skip
    complaint.version += 1
    return keep(complaint, composed, by=by)


def accept_as_directed(
    complaint: Complaint, *, by: Viewer, reference: str, on: date | None = None, ordered: date | None = None
) -> Letter:
    """Accept what was refused because the Ombudsman directed it, on a day; its clocks run anew from that day (41)."""
    day = on or clock.today()
    told = {"reference": reference} | ({"ordered": ordered.isoformat()} if ordered else {})
    draft = {"directed_on": day.isoformat(), **told}
    return _accept(complaint, Step.DIRECTED, "directed", by=by, on=day, details=told, draft=draft)


def undo_refusal(complaint: Complaint, *, by: Viewer, why: str) -> Letter:
    """Accept what we refused because we were wrong to; the same clocks start as for a direction (ruling 48)."""
    return _accept(
        complaint, Step.REFUSAL_UNDONE, "refusal_undone", by=by, on=clock.today(), details={}, draft={"why": why}
    )


def _accept(
    complaint: Complaint, step: Step, kind: str, *, by: Viewer, on: date, details: dict[str, Any], draft: dict[str, Any]
) -> Letter:
    refused = _refused(complaint)
    if on < refused.on:
        raise RuleBroken("2.4", N_("That day is before %(day)s, the day it was refused."), {"day": refused.on})
    stage = refused.stage or 1
    told = acknowledge_by(complaint, stage, on)
    record(complaint, step, by=by, stage=stage, on=on, details=details | told, words=draft)
    complaint.version += 1
    due = {one.step: one.due_on for one in deadlines_of(complaint) if one.stage == stage and not one.overtaken}
    facts = replace(
        facts_for(complaint, kind, draft | {"refused_on": refused.on.isoformat()}),
        acknowledge_by=due[Step.ACKNOWLEDGED], answer_by=due.get(Step.RESPONDED),
    )  # fmt: skip
    return keep(complaint, compose(kind, facts), by=by)


def _refused(complaint: Complaint) -> Happening:
    found = refusal(complaint.happenings)
    if found is None:
        raise RuleBroken("2.4", N_("Nothing was refused that could be accepted now."))
    return found
