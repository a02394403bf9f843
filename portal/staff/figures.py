"""What we measure: a few counts by month, each with what it counts and its provision; and the same for a spreadsheet."""

import csv
from io import StringIO

from flask import Response, g

from portal import clock, i18n
from portal.access import Do
from portal.complaints import figures as counting
from portal.i18n import gettext as _
from portal.rules import editions
from portal.staff.door import page
from portal.web import register, render


@page.get("/figures", do=Do.READ_FIGURES)
def figures() -> Response:
    """This month and the eleven before it."""
    g.listed = []
    cites = editions.in_force(clock.today()).cites
    measured = [(one.id, _(one.label), _(one.counts), cites[one.cites]) for one in counting.FIGURES]
    months = [(i18n.month(one.first), one.counted) for one in counting.by_month(register())]
    return render("staff/figures.html", measured=measured, months=months)


@page.get("/figures.csv", do=Do.READ_FIGURES)
def figures_csv() -> Response:
    """The same, as a file that a spreadsheet opens: names and numbers alone, so nothing in it can be a formula."""
    g.listed = []
    written = StringIO()
    csv.writer(written).writerows(counting.as_rows(counting.by_month(register())))
    answer = Response(written.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=figures.csv"
    return answer
