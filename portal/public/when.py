"""When should I hear back? The same sum as for a real complaint, for anyone, from the days they know."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request
from wtforms import RadioField, SelectChoice, StringField, ValidationError

from portal import clock
from portal.access import Do
from portal.complaints.landlord import landlord_of
from portal.complaints.recording import calendar_of
from portal.forms import BaseForm, Filled, OneOf
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.public import days
from portal.public.blueprint import page
from portal.rules import deadlines, editions
from portal.rules.deadlines import Deadline, WorkingDay
from portal.rules.steps import Step
from portal.rules.supposing import suppose
from portal.rules.working_days import BeyondCalendar
from portal.web import register, render

DIVISIONS = [
    SelectChoice("england-and-wales", _l("England or Wales")),
    SelectChoice("scotland", _l("Scotland")),
    SelectChoice("northern-ireland", _l("Northern Ireland")),
]
FURTHEST = 2090


class DayField(StringField):  # type: ignore[misc]
    """A day, written as people write days; `day` holds the one that was meant."""

    day: date | None = None

    def __init__(self, label: Any, validators: Any = (), **options: Any) -> None:
        super().__init__(label, validators, **options)

    def pre_validate(self, form: Any) -> None:
        """Empty is no day; anything else must be one we can count from."""
        if not (self.data or "").strip():
            return
        self.day = days.read_day(self.data, clock.today())
        if self.day is None or not 2000 <= self.day.year <= FURTHEST:
            self.day = None
            raise ValidationError(gettext("Write the day like this: 12 May 2026"))


class WhenForm(BaseForm):
    """Asked by address, so that the answer can be kept and sent to somebody; nothing in it is personal."""

    class Meta(BaseForm.Meta):
        """A form that changes nothing needs no token."""

        csrf = False

    key = None
    version = None
    received = DayField(_l("When did we have your complaint?"), [Filled(_l("Write the day we had your complaint"))])
    acknowledged = DayField(_l("When did we write to say we have it?"))
    requested = DayField(_l("When did you ask for stage 2?"))
    requested_acknowledged = DayField(_l("When did we write to say we have that request?"))
    division = RadioField(
        _l("Which bank holidays?"), [OneOf(_l("Choose which bank holidays count"))], choices=DIVISIONS, validate_choice=False
    )

    def validate_acknowledged(self, field: DayField) -> None:
        """We cannot have answered what we did not have yet."""
        _not_before(field, self.received, gettext("This is before the day we had your complaint. Check both days"))

    def validate_requested(self, field: DayField) -> None:
        """Stage 2 follows stage 1."""
        _not_before(field, self.received, gettext("This is before the day we had your complaint. Check both days"))

    def validate_requested_acknowledged(self, field: DayField) -> None:
        """A request has to be made before it is written back to."""
        if field.day and not self.requested.day:
            raise ValidationError(gettext("Write the day you asked for stage 2 too"))
        _not_before(field, self.requested, gettext("This is before the day you asked for stage 2. Check both days"))


def _not_before(field: DayField, floor: DayField, words: str) -> None:
    if field.day and floor.day and field.day < floor.day:
        raise ValidationError(words)


@dataclass(frozen=True, slots=True)
class Counted:
    """One deadline of the answer: what comes by that day, and its working."""

    title: str
    due_on: date
    days: list[WorkingDay]
    began: str
    beyond_known: bool


@page.get("/when", do=Do.READ_PUBLIC)
def when() -> Response:
    """The form, and under it each day with its working."""
    asked = bool(request.args.keys() - {"lang"})
    own = landlord_of(register()).division
    form = WhenForm(formdata=request.args if asked else None, data={"division": own})
    found = _count(form) if asked and form.validate() else []
    return render("public/when.html", form=form, found=found, status=422 if form.errors else 200)


def _count(form: WhenForm) -> list[Counted]:
    calendar = calendar_of(register(), form.division.data)
    received = form.received.day
    assert received is not None
    story = suppose(received, form.acknowledged.day, form.requested.day, form.requested_acknowledged.day)
    try:
        edition = editions.by_stage(editions.in_force(received), form.requested.day)
        found = deadlines.deadlines(story, edition, calendar)
    except BeyondCalendar:
        form.received.errors = [gettext("We cannot count from this day. Check the year")]
        return []
    shown = [one for one in found if one.stage > 1 or not form.requested.day]
    return [
        Counted(_title(one), one.due_on, deadlines.working(one, calendar), _began(one), one.beyond_known) for one in shown
    ]


def _title(one: Deadline) -> str:
    if one.step is Step.ACKNOWLEDGED:
        return gettext("We write to say we have it by") if one.stage == 1 else gettext("We write to say we have your request by")
    return gettext("Our answer comes by") if one.stage == 1 else gettext("Our final answer comes by")


def _began(one: Deadline) -> str:
    words = {
        Step.RECEIVED: gettext("We had it"),
        Step.ACKNOWLEDGED: gettext("We wrote"),
        Step.ESCALATED: gettext("You asked"),
    }
    return words.get(one.since, "")
