"""Who acts for a resident: their authority is shown, or declined with why, which the resident alone is told (ruling 5)."""

from typing import Any

from flask import Response, abort, g, request, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import operations, wishes
from portal.complaints.models import Complaint
from portal.complaints.people import READ, RECEIVE, Part, Party
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.authority import SCOPES
from portal.rules.steps import Step
from portal.rules.words import N_
from portal.staff import wording
from portal.staff.door import landed, page
from portal.staff.fields import Pick, Tick, Words
from portal.web import NUMBER, render, transaction

DECISIONS = {"shown": N_("They may act for the resident"), "declined": N_("They do not act for the resident")}
STATES = {
    "claimed": N_("Not shown yet"), "shown": N_("Shown"), "declined": N_("Declined"), "ended": N_("The resident stopped them"),
    "paused": N_("The resident stopped them: their access is paused"),
}  # fmt: skip


class AuthorityForm(BaseForm):
    """May they act, and why."""

    decision = Pick(_l("May they act for the resident?"), DECISIONS, [OneOf(_l("Choose one of the two"))])
    scopes = Tick(_l("If they may: what does it cover?"), SCOPES)
    reason = Words(_l("What you were shown, or why not"), [Filled(_l("Write what you were shown, or why they do not act"))])

    def validate_scopes(self, field: Tick) -> None:
        """Somebody who may act may do at least one thing."""
        if self.decision.data == "shown" and not field.data:
            raise ValidationError(_("Tick at least one thing that they may do"))


@page.get(f"/complaints/<case:complaint>/representatives/<{NUMBER}:party_id>", do=Do.JUDGE_AUTHORITY)
@page.post(f"/complaints/<case:complaint>/representatives/<{NUMBER}:party_id>", do=Do.JUDGE_AUTHORITY)
def authority(complaint: Complaint, party_id: int) -> Response:
    """One person who says that they act for the resident. Open or not, it is never a reason to refuse the complaint."""
    party = next((each for each in representatives(complaint) if each.id == party_id), None)
    if party is None:
        abort(404)
    form = AuthorityForm(data={"version": str(complaint.version), "scopes": [each for each in SCOPES if each in party.scopes] or [READ, RECEIVE]})
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                if form.decision.data == "shown":
                    operations.show_authority(complaint, party, by=g.viewer, proof=form.reason.data, scope=form.scopes.data)
                else:
                    operations.decline(complaint, party, by=g.viewer, reason=form.reason.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. The letter to the resident is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/authority.html", form=form, complaint=complaint, party=party, told=told_of(party), can_show=says_they_can_show(complaint, party), status=form.status)


def representatives(complaint: Complaint) -> list[Party]:
    """Everybody who says that they act for the resident."""
    return [party for party in complaint.parties if party.part == Part.REPRESENTATIVE]


def party_meant(complaint: Complaint) -> Party:
    """The resident, or whoever deals with their estate, or acts for them and is named in the address by `of`; 404 for nobody, and for somebody who died or was stopped."""
    of = request.args.get("of")
    found = next((each for each in representatives(complaint) if str(each.id) == of), None) if of else complaint.addressee
    if found is None or found.is_kept_out or found.person.died_on:
        abort(404)
    return found


def says_they_can_show(complaint: Complaint, party: Party) -> bool:
    """Whether they said, when they complained, that they can show it."""
    named = (one.details for one in complaint.happenings if one.step is Step.REPRESENTED and one.details["party"] == party.id)
    return any(one.get("can_show") for one in named)


def told_of(party: Party) -> dict[str, Any]:
    """What staff see of somebody who acts for a resident."""
    safe = party.contact
    return {
        "how": _(wishes.AGREED.get(party.agreed or "", "")) if party.agreed else "",
        "state": _("Ended") if party.until else _(STATES.get(party.authority or "", "")),
        "tone": "on_time" if party.authority == "shown" and not party.until else "due_soon",
        "scopes": [_(SCOPES[each]) for each in SCOPES if each in party.scopes],
        "ways": wording.channels_in_words(safe), "limits": [*wording.contact_limits(safe), *filter(None, [safe.get("words")])],
        "phone": party.phone if party.is_safe("phone") else "", "email": party.email if party.is_safe("email") else "",
    }  # fmt: skip
