"""What residents wrote, and our short replies on their page; and the list of everybody who waits for one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Response, g, url_for
from markupsafe import Markup
from wtforms import HiddenField, StringField

from portal.access import Do
from portal.complaints import messages as register_of
from portal.complaints import operations, queries, worklist
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.marked import bdi, sentence
from portal.rules.care import Way
from portal.rules.steps import Step
from portal.rules.voice import waiting
from portal.staff import wording
from portal.staff.caring import CareForm
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Words
from portal.web import register, render, transaction


class ReplyForm(CareForm):
    """A reply and what it keeps to of what they asked for, or (`then` is `read`) only that it was read; `upto` is the newest message the reader saw."""

    words = Words(_l("Our reply, as they will read it"), most=20_000)
    upto = HiddenField(default="0")
    then = StringField()
    way: Way = Way.PAGE

    def reaching(self) -> Way | None:
        """How it reaches them; not at all where nothing is written."""
        return None if self.is_only_read else self.way

    @property
    def is_only_read(self) -> bool:
        """Whether the button was pressed that says no reply is needed."""
        return bool(self.then.data == "read")

    @property
    def seen(self) -> int:
        """The newest message the reader saw; 0 for none."""
        typed = self.upto.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def validate_words(self, field: Words) -> None:
        """A reply has words."""
        if not self.is_only_read:
            Filled(_("Write the reply"))(self, field)


@page.get("/complaints/<case:complaint>/messages", do=Do.REPLY)
@page.post("/complaints/<case:complaint>/messages", do=Do.REPLY)
def messages(complaint: Complaint) -> Response:
    """What they wrote and what we replied, newest last, and one box."""
    form = ReplyForm(upto=str(register_of.newest(complaint)))
    form.way = register_of.way_of_reply(complaint)
    form.bind(complaint, form.way, party=complaint.resident)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                _answer(complaint, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down as read.") if form.is_only_read else _("Your reply is on their page."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/messages.html", form=form, complaint=complaint, thread=register_of.thread(complaint), care=care(complaint),
        names=queries.staff_names(register()), writer=wording.writer, by_email=form.way is Way.EMAIL, by_post=register_of.goes_by_post(complaint), status=form.status,
    )  # fmt: skip


def _answer(complaint: Complaint, form: ReplyForm) -> None:
    if form.is_only_read:
        operations.mark_read(complaint, by=g.viewer, upto=form.seen)
    else:
        operations.reply(complaint, form.words.data, by=g.viewer, **form.care)


@dataclass(frozen=True, slots=True)
class Line:
    """One complaint in which something waits: what, the verb first, and since when."""

    href: str
    what: list[Markup]
    since: date
    who: str


SAID: dict[Step, Callable[[], str]] = {
    Step.MESSAGED: lambda: _("Reply to %(name)s"),
    Step.ISSUE_RAISED: lambda: _("Decide where the new issue of %(name)s belongs"),
    Step.MEANING_QUERIED: lambda: _("Tell %(name)s what was meant"),
    Step.RECEIPT_QUERIED: lambda: _("Reply to %(name)s about the day we received it"),
    Step.FOUND_UNUSABLE: lambda: _("Send %(name)s a letter again, in a form they can use"),
    Step.WAY_STOPPED: lambda: _("Find another way to reach %(name)s: one that we used is not theirs, or not safe, any more"),
    Step.CALL_ASKED: lambda: _("Ring %(name)s, and make sure that it is them"),
    Step.CONTACT_CHANGED: lambda: _("Make sure that %(name)s themselves changed how we reach them"),
    Step.ACTION_DISPUTED: lambda: _("See to what %(name)s says is not done"),
}


@page.get("/from-residents", do=Do.READ_QUEUE)
def from_residents() -> Response:
    """Everything that residents said and nobody has replied to, longest waiting first."""
    found = worklist.waiting(register(), g.viewer)
    g.listed = [each.id for each in found]
    return render("staff/from_residents.html", lines=[_line(each) for each in found])


def _line(complaint: Complaint) -> Line:
    names = {each.id: each.name for each in complaint.parties}
    said = dict.fromkeys((one.step, names.get(one.party, complaint.resident.name)) for one in waiting(complaint.happenings))
    assert complaint.waiting_since is not None
    return Line(
        href=url_for("staff.case", complaint=complaint), what=[sentence(SAID[step](), name=bdi(name)) for step, name in said],
        since=complaint.waiting_since, who=complaint.handler.name if complaint.handler else "",
    )  # fmt: skip
