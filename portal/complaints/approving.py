"""A second person's approval of a refusal, where the landlord has chosen that: whoever wrote it does not send it (ruling 25)."""

from collections.abc import Mapping
from typing import Any

from portal import access
from portal.access import Do, Viewer
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import StaffDraft
from portal.complaints.recording import edition_of, session_of
from portal.rules.letters import refused_points
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

REFUSING = ("refusal", "acknowledgement", "response", "interim", "correction")
"""The letters that can refuse something."""


def needs_approval(complaint: Complaint, kind: str, written: Mapping[str, Any]) -> bool:
    """Whether somebody else has to approve this letter before it goes."""
    refuses = kind == "refusal" or bool(refused_points(edition_of(complaint), written))
    return refuses and landlord_of(session_of(complaint)).refusals_approved


def ask_approval(complaint: Complaint, kind: str, *, by: Viewer, seen: int) -> None:
    """Say that a refusal is ready for somebody else to read and approve. RuleBroken where its words have changed since."""
    draft = complaint.draft(kind, complaint.stage_for(kind))
    if draft is None or draft.version != seen:
        raise RuleBroken("5.12", N_("Somebody changed this letter after you read it. Read it again below, then send it."))
    draft.asked_version = draft.version


def waiting(complaint: Complaint) -> StaffDraft | None:
    """The refusal that waits for approval as it stands, or nothing: any change to its words takes the asking back."""
    for kind in REFUSING:
        draft = complaint.draft(kind, complaint.stage_for(kind))
        if draft and draft.asked_version == draft.version and needs_approval(complaint, kind, draft.written):
            return draft
    return None


def may_approve(complaint: Complaint, by: Viewer) -> bool:
    """Whether something waits that this viewer may approve: what somebody else wrote."""
    draft = waiting(complaint)
    return draft is not None and draft.saved_by_id != by.staff_id and access.may(by, Do.APPROVE_REFUSAL, complaint)


def approval(complaint: Complaint, kind: str, written: Mapping[str, Any], *, by: Viewer) -> dict[str, list[str]]:
    """What the event holds of who wrote and who approved it; nothing where no approval is asked.

    Raises RuleBroken where it is asked and this is whoever wrote it, or nobody has asked for it.
    """
    if not needs_approval(complaint, kind, written):
        return {}
    draft = waiting(complaint)
    if draft is None or draft.kind != kind or not may_approve(complaint, by):
        raise RuleBroken("2.1", N_("Somebody other than the person who wrote it has to approve this refusal before it goes."))
    return {"drafted_by": [f"staff:{draft.saved_by_id}"], "approved_by": [by.name]}
