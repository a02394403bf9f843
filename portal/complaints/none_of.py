"""What a complaint has none of: asked of all its rarer kinds of row at once, so that no page asks for each in turn."""

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm.attributes import set_committed_value

from portal.complaints.models import Action, Answer, Complaint, RefusedPoint, Remedy
from portal.complaints.papers import Attachment, Contact, DangerAlert, Evidence, Note, StaffDraft
from portal.db import Register

OFTEN_NONE = {
    Complaint.actions: Action.complaint_id, Complaint.alerts: DangerAlert.complaint_id, Complaint.answers: Answer.complaint_id,
    Complaint.contacts: Contact.complaint_id, Complaint.evidence: Evidence.complaint_id, Complaint.files: Attachment.complaint_id,
    Complaint.notes: Note.complaint_id, Complaint.refused_points: RefusedPoint.complaint_id,
    Complaint.remedies: Remedy.complaint_id, Complaint.writing: StaffDraft.complaint_id,
}  # fmt: skip

HAS = select(*(exists().where(whose == bindparam("id")) for whose in OFTEN_NONE.values()))


def note(register: Register, complaint: Complaint) -> None:
    """Note on a complaint just read which of these it has none of; what it has is read when it is asked for.

    A transaction forgets that, as it forgets all that was read before it.
    """
    has = register.execute(HAS, {"id": complaint.id}).one()
    for relation, some in zip(OFTEN_NONE, has, strict=True):
        if not some:
            set_committed_value(complaint, relation.key, [])
