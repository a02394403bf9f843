"""What the acknowledgement and the answer share: the desk with its live panel, keeping a draft, reading it whole, sending it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask import Response, abort, g, request, url_for
from wtforms import HiddenField, StringField

from portal import clock, i18n
from portal.complaints import answering, approving, operations, queries
from portal.complaints.caring import LARGE, print_size
from portal.complaints.messages import Message, thread
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter, StaffDraft
from portal.complaints.speaking import RING_FIRST, must_ring
from portal.forms import REFUSALS, BaseForm, Filled
from portal.giving import give_bytes
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.letters.paper import forms
from portal.letters.paper.forms import FORMS
from portal.rules.letters import Missing
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_
from portal.staff import asks, reading, standing
from portal.staff.case import care, wanted
from portal.staff.door import landed
from portal.staff.fields import InParts, Words
from portal.staff.speaking import speaking
from portal.web import redirect, region, register, render, transaction

MOST_ROWS = 40
WRITTEN = region("written", "staff/acknowledge.html", "staff/answer.html", "staff/refuse.html", "staff/extend.html", "staff/tell_late.html", "staff/send_news.html", "staff/offer.html", "staff/acknowledge_and_answer.html", "staff/ask.html", "staff/revise.html", "staff/answer_part.html", "staff/correct.html")
Written = dict[str, Any]
IN_PRINT = [name for name, form in FORMS.items() if form.size]
"""The sizes in which whoever writes a letter can see it on paper, the usual one first."""


class WritingForm(InParts):
    """A letter being written: `seen` is the saved version it was begun from, `then` the button that was pressed."""

    seen = HiddenField(default="0")
    then = StringField()
    rows: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    links: tuple[int, ...] = ()

    @property
    def saved_version(self) -> int:
        """The version of the saved letter that the writer was looking at; 0 for none."""
        return _version(self.seen.data)

    def goes_on(self, complaint: Complaint, saved: StaffDraft) -> None:
        """The same page once more, of what is saved now: its next press is another press."""
        self.seen.data, self.version.data = str(saved.version), str(complaint.version)
        self.renew()


def _version(posted: str | None) -> int:
    seen = posted or ""
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


class SendForm(BaseForm):
    """One press, for the letter as it was read; where they asked to be spoken to and nobody rang, with why not."""

    seen = HiddenField(default="0")
    why_not = Words(_l("If nobody rang them first: why not? They may read this"), most=2_000)

    @classmethod
    def of(cls, complaint: Complaint, saved: StaffDraft, *, goes: bool = True) -> Self:
        """For this letter as it is saved; `goes` says that it goes with this press, and is not read by somebody else first."""
        form = cls(version=str(complaint.version), seen=str(saved.version))
        if not goes or not must_ring(complaint, saved.kind):
            del form.why_not
        return form

    def validate_why_not(self, field: Words) -> None:
        """There was no call, and nobody says why."""
        Filled(_(RING_FIRST))(self, field)

    @property
    def why(self) -> str:
        """Why nobody rang; "" where somebody did, or need not."""
        return self.why_not.data or "" if "why_not" in self else ""

    @property
    def saved_version(self) -> int:
        """The version of the letter that was read."""
        return _version(self.seen.data)


@dataclass(frozen=True, slots=True)
class Desk:
    """One kind of letter: how its form is made from what was posted or saved, what is written in it, and how it is sent.

    `lacks` says what the Code still asks where that is more than the letter's parts; `in_place_of` whose due date it keeps;
    `signed` gives the letter's facts where whoever sends it signs it; `open_now` says whether it may go where its step alone
    does not.
    """

    kind: str
    step: Step
    endpoint: str
    posted: Callable[[Complaint], WritingForm]
    filled: Callable[[Complaint, Mapping[str, Any]], WritingForm]
    begun: Callable[[Complaint], Mapping[str, Any]]
    written: Callable[[Complaint, WritingForm], Written]
    send: Callable[..., Letter]
    lacks: Callable[[Complaint, Written], list[Missing]] | None = None
    in_place_of: Step | None = None
    signed: Callable[[Complaint, Written], Facts] | None = None
    open_now: Callable[[Complaint], bool] | None = None

    def is_open(self, complaint: Complaint) -> bool:
        """Whether this viewer could send it now, as far as order goes."""
        return self.open_now(complaint) if self.open_now else standing.may_send(complaint, self.step)

    def missing(self, complaint: Complaint, written: Written) -> list[Missing]:
        """What the Code still asks before this letter may go."""
        return self.lacks(complaint, written) if self.lacks else answering.still_missing(complaint, self.kind, written)

    def url(self, complaint: Complaint, then: str = "") -> str:
        """The page of this letter, or one that follows from it: `preview`, `letter`."""
        return url_for(f"staff.{self.endpoint}{'_' + then if then else ''}", complaint=complaint)

    def draft(self, complaint: Complaint) -> StaffDraft | None:
        """What was saved of this letter."""
        return complaint.draft(self.kind, complaint.stage_for(self.kind))


def rows_in(pattern: str) -> list[int]:
    """The numbers of the rows that were posted, from the names of their boxes; no more than anybody needs."""
    found = {int(match[1]) for name in request.form if (match := re.fullmatch(pattern, name, re.ASCII))}
    return sorted(found)[:MOST_ROWS]


def write(desk: Desk, complaint: Complaint) -> Response:
    """The page on which a letter is written; saving keeps what there is, however little."""
    saved = desk.draft(complaint)
    if request.method == "GET":
        written = saved.written if saved and saved.written else desk.begun(complaint)
        form = desk.filled(complaint, written)
        form.seen.data, form.version.data = str(saved.version if saved else 0), str(complaint.version)
        return at_desk(desk, complaint, form)
    form, case = desk.posted(complaint), url_for("staff.case", complaint=complaint)
    onwards = _onwards(desk, complaint) or case
    if _kept(desk, complaint, form, onwards):
        return redirect(onwards) if onwards != case else landed(onwards, _("Saved for later. Nothing has been sent."))
    return at_desk(desk, complaint, form, theirs=_overtaken(desk, complaint, form))


def _onwards(desk: Desk, complaint: Complaint) -> str:
    """Where a press that goes on from the desk leads, with what was typed kept: to the letter, or to writing down a call; "" for any other."""
    then, speak = request.form.get("then"), speaking(complaint, desk.kind, desk.url(complaint))
    if then == "read":
        return desk.url(complaint, "letter")
    return speak.href if speak and then == "rang" else ""


def _kept(desk: Desk, complaint: Complaint, form: WritingForm, onwards: str) -> bool:
    """Keep what there is, and say whether that was done; `onwards` answers a second press of the same button."""
    if not form.validate():
        return False
    try:
        with transaction(form) as done:
            written = desk.written(complaint, form)
            saved = operations.save_writing(complaint, desk.kind, written, by=g.viewer, seen=form.saved_version)
            done.url = onwards
    except REFUSALS as refusal:
        form.refuse(refusal)
        return False
    form.goes_on(complaint, saved)
    return True


def _overtaken(desk: Desk, complaint: Complaint, form: WritingForm) -> StaffDraft | None:
    """What somebody else saved meanwhile: shown beside these words, which the next press keeps."""
    saved = desk.draft(complaint)
    if saved is None or saved.version == form.saved_version or not form.form_errors:
        return None
    form.conflict = True
    form.seen.data = str(saved.version)
    return saved


def preview(desk: Desk, complaint: Complaint) -> Response:
    """What the Code still asks and the letter so far; looking keeps nothing, for whoever writes is barred later (ruling 34).

    A press that adds boxes or changes them has begun to write: what was typed is kept before the page comes again.
    """
    form = desk.posted(complaint)
    is_look = request.form.get("then") in (None, "", "check")
    if is_look or _kept(desk, complaint, form, desk.url(complaint)):
        return at_desk(desk, complaint, form, status=200)
    return at_desk(desk, complaint, form, theirs=_overtaken(desk, complaint, form))


def at_desk(
    desk: Desk, complaint: Complaint, form: WritingForm, *, theirs: StaffDraft | None = None, status: int | None = None
) -> Response:
    """The desk: the resident's words, the boxes, what the Code still asks, the letter so far."""
    written = desk.written(complaint, form)
    return render(
        f"staff/{desk.endpoint}.html", form=form, complaint=complaint, desk=desk, care=care(complaint),
        wanted=wanted(complaint), owed=standing.next_owed(complaint, desk.in_place_of or desk.step), theirs=_theirs(desk, complaint, theirs),
        **so_far(desk, complaint, written), unread=unread(complaint), speak=speaking(complaint, desk.kind, desk.url(complaint)), late_since=standing.unanswered_since(complaint),
        status=form.status if status is None else status,
    )  # fmt: skip


