"""Write down a call, visit, meeting, letter or e-mail (ruling 17)."""

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal import clock, coming_back
from portal.access import Do
from portal.complaints import operations
from portal.complaints.caring import WAY_OF
from portal.complaints.models import Complaint
from portal.complaints.safety import see_it_is_read
from portal.complaints.wishes import CONTACT_KINDS
from portal.forms import REFUSALS, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.letters.compose import LETTERS
from portal.rules.calls import call_waits
from portal.rules.care import Demand, Way, demands
from portal.rules.words import N_, NP_
from portal.staff import wording
from portal.staff.caring import CareForm
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, Pick, Words
from portal.staff.log_form import today_typed
from portal.staff.safety import read_first
from portal.web import STAFF, render, transaction

DIRECTIONS = {"in": N_("They came to us"), "out": N_("We went to them")}
SHOWN = {"yes": N_("Yes, they see it on their page"), "no": NP_("is it so?", "No")}


SPOKE = {"yes": N_("Yes, we spoke"), "no": N_("No, we try again")}


class ContactForm(CareForm):
    """One contact, with anybody."""

    kind = Pick(_l("What was it?"), CONTACT_KINDS, [OneOf(_l("Choose what it was"))])
    direction = Pick(_l("Who began it?"), DIRECTIONS, [OneOf(_l("Choose who began it"))])
    on = Day(_l("Which day was it?"), [Filled(_l("Write the day it happened"))], past=True)
    who = Line(_l("With whom?"), [Filled(_l("Write who it was with"))])
    accompanied = Line(_l("Was anybody with them?"))
    words = Words(_l("What was said"), [Filled(_l("Write what was said"))])
    shown = Pick(_l("Is the resident shown this?"), SHOWN, [OneOf(_l("Choose whether the resident is shown this"))], default="yes")

    spoke = Pick(_l("They asked us to ring them. Have they been spoken to now?"), SPOKE, [OneOf(_l("Choose whether they have been spoken to"))])

    def reaching(self) -> Way | None:
        """How we went to them; nothing of theirs binds them when they come to us."""
        return WAY_OF.get(self.kind.data) if self.direction.data == "out" else None

    def validate_on(self, field: Day) -> None:
        """What has not happened is not a contact yet."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write it down when it has happened"))


@page.get("/complaints/<case:complaint>/contacts", do=Do.RECORD_CONTACT)
@page.post("/complaints/<case:complaint>/contacts", do=Do.RECORD_CONTACT)
@read_first
def contacts(complaint: Complaint) -> Response:
    """Write down one contact; those before it are on the page of the complaint."""
    before = request.args.get("before", "") if request.args.get("before") in LETTERS else ""
    form = ContactForm(on=today_typed(), **({"kind": "call", "direction": "out", "who": complaint.addressee.name} if before else {}))
    form.bind(complaint, *WAY_OF.values(), others=True)
    ring_by = call_waits(complaint.happenings)
    if ring_by is None:
        del form.spoke
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                see_it_is_read(complaint, by=g.viewer)
                _record(complaint, form, before)
                done.url = coming_back.own_page(request.args.get("next"), STAFF) or url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down: the contact."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/contacts.html", form=form, complaint=complaint, ring_by=ring_by, before=wording.letter_name(before, complaint.stage_for(before)) if before else "", care=care(complaint), not_safe=_not_safe(form), status=form.status)


def _record(complaint: Complaint, form: ContactForm, before: str) -> None:
    assert form.on.day is not None
    operations.record_contact(
        complaint, by=g.viewer, kind=form.kind.data, incoming=form.direction.data == "in", who=form.who.data,
        words=form.words.data, on=form.on.day, accompanied_by=form.accompanied.data or "", shown=form.shown.data == "yes",
        spoke="spoke" in form and form.spoke.data == "yes", with_them=form.is_with_them, before=before, **form.care,
    )  # fmt: skip


def _not_safe(form: ContactForm) -> dict[str, str]:
    """Beside each kind of contact that is not safe for them, that it is not."""
    never = {kind for kind, way in WAY_OF.items() if Demand.NEVER in demands(way, form.holds).values()}
    return {kind: _("Not safe for them: only write down what happened all the same, and why.") for kind in never}
