"""What has come to the end of its time: listed each day, erased in one press with a reason; and keeping one complaint for longer."""

from contextlib import suppress

from flask import Response, current_app, g, request, url_for
from wtforms import ValidationError

from portal import clock, i18n
from portal.access import Do
from portal.complaints import erasures, operations, queries, retention
from portal.complaints.files import discard
from portal.complaints.models import Complaint
from portal.complaints.references import groups
from portal.complaints.retention import Over
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.keeping import kept_longer, with_ombudsman
from portal.staff.door import landed, page, pressed
from portal.staff.fields import Day, Line, Tick, Words, named
from portal.staff.log_form import today_typed
from portal.web import register, render, transaction


class EraseForm(BaseForm):
    """Which of those on the page, and why."""

    chosen = Tick(_l("Which are erased?"), {})
    because = Line(_l("Why are they erased?"), [Filled(_l("Write why, for example the rule that says how long they are kept"))])

    def validate_chosen(self, field: Tick) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Tick the complaints to erase"))


@page.get("/time-over", do=Do.ERASE)
@page.post("/time-over", do=Do.ERASE)
def time_over() -> Response:
    """Every complaint whose time is over, the oldest first: those that can be erased, and those that are kept, with why."""
    found = retention.over_for(register(), g.viewer)
    ready = [one for one in found if not one.kept_because]
    g.listed = sorted(one.complaint.id for one in found)
    form = EraseForm(chosen=[str(one.complaint.id) for one in ready])
    form.chosen.choices = named((one.complaint.id, f"{one.complaint.resident.name}, {' '.join(groups(one.complaint.reference))}") for one in ready)
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                locked = queries.several(register(), g.viewer, map(int, form.chosen.data), locked=True)
                names = operations.erase_several(register(), locked, by=g.viewer, because=form.because.data)
                done.url = url_for("staff.time_over")
            config = current_app.extensions["portal"]
            discard(config.files, *names)
            with suppress(OSError):  # The worker puts it on the list within the day.
                erasures.bring_up_to_date(register(), config.erased_list)
            return landed(done.url, _("Erased. What is counted stays, and the record says who did it, and why."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/time_over.html", form=form, ready=ready, kept=[one for one in found if one.kept_because], about={str(one.complaint.id): _about(one) for one in ready}, status=form.status)


def _about(one: Over) -> str:
    """When it came, when anything last happened, and when its time ended."""
    said = (
        _("Received %(day)s.", day=i18n.day(one.complaint.received_day)), _("The last thing happened on %(day)s.", day=i18n.day(one.last_on)),
        _("Its time ended on %(day)s.", day=i18n.day(one.ended_on)),
    )  # fmt: skip
    return " ".join(said)


class KeepForm(BaseForm):
    """Why."""

    because = Words(_l("Why is it kept for longer?"), [Filled(_l("Write why it is kept"))])


class LetGoForm(BaseForm):
    """Why not any more."""

    ended = Words(_l("Why need it not be kept any more?"), [Filled(_l("Write why it need not be kept any more"))])


class DoneForm(BaseForm):
    """The day on which the Ombudsman was done with it."""

    on = Day(_l("Which day were they done with it?"), [Filled(_l("Write the day, like 12 June 2026"))], past=True)

    def validate_on(self, field: Day) -> None:
        """Nobody is done on a day to come."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet."))


@page.get("/complaints/<case:complaint>/keep", do=Do.KEEP_LONGER)
@page.post("/complaints/<case:complaint>/keep", do=Do.KEEP_LONGER)
def keep_longer(complaint: Complaint) -> Response:
    """Keep it for longer than its time, with why: a claim, an inquiry, somebody who asked for everything."""
    form = KeepForm(version=str(complaint.version))
    done = pressed(complaint, form, lambda: operations.keep_longer(complaint, by=g.viewer, because=form.because.data), _("It is kept until somebody says that it need not be."))
    return done or _shown(complaint, keeping=form)


@page.post("/complaints/<case:complaint>/keep/end", do=Do.KEEP_LONGER)
def end_keeping(complaint: Complaint) -> Response:
    """It need not be kept for longer any more."""
    form = LetGoForm(version=str(complaint.version))
    done = pressed(complaint, form, lambda: operations.end_keeping(complaint, by=g.viewer, because=form.ended.data), _("It is kept for its time, and no longer."))
    return done or _shown(complaint, ending=form)


@page.post("/complaints/<case:complaint>/keep/ombudsman", do=Do.KEEP_LONGER)
def ombudsman_done(complaint: Complaint) -> Response:
    """The Ombudsman is done with it."""
    form = DoneForm(version=str(complaint.version))

    def act() -> None:
        assert form.on.day is not None
        operations.ombudsman_done(complaint, by=g.viewer, on=form.on.day)

    return pressed(complaint, form, act, _("Written down.")) or _shown(complaint, done=form)


def _shown(complaint: Complaint, **pressed: BaseForm) -> Response:
    """The page with its forms, of which one may have been pressed and refused."""
    version = str(complaint.version)
    forms: dict[str, BaseForm] = {
        "keeping": KeepForm(formdata=None, version=version), "ending": LetGoForm(formdata=None, version=version),
        "done": DoneForm(formdata=None, version=version, on=today_typed()), **pressed,
    }  # fmt: skip
    form = next((each for each in forms.values() if each.errors or each.form_errors), forms["keeping"])
    return render(
        "staff/keep_longer.html", complaint=complaint, form=form, forms=forms, kept=kept_longer(complaint.happenings), why=retention.why_kept_longer(complaint),
        ombudsman=with_ombudsman(complaint.happenings), ends_on=retention.ends_on(complaint), status=form.status,
    )  # fmt: skip
