"""The language that we use with somebody, as they told staff, with how and in what words they did."""

from flask import Response, g, url_for

from portal import clock, i18n
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.forms import PICK_ONE, REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff import wording
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Pick, Words, named
from portal.staff.reaching import CAME
from portal.staff.representing import party_meant, told_of
from portal.web import render, transaction

BY_MAIL_TOO = CAME | {"email": N_("By email")}


class LanguageForm(BaseForm):
    """Which, how they told us, and in what words: it is a contact of that day."""

    language = Pick(_l("Which language do we use with them?"), {}, [OneOf(PICK_ONE)])
    came = Pick(_l("How did they tell us?"), BY_MAIL_TOO, [OneOf(_l("Choose how they told us"))])
    words = Words(_l("What they said"), [Filled(_l("Write what they said"))], most=2_000)

    def offer(self) -> "LanguageForm":
        """With every language, by the name that the reader has for it."""
        self.language.choices = named((name, wording.language_name(name)) for name in i18n.offered())
        return self


@page.get("/complaints/<case:complaint>/language", do=Do.CHANGE_FOR_THEM)
@page.post("/complaints/<case:complaint>/language", do=Do.CHANGE_FOR_THEM)
def language(complaint: Complaint) -> Response:
    """Write it down; letters, mail and text messages to them are in it from now on."""
    party = party_meant(complaint)
    form = LanguageForm(language=i18n.known(party.person.language) or i18n.DEFAULT).offer()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                _change(complaint, party, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. It holds from now on."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/language.html", form=form, complaint=complaint, care=care(complaint), acting=None if party is complaint.addressee else told_of(party), name=party.name,
        status=form.status,
    )  # fmt: skip


def _change(complaint: Complaint, meant: Party, form: LanguageForm) -> None:
    party = next(each for each in complaint.parties if each.id == meant.id)
    said = operations.record_contact(
        complaint, by=g.viewer, kind=form.came.data, incoming=True, who=party.name, words=form.words.data, on=clock.today(),
        acting=None if party is complaint.addressee else party,
    )  # fmt: skip
    operations.choose_language(complaint, form.language.data, by=g.viewer, said=said, of=party)
