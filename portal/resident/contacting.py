"""Changing how we reach you: which ways are safe, where they lead, when, and what we may say to whoever answers."""

from flask import Response, current_app, g, request, url_for
from wtforms import BooleanField, StringField

from portal import accounts
from portal.access import Do
from portal.complaints import operations, wishes
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.forms import REFUSALS, BaseForm, OneOf, email_address
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.reaching import Reaching, masked_email
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.fields import Line, Offered, Pick, Tick, Words
from portal.resident.home import home
from portal.resident.ways import ends_in
from portal.web import redirect, register, render, transaction


class ContactForm(Reaching, BaseForm):
    """What is left empty stays as it is, and is not shown: somebody else may be looking."""

    channels = Tick(_l("How is it safe to contact you?"), wishes.CHANNELS)
    email = StringField(_l("Email address"), filters=[email_address])
    phone = Line(_l("Phone number"))
    times = Line(_l("When is it safe to ring?"))
    any_time = BooleanField(_l("Any time is safe now"))
    voicemail = Pick(_l("May we leave a voicemail?"), wishes.VOICEMAIL, [Offered()])
    say_who = Pick(_l("If someone else answers, may we say who we are?"), wishes.MAY_WE, [Offered()])
    post = Words(_l("The address for letters"), most=500)
    words = Words(_l("Is there anything else we should know to reach you safely?"), most=1_000)
    tell_old = Pick(_l("May we send one last message to the email address or number that we had?"), wishes.MAY_WE, [OneOf(_l("Choose “Yes” or “No”"))])


@page.get("/your-complaint/contact", do=Do.CHANGE_CONTACT)
@page.post("/your-complaint/contact", do=Do.CHANGE_CONTACT)
def contact(complaint: Complaint) -> Response:
    """What we have, so far as others may see it, and one form to change it; it holds from the press."""
    party = party_here(complaint)
    form = ContactForm(channels=party.channels)
    form.party = party
    if not party.written_ways:
        del form.tell_old
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                form.party = party_here(complaint)
                tell_old = "tell_old" in form and form.tell_old.data == "yes"
                visit, texts = g.party.visit, bool(current_app.extensions["portal"].sends_texts)
                operations.change_contact(complaint, form.told, by=g.viewer, proved=visit.proved_how or visit.how, tell_old=tell_old, texts=texts)
                accounts.end_other_visits_of_party(register(), visit)
                done.url = url_for("resident.contact", saved="yes")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "resident/contact.html", form=form, complaint=complaint, ways=_ways(party), has=_has(party), belongs=home(),
        saved=request.method == "GET" and "saved" in request.args, status=form.status,
    )  # fmt: skip


def _has(party: Party) -> set[str]:
    """The ways of which we have where they lead, and could keep that."""
    had = {"email": party.email, "phone": party.phone, "post": "post" in party.channels}
    return {way for way, there in had.items() if there}


def _ways(party: Party) -> list[str]:
    """The ways we use now, the address and the number so far as others may see them."""
    said = {
        "email": gettext("Email, to %(address)s", address=masked_email(party.email or "")),
        "phone": gettext("Phone, the number that ends in %(numbers)s", numbers=ends_in(party.phone or "")),
        "post": gettext("Post, to the address that we have"),
        "portal": gettext("Only on this website"),
    }
    return [said[channel] for channel in party.channels if channel in said]
