"""Bank holidays: those known, and the one form with which a manager adds what was proclaimed since (ruling 19)."""

from typing import Any

from flask import Response, g, url_for
from wtforms import ValidationError

from portal import clock
from portal.access import Do
from portal.complaints import holidays, operations, queries
from portal.complaints.landlord import landlord_of
from portal.complaints.recording import calendar_of
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line
from portal.web import register, render, transaction


class HolidayForm(BaseForm):
    """Which day, what it is called, and where it was proclaimed."""

    day = Day(_l("Which day is it?"), [Filled(_l("Write the day, like 12 June 2026"))])
    name = Line(_l("What is it called?"), [Filled(_l("Write what the day is called"))])
    source = Line(_l("Where was it proclaimed?"), [Filled(_l("Write where it was proclaimed, so that anybody can look it up"))])

    def validate_day(self, field: Day) -> None:
        """A day that has gone by."""
        if field.day and field.day < clock.today():
            raise ValidationError(_("Give a day that has not gone by."))


@page.get("/bank-holidays", do=Do.KEEP_CALENDAR)
@page.post("/bank-holidays", do=Do.KEEP_CALENDAR)
def bank_holidays() -> Response:
    """What is not counted as a working day; a day that was proclaimed late is added here."""
    division, form = landlord_of(register()).division, HolidayForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.day.day is not None
                operations.proclaim(
                    register(), division=division, day=form.day.day, name=form.name.data, source=form.source.data, by=g.viewer
                )
                done.url = url_for("staff.bank_holidays")
            return landed(done.url, _("Added. Every open complaint is being counted again."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _shown(division, form)


def _shown(division: str, form: HolidayForm) -> Response:
    names: dict[int, str] = queries.staff_names(register())
    more: dict[str, Any] = {
        "ahead": holidays.ahead(register(), division), "added": holidays.added(register(), division), "names": names,
        "known_until": calendar_of(register(), division).known_until,
    }  # fmt: skip
    return render("staff/bank_holidays.html", form=form, status=form.status, **more)
