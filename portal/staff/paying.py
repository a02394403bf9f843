"""The money that is owed, by the day it was promised, and the residents who died and of whom nobody knows who deals with the estate."""

from flask import Response, g, request

from portal import access, clock
from portal.access import Do
from portal.complaints import death, offered, queries
from portal.complaints.offered import MOST_OWED, Owed
from portal.complaints.recording import calendar_of
from portal.rules import editions
from portal.staff import wording
from portal.staff.door import page
from portal.web import register, render


@page.get("/money", do=Do.READ_QUEUE)
def money_owed() -> Response:
    """Everything that somebody accepted and that is not paid, what is late first."""
    mine = request.args.get("with") == "me"
    found = offered.money_owed(register(), g.viewer, mine=mine)
    rows, estates = found[:MOST_OWED], death.without_contact(register(), g.viewer)
    g.listed = sorted({one.complaint_id for one in rows} | {each.id for each in estates})
    today = clock.today()
    late = [one for one in rows if one.pay_by and one.pay_by < today]
    return render(
        "staff/money.html", rows=rows, how={one.id: _how_soon(one) for one in rows}, has_more=len(found) > MOST_OWED, mine=mine, estates=estates,
        in_all=sum(one.pence for one in rows), late=sum(one.pence for one in late), names=queries.staff_names(register()),
        kinds={kind.id: kind.label for edition in editions.EDITIONS.values() for kind in edition.remedy_kinds}, pays=access.may(g.viewer, Do.KEEP_ACTIONS),
    )  # fmt: skip


def _how_soon(one: Owed) -> str:
    """How far off its day is; nothing where nobody told one."""
    return wording.how_soon(one.pay_by, clock.today(), calendar_of(register(), one.division)) if one.pay_by else ""
