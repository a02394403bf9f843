"""Making sure on the phone that it is the resident, and reading them the numbers that show it on their page."""

from datetime import date

from flask import Response, g, url_for

from portal import accounts, codes, proving
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.complaints.safety import see_it_is_read
from portal.forms import REFUSALS, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.post.mail import Code
from portal.rules.calls import ring_by
from portal.rules.care import Way
from portal.rules.voice import call_of
from portal.rules.words import N_
from portal.staff.caring import CareForm
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick
from portal.staff.representing import party_meant, told_of
from portal.staff.safety import read_first
from portal.web import register, render, transaction

CAME = {"out": N_("We rang them"), "in": N_("They rang us, or were here")}
THEM = {"yes": N_("Yes, it is them, and they want this"), "no": N_("No, or they asked for nothing")}


class PersonForm(CareForm):
    """How we spoke, what was kept to where we rang, whether it is them, and how we know."""

    came = Pick(_l("How did you speak to them?"), CAME, [OneOf(_l("Choose how you spoke to them"))])
    them = Pick(_l("Is it them?"), THEM, [OneOf(_l("Choose whether it is them"))])
    words = Line(_l("How do you know?"), [Filled(_l("Write how you know whether it is them"))])

    def reaching(self) -> Way | None:
        """By a call, where we rang; nothing of theirs binds them when they come to us."""
        return Way.CALL if self.came.data == "out" else None


@page.get("/complaints/<case:complaint>/person", do=Do.CHECK_PERSON)
@page.post("/complaints/<case:complaint>/person", do=Do.CHECK_PERSON)
@read_first
def check_person(complaint: Complaint) -> Response:
    """Numbers to read out, shown in the answer once; or, where it is not them, whoever is signed in as them is signed out."""
    party = party_meant(complaint)
    form = PersonForm()
    form.bind(complaint, Way.CALL, party=party)
    if form.validate_on_submit():
        try:
            return _checked(complaint, party.id, form)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/check_person.html", form=form, complaint=complaint, care=care(complaint), asked=_ring_by(complaint, party),
        acting=None if party is complaint.addressee else told_of(party), name=party.name, status=form.status,
    )  # fmt: skip


def _ring_by(complaint: Complaint, party: Party) -> date | None:
    """The day by which we said that we would ring them, while they wait for it."""
    asked = call_of(complaint.happenings, None if party is complaint.addressee else party.id)
    return ring_by(asked) if asked else None


def _checked(complaint: Complaint, party_id: int, form: PersonForm) -> Response:
    them, made = form.them.data == "yes", codes.fresh()
    with transaction(form) as done:
        if form.reaching():
            see_it_is_read(complaint, by=g.viewer)
        party = next(each for each in complaint.parties if each.id == party_id)
        operations.check_person(complaint, party, by=g.viewer, them=them, checked=form.words.data, incoming=form.came.data == "in", **form.care)
        if them:
            until = proving.read_out(register(), complaint, party, made).expires_at
        else:
            accounts.end_visits(register(), party)
        done.url = url_for("staff.case", complaint=complaint)
    if them:
        return render("staff/read_out.html", complaint=complaint, code=Code(made.code, "").in_pairs, until=until)
    return landed(done.url, _("Written down. Whoever was signed in as them is signed out, and the codes that were sent open nothing."))
