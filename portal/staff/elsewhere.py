"""What was opened by somebody of another team, a week on a page: who, which complaint, when, and why."""

from datetime import date, timedelta

from flask import Response, g, request, url_for

from portal import clock
from portal.access import Do
from portal.complaints import elsewhere
from portal.staff.account import ROLES
from portal.staff.door import page
from portal.web import register, render


@page.get("/opened-elsewhere", do=Do.READ_REASONS)
def opened_elsewhere() -> Response:
    """Last week, unless another is asked for; the weeks before it and this one are a press away."""
    this = elsewhere.monday_of(clock.today())
    monday = min(_asked_for() or this - timedelta(weeks=1), this)
    found = elsewhere.opened_in(register(), g.viewer, monday)
    g.listed = sorted({one.complaint_id for one in found})
    after = monday + timedelta(weeks=1)
    return render(
        "staff/opened_elsewhere.html", rows=found[: elsewhere.MOST], has_more=len(found) > elsewhere.MOST, first=monday, last=after - timedelta(days=1),
        is_this=monday == this, after_is_this=after == this,
        before=_address(monday - timedelta(weeks=1)) if elsewhere.is_any_before(register(), monday) else "", after=_address(after) if after <= this else "", roles=ROLES,
    )  # fmt: skip


def _asked_for() -> date | None:
    """The Monday of the week in the address; None for anything else, or a week of another century."""
    try:
        day = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        return None
    return elsewhere.monday_of(day) if 2000 <= day.year <= 2099 else None


def _address(monday: date) -> str:
    return url_for("staff.opened_elsewhere", week=monday.isoformat())
