"""Take a complaint down for a resident, and hand over its reference and access code once (rulings 11, 13 and 16)."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints.models import Complaint
from portal.complaints.operations import TakenDown, Told
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import DEFAULT
from portal.i18n import lazy_gettext as _l
from portal.staff import standing
from portal.staff.door import home, page
from portal.staff.fields import Line, day_typed
from portal.staff.log_form import LogForm, today_typed
from portal.web import register, render, transaction


@page.get("/log", do=Do.LOG_COMPLAINT)
@page.post("/log", do=Do.LOG_COMPLAINT)
def log() -> Response:
    """Everything on one page, in any order the call goes; the code is shown in the answer, and kept nowhere."""
    form = LogForm(received=day_typed(request.args.get("had")) or today_typed())
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                complaint, code = _log(form)
                done.url = after(complaint)
            return slip(complaint, code)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/log.html", form=form, back=home(), status=form.status)


def _log(form: LogForm) -> tuple[Complaint, str]:
    assert form.received.day is not None
    told = Told(
        name=form.name.data, words=form.words.data, home_kind=form.home.data, address=form.address.data or "",
        relationship=form.relationship.data, when_words=form.when.data or "",
        wanted={"kinds": list(form.wanted.data or []), "words": form.wanted_words.data or ""},
        adjustments=form.adjustments, safe_contact=form.safe_contact, language=form.language.data or DEFAULT, channel=form.channel.data,
    )  # fmt: skip
    taken = TakenDown(
        by=g.viewer, received_on=form.received.day, first_heard_by=form.heard_by.data or "",
        late_because=form.late_because.data or "", first_expressed_on=form.expressed.day,
    )  # fmt: skip
    return operations.log_complaint(register(), told, taken, danger=form.danger_told)


def after(complaint: Complaint) -> str:
    """Where whoever took it down goes on: to the complaint, or where they begin, if their role reads none but what it read before (ruling 11)."""
    is_theirs = queries.find(register(), g.viewer, complaint.reference) is not None
    return url_for("staff.case", complaint=complaint) if is_theirs else home()


def slip(complaint: Complaint, code: str) -> Response:
    """The reference and the access code, to read out or print; opening it again shows no code."""
    g.complaint_id = complaint.id
    alert = next((each for each in complaint.alerts if each.handed_over_at is None), None)
    return render(
        "staff/slip.html", complaint=complaint, code=code, alert=alert, owed=standing.next_owed(complaint),
        by_post="post" in complaint.resident.channels, onward=after(complaint), opens=url_for("staff.case", complaint=complaint),
    )  # fmt: skip


class CodeForm(BaseForm):
    """How we know who asks."""

    words = Line(_l("How do you know that it is them?"), [Filled(_l("Write how you know that it is them"))])


@page.get("/complaints/<case:complaint>/code", do=Do.GIVE_CODE)
@page.post("/complaints/<case:complaint>/code", do=Do.GIVE_CODE)
def code(complaint: Complaint) -> Response:
    """Make a new access code in place of the old one, and show it in the answer, once (ruling 42)."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                made = operations.give_code(complaint, by=g.viewer, checked=form.words.data)
                done.url = url_for("staff.case", complaint=complaint)
            return slip(complaint, made)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/code.html", form=form, complaint=complaint, status=form.status)
