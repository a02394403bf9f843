"""A resident asks for everything that we hold: written down with how they asked; later how it was sent, that it takes longer, or that it is refused (ruling 9)."""

from flask import Response, g, url_for
from wtforms import ValidationError

from portal import clock, i18n
from portal.access import Do
from portal.complaints import data_asked as register
from portal.complaints import operations
from portal.complaints.data_asked import SENT_BY, TOLD_BY
from portal.complaints.models import Complaint
from portal.forms import PICK_ONE, REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.data_asked import GROUNDS, longest, open_request, told_until
from portal.staff.door import landed, page, pressed
from portal.staff.fields import Day, Pick, Words
from portal.staff.log_form import today_typed
from portal.web import render, transaction

WHICH_DAY = Filled(_l("Write the day, like 12 June 2026"))


class HappenedForm(BaseForm):
    """Something that has happened, on the day of its first box."""

    def validate_on(self, field: Day) -> None:
        """Nothing has happened yet on a day to come."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet."))


class AskedForm(HappenedForm):
    """When and how they asked, and what for."""

    on = Day(_l("Which day did they ask?"), [WHICH_DAY], past=True)
    told = Pick(_l("How did they ask?"), TOLD_BY, [OneOf(PICK_ONE)])
    words = Words(_l("Did they ask for something in particular?"))


class SentForm(HappenedForm):
    """When and how it went, and what was left out."""

    on = Day(_l("Which day did it go?"), [WHICH_DAY], past=True)
    how = Pick(_l("How did it go to them?"), SENT_BY, [OneOf(PICK_ONE)])
    left_out = Words(_l("What was left out, and why?"), [Filled(_l("Write what was left out and why, or that nothing was"))])


@page.get("/complaints/<case:complaint>/data", do=Do.WRITE_DATA_ASKED)
@page.post("/complaints/<case:complaint>/data", do=Do.WRITE_DATA_ASKED)
def data_asked(complaint: Complaint) -> Response:
    """Write down that they asked; a letter tells them the day. Beside it, what was asked for before, and what came of it."""
    form = AskedForm(on=today_typed())
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.on.day is not None
                due = operations.take_down_data_asked(complaint, form.words.data or "", by=g.viewer, on=form.on.day, told=form.told.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down. It goes to them by %(day)s, and the letter that says so is written.", day=i18n.day(due)))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/data_asked.html", form=form, complaint=complaint, asked=register.requests_of(complaint), sent_by=SENT_BY, status=form.status)


@page.get("/complaints/<case:complaint>/data/sent", do=Do.SEND_DATA)
@page.post("/complaints/<case:complaint>/data/sent", do=Do.SEND_DATA)
def data_sent(complaint: Complaint) -> Response:
    """What goes into it and what is read first; then, that it went."""
    form = SentForm(on=today_typed())
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.on.day is not None
                operations.say_data_sent(complaint, by=g.viewer, on=form.on.day, how=form.how.data, left_out=form.left_out.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down as sent."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    asked = open_request(complaint.happenings)
    return render(
        "staff/data_sent.html", form=form, complaint=complaint, waiting=register.open_of(complaint), told_until=told_until(asked) if asked else None,
        status=form.status,
    )  # fmt: skip


class LongerForm(BaseForm):
    """Until when, and why."""

    due_on = Day(_l("By which day does it go?"), [WHICH_DAY])
    words = Words(_l("Why does it take longer? They read this."), [Filled(_l("Write why it takes longer"))])


class RefusedForm(BaseForm):
    """On what ground, and why."""

    ground = Pick(_l("On what ground?"), GROUNDS, [OneOf(PICK_ONE)])
    words = Words(_l("Why do we say so? They read this."), [Filled(_l("Write why we say so"))])


@page.get("/complaints/<case:complaint>/data/more-time", do=Do.SEND_DATA)
@page.post("/complaints/<case:complaint>/data/more-time", do=Do.SEND_DATA)
def data_longer(complaint: Complaint) -> Response:
    """Take more time for a complex request; a letter tells them why, and the new day."""
    waiting = open_request(complaint.happenings)
    longest_day = longest(waiting) if waiting else None
    form = LongerForm()

    def act() -> None:
        assert form.due_on.day is not None
        operations.extend_data(complaint, by=g.viewer, due_on=form.due_on.day, reason=form.words.data or "")

    done = pressed(complaint, form, act, _("The letter that says so is written. The new day counts once it has gone to them in time."))
    return done or render(
        "staff/data_longer.html", form=form, complaint=complaint, waiting=register.open_of(complaint), longest=longest_day,
        told_until=told_until(waiting) if waiting else None, status=form.status,
    )  # fmt: skip


@page.get("/complaints/<case:complaint>/data/refusal", do=Do.REFUSE_DATA)
@page.post("/complaints/<case:complaint>/data/refusal", do=Do.REFUSE_DATA)
def data_refused(complaint: Complaint) -> Response:
    """Refuse a request on one of the two grounds there are; a letter tells them why, and who else looks at it."""
    form = RefusedForm()

    def act() -> None:
        operations.refuse_data(complaint, by=g.viewer, ground=form.ground.data, reason=form.words.data or "")

    done = pressed(complaint, form, act, _("Refused. The letter that says why is written."))
    return done or render("staff/data_refused.html", form=form, complaint=complaint, waiting=register.open_of(complaint), status=form.status)
