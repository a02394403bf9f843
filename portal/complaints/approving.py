"""A second person's approval of a refusal or an answer, where the landlord has chosen that: whoever wrote it does not send it (25)."""

from collections.abc import Mapping
from typing import Any

from portal import access
from portal.access import Do, Viewer
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import StaffDraft
from portal.complaints.people import other_accounts
from portal.complaints.recording import edition_of, session_of
from portal.rules.letters import refused_points
from portal.rules.reading import BOTH
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

ANSWERING = ("response", BOTH, "interim", "correction")
"""The letters that answer something; each of them can refuse a point too."""
KINDS = ("refusal", "acknowledgement", *ANSWERING)


def approval_for(complaint: Complaint, kind: str, written: Mapping[str, Any]) -> Do | None:
    """What somebody else has to do before this letter goes: approve a refusal, approve an answer, or nothing."""
    landlord = landlord_of(session_of(complaint))
    refuses = kind == "refusal" or bool(refused_points(edition_of(complaint), written))
    if refuses and landlord.refusals_approved:
        return Do.APPROVE_REFUSAL
    return Do.APPROVE_ANSWER if kind in ANSWERING and landlord.answers_approved else None


def ask_approval(complaint: Complaint, kind: str, *, by: Viewer, seen: int) -> None:
    """Say that a letter is ready for somebody else to read and approve. RuleBroken where its words have changed since."""
    draft = complaint.draft(kind, complaint.stage_for(kind))
    if draft is None or draft.version != seen:
        raise RuleBroken("5.12", N_("Somebody changed this letter after you read it. Read it again below, then send it."))
    draft.asked_version = draft.version


def is_asked(complaint: Complaint, kind: str) -> bool:
    """Whether the letter of this kind waits for approval as it stands: any change to its words takes the asking back."""
    draft = complaint.draft(kind, complaint.stage_for(kind))
    return draft is not None and draft.asked_version == draft.version and bool(draft.written)


def waiting(complaint: Complaint, do: Do) -> StaffDraft | None:
    """The letter that waits for this to be done to it, or nothing."""
    drafts = [complaint.draft(kind, complaint.stage_for(kind)) for kind in KINDS if is_asked(complaint, kind)]
    return next((one for one in drafts if one and approval_for(complaint, one.kind, one.written) is do), None)


def may_approve(complaint: Complaint, do: Do, by: Viewer) -> bool:
    """Whether a letter waits that this viewer may approve: one they wrote nothing of by any account, at a stage open to them."""
    draft = waiting(complaint, do)
    if draft is None or not access.may(by, do, complaint) or complaint.barred(draft.stage, by.staff_id):
        return False
    wrote = {f"staff:{one}" for one in (draft.saved_by_id, *draft.writers)}
    return wrote.isdisjoint({by.name, *other_accounts(session_of(complaint), by.staff_id, complaint.began_at)})


def approval(complaint: Complaint, kind: str, written: Mapping[str, Any], *, by: Viewer) -> dict[str, list[str]]:
    """What the event holds of who wrote and who approved it; nothing where no approval is asked.

    Raises RuleBroken where it is asked and this is whoever wrote it, or nobody has asked for it.
    """
    do = approval_for(complaint, kind, written)
    if do is None:
        return {}
    draft = waiting(complaint, do)
    if draft is None or draft.kind != kind or not may_approve(complaint, do, by):
        if do is Do.APPROVE_ANSWER:
            raise RuleBroken("5.12", N_("Somebody other than the person who wrote it has to approve this answer before it goes."))
        raise RuleBroken("2.1", N_("Somebody other than the person who wrote it has to approve this refusal before it goes."))
    return {"drafted_by": [f"staff:{one}" for one in sorted({draft.saved_by_id, *draft.writers})], "approved_by": [by.name]}
