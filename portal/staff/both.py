"""Acknowledging and answering in one letter, where the answer is ready (ruling 26)."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import both, operations
from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.rules.reading import BOTH
from portal.rules.steps import Step
from portal.staff import acknowledging, answer_boxes, sorting
from portal.staff.door import page
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, write
from portal.web import redirect


def _form(
    complaint: Complaint, numbers: Sequence[int], remedies: Mapping[int, int], actions: int, outcomes: Sequence[str], **data: Any
) -> WritingForm:
    """The boxes of an acknowledgement, then those of an answer to its points."""
    boxes = answer_boxes.boxes(edition_of(complaint), complaint.stage, remedies, actions)
    boxes |= acknowledging.boxes_for(complaint, numbers, outcomes=outcomes)
    made: WritingForm = type("AcknowledgingAndAnsweringForm", (WritingForm,), boxes)(**data)
    return made


def _posted(complaint: Complaint) -> WritingForm:
    numbers, sent = acknowledging.rows_posted(complaint), sorting.posted()
    return _form(complaint, numbers, *answer_boxes.rows_posted(numbers), sorting.lines(sent.get("outcomes")), formdata=sent)


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> WritingForm:
    data, numbers = acknowledging.filled(written)
    found, remedies, actions = answer_boxes.filled(numbers, written)
    return _form(complaint, numbers, remedies, actions, written.get("outcomes") or (), formdata=None, data=found | data)


def _written(complaint: Complaint, form: WritingForm) -> Written:
    said = acknowledging.written(complaint, form)
    return said | answer_boxes.written(complaint, form, said["points"], complaint.stage)


DESK = Desk(
    BOTH, Step.ACKNOWLEDGED, "acknowledge_and_answer", _posted, _filled, acknowledging.begun, _written,
    operations.acknowledge_and_answer, open_now=lambda complaint: both.may_do_both(complaint, g.viewer),
)  # fmt: skip


@page.get("/complaints/<case:complaint>/acknowledgement-and-answer", do=Do.ACKNOWLEDGE_AND_ANSWER)
@page.post("/complaints/<case:complaint>/acknowledgement-and-answer", do=Do.ACKNOWLEDGE_AND_ANSWER)
def acknowledge_and_answer(complaint: Complaint) -> Response:
    """Write both, point by point, beside the resident's words."""
    if request.method == "GET" and acknowledging.is_done(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(DESK, complaint)


@page.post("/complaints/<case:complaint>/acknowledgement-and-answer/preview", do=Do.ACKNOWLEDGE_AND_ANSWER)
def acknowledge_and_answer_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far; another row, if that was pressed. Writes nothing."""
    return preview(DESK, complaint)


@page.get("/complaints/<case:complaint>/acknowledgement-and-answer/letter", do=Do.ACKNOWLEDGE_AND_ANSWER)
@page.post("/complaints/<case:complaint>/acknowledgement-and-answer/letter", do=Do.ACKNOWLEDGE_AND_ANSWER)
def acknowledge_and_answer_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if request.method == "GET" and acknowledging.is_done(complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(DESK, complaint)
