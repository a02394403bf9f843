"""Writing while an answer is not there yet: that it is late, and news of what has been done (5.9, ruling 32)."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request, url_for
from wtforms import ValidationError

from portal import clock
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.steps import Step
from portal.staff import standing
from portal.staff.door import page
from portal.staff.fields import Day, Words, WorkingDays, day_typed
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, write
from portal.web import redirect


class LateForm(WritingForm):
    """That it is late: why, when they will hear, how often there is news."""

    reason = Words(_l("Why the answer is late"))
    new_date = Day(_l("The day we expect to answer"))
    interval = WorkingDays(_l("How often we will send news, in working days"))
    interval_agreed = Words(_l("How that was agreed, or that it could not be and what was tried"))

    def validate_new_date(self, field: Day) -> None:
        """A day that has gone by."""
        if field.day and field.day < clock.today():
            raise ValidationError(_("Give a day that has not gone by."))


class NewsForm(WritingForm):
    """News: one box."""

    news = Words(_l("What has been done since, and what happens next"))


def _late_filled(complaint: Complaint, written: Mapping[str, Any]) -> LateForm:
    data = {name: str(written.get(name) or "") for name in ("reason", "interval", "interval_agreed")}
    return LateForm(formdata=None, data=data | {"new_date": day_typed(written.get("new_date"))})


def _late_written(complaint: Complaint, form: WritingForm) -> Written:
    assert isinstance(form, LateForm)
    return {
        "reason": form.reason.data or "",
        "new_date": form.new_date.day.isoformat() if form.new_date.day else "",
        "interval": form.interval.number,
        "interval_agreed": form.interval_agreed.data or "",
    }


def _nothing(complaint: Complaint) -> Mapping[str, Any]:
    """Where writing starts: with nothing said."""
    return {}


LATE = Desk(
    "late", Step.LATE_TOLD, "tell_late", lambda complaint: LateForm(), _late_filled, _nothing, _late_written,
    operations.tell_late, in_place_of=Step.RESPONDED,
)  # fmt: skip
NEWS = Desk(
    "update", Step.UPDATED, "send_news", lambda complaint: NewsForm(),
    lambda complaint, written: NewsForm(formdata=None, data={"news": written.get("news") or ""}), _nothing,
    lambda complaint, form: {"news": form["news"].data or ""}, operations.send_news,
)  # fmt: skip


def _open(desk: Desk, complaint: Complaint, shown: Callable[[Desk, Complaint], Response]) -> Response:
    """The page, or the case where the table lets nobody do this now; a page opened before says why when it is sent."""
    if request.method == "GET" and not standing.may_send(complaint, desk.step):
        return redirect(url_for("staff.case", complaint=complaint))
    return shown(desk, complaint)


@page.get("/complaints/<case:complaint>/late", do=Do.SEND_NEWS)
@page.post("/complaints/<case:complaint>/late", do=Do.SEND_NEWS)
def tell_late(complaint: Complaint) -> Response:
    """Write that the answer is late."""
    return _open(LATE, complaint, write)


@page.post("/complaints/<case:complaint>/late/preview", do=Do.SEND_NEWS)
def tell_late_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far. Writes nothing."""
    return preview(LATE, complaint)


@page.get("/complaints/<case:complaint>/late/letter", do=Do.SEND_NEWS)
@page.post("/complaints/<case:complaint>/late/letter", do=Do.SEND_NEWS)
def tell_late_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    return _open(LATE, complaint, read_and_send)


@page.get("/complaints/<case:complaint>/news", do=Do.SEND_NEWS)
@page.post("/complaints/<case:complaint>/news", do=Do.SEND_NEWS)
def send_news(complaint: Complaint) -> Response:
    """Write what has been done since, and what happens next."""
    return _open(NEWS, complaint, write)


@page.post("/complaints/<case:complaint>/news/preview", do=Do.SEND_NEWS)
def send_news_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far. Writes nothing."""
    return preview(NEWS, complaint)


@page.get("/complaints/<case:complaint>/news/letter", do=Do.SEND_NEWS)
@page.post("/complaints/<case:complaint>/news/letter", do=Do.SEND_NEWS)
def send_news_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    return _open(NEWS, complaint, read_and_send)
