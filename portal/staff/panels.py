"""A panel at stage 2: who is on it and when it meets, or that it does not meet, of which the resident is told (3.6, 6.13)."""

from collections.abc import Sequence
from typing import Any

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal import clock
from portal.access import READERS, Do
from portal.complaints import operations, queries
from portal.complaints.models import Complaint
from portal.complaints.panels import next_panel
from portal.complaints.people import Staff
from portal.complaints.recording import edition_of
from portal.complaints.safety import see_it_is_read
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.care import Way
from portal.rules.people import deciders
from portal.staff.caring import CareForm
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, Tick, Words, day_typed, named
from portal.staff.reviewers import kept_out
from portal.staff.safety import read_first
from portal.web import redirect, register, render, transaction

GONE_BY = _l("Give a day that has not gone by.")


class SomeOf:
    """At least one of the choices."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: BaseForm, field: Tick) -> None:
        """Nothing was ticked."""
        if not field.data:
            raise ValidationError(str(self.message))


class PanelForm(CareForm):
    """Who is on it, when and where it meets, how the resident can take part, and what of theirs it keeps to."""

    members = Tick(_l("Who is on the panel?"), {}, [SomeOf(_l("Choose who is on the panel"))])
    interest = Words(_l("Any interest that any of them has in it, or “none”"), [Filled(_l("Write their interest, or “none”"))])
    on = Day(_l("Which day does it meet?"), [Filled(_l("Write the day it meets"))])
    starts = Line(_l("At what time?"), [Filled(_l("Write the time it begins"))])
    place = Words(_l("Where, or how, as they will read it"), [Filled(_l("Write where or how it meets"))])
    taking_part = Words(_l("How they can take part, as they will read it"), [Filled(_l("Write how they can take part"))])

    def reaching(self) -> Way | None:
        """A panel is a way of its own."""
        return Way.PANEL

    def validate_on(self, field: Day) -> None:
        """They are told before it."""
        if field.day and field.day < clock.today():
            raise ValidationError(str(GONE_BY))


def may_sit(complaint: Complaint, form: BaseForm, box: str) -> tuple[list[Staff], list[str]]:
    """Offer everybody who may consider the stage; and, in words, why each of the others may not."""
    everyone = queries.staff_with(register(), *READERS)
    out = dict(kept_out(complaint, everyone))
    free = [each for each in everyone if each not in out]
    form[box].choices = named((each.id, f"{each.name}, {each.job_title}") for each in free)
    return everyone, list(out.values())


def chosen(everyone: list[Staff], picked: Sequence[str]) -> list[Staff]:
    """Those of them who were ticked."""
    return [each for each in everyone if str(each.id) in picked]


@page.get("/complaints/<case:complaint>/panel", do=Do.KEEP_PANEL)
@page.post("/complaints/<case:complaint>/panel", do=Do.KEEP_PANEL)
@read_first
def panel(complaint: Complaint) -> Response:
    """Arrange a panel, or another day for it: the resident is written to at once, and no date of theirs moves."""
    if request.method == "GET" and complaint.stage < 2:
        return redirect(url_for("staff.case", complaint=complaint))
    before = next_panel(complaint)
    form = PanelForm(version=str(complaint.version), **_begun(complaint))
    form.bind(complaint, Way.PANEL)
    everyone, barred = may_sit(complaint, form, "members")
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                see_it_is_read(complaint, by=g.viewer)
                assert form.on.day is not None
                meeting = operations.Meeting(form.on.day, form.starts.data, form.place.data, form.taking_part.data)
                operations.arrange_panel(complaint, chosen(everyone, form.members.data), meeting, by=g.viewer, interest=form.interest.data, **form.care)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("The panel is arranged. The letter that tells them is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    provision = edition_of(complaint).cites["different person"]
    return render("staff/panel.html", form=form, complaint=complaint, before=before, barred=barred, provision=provision, status=form.status)


def _begun(complaint: Complaint) -> dict[str, Any]:
    """Where the form begins: with the panel that is to meet, or whoever decides the stage already."""
    before = next_panel(complaint)
    if before is None:
        return {"members": [str(each) for each in deciders(complaint.happenings, complaint.stage)]}
    kept = {name: getattr(before, name) for name in ("starts", "place", "taking_part")}
    return kept | {"members": [str(each) for each in before.members], "on": day_typed(before.meets_on)}


class OffForm(BaseForm):
    """Why the panel does not meet."""

    why = Words(_l("Why does it not meet? They will read this"), [Filled(_l("Write why it does not meet"))])


@page.get("/complaints/<case:complaint>/panel/off", do=Do.KEEP_PANEL)
@page.post("/complaints/<case:complaint>/panel/off", do=Do.KEEP_PANEL)
def panel_off(complaint: Complaint) -> Response:
    """Call off the panel that was to meet: the resident is written to at once, with the reason."""
    waiting = next_panel(complaint)
    if request.method == "GET" and waiting is None:
        return redirect(url_for("staff.case", complaint=complaint))
    form = OffForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.call_off_panel(complaint, by=g.viewer, why=form.why.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("The panel is called off. The letter that tells them is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/panel_off.html", form=form, complaint=complaint, panel=waiting, status=form.status)
