"""A panel at stage 2: who is on it and when it meets, of which the resident is told; then what came of it (3.6, 6.13)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, g, request, url_for
from flask_wtf.file import FileField
from wtforms import ValidationError

from portal import clock, taking
from portal.access import Do, Role
from portal.complaints import files, operations, queries
from portal.complaints.files import Arrived
from portal.complaints.models import Complaint
from portal.complaints.panels import next_panel
from portal.complaints.people import Staff
from portal.complaints.recording import edition_of
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.people import deciders
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, Pick, Tick, Words, day_typed, named
from portal.staff.reviewers import kept_out
from portal.web import AlreadyDone, redirect, register, render, transaction

ACTIONS = (1, 2, 3)
LACKS = {"what": _l("Write what will be done"), "owner": _l("Write who will do it"), "due_on": _l("Write by when")}
GONE_BY = _l("Give a day that has not gone by.")
CAME = {"yes": N_("Yes, themselves"), "spoken": N_("Somebody spoke for them"), "no": N_("No")}


class SomeOf:
    """At least one of the choices."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: BaseForm, field: Tick) -> None:
        """Nothing was ticked."""
        if not field.data:
            raise ValidationError(str(self.message))


class PanelForm(BaseForm):
    """Who is on it, when and where it meets, and how the resident can take part."""

    members = Tick(_l("Who is on the panel?"), {}, [SomeOf(_l("Choose who is on the panel"))])
    interest = Words(_l("Any interest that any of them has in it, or “none”"), [Filled(_l("Write their interest, or “none”"))])
    on = Day(_l("Which day does it meet?"), [Filled(_l("Write the day it meets"))])
    starts = Line(_l("At what time?"), [Filled(_l("Write the time it begins"))])
    place = Words(_l("Where, or how, as they will read it"), [Filled(_l("Write where or how it meets"))])
    taking_part = Words(_l("How they can take part, as they will read it"), [Filled(_l("Write how they can take part"))])

    def validate_on(self, field: Day) -> None:
        """They are told before it."""
        if field.day and field.day < clock.today():
            raise ValidationError(str(GONE_BY))


def _may_sit(complaint: Complaint, form: BaseForm, box: str) -> tuple[list[Staff], list[str]]:
    """Offer everybody who may consider the stage; and, in words, why each of the others may not."""
    everyone = queries.staff_with(register(), *Role)
    out = dict(kept_out(complaint, everyone))
    free = [each for each in everyone if each not in out]
    form[box].choices = named((each.id, f"{each.name}, {each.job_title}") for each in free)
    return everyone, list(out.values())


def _chosen(everyone: list[Staff], picked: Sequence[str]) -> list[Staff]:
    return [each for each in everyone if str(each.id) in picked]