def unread(complaint: Complaint) -> list[Message]:
    """What they wrote that nobody has replied to: in sight of whoever writes or sends a letter, and stopping nobody (decision 8)."""
    return [one for one in thread(complaint) if one.waits]


def so_far(desk: Desk, complaint: Complaint, written: Written) -> dict[str, Any]:
    """What the Code still asks of the letter, what is here, and how it reads."""
    missing = desk.missing(complaint, written)
    here = answering.already_here(complaint, desk.kind, written)
    return {
        "missing": [(asks.missing_words(one), _where(desk, complaint, one), one.provision) for one in missing],
        "here": [(_upper(_(part.label)), part.provision) for part in here],
        "body": (body := _body(desk, complaint, written)),
        "spoken": spoken(complaint.letters_in),
        "advice": reading.advice(desk.kind, body, complaint.letters_in),
    }


def _where(desk: Desk, complaint: Complaint, one: Missing) -> str:
    """The box in which a missing thing is written; whose a point is, is said on a page of its own once it is acknowledged.

    Which points are answered now, and which later, is said above them all.
    """
    if one.field == "responsibility" and desk.step is Step.RESPONDED and one.point is not None:
        return url_for("staff.settle", complaint=complaint, number=one.point)
    if one.field == "points" and desk.step in (Step.PART_ANSWERED, Step.ANSWER_CORRECTED):
        return "#rest"
    return f"#{asks.field_id(one)}"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _body(desk: Desk, complaint: Complaint, written: Mapping[str, Any]) -> dict[str, Any]:
    facts = desk.signed(complaint, dict(written)) if desk.signed else answering.facts_for(complaint, desk.kind, written)
    return compose(desk.kind, facts).body()


