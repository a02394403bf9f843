"""Who considers a stage, besides giving it out: standing back, conflicts decided, a reviewer from outside (rulings 34, 53)."""

from collections.abc import Iterable

from portal import clock
from portal.access import Viewer
from portal.complaints.casework import assign
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.recording import edition_of, record
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def stand_back(complaint: Complaint, staff: Staff, *, by: Viewer, interest: str) -> None:
    """Take somebody out of a stage for an interest they declared; they consider this complaint no more (5.8)."""
    record(complaint, Step.RECUSED, by=by, stage=complaint.stage, details={"staff": staff.id}, words={"interest": interest})
    for part in complaint.people:
        if (part.stage, part.staff_id, part.until) == (complaint.stage, staff.id, None):
            part.until, part.interest = clock.now(), interest
    complaint.version += 1


def decide_conflict(complaint: Complaint, staff: Staff, *, by: Viewer, said: str, barred: bool, because: str) -> None:
    """Decide whether somebody whom the resident named has a conflict; only such a decision bars them (5.8, ruling 34)."""
    details = {"staff": staff.id, "barred": barred, "reason": bool(because)}
    record(complaint, Step.CONFLICT_DECIDED, by=by, stage=complaint.stage, details=details, words={"said": said, "because": because})
    complaint.version += 1


def independent(complaint: Complaint, everyone: Iterable[Staff]) -> list[Staff]:
    """Those of these who may consider the stage that the complaint is at."""
    return [each for each in everyone if not complaint.barred(complaint.stage, each.id)]


def name_outside_reviewer(
    complaint: Complaint, staff: Staff, *, by: Viewer, everyone: Iterable[Staff], named_by: str, who: str, because: str
) -> None:
    """Give the stage to somebody from outside, named by the senior lead or the Member Responsible for Complaints (53).

    Whoever writes it down may be barred: it is not they who choose. RuleBroken while anybody here is independent.
    """
    left = [each for each in independent(complaint, everyone) if each.id != staff.id]
    if left:
        provision = edition_of(complaint).cites["different person"]
        raise RuleBroken(provision, N_("Somebody here can consider it: %(name)s. Give it to them."), {"name": left[0].name})
    details = {"staff": staff.id, "named_by": named_by}
    record(complaint, Step.OUTSIDE_NAMED, by=by, stage=complaint.stage, details=details, words={"who": who, "because": because})
    assign(complaint, staff, by=by, interest=because)
