"""What a resident decided by phone or in person: written down from the contact, counted from its day, confirmed in writing (ruling 17)."""

from collections.abc import Callable, Iterator

from flask import Response, g, url_for
from wtforms import ValidationError

from portal import access, clock, i18n
from portal.access import Do
from portal.complaints import operations
from portal.complaints.extending import confirmed_in
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.people import CLAIMED, SHOWN, Part, Party
from portal.complaints.recording import allowed_steps, edition_of
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.endings import is_withdrawn
from portal.rules.steps import Step
from portal.staff import wording
from portal.staff.door import landed, page
from portal.staff.fields import Day, Pick, WorkingDays, named
from portal.web import render, transaction

AGREED = "news"
PAGES = {"extension": ("extend", Do.EXTEND), "late": ("tell_late", Do.SEND_NEWS)}
"""Where each letter is written that confirms what was agreed."""
Act = Callable[[Contact], object]


class SaidForm(BaseForm):
    """In which contact, and what."""

    contact = Pick(_l("When did they say it?"), {}, [OneOf(_l("Choose the call or visit in which they said it"))])
    what = Pick(_l("What did they decide?"), {}, [OneOf(_l("Choose what they decided"))])
    every = WorkingDays(_l("How often they hear from us, in working days"))
    until = Day(_l("The new day for our answer, if one was agreed"))

    def validate_every(self, field: WorkingDays) -> None:
        """How often there is news is what was agreed."""
        if self.what.data == AGREED:
            Filled(_("Write how often they hear from us"))(self, field)

    def validate_until(self, field: Day) -> None:
        """A day that has gone by."""
        if self.what.data == AGREED and field.day and field.day < clock.today():
            raise ValidationError(_("Give a day that has not gone by."))


def _decisions(complaint: Complaint, form: SaidForm) -> Iterator[tuple[str, str, Act]]:
    """What a resident may decide as things stand: its name, in words, and how it is written down."""
    if kind := confirmed_in(complaint, g.viewer):
        words = _("They agree how often they hear from us, and maybe to more time") if kind == "extension" else _("They agree how often they hear from us while it is late")
        yield AGREED, words, lambda said: operations.agree_by_contact(complaint, said, by=g.viewer, every=form.every.number or 0, until=form.until.day)
    allowed = allowed_steps(complaint, g.viewer, among=[Step.ESCALATED, Step.WITHDRAWN, Step.RESUMED])
    if Step.ESCALATED in allowed:
        yield "stage-2", _("They ask for stage 2"), lambda said: operations.escalate(complaint, by=g.viewer, said=said)
    if Step.WITHDRAWN in allowed:
        yield "withdraw", _("They withdraw the whole complaint"), lambda said: operations.withdraw(complaint, by=g.viewer, said=said)
    if Step.RESUMED in allowed and is_withdrawn(complaint.happenings):
        yield "resume", _("They take the complaint up again"), lambda said: operations.resume(complaint, by=g.viewer, said=said)
    yield from _of_offers(complaint)
    yield from _of_acting(complaint)


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


def _of_acting(complaint: Complaint) -> Iterator[tuple[str, str, Act]]:
    """Whoever acts for them, whom they may stop in one sentence (ruling 6)."""

    def stop(party: Party) -> Act:
        return lambda said: operations.end_authority(complaint, party, by=g.viewer, said=said)

    for party in complaint.parties:
        if party.part == Part.REPRESENTATIVE and party.authority in (CLAIMED, SHOWN):
            yield f"stop-{party.id}", _("They stop %(who)s from acting for them", who=party.name), stop(party)


@page.get("/complaints/<case:complaint>/said", do=Do.WRITE_SAID)
@page.post("/complaints/<case:complaint>/said", do=Do.WRITE_SAID)
def said(complaint: Complaint) -> Response:
    """Write down a decision of the resident's that was said in a contact; it counts from the day of that contact."""
    form = SaidForm(version=str(complaint.version))
    decisions, agreeing = list(_decisions(complaint, form)), confirmed_in(complaint, g.viewer)
    if not agreeing:
        del form.every, form.until
    contacts = [each for each in complaint.contacts if each.incoming or each.kind in ("call", "visit", "meeting")][::-1]
    form.contact.choices = named((each.id, _called(each)) for each in contacts)
    form.what.choices = named((name, words) for name, words, _act in decisions)
    if form.validate_on_submit():
        chosen = next(each for each in contacts if str(each.id) == form.contact.data)
        act = next(act for name, _words, act in decisions if name == form.what.data)
        try:
            with transaction(form) as done:
                kind = act(chosen)
                done.url, words = _next(complaint, kind)
            return landed(done.url, words)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/said.html", form=form, complaint=complaint, contacts=contacts, decisions=decisions, agreeing=agreeing, status=form.status)


def _next(complaint: Complaint, kind: object) -> tuple[str, str]:
    """Where to go from here: to the letter that confirms it, where somebody still has to write that."""
    if kind not in ("extension", "late"):
        return url_for("staff.case", complaint=complaint), _("Written down. A letter that confirms it is on its way to them.")
    endpoint, do = PAGES[str(kind)]
    if access.may(g.viewer, do, complaint):
        return url_for(f"staff.{endpoint}", complaint=complaint), _("Written down, and put into the letter below. Say why, and send it: it is their confirmation.")
    return url_for("staff.case", complaint=complaint), _("Written down, and put into the letter that confirms it. Whoever has the complaint sends that.")


def _called(contact: Contact) -> str:
    return _("%(day)s, %(who)s: %(words)s", day=i18n.day(contact.happened_on), who=contact.who, words=wording.first_words(contact.words))
