"""How a resident is reached now, as they told somebody here by phone or in person: the same boxes as on their own page (ruling 16)."""

from flask import Response, current_app, g, url_for
from wtforms import BooleanField

from portal import accounts, clock
from portal.access import Do
from portal.complaints import operations, wishes
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled, OneOf, email_address
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.reaching import Reaching
from portal.rules.words import N_
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick, Tick, Words
from portal.staff.representing import party_meant, told_of
from portal.web import register, render, transaction

CAME = {"call": N_("By phone"), "visit": N_("Face to face"), "letter": N_("By letter")}


class ReachForm(Reaching, BaseForm):
    """What they said is safe; what is left empty stays. Their e-mail is no way to say it: anybody can write one in their name."""

    came = Pick(_l("How did they tell us?"), CAME, [OneOf(_l("Choose how they told us"))])
    known = Line(_l("How do you know that it is them?"), [Filled(_l("Write how you know that it is them"))])
    channels = Tick(_l("How is it safe to contact them?"), wishes.CHANNELS)
    email = Line(_l("Email address"))
    phone = Line(_l("Phone number"))
    times = Line(_l("When is it safe to ring?"))
    any_time = BooleanField(_l("Any time is safe now"))
    voicemail = Pick(_l("May we leave a voicemail?"), wishes.VOICEMAIL)
    say_who = Pick(_l("If someone else answers, may we say who we are?"), wishes.MAY_WE)
    post = Words(_l("The address for letters"), most=500)
    words = Words(_l("Anything else we should know to reach them safely"), most=1_000)
    tell_old = Pick(_l("May we send one last message to the email address or number that we had?"), wishes.MAY_WE, [OneOf(_l("Choose “Yes” or “No”"))])

    def validate_email(self, field: Line) -> None:
        """Kept as it was meant."""
        field.data = email_address(field.data)
        super().validate_email(field)


@page.get("/complaints/<case:complaint>/reach", do=Do.CHANGE_FOR_THEM)
@page.post("/complaints/<case:complaint>/reach", do=Do.CHANGE_FOR_THEM)
def reach(complaint: Complaint) -> Response:
    """Write it down, with how we know that it is them; it holds at once, and whoever is signed in as them is signed out."""
    party = party_meant(complaint)
    form = ReachForm(channels=party.channels)
    form.party = party
    if not party.written_ways:
        del form.tell_old
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                _change(complaint, party.id, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. Nothing more goes the old way."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/reach.html", form=form, complaint=complaint, care=care(complaint), acting=None if party is complaint.addressee else told_of(party), name=party.name,
        status=form.status,
    )  # fmt: skip


def _change(complaint: Complaint, party_id: int, form: ReachForm) -> None:
    form.party = next(each for each in complaint.parties if each.id == party_id)
    said = operations.record_contact(
        complaint, by=g.viewer, kind=form.came.data, incoming=True, who=form.party.name, words=form.known.data, on=clock.today(), shown=False, proof=True,
        acting=None if form.party is complaint.addressee else form.party,
    )  # fmt: skip
    tell_old, texts = "tell_old" in form and form.tell_old.data == "yes", bool(current_app.extensions["portal"].sends_texts)
    operations.change_contact(complaint, form.told, by=g.viewer, proved="staff", tell_old=tell_old, texts=texts, said=said, of=form.party)
    accounts.end_visits(register(), form.party)
