"""How many residents gave each answer about themselves, for whoever answers for the landlord: half-years that are over, and no small number."""

from flask import Response, g

from portal import i18n
from portal.access import Do
from portal.complaints.equality import HalfYear, half_years_over
from portal.complaints.figures import HeldBack
from portal.i18n import gettext as _
from portal.staff.door import page
from portal.staff.figures import INSTEAD
from portal.web import register, render


@page.get("/residents", do=Do.READ_EQUALITY)
def equality() -> Response:
    """Each half-year that is over, the newest first; whoever looks sees the same, whatever else they may read."""
    g.listed = []
    halves = [(half.began_on, _named(half), _in_words(half)) for half in half_years_over(register())]
    return render("staff/equality.html", halves=halves)


def _named(half: HalfYear) -> str:
    return _("%(first)s to %(last)s", first=i18n.month(half.began_on), last=i18n.month(half.last_on))


def _in_words(half: HalfYear) -> list[tuple[str, list[tuple[str, object]]]]:
    return [(_(question.asks), [(_(words), INSTEAD[HeldBack.SMALL] if number is None else number) for words, number in answers]) for question, answers in half.shown]
