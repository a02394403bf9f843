"""Everybody who waits for all that we hold about them, by the day it goes."""

from flask import Response, g

from portal import clock
from portal.access import Do
from portal.complaints import data_asked
from portal.complaints.data_asked import MOST_OPEN
from portal.complaints.recording import calendar_of
from portal.staff import wording
from portal.staff.door import page
from portal.web import register, render


@page.get("/data-requests", do=Do.READ_QUEUE)
def data_requests() -> Response:
    """Each request that waits, what is late first."""
    found, today = data_asked.all_waiting(register(), g.viewer), clock.today()
    rows = found[:MOST_OPEN]
    g.listed = sorted(row.complaint.id for row in rows)
    how = {row.complaint.id: wording.how_soon(row.due_on, today, calendar_of(register(), row.complaint.division)) for row in rows}
    return render("staff/data_requests.html", rows=rows, how=how, has_more=len(found) > MOST_OPEN, late=sum(row.due_on < today for row in rows))
