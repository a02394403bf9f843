"""Write to us: words and files at any time, whatever the complaint is at, and our replies on the same page."""

from flask import Response, g, request, url_for
from wtforms import ValidationError

from portal import taking
from portal.access import Do
from portal.complaints import messages as register
from portal.complaints import operations
from portal.complaints.files import Enclosed
from portal.complaints.messages import Message
from portal.complaints.models import Complaint
from portal.complaints.people import RECEIVE
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.enclosing import EnclosingForm, here, press
from portal.resident.fields import Words
from portal.resident.home import home
from portal.web import render


class MessageForm(EnclosingForm):
    """Words, files, or both."""

    words = Words(_l("Your message"), most=20_000)

    def validate_words(self, field: Words) -> None:
        """Something to send."""
        if not (field.data or "").strip() and not self.chosen and not self.left:
            raise ValidationError(gettext("Write something, or choose a file"))


@page.get("/your-complaint/messages", do=Do.WRITE_TO_US)
@page.post("/your-complaint/messages", do=Do.WRITE_TO_US)
def messages(complaint: Complaint) -> Response:
    """One box and everything written so far, newest first."""
    request.max_content_length = taking.MOST_AT_ONCE
    form = MessageForm()

    def write(files: Enclosed) -> None:
        operations.write(complaint, (form.words.data or "").strip(), by=g.viewer, files=files)

    if request.method == "POST" and (answer := press(form, complaint, write, url_for("resident.messages", sent="yes"))):
        return answer
    return render(
        "resident/messages.html", form=form, complaint=complaint, thread=thread_here(complaint)[::-1], here=here(form, complaint),
        sent=request.method == "GET" and "sent" in request.args, by_email="email" in party_here(complaint).channels, belongs=home(), writers=writers(complaint), status=form.status,
    )  # fmt: skip


def thread_here(complaint: Complaint) -> list[Message]:
    """What whoever is looking wrote to us, and what we wrote back, where they may read that; a resident sees all of it."""
    every = register.thread(complaint)
    if not home().is_for_another:
        return every
    reads = RECEIVE in party_here(complaint).scopes
    return [one for one in every if one.by == g.viewer.name or (one.to and reads)]


def writers(complaint: Complaint) -> dict[str, str]:
    """Who else wrote for the resident, by how the record names them."""
    return {f"party:{each.id}": each.name for each in complaint.parties if each.id not in (g.viewer.party_id, complaint.resident.id)}
