"""Taking more time for an answer: why, the new date, how often there will be news (6.4, 6.15, 5.9)."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import answering, operations
from portal.complaints.models import Complaint
from portal.complaints.more_time import MoreTime, more_time, reason_missing
from portal.i18n import day
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.letters import Missing
from portal.rules.steps import Step
from portal.staff import standing
from portal.staff.door import page
from portal.staff.fields import Day, Words, WorkingDays, day_typed
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, write
from portal.web import redirect


class ExtendingForm(WritingForm):
    """More time: `more` says how far the answer can be put back."""

    more: MoreTime | None = None
    reason = Words(_l("Why more time is needed"))
    new_date = Day(_l("The new date"))
    good_reason = Words(_l("The good reason for so much more time"))
    interval = WorkingDays(_l("How often we will send news, in working days"))
    interval_agreed = Words(_l("How that was agreed, or that it could not be and what was tried"))

    def validate_new_date(self, field: Day) -> None:
        """A new date that is no later than the one it moves."""
        if self.more and field.day and field.day <= self.more.due_on:
            raise ValidationError(_("The new date has to be later than %(due)s.", due=day(self.more.due_on)))

    @property
    def asks_good_reason(self) -> bool:
        """Whether the box for a good reason is needed, or has something in it."""
        needed = self.more is not None and self.more.needs_good_reason(self.new_date.day)
        return needed or bool(self.good_reason.data)


def _posted(complaint: Complaint) -> ExtendingForm:
    form = ExtendingForm()
    form.more = more_time(complaint)
    return form


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> ExtendingForm:
    names = ("reason", "good_reason", "interval", "interval_agreed")
    data = {name: str(written.get(name) or "") for name in names} | {"new_date": day_typed(written.get("new_date"))}
    form = ExtendingForm(formdata=None, data=data)
    form.more = more_time(complaint)
    return form


def _begun(complaint: Complaint) -> Mapping[str, Any]:
    """Where writing starts: with nothing said."""
    return {}


def _written(complaint: Complaint, form: WritingForm) -> Written:
    """What was written, as the letter and the rules read it."""
    assert isinstance(form, ExtendingForm)
    return {
        "reason": form.reason.data or "",
        "new_date": form.new_date.day.isoformat() if form.new_date.day else "",
        "good_reason": form.good_reason.data or "",
        "interval": form.interval.number,
        "interval_agreed": form.interval_agreed.data or "",
    }


def lacking(complaint: Complaint, written: Written) -> list[Missing]:
    """What the letter lacks, and the good reason where the new date needs one (ruling 31)."""
    return answering.still_missing(complaint, "extension", written) + reason_missing(complaint, written)


DESK = Desk(
    "extension", Step.EXTENDED, "extend", _posted, _filled, _begun, _written, operations.extend, lacks=lacking, in_place_of=Step.RESPONDED
)


def _is_shut(complaint: Complaint) -> bool:
    """Whether the table lets nobody take more time now; a page that was open before says why when it is sent."""
    return request.method == "GET" and not standing.may_send(complaint, Step.EXTENDED)


@page.get("/complaints/<case:complaint>/extension", do=Do.EXTEND)
@page.post("/complaints/<case:complaint>/extension", do=Do.EXTEND)
def extend(complaint: Complaint) -> Response:
    """Write why the answer needs more time, and until when."""
    if _is_shut(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(DESK, complaint)


@page.post("/complaints/<case:complaint>/extension/preview", do=Do.EXTEND)
def extend_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far. Writes nothing."""
    return preview(DESK, complaint)


@page.get("/complaints/<case:complaint>/extension/letter", do=Do.EXTEND)
@page.post("/complaints/<case:complaint>/extension/letter", do=Do.EXTEND)
def extend_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if _is_shut(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(DESK, complaint)
