"""Letters as they went and files as they came, letters to print and post, and the mail that waits."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Response, abort, current_app, g, url_for

from portal import access, clock, codes, i18n
from portal.access import Do
from portal.complaints import arrived, caring, operations, queries, usable
from portal.complaints.arrived import ArrivedMail
from portal.complaints.holding import held_since
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Letter, Outbox
from portal.config import Config
from portal.forms import REFUSALS, OneOf
from portal.giving import give, give_made, give_original
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.letter_forms import in_forms
from portal.post import may_send
from portal.rules.steps import RuleBroken
from portal.rules.words import N_
from portal.staff import wording
from portal.staff.caring import AsAskedForm
from portal.staff.door import landed, page
from portal.staff.fields import Day, Pick, named
from portal.web import NUMBER, register, render, transaction


@page.get(f"/complaints/<case:complaint>/files/<{NUMBER}:attachment_id>", do=Do.READ_CASE)
def file(complaint: Complaint, attachment_id: int) -> Response:
    """A file the resident sent: of a photograph or film, the copy that says nothing of where it was made."""
    found = queries.attachment(register(), complaint, attachment_id)
    if found is None:
        abort(404)
    return give(found)


@page.get(f"/complaints/<case:complaint>/files/<{NUMBER}:attachment_id>/original", do=Do.OPEN_ORIGINAL)
def original(complaint: Complaint, attachment_id: int) -> Response:
    """A file as it came, unsealed for whoever has to know when and where it was made; that it was opened is written down."""
    found = queries.attachment(register(), complaint, attachment_id)
    if found is None:
        abort(404)
    return give_original(found)


@page.get(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>", do=Do.READ_CASE)
def letter(complaint: Complaint, number: int) -> Response:
    """A letter exactly as it went."""
    found = _letter(complaint, number)
    spoken = {"lang": i18n.html_lang(found.language), "direction": i18n.direction(found.language)}
    return render(
        "staff/letter.html", letter=found, complaint=complaint, spoken=spoken, frame="staff/base.html",
        back=url_for("staff.case", complaint=complaint), back_words=complaint.resident.name,
        forms=in_forms(found, lambda form: url_for("staff.letter_made", complaint=complaint, number=number, form=form), _standing(complaint, found)),
        address=_address(complaint, found), how=usable.how, unusable=usable.said_unusable(complaint, found),
        may_again=bool(usable.usable_copies(found) or usable.said_unusable(complaint, found)), large_print=_size(found.issues) if _in_large_print(found) else None,
    )  # fmt: skip


def _standing(complaint: Complaint, letter: Letter) -> set[str]:
    """The forms that those whom it goes to asked for once."""
    return {form for issue in letter.issues for form in caring.standing_forms(complaint, letter, issue.party).values()}


@page.get(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/as/<form>", do=Do.READ_CASE)
def letter_made(complaint: Complaint, number: int, form: str) -> Response:
    """A letter as a file, as its reader has it: to print, in large print, as plain text, in braille. No address is on it."""
    return give_made(register(), _letter(complaint, number), form)


def _address(complaint: Complaint, found: Letter) -> list[str]:
    """Where a letter that waits to be posted goes, as it is safe now; nothing on any other letter."""
    if not access.may(g.viewer, Do.POST_LETTERS, complaint):
        return []
    return [line for issue in _by_post(found) for line in issue.postal_lines]


def _in_large_print(found: Letter) -> bool:
    """Whether it is next printed in large print: a copy in that form waits to be posted."""
    return any((issue.channel, issue.form, issue.state) == ("post", "large_print", "waiting") for issue in found.issues)


def _letter(complaint: Complaint, number: int) -> Letter:
    found = queries.letter(register(), complaint, number)
    if found is None:
        abort(404)
    return found


class PostedForm(AsAskedForm):
    """The day it was posted: today, unless another is written; and whether it was in the form they asked for."""

    copy = Pick(_l("Which copy was posted?"), {}, [OneOf(_l("Choose which copy was posted"))])
    on = Day(_l("When was it posted?"), past=True)

    waiting: Sequence[Issue] = ()

    def bind(self, waiting: Sequence[Issue]) -> None:
        """Ask which copy only where several wait, and of its form only where that is not ordinary paper."""
        self.waiting = waiting
        self.copy.choices = named((issue.id, _(usable.how(issue))) for issue in waiting)
        if len(waiting) < 2:
            del self.copy
        if not any(issue.form in usable.BY_ITSELF for issue in waiting):
            del self.as_asked, self.why_not

    def is_special(self) -> bool:
        """Whether the copy that was posted was to be made in a form of its own."""
        chosen = self.chosen(self.waiting)
        return chosen is not None and chosen.form in usable.BY_ITSELF

    def chosen(self, waiting: Sequence[Issue]) -> Issue | None:
        """The copy that was posted; nothing where it waits no more."""
        return next((issue for issue in waiting if "copy" not in self or str(issue.id) == self.copy.data), None)


@page.get("/letters", do=Do.POST_LETTERS)
def letters_to_post() -> Response:
    """What waits to be printed and posted, oldest first."""
    waiting = queries.letters_to_post(register(), g.viewer)
    g.listed = sorted({complaint.id for _issue, complaint in waiting})
    rows = [
        (issue, complaint, PostedForm(formdata=None), may_send.why_not(register(), issue)) for issue, complaint in waiting
    ]
    return render("staff/letters.html", rows=rows, letter_name=wording.letter_name, how=usable.how)


@page.get(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/posted", do=Do.POST_LETTERS)
@page.post(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/posted", do=Do.POST_LETTERS)
def posted(complaint: Complaint, number: int) -> Response:
    """Say that a letter was posted, today or on a day before."""
    found = _letter(complaint, number)
    waiting, form = _by_post(found), PostedForm()
    form.bind(waiting)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                copy = form.chosen(_by_post(found))
                if copy is None:
                    raise RuleBroken("5.10", N_("This letter does not wait to be posted, or post is no longer safe for them."))
                operations.mark_posted(complaint, copy, by=g.viewer, on=form.on.day or clock.today(), why_not=form.why_other)
                done.url = url_for("staff.letters_to_post")
            return landed(done.url, _("Written down as posted."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/posted.html", form=form, complaint=complaint, letter=found, waiting=waiting,
        letter_name=wording.letter_name, size=_size(waiting), how=usable.how, status=form.status,
    )  # fmt: skip


def _size(waiting: Sequence[Issue]) -> int | None:
    """The size of print that a copy in large print is made in, in points; None where none waits."""
    return next((caring.print_size(issue.party) for issue in waiting if issue.form == "large_print"), None)


def _by_post(found: Letter) -> list[Issue]:
    waiting = [issue for issue in found.issues if issue.channel == "post" and issue.state != "issued"]
    return [issue for issue in waiting if may_send.why_not(register(), issue) is None]


@page.get("/mail", do=Do.READ_MAIL)
def mail() -> Response:
    """What will not go, what waits and with what trouble; in the demo, what would have gone."""
    config: Config = current_app.extensions["portal"]
    waiting, shown = queries.mail_waiting(register(), g.viewer), queries.mail_shown(register(), g.viewer) if config.demo else []
    failed = queries.mail_failed(register(), g.viewer)
    came = arrived.waiting_for(register(), g.viewer) if access.may(g.viewer, Do.SORT_MAIL) else []
    g.listed = _complaints_in([*failed, *waiting, *shown, *came])
    drawn = [(row, _message(row.shown or b"")) for row in shown]
    references = {each.id: each.reference for each in queries.linked(register(), g.viewer, g.listed)}
    return render(
        "staff/mail.html", failed=failed, waiting=waiting, shown=drawn, resting=codes.resting(register()), held=held_since(register()), letter_name=wording.letter_name,
        references=references, came=came, why=arrived.WHY,
    )  # fmt: skip


def _complaints_in(rows: Sequence[Outbox | ArrivedMail]) -> list[int]:
    return sorted({row.complaint_id for row in rows if row.complaint_id})


def _message(raw: bytes) -> dict[str, str]:
    """A message as it would have been read: to whom, about what, and its words."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return {
        "to": str(message["To"] or "").strip('"'),
        "subject": str(message["Subject"] or ""),
        "words": body.get_content() if body else "",
    }
