"""Calls, visits, meetings, letters and e-mails about a complaint: a record of their own, on the day they happened."""

from collections.abc import Collection
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.caring import WAY_OF, keep_to
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.people import Party
from portal.complaints.recording import record, session_of
from portal.rules.care import SPOKEN
from portal.rules.steps import Step


def record_contact(
    complaint: Complaint, *, by: Viewer, kind: str, incoming: bool, who: str, words: str, on: date,
    accompanied_by: str = "", shown: bool = True, spoke: bool = False, proof: bool | None = None, with_them: bool = True,
    kept: Collection[str] = (), why_not: str = "", acting: Party | None = None, before: str = "",
) -> Contact:  # fmt: skip
    """Write down a contact (ruling 17): with whom, accompanied by whom, what was said, and whether the resident sees it.

    `spoke` says that this is the call they asked for when they complained, and that they were reached; `proof`, that
    we made sure whether it was them, and whether it was; `acting`, that it was with somebody who acts for the resident; `before`, that they
    were told by word of mouth what a letter of this kind says, which has still to go.
    Of what we did ourselves `with_them`, `kept` says to which of their wishes and limits we kept, and `why_not` why not to the
    others (5.10). RuleBroken for a day to come, one before the complaint was received, or something not kept without a reason.
    """
    contact = Contact(
        complaint_id=complaint.id, kind=kind, incoming=incoming, who=who, accompanied_by=accompanied_by or None,
        words=words, happened_on=on, recorded_at=clock.now(), recorded_by=by.name, shown_to_resident=shown,
    )  # fmt: skip
    complaint.contacts.append(contact)
    session_of(complaint).flush()
    said = {"who": who, "accompanied_by": accompanied_by, "words": words}
    details: dict[str, Any] = {"contact": contact.id} | ({"spoke": True} if spoke else {}) | ({} if proof is None else {"proof": proof})
    details |= {"party": acting.id} if acting else {}
    details |= {"before": before} if before and with_them and WAY_OF[kind] in SPOKEN else {}
    record(complaint, Step.CONTACTED, by=by, stage=complaint.stage, on=on, details=details, words=said)
    if with_them and not incoming:
        keep_to(complaint, WAY_OF[kind], by=by, kept=kept, why=why_not, party=acting, details={"contact": contact.id})
    return contact
