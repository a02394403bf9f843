"""A manager decides about a pause: the resident stopped somebody whose authority is not theirs alone to end (ruling 6)."""

from flask import Response, abort, g, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.authority import paused
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Pick, Words
from portal.staff.representing import representatives, told_of
from portal.web import NUMBER, render, transaction

STAYS, BACK = "stays", "back"
DECISIONS = {STAYS: N_("The pause goes on"), BACK: N_("They get their access back")}


class PauseForm(BaseForm):
    """What was decided, and why."""

    decision = Pick(_l("What do you decide?"), DECISIONS, [OneOf(_l("Choose one of the two"))])
    reason = Words(_l("Why, as the resident will read it"), [Filled(_l("Write why"))])


@page.get(f"/complaints/<case:complaint>/representatives/<{NUMBER}:party_id>/pause", do=Do.DECIDE_PAUSE)
@page.post(f"/complaints/<case:complaint>/representatives/<{NUMBER}:party_id>/pause", do=Do.DECIDE_PAUSE)
def pause(complaint: Complaint, party_id: int) -> Response:
    """Whose access is paused, since when, and the decision; it can be looked at again on any day."""
    party, since = _paused(complaint, party_id)
    form = PauseForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.decide_pause(complaint, party, by=g.viewer, give_back=form.decision.data == BACK, reason=form.reason.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. The letters are written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/pause.html", form=form, complaint=complaint, party=party, told=told_of(party), since=since, status=form.status)


def _paused(complaint: Complaint, party_id: int) -> tuple[Party, object]:
    """Whose access is paused and since which day; a page that does not exist for anybody else."""
    stopped = paused(complaint.happenings)
    party = next((each for each in representatives(complaint) if each.id == party_id), None)
    if party is None or party_id not in stopped:
        abort(404)
    return party, stopped[party_id].on
