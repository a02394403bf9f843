"""Whose complaint it is: matched to somebody we know, or known from now on; and whether how it said to reach them holds elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import Response, current_app, g, request, url_for
from wtforms import BooleanField, ValidationError

from portal import accounts, clock, i18n
from portal.access import Do
from portal.complaints import matching, operations, wishes
from portal.complaints.models import Complaint
from portal.complaints.people import Party, Person
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.plain import tidy
from portal.reaching import masked_email, masked_phone
from portal.rules.words import N_
from portal.staff import reaching, wording
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick, named, said
from portal.web import is_open, register, render, transaction

NEW = "new"
KEEP, USE = "keep", "use"
CONTACT = {
    KEEP: N_("Keep the ones they have. This complaint’s letters go where this complaint said."),
    USE: N_("Use the new contact details in their other complaints too. We have checked with the person we know."),
}


class MatchForm(BaseForm):
    """Who this is in our records; and where new contact details are to hold, how we know that it is them."""

    who = Pick(_l("Who is this?"), {}, [OneOf(_l("Choose who this is"))])
    record = Line(_l("Number in our records"))
    shared = BooleanField(_l("They are somebody else, and share this number"))
    contact = Pick(_l("For somebody we know: which contact details hold for their other complaints?"), CONTACT, [OneOf(_l("Choose which contact details hold"))], default=KEEP)
    came = Pick(_l("How did they tell us?"), reaching.CAME)
    known = Line(_l("How do you know that it is them?"))
    tell_old = Pick(_l("May we send one last message to the email address or number that we had?"), wishes.MAY_WE)

    has_number = True
    taken: Sequence[Person] = ()
    theirs: Mapping[int, Sequence[Complaint]] = {}
    died: Collection[str] = ()

    @property
    def uses(self) -> bool:
        """Whether what came with this complaint is to hold for others."""
        return bool(self.contact.data == USE)

    def validate_record(self, field: Line) -> None:
        """A new person with a tenancy or a lease has a number by which we know them; nobody else needs one. Another's is no mistake only where they share it."""
        if self.who.data == NEW and self.has_number:
            Filled(_("Write the number they have in our records"))(self, field)
        others = [each.name for each in self.taken if str(each.id) != self.who.data]
        if others and not self.shared.data:
            raise ValidationError(_("%(name)s has this number in our records. Choose them above if this is them. If they share it, tick the box below", name=others[0]))

    def validate_contact(self, field: Pick) -> None:
        """Contact details hold for somebody we know, in complaints that are open to whoever says so. What they may not know of is never spoken of."""
        if not self.uses:
            return
        if not (self.who.data or "").isdigit():
            raise ValidationError(_("Choose above whom we know, or keep the contact details they have"))
        if self.who.data in self.died:
            raise ValidationError(_("We have written down that they died. Keep the contact details, and deal with their estate"))
        if not all(is_open(each) for each in self.theirs.get(int(self.who.data), ())):
            raise ValidationError(_("Some of their complaints are another team’s. Open each one and say why first, or ask a manager"))

    def validate_came(self, field: Pick) -> None:
        """As wherever somebody tells staff how they are reached."""
        if self.uses:
            OneOf(_("Choose how they told us"))(self, field)

    def validate_known(self, field: Line) -> None:
        """Anybody can complain in somebody's name."""
        if self.uses:
            Filled(_("Write how you know that it is them"))(self, field)

    def validate_tell_old(self, field: Pick) -> None:
        """The old way hears of it, unless that is not safe."""
        if self.uses:
            OneOf(_("Choose whether we may send one last message"))(self, field)


@page.get("/complaints/<case:complaint>/match", do=Do.MATCH_PERSON)
@page.post("/complaints/<case:complaint>/match", do=Do.MATCH_PERSON)
def match(complaint: Complaint) -> Response:
    """Tie the party to a record, or make it known as a new person."""
    number = tidy(request.form.get("record") or "").strip()[:60]
    known = matching.matches(register(), g.viewer, complaint, number=number)
    form = MatchForm(version=str(complaint.version), who=None if known else NEW)
    form.taken, form.theirs = matching.numbered(register(), g.viewer, complaint, number), matching.theirs(register(), g.viewer, known)
    form.died = [str(each.id) for each in known if each.died_on]
    form.has_number = complaint.relationship_to_landlord in wishes.WITH_A_NUMBER
    form.contact.data = form.contact.data if known else KEEP  # Nobody is known, so the page does not ask.
    form.who.choices = [*named((each.id, each.name) for each in known), *said([(NEW, N_("This is a new person"))])]
    if form.validate_on_submit():
        person = next((each for each in known if str(each.id) == form.who.data), None)
        try:
            with transaction(form) as done:
                changed = _match(complaint, person, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _said(changed))
        except REFUSALS as refusal:
            form.refuse(refusal)
    own = complaint.resident
    reach = [(_("With this complaint"), _reached(own.contact, [own.email, own.phone, own.contact.get("post")]))]
    reach += [(each.name, _how(each, form.theirs.get(each.id, ()), own)) for each in known]
    return render("staff/match.html", form=form, complaint=complaint, known=known, reach=reach, records={str(each.id): known_as(each) for each in known}, status=form.status)


def _match(complaint: Complaint, person: Person | None, form: MatchForm) -> list[str]:
    """Match them; the references of the complaints in which they are reached anew, where whoever was signed in as them is signed out."""
    operations.match_person(complaint, by=g.viewer, person=person, landlord_record=form.record.data or "")
    if person is None or not form.uses:
        return []
    others = [each for each in matching.theirs(register(), g.viewer, [person])[person.id] if each.id != complaint.id and is_open(each)]
    changed = operations.reach_elsewhere(
        complaint, others, by=g.viewer, kind=form.came.data, known=form.known.data, tell_old=form.tell_old.data == "yes",
        texts=bool(current_app.extensions["portal"].sends_texts),
    )  # fmt: skip
    for each in changed:
        accounts.end_visits(register(), each.resident)
    return [each.reference for each in changed]


def _said(changed: Sequence[str]) -> str:
    if not changed:
        return _("Matched to our records.")
    return _("Matched to our records. We reach them the new way in %(references)s too.", references=", ".join(changed))


def known_as(person: Person) -> str:
    """What tells one person in our register from another of the same name."""
    record = _("Record %(number)s", number=person.landlord_record) if person.landlord_record else _("No record number")
    return _("%(record)s, known since %(day)s", record=record, day=i18n.day(clock.day_of(person.known_since)))


def _how(person: Person, theirs: Sequence[Complaint], own: Party) -> list[str]:
    """How somebody we know is reached, as much of it as may lie about: where it is said in a complaint, only one that is open to whoever looks."""
    opened = [each.resident for each in theirs if is_open(each)]
    if theirs and not opened:
        return [_("It is another team’s. Open a complaint of theirs and say why to see this"), *[_("Not shown")] * 4]
    safe = opened[-1].contact if opened else person.safe_contact or {}
    email, phone, post = (opened[-1].email, opened[-1].phone, opened[-1].postal_address) if opened else (person.email, person.phone, person.post)
    same = " ".join((post or "").split()).casefold() == " ".join((own.postal_address or "").split()).casefold()
    where = (_("The same address") if same else _("Another address")) if post else ""
    return _reached(safe, [masked_email(email or ""), masked_phone(phone or ""), where])


def _reached(safe: Mapping[str, Any], ways: Sequence[str | None]) -> list[str]:
    """How somebody is to be reached, channel by channel, to lay beside another."""
    return [wording.channels_in_words(safe), *(each or "" for each in ways), ". ".join(wording.contact_limits(safe))]
