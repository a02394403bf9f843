"""A disability that a resident told us of: written down with its complaint, and how they agreed to have it carried (ruling 8)."""

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import disclosing, operations
from portal.complaints.disclosing import Known
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Pick, Words
from portal.web import render, transaction

CARRY = {"no": N_("No, or nobody has asked them"), "yes": N_("Yes, they agreed")}
REMOVE = "remove"


class DisabilityForm(BaseForm):
    """What they told, whether they agreed that it is carried, and how."""

    words = Words(_l("What they told us, in their words"), [Filled(_l("Write what they told us"))], most=2_000)
    carry = Pick(_l("Did they agree that it is used for their other complaints?"), CARRY, [OneOf(_l("Choose whether they agreed"))])
    consent = Words(_l("If they agreed: how, and when"), most=2_000)

    def validate_consent(self, field: Words) -> None:
        """Consent that nobody can show is none."""
        if self.carry.data == "yes" and not field.data:
            raise ValidationError(_("Write how they agreed, and when"))


@page.get("/complaints/<case:complaint>/disability", do=Do.KEEP_DISCLOSED)
@page.post("/complaints/<case:complaint>/disability", do=Do.KEEP_DISCLOSED)
def disability(complaint: Complaint) -> Response:
    """What was disclosed with this complaint; written anew it takes the place of what stood before."""
    now = next((one for one in disclosing.known(complaint) if one.is_here), None)
    form = DisabilityForm(version=str(complaint.version), **_filled(now))
    remove = request.method == "POST" and request.form.get("then") == REMOVE
    if remove:
        form = BaseForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                if isinstance(form, DisabilityForm):
                    operations.disclose(complaint, form.words.data, by=g.viewer, carried=form.carry.data == "yes", consent=form.consent.data or "")
                else:
                    operations.retract(complaint)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/disability.html", form=form, complaint=complaint, now=now, status=form.status)


def _filled(now: Known | None) -> dict[str, str]:
    """What stands, in the boxes."""
    if now is None:
        return {"carry": "no"}
    agreed = _("They chose it themselves on this website.") if now.carried and now.by_resident else now.consent
    return {"words": now.words, "carry": "yes" if now.carried else "no", "consent": agreed}
