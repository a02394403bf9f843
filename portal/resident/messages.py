"""Write to us: words and files at any time, whatever the complaint is at, and our replies on the same page."""

import uuid

from flask import Response, g, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from wtforms import MultipleFileField, ValidationError

from portal import pace, taking
from portal.access import Do
from portal.complaints import files, operations
from portal.complaints import messages as register
from portal.complaints.files import Arrived, Room
from portal.complaints.messages import Message
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.fields import Words
from portal.web import AlreadyDone, redirect, render, transaction


class MessageForm(BaseForm):
    """Words, files, or both."""

    words = Words(_l("Your message"), most=20_000)
    files = MultipleFileField(_l("Photos, papers or recordings, if you have any"))

    @property
    def chosen(self) -> list[FileStorage]:
        """The files that were chosen."""
        return [each for each in self.files.data or [] if isinstance(each, FileStorage) and each.filename]

    def validate_words(self, field: Words) -> None:
        """Something to send."""
        if not (field.data or "").strip() and not self.chosen:
            raise ValidationError(gettext("Write something, or choose a file"))

    @property
    def fingerprint(self) -> str:
        """What was sent, the files by their content: the same under the same key is the same press."""
        return taking.prints_of(self.chosen, self.words.data or "")


@page.get("/your-complaint/messages", do=Do.WRITE_TO_US)
@page.post("/your-complaint/messages", do=Do.WRITE_TO_US)
def messages(complaint: Complaint) -> Response:
    """One box and everything written so far, newest first."""
    request.max_content_length = taking.MOST_AT_ONCE
    form = MessageForm()
    if request.method == "POST" and form.validate():
        pace.brake("message")
        kept = _take_in(form, _room_in(complaint))
        if not form.files.errors and (answer := _send(form, complaint, kept)):
            return answer
    return _show(form, complaint)


def _send(form: MessageForm, complaint: Complaint, kept: list[Arrived]) -> Response | None:
    """The message, once; a file that was stored for a message that is not sent is taken away again."""
    try:
        with transaction(form) as done:
            operations.write(complaint, (form.words.data or "").strip(), by=g.viewer, files=kept, scanned=taking.are_scanned())
            done.url = url_for("resident.messages", sent="yes")
        return redirect(done.url)
    except REFUSALS as refusal:
        form.refuse(refusal)
        taking.drop(kept)
    except (AlreadyDone, HTTPException):
        taking.drop(kept)
        raise
    return None


def _room_in(complaint: Complaint) -> Room:
    """How much more this complaint holds, and no more of it at once than a complaint may begin with."""
    left = files.room_beside(complaint.files, most=files.MOST_EVER)
    return Room(min(left.files, files.MOST), left.size)


def _take_in(form: MessageForm, room: Room) -> list[Arrived]:
    """Store every file, whole and on the disk before any row says so; where one cannot be taken, none is, and it is said which."""
    kept, form.files.errors = taking.take(form.chosen, room)
    if form.files.errors:
        taking.drop(kept)
        form.key.data = uuid.uuid4().hex
    return kept


def _show(form: MessageForm, complaint: Complaint) -> Response:
    return render(
        "resident/messages.html", form=form, complaint=complaint, thread=thread_here(complaint)[::-1],
        again=bool(form.chosen) if form.is_submitted() else False, sent=request.method == "GET" and "sent" in request.args,
        by_email="email" in party_here(complaint).channels, status=form.status,
    )  # fmt: skip


def thread_here(complaint: Complaint) -> list[Message]:
    """What whoever is looking wrote to us, and what we wrote to them."""
    party = party_here(complaint)
    return [one for one in register.thread(complaint) if one.by == g.viewer.name or one.to == party.id]
