"""New issues: written down where a resident raised one in other words, and decided: a point of this complaint, or a new one (6.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, g, url_for

from portal import i18n
from portal.access import Do
from portal.complaints import issues as register_of
from portal.complaints import messages, operations
from portal.complaints.issues import NewIssue
from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.reading import first
from portal.rules.steps import Step
from portal.rules.words import N_
from portal.staff import wording
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick, Words, named, said
from portal.web import NUMBER, render, transaction

JOINED = "joined"
WHERE = {
    JOINED: N_("A point of this complaint: it belongs with it, and stage 1 is not answered"),
    "unrelated": N_("A new complaint: it is about something else"),
    "answered": N_("A new complaint: this one is answered, or at stage 2"),
    "would delay": N_("A new complaint: it belongs here, but waiting for it would make this answer unreasonably late"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Something of the resident's in which a new issue may have been raised: what the rules read, its words, and the day."""

    id: str
    details: Mapping[str, Any]
    words: str
    on: date


def sources(complaint: Complaint) -> list[Source]:
    """Their messages, their requests for a further stage, and what was written down of contacts with them; newest first."""
    found = []
    said_in = {one.number: one.words for one in messages.thread(complaint) if one.number}
    for one in complaint.happenings:
        if one.step is Step.MESSAGED and "message" in one.details:
            number = one.details["message"]
            words = _("Their message of %(day)s: %(words)s", day=i18n.day(one.on), words=wording.first_words(said_in.get(number, "")))
            found.append(Source(f"message-{number}", {"message": number}, words, one.on))
        elif one.step is Step.ESCALATED:
            words = _("Their request for stage %(stage)s, of %(day)s", stage=one.stage, day=i18n.day(one.on))
            found.append(Source(f"request-{one.stage}", {"request": one.stage}, words, one.on))
    for contact in complaint.contacts:
        words = _("What was written down on %(day)s: %(words)s", day=i18n.day(contact.happened_on), words=wording.first_words(contact.words))
        found.append(Source(f"contact-{contact.id}", {"contact": contact.id}, words, contact.happened_on))
    return sorted(found, key=lambda one: one.on, reverse=True)


class WriteForm(BaseForm):
    """Something new that was raised in other words."""

    source = Pick(_l("Where did they raise it?"), {}, [OneOf(_l("Choose where they raised it"))])
    words = Words(_l("What is new, in their words"), [Filled(_l("Write what is new, in their words"))])


@page.get("/complaints/<case:complaint>/new-issue", do=Do.WRITE_ISSUE)
@page.post("/complaints/<case:complaint>/new-issue", do=Do.WRITE_ISSUE)
def new_issue(complaint: Complaint) -> Response:
    """Write down something new that the resident raised in a message, a request or a call; it counts from that day."""
    form, known = WriteForm(), sources(complaint)
    form.source.choices = named((one.id, one.words) for one in known)
    if form.validate_on_submit():
        chosen = next(one for one in known if one.id == form.source.data)
        try:
            with transaction(form) as done:
                number = operations.raise_issue(complaint, form.words.data, by=g.viewer, source=chosen.details, on=chosen.on)
                done.url = url_for("staff.issue", complaint=complaint, number=number)
            return landed(done.url, _("Written down as something new."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/new_issue.html", form=form, complaint=complaint, known=known, status=form.status)


class DecideForm(BaseForm):
    """Where it is answered, and why."""

    where = Pick(_l("Where is it answered?"), {}, [OneOf(_l("Choose where it is answered"))])
    point = Words(_l("If it is a point of this complaint: what we understand it to be"))
    responsibility = Pick(_l("If it is a point of this complaint: whose is it to answer?"), {})
    whose = Line(_l("If not ours alone: who else, and how to reach them"))
    reason = Words(_l("Why, as they will read it"), [Filled(_l("Write why it is answered there"))])

    @property
    def is_joined(self) -> bool:
        """Whether it becomes a point."""
        return bool(self.where.data == JOINED)

    def validate_point(self, field: Words) -> None:
        """A point says what it is."""
        if self.is_joined:
            Filled(_("Write what we understand the point to be"))(self, field)

    def validate_responsibility(self, field: Pick) -> None:
        """A point is somebody's to answer."""
        if self.is_joined:
            OneOf(_("Choose whose it is to answer"))(self, field)

    def validate_whose(self, field: Line) -> None:
        """The resident is told who else it belongs to."""
        known = {each.id: each for each in edition_of(self.complaint).responsibilities}
        if self.is_joined and (found := known.get(self.responsibility.data or "")) and found.names_another:
            Filled(_("Write who else it belongs to, and how to reach them"))(self, field)

    complaint: Complaint


def _choices(complaint: Complaint, issue: NewIssue) -> dict[str, str]:
    """What may be decided as things stand, the likeliest first."""
    answered = complaint.stage > 1 or first(complaint.happenings, Step.RESPONDED) is not None
    left_out = set() if register_of.may_join(complaint) else {JOINED, "would delay"}
    left_out |= set() if answered else {"answered"}
    return {value: words for value, words in WHERE.items() if value not in left_out}


@page.get(f"/complaints/<case:complaint>/issues/<{NUMBER}:number>", do=Do.DECIDE_ISSUE)
@page.post(f"/complaints/<case:complaint>/issues/<{NUMBER}:number>", do=Do.DECIDE_ISSUE)
def issue(complaint: Complaint, number: int) -> Response:
    """Decide where a new issue is answered; the resident is told in a letter (ruling 24)."""
    found = next((each for each in register_of.issues_of(complaint) if each.number == number), None)
    if found is None:
        abort(404)
    form = DecideForm(version=str(complaint.version), point=found.words)
    form.complaint = complaint
    form.where.choices = said(_choices(complaint, found))
    form.responsibility.choices = [(each.id, _(each.label)) for each in edition_of(complaint).responsibilities]
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                done.url = url_for("staff.case", complaint=_decide(complaint, found, form))
            return landed(done.url, _said(form, found))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/issue.html", form=form, complaint=complaint, issue=found, care=care(complaint), status=form.status)


def _said(form: DecideForm, found: NewIssue) -> str:
    if form.is_joined:
        return _("It is a point of this complaint now. They are told by letter.")
    return _("It stays a complaint of its own. They are told by letter.") if found.complaint_id else _("This is the new complaint. They are told by letter.")


def _decide(complaint: Complaint, found: NewIssue, form: DecideForm) -> Complaint:
    if not form.is_joined:
        return operations.part_issue(complaint, found, by=g.viewer, ground=form.where.data, reason=form.reason.data)
    point = {"text": form.point.data, "responsibility": form.responsibility.data, "whose": form.whose.data or None}
    operations.join_issue(complaint, found, by=g.viewer, point=point, reason=form.reason.data)
    return complaint
