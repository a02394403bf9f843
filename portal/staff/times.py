"""How long things are kept and may take: as the landlord sets it, with where that was read, and who changed it."""

from flask import Response, g, url_for

from portal import i18n
from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints import times as register_of_times
from portal.complaints.times import FIXED, TIMES
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.i18n import ngettext
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, Number
from portal.web import register, render, transaction


def _time(name: str) -> Number:
    """The box for one of them, and how short and long it may be."""
    time = TIMES[name]
    return Number(_l(time.about), least=time.least, most=time.most)


class TimesForm(BaseForm):
    """Each time, where it was read, and on what day."""

    keep_years = _time("keep_years")
    keep_spam_months = _time("keep_spam_months")
    keep_equality_years = _time("keep_equality_years")
    data_months = _time("data_months")
    source = Line(_l("On what do these rest?"), [Filled(_l("Write on what they rest, so that anybody can look again"))])
    checked = Day(_l("On what day did you check it?"), [Filled(_l("Write the day you checked it, like 12 June 2026"))])


@page.get("/times", do=Do.KEEP_TIMES)
@page.post("/times", do=Do.KEEP_TIMES)
def times() -> Response:
    """See how long things are kept, who set that and on what it rests, and change it."""
    found = register_of_times.times(register())
    form = TimesForm(**_typed(found))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.checked.day is not None
                wanted = {name: form[name].number for name in TIMES}
                operations.set_times(register(), wanted, by=g.viewer, source=form.source.data, checked_on=form.checked.day)
                done.url = url_for("staff.times")
            return landed(done.url, _("Kept. It holds from now on."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/times.html", form=form, found=found, fixed=FIXED, changes=register_of_times.changes(register()), known=TIMES, in_words=in_words,
        names=queries.staff_names(register()), status=form.status,
    )  # fmt: skip


def _typed(found: list[register_of_times.Set]) -> dict[str, str]:
    """What stands in the boxes at first."""
    sources, days = [one.source for one in found if one.source], [one.checked_on for one in found if one.checked_on]
    said = {"source": sources[0] if sources else "", "checked": i18n.day(min(days)) if days else ""}
    return {one.name: str(one.number) for one in found} | said


def in_words(number: int, unit: str) -> str:
    """So many years, or months."""
    if unit == register_of_times.YEARS:
        return ngettext("%(num)s year", "%(num)s years", number)
    return ngettext("%(num)s month", "%(num)s months", number)
