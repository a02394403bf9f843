"""Endings that are no answer, each with its way back: joined with another, a first request, spam (ruling 39)."""

from dataclasses import replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Role, Viewer
from portal.complaints import machine
from portal.complaints.contacts import record_contact
from portal.complaints.intake import raise_complaint
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact, Letter
from portal.complaints.recording import deadlines_of, record, session_of
from portal.complaints.references import groups
from portal.complaints.sending import facts_of, keep
from portal.complaints.told import TakenDown, Told
from portal.letters.compose import compose
from portal.rules.endings import refusal, set_aside
from portal.rules.reading import last
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def join(complaint: Complaint, into: Complaint, *, by: Viewer) -> Letter:
    """Answer this complaint together with another of the same person: the earliest day of receipt is kept, both references work.

    RuleBroken where they are not one person's, or either of them is answered or has ended some other way.
    """
    other = machine.locked_beside(session_of(complaint), complaint, into.id)
    if other.id == complaint.id or other.resident.person_id != complaint.resident.person_id:
        raise RuleBroken("5.12", N_("That is not another complaint of the same person in our records. Match both first, if it is."))
    if other.answered_on or set_aside(other.happenings) or refusal(other.happenings):
        raise RuleBroken("5.12", N_("Nothing more is answered in the other complaint, so this one cannot be answered in it."))
    record(complaint, Step.JOINED, by=by, stage=complaint.stage, details={"with": other.id})
    record(other, Step.JOINED, by=by, stage=other.stage, details={"taken_in": complaint.id})
    if complaint.received_day < other.received_day:
        _move_receipt(other, complaint.received_day, {"joined": complaint.id}, by=by)
    complaint.version, other.version = complaint.version + 1, other.version + 1
    return _tell(other, "joined", {"other": " ".join(groups(complaint.reference))}, by=by)


def unjoin(complaint: Complaint, *, by: Viewer) -> Letter:
    """Take it out of the other complaint again: its own dates come back, and so does the other's day of receipt."""
    joined = last(complaint.happenings, Step.JOINED)
    if set_aside(complaint.happenings) is not Step.JOINED or joined is None:
        raise RuleBroken("5.12", N_("It is not joined with another complaint."))
    other = machine.locked_beside(session_of(complaint), complaint, joined.details["with"])
    record(complaint, Step.UNJOINED, by=by, stage=complaint.stage)
    if any(one.details.get("taken_in") == complaint.id for one in other.happenings):
        record(other, Step.UNJOINED, by=by, stage=other.stage, details={"taken_in": complaint.id})
    moved = last(other.happenings, Step.RECEIPT_CORRECTED)
    if moved and moved.details.get("joined") == complaint.id:
        _move_receipt(other, date.fromisoformat(moved.details["was"]), {"unjoined": complaint.id}, by=by)
    complaint.version, other.version = complaint.version + 1, other.version + 1
    draft = {"other": " ".join(groups(complaint.reference)), "due_on": _next_due(complaint)}
    return _tell(other, "unjoined", draft, by=by)


def _move_receipt(complaint: Complaint, to: date, because: dict[str, Any], *, by: Viewer) -> None:
    """The day of receipt, put right beside the first record; the letter about the joining tells of it."""
    details = {"to": to.isoformat(), "was": complaint.received_day.isoformat(), "reason": True, "by_manager": by.role is Role.MANAGER}
    record(complaint, Step.RECEIPT_CORRECTED, by=by, stage=1, details=details | because)


def _next_due(complaint: Complaint) -> str:
    owed = [one.due_on for one in deadlines_of(complaint) if one.step in (Step.ACKNOWLEDGED, Step.RESPONDED) and not one.met_on and not one.overtaken]
    return min(owed).isoformat() if owed else ""


def make_request(complaint: Complaint, *, by: Viewer, kind: str, words: str, on: date) -> Letter:
    """Handle it as a first request, because the resident agreed to that: how and when is a contact of its own (1.3 to 1.5)."""
    contact = _said(complaint, by=by, kind=kind, words=words, on=on)
    record(complaint, Step.MADE_REQUEST, by=by, stage=complaint.stage, on=on, details={"contact": contact.id})
    complaint.version += 1
    return _tell(complaint, "made_request", {"on": on.isoformat()}, by=by)


def voice(complaint: Complaint, *, by: Viewer, on: date | None = None, said: tuple[str, str] | None = None) -> Complaint:
    """The way back from a first request: a complaint, received the day that dissatisfaction was voiced (1.5, ruling 53).

    Staff say how it was `said`: the kind of contact, and the words. RuleBroken where it is not handled as a request.
    """
    day = on or clock.today()
    details: dict[str, Any] = {"contact": _said(complaint, by=by, kind=said[0], words=said[1], on=day).id} if said else {}
    home, party = complaint.home, complaint.resident
    told = Told(
        name=party.name_as_given, words=complaint.words, home_kind=home.kind if home else "none", address=party.home_as_given,
        relationship=complaint.relationship_to_landlord, when_words=complaint.when_words, wanted=complaint.wanted,
        language=party.person.language, channel=complaint.channel,
    )  # fmt: skip
    taken = TakenDown(by=by, received_on=day, first_heard_by=said[0], late_because=said[1]) if said else None
    made = raise_complaint(session_of(complaint), told, taken=taken, of=(complaint, 0))
    record(complaint, Step.VOICED, by=by, stage=complaint.stage, on=day, details=details | {"complaint": made.id})
    complaint.version += 1
    return made


def _said(complaint: Complaint, *, by: Viewer, kind: str, words: str, on: date) -> Contact:
    return record_contact(complaint, by=by, kind=kind, incoming=True, who=complaint.resident.name, words=words, on=on)


def mark_spam(complaint: Complaint, *, by: Viewer, why: str) -> None:
    """Say that this is nobody's complaint. Nothing of it is lost, it can be undone, and it is counted."""
    record(complaint, Step.SPAM, by=by, stage=complaint.stage, words={"why": why})
    complaint.version += 1


def unmark_spam(complaint: Complaint, *, by: Viewer, why: str) -> None:
    """Say that it is a complaint after all: every date is the one that it had."""
    record(complaint, Step.NOT_SPAM, by=by, stage=complaint.stage, words={"why": why})
    complaint.version += 1


def _tell(complaint: Complaint, kind: str, draft: dict[str, Any], *, by: Viewer) -> Letter:
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    return keep(complaint, compose(kind, replace(facts, draft=draft)), by=by)
