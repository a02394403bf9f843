"""The day of receipt put right, or kept when the resident says that it is wrong (ruling 13)."""

from flask import Response, g, url_for
from wtforms import ValidationError

from portal import clock
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.receiving import disputed
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Day, Pick, Words
from portal.web import render, transaction

CORRECT, KEEP = "correct", "keep"


class ReceivedForm(BaseForm):
    """The right day and why; `what` is asked only where the resident says that the day is wrong."""

    what = Pick(
        _l("What do you reply?"), {CORRECT: N_("They are right: correct the day"), KEEP: N_("The day stays as it is")},
        [OneOf(_l("Choose whether the day is corrected or stays"))],
    )  # fmt: skip
    day = Day(_l("Which day did anybody here first have it?"), past=True)
    why = Words(_l("Why, as the resident will read it"), [Filled(_l("Write why, as the resident will read it"))])

    @property
    def keeps(self) -> bool:
        """Whether the day is to stay."""
        return self.what is not None and bool(self.what.data == KEEP)

    def validate_day(self, field: Day) -> None:
        """A correction gives the right day, one that has come."""
        if self.keeps:
            return
        Filled(_("Write the day somebody here first had it"))(self, field)
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write the day on which we first had it"))


@page.get("/complaints/<case:complaint>/received", do=Do.CORRECT_RECEIPT)
@page.post("/complaints/<case:complaint>/received", do=Do.CORRECT_RECEIPT)
def received(complaint: Complaint) -> Response:
    """What is written down, what the resident says against it, and the right day; a letter tells what changes."""
    against = disputed(complaint)
    form = ReceivedForm(version=str(complaint.version))
    if against is None:
        del form.what
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                _settle(complaint, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("The letter about the day of receipt is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/received.html", form=form, complaint=complaint, against=against, status=form.status)


def _settle(complaint: Complaint, form: ReceivedForm) -> None:
    if form.keeps:
        operations.keep_receipt(complaint, form.why.data, by=g.viewer)
    else:
        assert form.day.day is not None
        operations.correct_receipt(complaint, form.day.day, form.why.data, by=g.viewer)
