"""The Ombudsman has a complaint: who told us, under which reference, on what day. From then on its liaison here may read it."""

from datetime import date

from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.recording import record
from portal.rules.steps import Step


def ombudsman_has(complaint: Complaint, *, by: Viewer, theirs: str, on: date | None = None) -> None:
    """Write down that the Ombudsman told us on a day, today unless said, that it has this complaint, under a reference of `theirs`.

    RuleBroken where the day has not come, or this was written down before.
    """
    record(complaint, Step.OMBUDSMAN_HAS, by=by, stage=complaint.stage, on=on, details={"reference": theirs})
    complaint.version += 1


def their_references(complaint: Complaint) -> list[str]:
    """The Ombudsman's own references for a complaint, oldest first."""
    told = (one.details for one in complaint.happenings if one.step in (Step.RECEIVED, Step.OMBUDSMAN_HAS, Step.DIRECTED))
    said = [str(each.get("directed") or each.get("reference") or "") for each in told]
    return list(dict.fromkeys(each for each in said if each))
