"""Refusing a complaint or a request for stage 2, with everything the Code asks first; and accepting it after all."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, g, request, url_for
from wtforms import BooleanField

from portal import access
from portal.access import Do
from portal.complaints import operations, refusing
from portal.complaints.models import Complaint
from portal.complaints.overturning import NotAccepted, begins_again, refused_point
from portal.complaints.recording import edition_of
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.editions.model import Ground
from portal.rules.endings import refusal
from portal.rules.steps import Step
from portal.rules.words import N_
from portal.staff import standing
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, Pick, Words, day_typed
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, rows_in, write
from portal.web import redirect, render, transaction

DAYS, TICKS = ("happened_on", "known_on"), ("still", "unsure")
PROSE = ("court_filing", "earlier_decision", "reasons", "evidence", "circumstances", "discretion")
DIRECTED, OURSELVES = "directed", "ourselves"


def _form(complaint: Complaint, **data: Any) -> WritingForm:
    boxes = boxes_for(edition_of(complaint).grounds) | {"months": months(complaint)}
    made: WritingForm = type("RefusingForm", (WritingForm,), boxes)(**data)
    return made


def months(complaint: Complaint) -> int:
    """How many months have to have passed where it is the time that closes a complaint."""
    return max(one.after_months for one in edition_of(complaint).grounds)


def posted_as_refused() -> set[int]:
    """The numbers of the points posted with the boxes of a refusal, as the button that was pressed leaves them."""
    pressed = re.fullmatch(r"(refuse|accept)-p(\d{1,3})", request.form.get("then", ""), re.ASCII)
    found, moved = set(rows_in(r"p(\d{1,3})-circumstances")), {int(pressed[2])} if pressed else set()
    return found | moved if pressed and pressed[1] == "refuse" else found - moved


def boxes_for(grounds: Sequence[Ground], of: str = "") -> dict[str, Any]:
    """The boxes of a refusal on one of these grounds; `of` goes before their names, where it is of one point."""
    asked = {part.id for ground in grounds for part in ground.parts}
    boxes: dict[str, Any] = {"ground": Pick(_l("On which ground?"), [(one.id, one.label) for one in grounds])}
    if any(one.after_months for one in grounds):
        boxes |= {
            "happened_on": Day(_l("When did it happen?"), past=True),
            "known_on": Day(_l("When did they know of it?"), past=True),
            "still": BooleanField(_l("It is still going on")),
            "unsure": BooleanField(_l("We are not sure of the days")),
        }
    own = {
        "discretion": Words(_l("Why you do not make an exception, after considering it")),
        "court_filing": Line(_l("The day the claim was filed at court, or its number")),
        "earlier_decision": Words(_l("The complaint in which it was considered: its reference, and the day of the answer")),
    }
    boxes |= {name: box for name, box in own.items() if name in asked} | {
        "reasons": Words(_l("The reasons, in plain words")),
        "evidence": Words(_l("The evidence for it")),
        "circumstances": Words(_l("How you weighed their circumstances")),
    }
    return {f"{of}{name}": box for name, box in boxes.items()}


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> WritingForm:
    return _form(complaint, formdata=None, data=filled(written))


def filled(written: Mapping[str, Any], of: str = "") -> dict[str, Any]:
    """What was saved of a refusal, as its boxes hold it."""
    data: dict[str, Any] = {name: written.get(name) or "" for name in ("ground", *PROSE)}
    data |= {name: day_typed(written.get(name)) for name in DAYS}
    data |= {name: bool(written.get(name)) for name in TICKS}
    return {f"{of}{name}": held for name, held in data.items()}


def written(complaint: Complaint, form: WritingForm, of: str = "") -> Written:
    """What was written, as the letter and the rules read it: only what the chosen ground asks for.

    Where there is one ground alone to choose, it is chosen.
    """
    said: Written = {name: (form[f"{of}{name}"].data or "").strip() for name in ("ground", *PROSE) if f"{of}{name}" in form}
    open_to = [choice.value for choice in form[f"{of}ground"].choices]
    said["ground"] = said["ground"] if len(open_to) > 1 else open_to[0]
    ground = edition_of(complaint).ground(said["ground"])
    asked = {part.id for part in ground.parts} if ground else set()
    for name in ("court_filing", "earlier_decision", "discretion"):
        said[name] = said.get(name, "") if name in asked else ""
    if ground and ground.after_months:
        days = {name: form[f"{of}{name}"].day for name in DAYS}
        said |= {name: day.isoformat() if day else "" for name, day in days.items()}
        said |= {name: bool(form[f"{of}{name}"].data) for name in TICKS}
    return said


DESK = Desk(
    "refusal", Step.REFUSED, "refuse", _form, _filled, lambda complaint: {}, written, operations.refuse,
    lacks=refusing.lacks, in_place_of=Step.ACKNOWLEDGED,
    signed=lambda complaint, written: refusing.facts_of_refusal(complaint, written, by=g.viewer),
)  # fmt: skip


@page.get("/complaints/<case:complaint>/refusal", do=Do.REFUSE)
@page.post("/complaints/<case:complaint>/refusal", do=Do.REFUSE)
def refuse(complaint: Complaint) -> Response:
    """Write the refusal, beside what the Code still asks before anything may be refused."""
    if request.method == "GET" and not standing.may_send(complaint, Step.REFUSED):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(DESK, complaint)


@page.post("/complaints/<case:complaint>/refusal/preview", do=Do.REFUSE)
def refuse_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far. Writes nothing."""
    return preview(DESK, complaint)


