"""A reasonable adjustment that was asked for: agreed or declined, why, and when it is looked at again (5.10)."""

from dataclasses import replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints import wishes
from portal.complaints.models import Complaint
from portal.complaints.people import Adjustment, holds_in
from portal.complaints.recording import record
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.steps import Step


def holding(complaint: Complaint) -> list[Adjustment]:
    """What the resident asked for that holds in this complaint: what they wanted for another alone stays there."""
    every = complaint.resident.person.adjustments
    return [one for one in every if holds_in(complaint.id, one.complaint_id, one.wish)]


def decide_adjustment(
    complaint: Complaint, adjustment: Adjustment, *, by: Viewer, agreed: bool, words: str, review_on: date | None = None
) -> None:
    """Agree to what was asked for, or decline it; decided again where it was looked at again. The resident is told.

    `words` are what we do, or why we cannot: they go in the letter, and no event holds them. `review_on` is the day on
    which we ask whether what we agreed to still fits; what is declined has none. RuleBroken without what each needs.
    """
    review_on = review_on if agreed else None
    details: dict[str, Any] = {"adjustment": adjustment.id, "agreed": agreed, "reason": bool(words.strip())}
    details |= {"review": review_on.isoformat()} if review_on else {}
    record(complaint, Step.ADJUSTMENT_DECIDED, by=by, stage=complaint.stage, details=details)
    adjustment.decision = "agreed" if agreed else "declined"
    adjustment.decided_by_id, adjustment.decided_on = by.staff_id, clock.today()
    adjustment.reason, adjustment.review_on = words.strip() or None, review_on
    complaint.version += 1
    wish = adjustment.wish
    draft = {
        "agreed": agreed, "reason": words.strip(), "words": str(wish.get("words") or ""), "review_on": review_on,
        "kinds": [wishes.EASIER[kind] for kind in wish.get("kinds", ()) if kind in wishes.EASIER],
    }  # fmt: skip
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    keep(complaint, compose("adjustment", replace(facts, draft=draft)), by=by)
