"""The receipt: reference, access code, the day they will hear, and what to do now; and the dates for a calendar."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from flask import Response, request, session

from portal import clock
from portal.access import Do
from portal.complaints import queries
from portal.complaints.issues import same_cause
from portal.complaints.models import Complaint
from portal.forms import BaseForm
from portal.i18n import gettext
from portal.resident import standing
from portal.resident.about_you import is_offered
from portal.resident.blueprint import page
from portal.resident.case import others
from portal.rules.calls import call_waits
from portal.web import register, render


@page.get("/your-complaint/receipt", do=Do.FOLLOW)
def receipt(complaint: Complaint) -> Response:
    """We have it. The access code is shown in the browser that sent it, until its session ends."""
    draft = queries.draft_by_token(register(), session.get("sent"))
    code = draft.code if draft and draft.complaint_id == complaint.id else None
    return render(
        "resident/receipt.html",
        complaint=complaint,
        code=code,
        hear=standing.first_letter(complaint),
        answer=standing.latest_answer(complaint),
        party=complaint.resident,
        others=others(complaint) if same_cause(complaint) else [],
        button=BaseForm(formdata=None),
        ring_by=call_waits(complaint.happenings),
        asks=is_offered(complaint),
        counted="counted" in request.args,
    )


@page.get("/your-complaint/dates.ics", do=Do.FOLLOW)
def dates(complaint: Complaint) -> Response:
    """The days a letter is due, for a calendar that others may see: the entries say nothing else."""
    body = "\r\n".join(_calendar(complaint)) + "\r\n"
    return Response(
        body, mimetype="text/calendar", headers={"Content-Disposition": 'attachment; filename="dates.ics"'}
    )


def _calendar(complaint: Complaint) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dates//EN")
    due_words = gettext("Letter due")
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    for due in standing.letters_due(complaint):
        uid = hashlib.sha256(f"{complaint.reference} {due}".encode()).hexdigest()[:32]
        yield from (
            "BEGIN:VEVENT",
            f"UID:{uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
            f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{due_words}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        )
    yield "END:VCALENDAR"