@page.get("/complaints/<case:complaint>/refusal/letter", do=Do.REFUSE)
@page.post("/complaints/<case:complaint>/refusal/letter", do=Do.REFUSE)
def refuse_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if request.method == "GET" and not standing.may_send(complaint, Step.REFUSED):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(DESK, complaint)


class AcceptForm(BaseForm):
    """Why what was refused is accepted: the Ombudsman's direction with its reference and days, or our own words."""

    because = Pick(
        _l("Why is it accepted now?"),
        {DIRECTED: N_("The Ombudsman directed us to"), OURSELVES: N_("We looked again, and should have accepted it")},
        [OneOf(_l("Choose why it is accepted now"))],
    )
    reference = Line(_l("The Ombudsman’s reference"))
    directed_on = Day(_l("The day of the direction"), past=True)
    ordered = Day(_l("The day it set for us, if it set one"))
    why = Words(_l("What we got wrong, as they will read it"))

    def leave_to_the_ombudsman(self) -> None:
        """Whoever only records what the Ombudsman directed undoes nothing of ours (ruling 48)."""
        self.because.choices = [each for each in self.because.choices if each.value == DIRECTED]
        del self.why

    def validate_reference(self, field: Line) -> None:
        """A direction bears a reference."""
        if self.because.data == DIRECTED:
            Filled(_("Write the reference on the Ombudsman’s direction"))(self, field)

    def validate_directed_on(self, field: Day) -> None:
        """The clocks run from the day of the direction."""
        if self.because.data == DIRECTED:
            Filled(_("Write the day of the direction"))(self, field)

    def validate_why(self, field: Words) -> None:
        """We say what we got wrong."""
        if self.because.data == OURSELVES:
            Filled(_("Write what we got wrong"))(self, field)


@page.get("/complaints/<case:complaint>/acceptance", do=Do.ACCEPT)
@page.post("/complaints/<case:complaint>/acceptance", do=Do.ACCEPT)
def accept(complaint: Complaint) -> Response:
    """Accept what was refused: the clocks begin anew, and the resident is told."""
    refused, point = refusal(complaint.happenings), _point(complaint)
    if request.method == "GET" and refused is None and point is None:
        return redirect(url_for("staff.case", complaint=complaint))
    form = AcceptForm(version=str(complaint.version))
    if not access.may(g.viewer, Do.UNDO_REFUSAL, complaint):
        form.leave_to_the_ombudsman()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                made = _accept_point(complaint, point.number, form) if point else _accept(complaint, form)
                done.url = url_for("staff.case", complaint=made)
            return landed(done.url, _("Accepted. The letter that says so is written."))
        except REFUSALS as wrong:
            form.refuse(wrong)
    return render("staff/accept.html", form=form, complaint=complaint, refused=refused, point=point, stage=begins_again(complaint, point).stage if point else 0, status=form.status)


def _point(complaint: Complaint) -> NotAccepted | None:
    """The refused point that the address names, while its refusal stands."""
    asked = request.args.get("point", "")
    return refused_point(complaint, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 4 else None


def _accept_point(complaint: Complaint, number: int, form: AcceptForm) -> Complaint:
    if form.because.data == DIRECTED:
        return operations.accept_point_as_directed(
            complaint, number, by=g.viewer, reference=form.reference.data, on=form.directed_on.day, ordered=form.ordered.day
        )
    return operations.undo_refusal_of_point(complaint, number, by=g.viewer, why=form.why.data)


def _accept(complaint: Complaint, form: AcceptForm) -> Complaint:
    if form.because.data == DIRECTED:
        operations.accept_as_directed(
            complaint, by=g.viewer, reference=form.reference.data, on=form.directed_on.day, ordered=form.ordered.day
        )
    else:
        operations.undo_refusal(complaint, by=g.viewer, why=form.why.data)
    return complaint
