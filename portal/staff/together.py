"""One letter for several homes with one cause: written once, each home's own looked at, and all that are ready sent with one press (ruling 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal import access
from portal.access import Do
from portal.complaints import operations, queries, references, together
from portal.complaints.caring import asked_for
from portal.complaints.issues import same_cause
from portal.complaints.models import Complaint
from portal.complaints.together import SENDS, draft_of, letter_to, why_not_ready
from portal.complaints.wishes import EASIER
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.i18n import ngettext
from portal.rules.care import Way, forms_wanted
from portal.rules.steps import RuleBroken
from portal.rules.words import N_
from portal.staff.door import is_open, landed, page
from portal.staff.fields import Line, Tick, named
from portal.staff.writing import spoken
from portal.web import redirect, register, render, transaction

COPY = "copy"
PAGES = {"acknowledgement": "acknowledge", "response": "answer"}


class CopyForm(BaseForm):
    """The other homes into whose letters the words go."""

    homes = Tick(_l("Into whose letters?"), {})

    def validate_homes(self, field: Tick) -> None:
        """At least one."""
        Filled(_("Tick at least one home"))(self, field)


class TogetherForm(BaseForm):
    """The homes whose letters go, each with what was read of it."""

    ready = Tick(_l("Which letters go?"), {})

    def validate_ready(self, field: Tick) -> None:
        """At least one."""
        Filled(_("Tick at least one home"))(self, field)

    @property
    def seen(self) -> dict[int, tuple[int, int]]:
        """The versions that were read of the complaint and of its letter, by the number of the complaint."""
        found = [[int(part) for part in one.split(".")] for one in self.ready.data or ()]
        return {one: (version, draft) for one, version, draft in found}


@dataclass(frozen=True, slots=True)
class Theirs:
    """One home, and how its own letter stands. `is_closed`: another team's, of which nobody has said why they open it: its reference alone is shown."""

    complaint: Complaint
    value: str
    body: dict[str, Any] | None
    why_not: str
    asked_for: list[str]
    spoken: dict[str, str]
    is_mine: bool
    is_closed: bool = False


@page.get("/complaints/<case:complaint>/cause/acknowledgement", do=Do.ACKNOWLEDGE)
@page.post("/complaints/<case:complaint>/cause/acknowledgement", do=Do.ACKNOWLEDGE)
def acknowledge_together(complaint: Complaint) -> Response:
    """The acknowledgements of all homes with this cause."""
    return _together(complaint, "acknowledgement")


@page.get("/complaints/<case:complaint>/cause/response", do=Do.ANSWER)
@page.post("/complaints/<case:complaint>/cause/response", do=Do.ANSWER)
def answer_together(complaint: Complaint) -> Response:
    """The answers to all homes with this cause."""
    return _together(complaint, "response")


