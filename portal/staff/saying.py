"""What a resident decided by phone or in person: written down from the contact, counted from its day, confirmed in writing (ruling 17)."""

from collections.abc import Callable, Iterator

from flask import Response, g, url_for

from portal import i18n
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.recording import allowed_steps, edition_of
from portal.forms import REFUSALS, BaseForm, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.endings import is_withdrawn
from portal.rules.steps import Step
from portal.staff import wording
from portal.staff.door import landed, page
from portal.staff.fields import Pick, named
from portal.web import render, transaction

Act = Callable[[Contact], object]


class SaidForm(BaseForm):
    """In which contact, and what."""

    contact = Pick(_l("When did they say it?"), {}, [OneOf(_l("Choose the call or visit in which they said it"))])
    what = Pick(_l("What did they decide?"), {}, [OneOf(_l("Choose what they decided"))])


def _decisions(complaint: Complaint) -> Iterator[tuple[str, str, Act]]:
    """What a resident may decide as things stand: its name, in words, and how it is written down."""
    allowed = allowed_steps(complaint, g.viewer, among=[Step.ESCALATED, Step.WITHDRAWN, Step.RESUMED])
    if Step.ESCALATED in allowed:
        yield "stage-2", _("They ask for stage 2"), lambda said: operations.escalate(complaint, by=g.viewer, said=said)
    if Step.WITHDRAWN in allowed:
        yield "withdraw", _("They withdraw the whole complaint"), lambda said: operations.withdraw(complaint, by=g.viewer, said=said)
    if Step.RESUMED in allowed and is_withdrawn(complaint.happenings):
        yield "resume", _("They take the complaint up again"), lambda said: operations.resume(complaint, by=g.viewer, said=said)
    yield from _of_offers(complaint)


def _of_offers(complaint: Complaint) -> Iterator[tuple[str, str, Act]]:
    kinds = {kind.id: _(kind.label) for kind in edition_of(complaint).remedy_kinds}
    for remedy in complaint.remedies:
        said_of = ", ".join([kinds.get(remedy.kind, ""), *([i18n.money(remedy.pence)] if remedy.pence else []), remedy.words][:3])

        def answer(takes: bool, remedy: object = remedy) -> Act:
            return lambda said: operations.answer_offer(complaint, remedy, by=g.viewer, takes=takes, said=said)  # type: ignore[arg-type]

        if not remedy.accepted_on:
            yield f"accept-{remedy.id}", _("They accept what we offered: %(what)s", what=said_of), answer(True)
        if not remedy.declined_on and not remedy.paid_on:
            yield f"decline-{remedy.id}", _("They do not want what we offered: %(what)s", what=said_of), answer(False)


@page.get("/complaints/<case:complaint>/said", do=Do.WRITE_SAID)
@page.post("/complaints/<case:complaint>/said", do=Do.WRITE_SAID)
def said(complaint: Complaint) -> Response:
    """Write down a decision of the resident's that was said in a contact; it counts from the day of that contact."""
    form, decisions = SaidForm(version=str(complaint.version)), list(_decisions(complaint))
    contacts = [each for each in complaint.contacts if each.incoming or each.kind in ("call", "visit", "meeting")][::-1]
    form.contact.choices = named((each.id, _called(each)) for each in contacts)
    form.what.choices = named((name, words) for name, words, _act in decisions)
    if form.validate_on_submit():
        chosen = next(each for each in contacts if str(each.id) == form.contact.data)
        act = next(act for name, _words, act in decisions if name == form.what.data)
        try:
            with transaction(form) as done:
                act(chosen)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. A letter that confirms it is on its way to them."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/said.html", form=form, complaint=complaint, contacts=contacts, decisions=decisions, status=form.status)


def _called(contact: Contact) -> str:
    return _("%(day)s, %(who)s: %(words)s", day=i18n.day(contact.happened_on), who=contact.who, words=wording.first_words(contact.words))