def spoken(language: str) -> dict[str, str]:
    """A letter's language and direction, as a page says them."""
    name = i18n.known(language) or i18n.DEFAULT
    return {"lang": i18n.html_lang(name), "direction": i18n.direction(name)}


def _theirs(desk: Desk, complaint: Complaint, saved: StaffDraft | None) -> dict[str, Any] | None:
    if saved is None:
        return None
    names = queries.staff_names(register())
    return {"name": names.get(saved.saved_by_id, ""), "at": saved.saved_at, "body": _body(desk, complaint, saved.written)}


def read_and_send(desk: Desk, complaint: Complaint) -> Response:
    """The whole letter as the resident will read it, and the one press that sends it."""
    saved = desk.draft(complaint)
    if saved is None:
        return redirect(desk.url(complaint))
    if request.method == "GET" and (size := request.args.get("size")):
        return _in_print(desk, complaint, saved, size)
    form = SendForm.of(complaint, saved, goes=approving.approval_for(complaint, desk.kind, dict(saved.written)) is None)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                said = _sent_or_asked(desk, complaint, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, said)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _to_read(desk, complaint, form)


def _in_print(desk: Desk, complaint: Complaint, saved: StaffDraft, form: str) -> Response:
    """The letter as it would be printed, in one of our sizes; it is made for whoever looks, and kept nowhere. 404 for a size there is none of."""
    if form not in IN_PRINT:
        abort(404)
    made = forms.make(form, _body(desk, complaint, saved.written), complaint.letters_in, clock.today())
    return give_bytes(made.content, FORMS[form].kind, f"not-sent-{FORMS[form].size}.pdf")


def _sent_or_asked(desk: Desk, complaint: Complaint, form: SendForm) -> str:
    """Send it; or, where somebody else has to approve it, ask for that (ruling 25)."""
    written = as_read(desk, complaint, form)
    if approving.approval_for(complaint, desk.kind, written):
        operations.ask_approval(complaint, desk.kind, by=g.viewer, seen=form.saved_version)
        return _("It waits for somebody else to approve it. The date by which it is owed does not wait.")
    operations.ring_first(complaint, desk.kind, by=g.viewer, why=form.why)
    return sent_words(desk.send(complaint, written, by=g.viewer))


def sent_words(letter: Letter) -> str:
    """What became of a letter just sent."""
    waits = {issue.channel for issue in letter.issues if issue.state == "waiting"}
    if "post" in waits:
        return _("The letter is written. It goes when somebody has printed and posted it.")
    return _("The letter is on its way.") if waits else _("The letter is sent.")


def as_read(desk: Desk, complaint: Complaint, form: SendForm) -> Mapping[str, Any]:
    """What is saved now, if it is what the sender read."""
    saved = desk.draft(complaint)
    if saved is None or str(saved.version) != form.seen.data:
        raise RuleBroken("5.12", CHANGED)
    return saved.written


CHANGED = N_("Somebody changed this letter after you read it. Read it again below, then send it.")


def _to_read(desk: Desk, complaint: Complaint, form: SendForm) -> Response:
    saved = desk.draft(complaint)
    written = dict(saved.written) if saved else {}
    if saved and form.seen.data != str(saved.version):
        form.conflict, form.seen.data = True, str(saved.version)
    return render(
        "staff/send.html", form=form, approval=approving.approval_for(complaint, desk.kind, written), asked=approving.approval_for(complaint, desk.kind, written) is not None and approving.is_asked(complaint, desk.kind), complaint=complaint, desk=desk, is_open=desk.is_open(complaint),
        large=(size := f"print-{print_size(complaint.addressee) or LARGE}"), large_words=_(FORMS[size].words, size=FORMS[size].size),
        first=[] if desk.is_open(complaint) else asks.first_steps(complaint), unread=unread(complaint), speak=speaking(complaint, desk.kind, desk.url(complaint, "letter")), **so_far(desk, complaint, written), status=form.status,
    )  # fmt: skip
