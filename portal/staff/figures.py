"""What we measure: a few counts by month, each with what it counts and its provision; and the same for a spreadsheet."""

import csv
from io import StringIO

from flask import Response, g

from portal import access, clock, i18n
from portal.access import Do
from portal.complaints import figures as counting
from portal.complaints.figures import HeldBack
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules import editions
from portal.staff.door import page
from portal.web import register, render

INSTEAD = {HeldBack.SMALL: _l("under 5"), HeldBack.GIVES_ANOTHER: _l("not shown")}
"""What stands where a number is held back."""


@page.get("/figures", do=Do.READ_FIGURES)
def figures() -> Response:
    """This month and the eleven before it. Small numbers are held back from whoever reads no complaint (A6)."""
    g.listed = []
    cites = editions.in_force(clock.today()).cites
    measured = [(one.id, _(one.label), _(one.counts), cites[one.cites]) for one in counting.FIGURES]
    in_full = access.may(g.viewer, Do.READ_QUEUE)
    months = [(i18n.month(one.first), _in_words(one.in_full if in_full else one.held_back)) for one in counting.by_month(register())]
    return render("staff/figures.html", measured=measured, months=months, in_full=in_full)


def _in_words(cells: counting.Cells) -> dict[str, object]:
    return {name: INSTEAD[cell] if isinstance(cell, HeldBack) else cell for name, cell in cells.items()}


@page.get("/figures.csv", do=Do.READ_FIGURES)
def figures_csv() -> Response:
    """The same as a file that a spreadsheet opens, small numbers held back whoever asks: a file goes anywhere.

    It has names and numbers alone, so nothing in it can be a formula.
    """
    g.listed = []
    written = StringIO()
    csv.writer(written).writerows(counting.as_rows(counting.by_month(register())))
    answer = Response(written.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=figures.csv"
    return answer
