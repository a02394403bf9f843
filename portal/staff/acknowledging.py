"""Acknowledging: what we understand each point to be, whose it is, and what would put it right (5.6, 5.7, 6.2, 6.11)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request, url_for
from wtforms import BooleanField

from portal import clock, i18n
from portal.access import Do
from portal.complaints import answering, grounds, operations
from portal.complaints.defining import as_written, outcomes_of
from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.history import carried_points
from portal.rules.letters import Missing
from portal.rules.steps import Step
from portal.staff import refusing, sorting, standing
from portal.staff.case import wanted
from portal.staff.door import page
from portal.staff.fields import Line, Pick, Words
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, rows_in, write
from portal.web import redirect

ROW = r"p(\d{1,3})-text"


def _form(complaint: Complaint, numbers: Iterable[int], refusing: Iterable[int], outcomes: Sequence[str], **data: Any) -> WritingForm:
    made: WritingForm = type("AcknowledgingForm", (WritingForm,), boxes_for(complaint, numbers, refusing, outcomes))(**data)
    return made


def boxes_for(
    complaint: Complaint, numbers: Iterable[int], refused: Iterable[int] = (), outcomes: Sequence[str] = ()
) -> dict[str, Any]:
    """The boxes, with a row for each point; a refused one has those of a refusal (ruling 25)."""
    rows, refused = tuple(numbers), tuple(refused)
    whose = [(one.id, one.label) for one in edition_of(complaint).responsibilities]
    boxes: dict[str, Any] = {"rows": rows, "refused": refused, "months": refusing.months(complaint)}
    for number in rows:
        boxes[f"p{number}-text"] = Words(_l("What we understand this point to be"))
        if number in refused:
            boxes |= refusing.boxes_for(edition_of(complaint).grounds, f"p{number}-")
        else:
            boxes[f"p{number}-responsibility"] = Pick(_l("Whose is it to answer?"), whose)
            boxes[f"p{number}-whose"] = Line(_l("If not ours alone: who else, and how to reach them"))
    boxes["outcomes"] = Words(_l("What would put it right, one to a line"))
    boxes["not_known"] = BooleanField(_l("They have not said, and we have asked them today"))
    return boxes | sorting.boxes(complaint, [number for number in rows if number not in refused], outcomes)


def rows_posted(complaint: Complaint) -> list[int]:
    """The numbers of the points that were posted, with those that cannot be left out; one more where that was pressed."""
    rows = sorted({*rows_in(ROW), *_carried(complaint)}) or [1]
    return [*rows, rows[-1] + 1] if request.form.get("then") == "add" else rows


def _posted(complaint: Complaint) -> WritingForm:
    rows, refused, sent = rows_posted(complaint), refusing.posted_as_refused(), sorting.posted()
    return _form(complaint, rows, [number for number in rows if number in refused], sorting.lines(sent.get("outcomes")), formdata=sent)


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> WritingForm:
    data, numbers = filled(written)
    refused = [int(point["number"]) for point in written.get("refused") or ()]
    for point in written.get("refused") or ():
        data |= {f"p{point['number']}-text": point.get("text") or ""} | refusing.filled(point, f"p{point['number']}-")
    known = sorted({*(numbers if written.get("points") or not refused else ()), *refused})
    return _form(complaint, known, refused, written.get("outcomes") or (), formdata=None, data=data)


def filled(written: Mapping[str, Any]) -> tuple[dict[str, Any], list[int]]:
    """What was saved of what is accepted, as the boxes hold it, and the numbers of its points."""
    data: dict[str, Any] = {
        "outcomes": "\n".join(written.get("outcomes") or ()),
        "not_known": bool(written.get("outcomes_asked_on")),
    }
    for point in written.get("points") or ():
        data |= {f"p{point['number']}-{name}": point.get(name) or "" for name in ("text", "responsibility", "whose")}
    numbers = [int(point["number"]) for point in written.get("points") or ()]
    return data | sorting.filled(written), numbers or [1]


def begun(complaint: Complaint) -> Mapping[str, Any]:
    """Where writing starts: at stage 1 what they asked for; later every point not settled before (ruling 35)."""
    before, goes_on = complaint.definition(complaint.stage - 1), _carried(complaint)
    points = [as_written(point) for point in before.points if point.number in goes_on] if before else []
    if late_since := standing.unanswered_since(complaint):
        number = 1 + max((point["number"] for point in points), default=0)
        words = _("We did not answer at stage %(stage)s. The answer was due by %(day)s.", stage=complaint.stage - 1, day=i18n.day(late_since))
        points.append({"number": number, "text": words, "responsibility": "ours"})
    return {"points": points} | (outcomes_of(before) if before else {"outcomes": wanted(complaint)})


def _carried(complaint: Complaint) -> frozenset[int]:
    """The numbers of the points that the stage before did not settle."""
    return frozenset(map(int, carried_points(complaint.happenings, edition_of(complaint), complaint.stage - 1)))


def written(complaint: Complaint, form: WritingForm, kept: Iterable[int] | None = None) -> Written:
    """What was written, as the letter and the rules read it; a row with nothing in it is no point, unless it is `kept`.

    Those kept are the points carried from the stage before, unless others are given.
    """
    found: list[Written] = []
    carried = _carried(complaint) if kept is None else frozenset(kept)
    for number in form.rows:
        if number in form.refused:
            continue
        point = {name: (form[f"p{number}-{name}"].data or "").strip() for name in ("text", "responsibility", "whose")}
        if point["text"] or point["whose"] or number in carried:
            found.append({"number": number, **point, **sorting.of_point(form, number)})
    outcomes = sorting.lines(form["outcomes"].data)
    linked = sorting.linked(form, outcomes, [point["number"] for point in found])
    asked_on = clock.today().isoformat() if form["not_known"].data and not outcomes else None
    said: Written = {"points": found, "outcomes": outcomes, "outcome_points": linked, "outcomes_asked_on": asked_on}
    return said | ({"refused": _refused_written(complaint, form)} if form.refused else {})


def _refused_written(complaint: Complaint, form: WritingForm) -> list[Written]:
    return [
        {"number": number, "text": (form[f"p{number}-text"].data or "").strip()} | refusing.written(complaint, form, f"p{number}-")
        for number in form.refused
    ]


def lacking(complaint: Complaint, written: Written) -> list[Missing]:
    """What the letter lacks; and why the ground on which a point is refused is not open (2.3)."""
    return [*answering.still_missing(complaint, "acknowledgement", written), *grounds.closed_points(complaint, written)]


DESK = Desk(
    "acknowledgement", Step.ACKNOWLEDGED, "acknowledge", _posted, _filled, begun, written, operations.acknowledge, lacks=lacking
)


def is_done(complaint: Complaint) -> bool:
    """Whether the stage is acknowledged; there is nothing to write then."""
    return any(one.step is Step.ACKNOWLEDGED and one.stage == complaint.stage for one in complaint.happenings)


@page.get("/complaints/<case:complaint>/acknowledgement", do=Do.ACKNOWLEDGE)
@page.post("/complaints/<case:complaint>/acknowledgement", do=Do.ACKNOWLEDGE)
def acknowledge(complaint: Complaint) -> Response:
    """Write the acknowledgement, beside the resident's words."""
    if request.method == "GET" and is_done(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(DESK, complaint)


@page.post("/complaints/<case:complaint>/acknowledgement/preview", do=Do.ACKNOWLEDGE)
def acknowledge_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far; another row, if that was pressed. Writes nothing."""
    return preview(DESK, complaint)


@page.get("/complaints/<case:complaint>/acknowledgement/letter", do=Do.ACKNOWLEDGE)
@page.post("/complaints/<case:complaint>/acknowledgement/letter", do=Do.ACKNOWLEDGE)
def acknowledge_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if request.method == "GET" and is_done(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(DESK, complaint)
