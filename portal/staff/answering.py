"""Answering point by point, beside the resident's words (6.7, 6.9, 6.18, 6.19)."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.correcting import found_before, points_at
from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.rules.steps import Step
from portal.staff import answer_boxes, refusing
from portal.staff.door import page
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, write
from portal.web import redirect


def _form(complaint: Complaint, remedies: Mapping[int, int], actions: int, refused: Iterable[int], **data: Any) -> WritingForm:
    boxes = answer_boxes.boxes(edition_of(complaint), complaint.stage_for("response"), remedies, actions, _points(complaint), refused)
    made: WritingForm = type("AnsweringForm", (WritingForm,), boxes)(**data)
    return made


def _points(complaint: Complaint) -> list[dict[str, Any]]:
    return points_at(complaint, complaint.stage_for("response"))


def _numbers(complaint: Complaint) -> list[int]:
    return [point["number"] for point in _points(complaint)]


def _posted(complaint: Complaint) -> WritingForm:
    return _form(complaint, *answer_boxes.rows_posted(_numbers(complaint)), refusing.posted_as_refused())


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> WritingForm:
    written = _restated(complaint, written)
    data, remedies, actions = answer_boxes.filled(_numbers(complaint), written)
    return _form(complaint, remedies, actions, answer_boxes.refused(written), formdata=None, data=data)


def _written(complaint: Complaint, form: WritingForm) -> Written:
    return answer_boxes.written(complaint, form, _points(complaint), complaint.stage_for("response"))


def _restated(complaint: Complaint, written: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was saved, and where nothing was decided of a point, what an interim answer said of it (ruling 27)."""
    before = found_before(complaint, complaint.stage_for("response"))
    saved = {int(point["number"]): point for point in written.get("points") or ()}
    for number, found in before.items():
        if not saved.get(number, {}).get("disposition"):
            saved[number] = found
    return {**written, "points": list(saved.values())}


def _begun(complaint: Complaint) -> Mapping[str, Any]:
    """Where writing starts: with what an interim answer said, and nothing else."""
    return _restated(complaint, {})


DESK = Desk(
    "response", Step.RESPONDED, "answer", _posted, _filled, _begun, _written, operations.respond,
    lacks=lambda complaint, written: answer_boxes.lacking(complaint, "response", written),
)  # fmt: skip


def _is_not_due(complaint: Complaint) -> bool:
    stage = complaint.stage_for("response")
    answered = any(one.step is Step.RESPONDED and one.stage == stage for one in complaint.happenings)
    return answered or not _points(complaint)


@page.get("/complaints/<case:complaint>/response", do=Do.ANSWER)
@page.post("/complaints/<case:complaint>/response", do=Do.ANSWER)
def answer(complaint: Complaint) -> Response:
    """Write the answer, point by point, beside the resident's words."""
    if request.method == "GET" and _is_not_due(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(DESK, complaint)


@page.post("/complaints/<case:complaint>/response/preview", do=Do.ANSWER)
def answer_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far; another row, if that was pressed. Writes nothing."""
    return preview(DESK, complaint)


@page.get("/complaints/<case:complaint>/response/letter", do=Do.ANSWER)
@page.post("/complaints/<case:complaint>/response/letter", do=Do.ANSWER)
def answer_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if request.method == "GET" and _is_not_due(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(DESK, complaint)
