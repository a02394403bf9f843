"""Answering some points before the rest, and correcting an answer that went (ruling 27)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request, url_for

from portal.access import Do
from portal.complaints import correcting, operations
from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.i18n import lazy_gettext as _l
from portal.rules.steps import Step
from portal.staff import answer_boxes, refusing, standing
from portal.staff.door import page
from portal.staff.fields import Words
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, write
from portal.web import redirect

Points = Sequence[Mapping[str, Any]]


def _form(complaint: Complaint, kind: str, remedies: Mapping[int, int], actions: int, refused: Iterable[int], **data: Any) -> WritingForm:
    boxes = answer_boxes.boxes(edition_of(complaint), complaint.stage_for(kind), remedies, actions, _points(complaint, kind), refused)
    if kind == "correction":
        boxes["why"] = Words(_l("What was wrong in the first letter, as they will read it"))
    if kind == "interim":
        boxes = {name: box for name, box in boxes.items() if name not in answer_boxes.PEOPLE}
    made: WritingForm = type("AnswersForm", (WritingForm,), boxes)(**data)
    return made


def _points(complaint: Complaint, kind: str) -> list[dict[str, Any]]:
    """The points an interim answer can still be given to; all of the stage, of a correction."""
    return correcting.to_answer(complaint) if kind == "interim" else correcting.points_at(complaint, complaint.stage_for(kind))


def _numbers(complaint: Complaint, kind: str) -> list[int]:
    return [point["number"] for point in _points(complaint, kind)]


def _filled(complaint: Complaint, kind: str, written: Mapping[str, Any]) -> WritingForm:
    data, remedies, actions = answer_boxes.filled(_numbers(complaint, kind), written)
    refused = answer_boxes.refused(written)
    return _form(complaint, kind, remedies, actions, refused, formdata=None, data=data | {"why": written.get("why") or ""})


def _posted(complaint: Complaint, kind: str) -> WritingForm:
    return _form(complaint, kind, *answer_boxes.rows_posted(_numbers(complaint, kind)), refusing.posted_as_refused())


def _part_written(complaint: Complaint, form: WritingForm) -> Written:
    """Only the points that something was decided on; the others are listed as answered later."""
    said = answer_boxes.written(complaint, form, _points(complaint, "interim"), stage=1)
    answered = [point for point in said["points"] if point["disposition"]]
    rest = [point["text"] for point in said["points"] if not point["disposition"]]
    return said | {"points": answered, "rest": rest}


def _correction_begun(complaint: Complaint) -> Mapping[str, Any]:
    """Where writing starts: with the answer as it went."""
    return {"points": list(correcting.found_before(complaint, complaint.stage_for("correction")).values())}


def _correction_written(complaint: Complaint, form: WritingForm) -> Written:
    said = answer_boxes.written(complaint, form, _points(complaint, "correction"), complaint.stage_for("correction"))
    return said | {"why": form["why"].data or ""}


PART = Desk(
    "interim", Step.PART_ANSWERED, "answer_part",
    lambda complaint: _posted(complaint, "interim"),
    lambda complaint, written: _filled(complaint, "interim", written), lambda complaint: {}, _part_written,
    operations.answer_part, in_place_of=Step.RESPONDED,
    signed=lambda complaint, written: correcting.interim_facts(complaint, written),
    lacks=lambda complaint, written: answer_boxes.lacking(complaint, "interim", written),
)  # fmt: skip
CORRECTION = Desk(
    "correction", Step.ANSWER_CORRECTED, "correct",
    lambda complaint: _posted(complaint, "correction"),
    lambda complaint, written: _filled(complaint, "correction", written), _correction_begun, _correction_written,
    operations.correct_answer, lacks=lambda complaint, written: answer_boxes.lacking(complaint, "correction", written),
)  # fmt: skip


def _is_shut(desk: Desk, complaint: Complaint) -> bool:
    """Whether the table lets nobody do this now; a page that was open before says why when it is sent."""
    return request.method == "GET" and not standing.may_send(complaint, desk.step)


@page.get("/complaints/<case:complaint>/part-answer", do=Do.ANSWER)
@page.post("/complaints/<case:complaint>/part-answer", do=Do.ANSWER)
def answer_part(complaint: Complaint) -> Response:
    """Answer some points before the rest."""
    if _is_shut(PART, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(PART, complaint)


@page.post("/complaints/<case:complaint>/part-answer/preview", do=Do.ANSWER)
def answer_part_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far; another row, if that was pressed. Writes nothing."""
    return preview(PART, complaint)


@page.get("/complaints/<case:complaint>/part-answer/letter", do=Do.ANSWER)
@page.post("/complaints/<case:complaint>/part-answer/letter", do=Do.ANSWER)
def answer_part_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if _is_shut(PART, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(PART, complaint)


@page.get("/complaints/<case:complaint>/correction", do=Do.CORRECT_ANSWER)
@page.post("/complaints/<case:complaint>/correction", do=Do.CORRECT_ANSWER)
def correct(complaint: Complaint) -> Response:
    """Write the answer again, put right."""
    if _is_shut(CORRECTION, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(CORRECTION, complaint)


@page.post("/complaints/<case:complaint>/correction/preview", do=Do.CORRECT_ANSWER)
def correct_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far; another row, if that was pressed. Writes nothing."""
    return preview(CORRECTION, complaint)


@page.get("/complaints/<case:complaint>/correction/letter", do=Do.CORRECT_ANSWER)
@page.post("/complaints/<case:complaint>/correction/letter", do=Do.CORRECT_ANSWER)
def correct_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if _is_shut(CORRECTION, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(CORRECTION, complaint)