def _together(complaint: Complaint, kind: str) -> Response:
    """Send, or put what is written here into the letters of others, or only look."""
    if not same_cause(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    copying, sending = CopyForm(), TogetherForm()
    homes = _homes(complaint, kind)
    _offer(copying, sending, complaint, homes)
    is_copy = request.form.get("then") == COPY
    form: BaseForm = copying if is_copy else sending
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                said = _copy(complaint, kind, copying) if is_copy else _send(complaint, kind, sending)
                done.url = url_for(str(request.endpoint), complaint=complaint) if is_copy else url_for("staff.case", complaint=complaint)
            return landed(done.url, said)
        except REFUSALS as refusal:
            form.refuse(refusal)
            homes = _homes(complaint, kind)
            _offer(copying, sending, complaint, homes)
    return render(
        "staff/together.html", form=form, copying=copying, sending=sending, complaint=complaint, homes=homes, kind=kind, desk=PAGES[kind],
        is_written=draft_of(complaint, kind) is not None, status=form.status,
    )  # fmt: skip


def _homes(complaint: Complaint, kind: str) -> list[Theirs]:
    """Every home with the cause that this viewer may see; that each was read which is open to them is written down."""
    found = queries.linked(register(), g.viewer, same_cause(complaint))
    g.listed = [each.id for each in found if is_open(each)]
    return [_home(each, kind, found) if each.id in g.listed else _closed(each) for each in found]


def _closed(home: Complaint) -> Theirs:
    return Theirs(complaint=home, value="", body=None, why_not=_("It is another team’s."), asked_for=[], spoken={}, is_mine=False, is_closed=True)


def _home(home: Complaint, kind: str, every: Sequence[Complaint]) -> Theirs:
    draft, why = draft_of(home, kind), why_not_ready(home, kind, every, by=g.viewer)
    asked = [_(EASIER[name]) for name in sorted(forms_wanted(Way.POST, asked_for(home, home.addressee)))]
    return Theirs(
        complaint=home, value=f"{home.id}.{home.version}.{draft.version if draft else 0}", body=letter_to(home, kind, draft.written) if draft else None,
        why_not=_(why[0], **{name: _(str(said)) if said else "" for name, said in why[1].items()}) if why else "", asked_for=asked, spoken=spoken(home.letters_in),
        is_mine=access.may(g.viewer, SENDS[kind][0], home),
    )  # fmt: skip


def _offer(copying: CopyForm, sending: TogetherForm, complaint: Complaint, homes: Sequence[Theirs]) -> None:
    """The others of mine to write to, those without a letter ticked; and all that are ready, ticked."""
    others = [one for one in homes if one.is_mine and one.complaint.id != complaint.id]
    copying.homes.choices = named((one.complaint.id, _called(one)) for one in others)
    ready = [one for one in homes if not one.why_not]
    gone = [value for value in sending.ready.data or () if _is_value(value) and value not in {one.value for one in ready}]
    sending.ready.choices = named([*((one.value, one.complaint.resident.name) for one in ready), *((value, _("One that has changed since you read it")) for value in gone)])
    if request.method == "GET":
        copying.homes.data = [str(one.complaint.id) for one in others if one.body is None]
        sending.ready.data = [one.value for one in ready]


def _called(one: Theirs) -> str:
    if one.body is None:
        return one.complaint.resident.name
    return _("%(name)s: their letter has words already, and these take their place", name=one.complaint.resident.name)


def _is_value(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts)


def _locked(complaint: Complaint, ids: Sequence[int]) -> list[Complaint]:
    """These homes with the cause, each locked; RuleBroken where one of them is not open to this viewer."""
    seen = {each.id for each in queries.linked(register(), g.viewer, same_cause(complaint)) if is_open(each)}
    if not set(ids) <= seen:
        raise RuleBroken("5.12", N_("Only what has the same cause, and what you answer yourself, can be written at once."))
    return together.locked(complaint, ids)


def _copy(complaint: Complaint, kind: str, form: CopyForm) -> str:
    homes = _locked(complaint, [int(one) for one in form.homes.data])
    operations.copy_writing(complaint, homes, kind, by=g.viewer)
    return ngettext("The words are in the letter of %(num)s other home. Look at it, then send.", "The words are in the letters of %(num)s other homes. Look at each, then send.", len(homes))


def _send(complaint: Complaint, kind: str, form: TogetherForm) -> str:
    homes = _locked(complaint, sorted(form.seen))
    every = queries.linked(register(), g.viewer, same_cause(complaint))
    sent = operations.send_together(homes, kind, every, by=g.viewer, seen=form.seen)
    return ngettext("%(num)s letter is written and on its way, by itself.", "%(num)s letters are written and on their way, each by itself.", len(sent))


class CauseForm(BaseForm):
    """Another home's complaint."""

    reference = Line(_l("The reference of the other home’s complaint"), [Filled(_l("Write the reference of the other home’s complaint"))])

    def validate_reference(self, field: Line) -> None:
        """Something that can be a reference."""
        if references.as_reference(field.data or "") is None:
            raise ValidationError(_("That is not a reference. Check each letter and number"))


@page.get("/complaints/<case:complaint>/cause", do=Do.JOIN)
@page.post("/complaints/<case:complaint>/cause", do=Do.JOIN)
def tie(complaint: Complaint) -> Response:
    """Say that the complaint of another home has the same cause, so that one answer can be written for both. Nobody is told."""
    form = CauseForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.tie(_of_both(complaint, form), by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down: they have one cause. Nobody is told of the other."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/cause.html", form=form, complaint=complaint, status=form.status)


def _of_both(complaint: Complaint, form: CauseForm) -> list[Complaint]:
    """This complaint and the other, with all that had one cause with either, locked; RuleBroken where one of them is not theirs to see."""
    other = queries.find(register(), g.viewer, references.as_reference(form.reference.data or ""))
    if other is None or other.id == complaint.id:
        raise RuleBroken("5.12", N_("There is no other complaint with this reference that you may see."))
    wanted = {complaint.id, *same_cause(complaint), other.id, *same_cause(other)}
    if len(queries.linked(register(), g.viewer, sorted(wanted))) < len(wanted):
        raise RuleBroken("5.12", N_("There is no other complaint with this reference that you may see."))
    return together.locked(complaint, wanted)
