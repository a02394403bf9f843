"""What came of a panel: who was there, what was said, what it promised; of one that was never arranged here too (3.6, 6.13)."""

from typing import Any, TypeVar

from flask import Response, g, request, url_for
from flask_wtf.file import FileField
from wtforms import ValidationError

from portal import clock, taking
from portal.access import Do
from portal.complaints import operations
from portal.complaints.files import Arrived
from portal.complaints.models import Complaint
from portal.complaints.panels import next_panel
from portal.complaints.people import Staff
from portal.complaints.recording import edition_of
from portal.forms import Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_, NP_
from portal.staff import filed
from portal.staff.door import page
from portal.staff.fields import Day, InParts, Line, Pick, Tick, Words, day_typed
from portal.staff.panels import GONE_BY, SomeOf, chosen, may_sit
from portal.web import redirect, render

ACTIONS = (1, 2, 3)
LACKS = {"what": _l("Write what will be done"), "owner": _l("Write who will do it"), "due_on": _l("Write by when")}
CAME = {"yes": N_("Yes, themselves"), "spoken": N_("Somebody spoke for them"), "no": NP_("did they?", "No")}


class MetForm(InParts):
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


class UnarrangedForm(MetForm):
    """The same of a panel that was never arranged here: where it met, and how the resident knew of it."""

    starts = Line(_l("At what time?"), [Filled(_l("Write the time it began"))])
    place = Words(_l("Where, or how?"), [Filled(_l("Write where or how it met"))])
    told = Words(_l("How did the resident know of it, and that they could take part? They will read this"), [Filled(_l("Write how they knew of it, or that nobody told them"))])
    interest = Words(_l("Any interest that any of them has in it, or “none”"), [Filled(_l("Write their interest, or “none”"))])


Form = TypeVar("Form", bound=MetForm)


def _with_actions(kind: type[Form], **data: Any) -> Form:
    boxes: dict[str, Any] = {}
    for row in ACTIONS:
        boxes |= {f"a{row}-what": Line(_l("What will be done")), f"a{row}-owner": Line(_l("Who will do it")), f"a{row}-due_on": Day(_l("By when"))}
    made: Form = type(kind.__name__, (kind,), boxes)(**data)
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
    form = _with_actions(MetForm, version=str(complaint.version), on=day_typed(met_on), came=[str(each) for each in waiting.members])
    everyone, _barred = may_sit(complaint, form, "came")
    form.came.choices = [choice for choice in form.came.choices if int(choice.value) in waiting.members]

    def write_down(file: Arrived | None) -> None:
        operations.record_panel(complaint, waiting, _met(form, everyone, file), by=g.viewer, actions=form.actions)

    kept = filed.keep(complaint, form, write_down, _("Written down: what the panel said.")) if form.validate_on_submit() else None
    return kept or render("staff/panel_record.html", form=form, complaint=complaint, panel=waiting, rows=ACTIONS, status=form.status)


@page.get("/complaints/<case:complaint>/panel/met", do=Do.KEEP_PANEL)
@page.post("/complaints/<case:complaint>/panel/met", do=Do.KEEP_PANEL)
def panel_met(complaint: Complaint) -> Response:
    """Write down a panel that met though it was never arranged here; the resident is written to."""
    request.max_content_length = taking.MOST_AT_ONCE
    if request.method == "GET" and complaint.stage < 2:
        return redirect(url_for("staff.case", complaint=complaint))
    form = _with_actions(UnarrangedForm, version=str(complaint.version))
    everyone, barred = may_sit(complaint, form, "came")

    def write_down(file: Arrived | None) -> None:
        met = _met(form, everyone, file)
        meeting = operations.Meeting(met.on, form.starts.data, form.place.data, form.told.data)
        operations.record_unarranged_panel(complaint, met, meeting, by=g.viewer, interest=form.interest.data, actions=form.actions)

    kept = filed.keep(complaint, form, write_down, _("Written down. The letter that tells them is written.")) if form.validate_on_submit() else None
    provision = edition_of(complaint).cites["different person"]
    return kept or render("staff/panel_met.html", form=form, complaint=complaint, rows=ACTIONS, barred=barred, provision=provision, status=form.status)


def _met(form: MetForm, everyone: list[Staff], file: Arrived | None) -> operations.Met:
    assert form.on.day is not None
    return operations.Met(
        on=form.on.day, came=chosen(everyone, form.came.data), minutes=form.minutes.data, resident_came=form.resident.data == "yes",
        others=form.others.data or "", accompanied_by=form.accompanied.data or "", file=file, scanned=taking.are_scanned(),
    )  # fmt: skip
