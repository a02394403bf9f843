"""What somebody asked for to make it easier: agreed or declined, with a day to look at it again (5.10)."""

from flask import Response, abort, g, url_for
from wtforms import ValidationError

from portal import clock
from portal.access import Do
from portal.complaints import operations
from portal.complaints.adjusting import holding
from portal.complaints.models import Complaint
from portal.complaints.people import Adjustment
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff.case import decided, wish_in_words
from portal.staff.door import landed, page
from portal.staff.fields import Day, Pick, Words, day_typed
from portal.web import NUMBER, render, transaction

DECISIONS = {"agreed": N_("We do it"), "declined": N_("We cannot do it")}


class AdjustmentForm(BaseForm):
    """What was decided, how or why, and when it is looked at again."""

    decision = Pick(_l("What do we do?"), DECISIONS, [OneOf(_l("Choose one of the two"))])
    words = Words(_l("How we do it, or why we cannot, as they will read it"), most=2_000)
    review = Day(_l("If we do it: when do we look at it again?"))

    def validate_words(self, field: Words) -> None:
        """Nobody is told no without a reason."""
        if self.decision.data == "declined" and not field.data:
            raise ValidationError(_("Write why we cannot do it"))

    def validate_review(self, field: Day) -> None:
        """What we do has a day to come, on which we look at it again; what we do not do has none."""
        if self.decision.data != "agreed":
            return
        Filled(_("Write the day, like 12 June 2026"))(self, field)
        if field.day and field.day <= clock.today():
            raise ValidationError(_("Give a day that is still to come."))


@page.get(f"/complaints/<case:complaint>/adjustments/<{NUMBER}:adjustment_id>", do=Do.DECIDE_ADJUSTMENT)
@page.post(f"/complaints/<case:complaint>/adjustments/<{NUMBER}:adjustment_id>", do=Do.DECIDE_ADJUSTMENT)
def adjustment(complaint: Complaint, adjustment_id: int) -> Response:
    """One thing they asked for; decided again whenever it is looked at again."""
    found = _asked(complaint, adjustment_id)
    form = AdjustmentForm(version=str(complaint.version), words=found.reason or "", decision=found.decision if found.decision in DECISIONS else None, review=day_typed(found.review_on))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.decide_adjustment(
                    complaint, _asked(complaint, adjustment_id), by=g.viewer, agreed=form.decision.data == "agreed",
                    words=form.words.data or "", review_on=form.review.day,
                )  # fmt: skip
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. The letter to them is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/adjustment.html", form=form, complaint=complaint, wishes=wish_in_words(found.wish), so_far=decided(found), asked_on=found.asked_on,
        status=form.status,
    )  # fmt: skip


def _asked(complaint: Complaint, adjustment_id: int) -> Adjustment:
    """What this resident asked for, of what holds in this complaint; a page that does not exist for anything else."""
    return next((one for one in holding(complaint) if one.id == adjustment_id), None) or abort(404)