@page.get("/complaints/<case:complaint>/panel", do=Do.KEEP_PANEL)
@page.post("/complaints/<case:complaint>/panel", do=Do.KEEP_PANEL)
def panel(complaint: Complaint) -> Response:
    """Arrange a panel, or another day for it: the resident is written to at once, and no date of theirs moves."""
    if request.method == "GET" and complaint.stage < 2:
        return redirect(url_for("staff.case", complaint=complaint))
    before = next_panel(complaint)
    form = PanelForm(version=str(complaint.version), **_begun(complaint))
    everyone, barred = _may_sit(complaint, form, "members")
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.on.day is not None
                meeting = operations.Meeting(form.on.day, form.starts.data, form.place.data, form.taking_part.data)
                operations.arrange_panel(complaint, _chosen(everyone, form.members.data), meeting, by=g.viewer, interest=form.interest.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("The panel is arranged. The letter that tells them is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    provision = edition_of(complaint).cites["different person"]
    return render("staff/panel.html", form=form, complaint=complaint, before=before, barred=barred, provision=provision, status=form.status)


def _begun(complaint: Complaint) -> dict[str, Any]:
    """Where the form begins: with the panel that is to meet, or whoever decides the stage already."""
    before = next_panel(complaint)
    if before is None:
        return {"members": [str(each) for each in deciders(complaint.happenings, complaint.stage)]}
    kept = {name: getattr(before, name) for name in ("starts", "place", "taking_part")}
    return kept | {"members": [str(each) for each in before.members], "on": day_typed(before.meets_on)}


class MetForm(BaseForm):
    """What came of it; the boxes for what it promised are added beside these."""

    on = Day(_l("Which day did it meet?"), [Filled(_l("Write the day it met"))], past=True)
    came = Tick(_l("Which members were there?"), {}, [SomeOf(_l("Choose who was there"))])
    others = Line(_l("Who else was there?"))
    resident = Pick(_l("Did the resident take part?"), CAME, [OneOf(_l("Choose whether the resident took part"))])
    accompanied = Line(_l("Who came with them, or spoke for them?"))
    minutes = Words(_l("What was said, and what was decided"), [Filled(_l("Write what was said"))])
    file = FileField(_l("A file, if there is one"))

    def validate_on(self, field: Day) -> None:
        """What has not met has said nothing."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write it down when the panel has met"))

    def validate_accompanied(self, field: Line) -> None:
        """Whoever spoke for them is somebody."""
        if self.resident.data == "spoken":
            Filled(_("Write who spoke for them"))(self, field)


    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it may be acted on: what it promised is whole too."""
        valid, rows = super().validate(extra_validators), [self._row_is_whole(row) for row in ACTIONS]
        return bool(valid) and all(rows)

    def _row_is_whole(self, row: int) -> bool:
        """Whether a row of what it promised says all three things, or none; each box says what it lacks."""
        boxes = {name: self[f"a{row}-{name}"] for name in LACKS}
        if not any(box.data for box in boxes.values()):
            return True
        wrong = {name: LACKS[name] for name, box in boxes.items() if not box.data}
        due = boxes["due_on"].day
        wrong |= {"due_on": GONE_BY} if due and due < clock.today() else {}
        for name, words in wrong.items():
            boxes[name].errors = [*boxes[name].errors, str(words)]
        return not wrong

    @property
    def actions(self) -> list[dict[str, Any]]:
        """What it promised."""
        rows = ({name: self[f"a{row}-{name}"] for name in LACKS} for row in ACTIONS)
        return [{"what": each["what"].data, "owner": each["owner"].data, "due_on": each["due_on"].day} for each in rows if each["what"].data]


def _met_form(**data: Any) -> MetForm:
    boxes: dict[str, Any] = {}
    for row in ACTIONS:
        boxes |= {f"a{row}-what": Line(_l("What will be done")), f"a{row}-owner": Line(_l("Who will do it")), f"a{row}-due_on": Day(_l("By when"))}
    made: MetForm = type("MetForm", (MetForm,), boxes)(**data)
    return made


@page.get("/complaints/<case:complaint>/panel/record", do=Do.KEEP_PANEL)
@page.post("/complaints/<case:complaint>/panel/record", do=Do.KEEP_PANEL)
def panel_record(complaint: Complaint) -> Response:
    """Write down that the panel met: who was there, who came with the resident, what was said, what it promised."""
    request.max_content_length = taking.MOST_AT_ONCE
    waiting = next_panel(complaint)
    if waiting is None:
        return redirect(url_for("staff.case", complaint=complaint))
    met_on = min(waiting.meets_on, clock.today())
    form = _met_form(version=str(complaint.version), on=day_typed(met_on), came=[str(each) for each in waiting.members])
    everyone, _barred = _may_sit(complaint, form, "came")
    form.came.choices = [choice for choice in form.came.choices if int(choice.value) in waiting.members]
    if form.validate_on_submit():
        file, form.file.errors = taking.take([form.file.data], files.room_beside(complaint.files, most=files.MOST_EVER))
        try:
            if not form.file.errors:
                with transaction(form) as done:
                    met = _met(form, _chosen(everyone, form.came.data), file)
                    operations.record_panel(complaint, waiting, met, by=g.viewer, actions=form.actions)
                    done.url = url_for("staff.case", complaint=complaint)
                return landed(done.url, _("Written down: what the panel said."))
        except REFUSALS as refusal:
            taking.drop(file)
            form.refuse(refusal)
        except AlreadyDone:
            taking.drop(file)
            raise
    return render("staff/panel_record.html", form=form, complaint=complaint, panel=waiting, rows=ACTIONS, status=form.status)


def _met(form: MetForm, came: list[Staff], file: list[Arrived]) -> operations.Met:
    assert isinstance(form.on.day, date)
    return operations.Met(
        on=form.on.day, came=came, minutes=form.minutes.data, resident_came=form.resident.data == "yes", others=form.others.data or "",
        accompanied_by=form.accompanied.data or "", file=file[0] if file else None, scanned=taking.are_scanned(),
    )  # fmt: skip
