"""What the Ombudsman has: the complaints it told us of, and the form that writes down one more."""

from flask import Response, g, url_for
from wtforms import ValidationError

from portal import clock
from portal.access import Do
from portal.complaints import operations, queries, references
from portal.complaints.models import Complaint
from portal.complaints.ombudsman import their_references
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.steps import RuleBroken
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line
from portal.web import register, render, transaction


class HasForm(BaseForm):
    """Which complaint, under which reference of theirs, and when they told us."""

    reference = Line(_l("Our reference"), [Filled(_l("Write the reference of the complaint"))])
    theirs = Line(_l("The Ombudsman’s reference"), [Filled(_l("Write the Ombudsman’s reference"))])
    on = Day(_l("Which day did they tell us?"), [Filled(_l("Write the day they told us"))], past=True)

    def validate_reference(self, field: Line) -> None:
        """Something that can be a reference."""
        if references.as_reference(field.data or "") is None:
            raise ValidationError(_("That is not a reference. Check each letter and number"))

    def validate_on(self, field: Day) -> None:
        """Nobody has told us anything yet on a day to come."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write the day they told us"))


@page.get("/ombudsman", do=Do.KEEP_OMBUDSMAN)
@page.post("/ombudsman", do=Do.KEEP_OMBUDSMAN)
def ombudsman() -> Response:
    """Every complaint that the Ombudsman has; or one more of them."""
    form = HasForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                told = _named(form)
                operations.ombudsman_has(told, by=g.viewer, theirs=form.theirs.data, on=form.on.day)
                done.url = url_for("staff.case", complaint=told)
            return landed(done.url, _("Written down: the Ombudsman has this complaint."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    found = queries.with_the_ombudsman(register(), g.viewer)
    g.listed = [each.id for each in found]
    return render("staff/ombudsman.html", form=form, found=[(each, their_references(each)) for each in found], status=form.status)


def _named(form: HasForm) -> Complaint:
    found = queries.for_the_ombudsman(register(), g.viewer, references.as_reference(form.reference.data))
    if found is None:
        raise RuleBroken("3.7", N_("There is no complaint with this reference. Check each letter and number."))
    return found
