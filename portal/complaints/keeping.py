"""What staff keep beside a complaint: notes, statements that few may read, and what was looked at for each point (5.8, 5.12)."""

from collections.abc import Iterable
from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import Evidence, Note
from portal.complaints.recording import record, session_of
from portal.rules.steps import Step


def write_note(complaint: Complaint, words: str, *, by: Viewer, statement_of: str = "") -> Note:
    """Keep a working note, or (with whose it is) the statement of somebody who works here, which few may read (ruling 9)."""
    note = Note(
        complaint_id=complaint.id, words=words, written_by_id=by.staff_id or 0, written_at=clock.now(),
        restricted=bool(statement_of), statement_of=statement_of or None,
    )  # fmt: skip
    complaint.notes.append(note)
    session_of(complaint).flush()
    said = {"words": words, "statement_of": statement_of}
    record(complaint, Step.NOTED, by=by, stage=complaint.stage, details={"note": note.id, "restricted": note.restricted}, words=said)
    return note


def keep_evidence(
    complaint: Complaint, what: str, *, by: Viewer, points: Iterable[int] = (), supplied_by: str, on: date, attachment_id: int | None = None,
) -> Evidence:  # fmt: skip
    """Write down what was looked at, for these points or (with none) for all: what it is, who supplied it, its file."""
    stage, meant = complaint.stage_for("response"), sorted(points)
    evidence = Evidence(
        complaint_id=complaint.id, stage=stage, points=meant, what=what, supplied_by=supplied_by, looked_on=on,
        attachment_id=attachment_id, recorded_by_id=by.staff_id or 0, recorded_at=clock.now(),
    )  # fmt: skip
    complaint.evidence.append(evidence)
    session_of(complaint).flush()
    details = {"evidence": evidence.id, "points": [str(number) for number in meant]}
    record(complaint, Step.EVIDENCE_SEEN, by=by, stage=stage, on=on, details=details, words={"what": what, "supplied_by": supplied_by})
    return evidence
