"""Asking the resident what was meant, and putting the points in a new version once they are acknowledged (5.6)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request, url_for

from portal.access import Do
from portal.complaints import operations, understanding
from portal.complaints.answering import facts_for
from portal.complaints.defining import as_written, next_number, outcomes_of
from portal.complaints.models import Complaint
from portal.i18n import lazy_gettext as _l
from portal.rules.reading import points as live_points
from portal.rules.steps import Step
from portal.staff import acknowledging, sorting, standing
from portal.staff.door import page
from portal.staff.fields import Words
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, rows_in, write
from portal.web import redirect


class AskingForm(WritingForm):
    """One question, in the words they will read."""

    question = Words(_l("What we ask them, as they will read it"))


ASKING = Desk(
    "clarification", Step.CLARIFICATION_ASKED, "ask", lambda complaint: AskingForm(),
    lambda complaint, written: AskingForm(formdata=None, data={"question": written.get("question") or ""}),
    lambda complaint: {}, lambda complaint, form: {"question": form["question"].data or ""}, operations.ask,
    signed=lambda complaint, written: understanding.dated(complaint, facts_for(complaint, "clarification", written)),
)  # fmt: skip


def _live(complaint: Complaint) -> list[int]:
    return sorted(map(int, live_points(complaint.happenings, complaint.stage_for("revised"))))


def _refused(complaint: Complaint) -> dict[int, str]:
    """The points of this stage that we refused and have not accepted since, by their numbers."""
    stage, live = complaint.stage_for("revised"), _live(complaint)
    return {one.number: one.words for one in complaint.refused_points if one.stage == stage and one.number not in live}


def _form(complaint: Complaint, numbers: Iterable[int], outcomes: Sequence[str] = (), **data: Any) -> WritingForm:
    boxes = acknowledging.boxes_for(complaint, numbers, outcomes=outcomes)
    for number, words in _refused(complaint).items():
        if number in boxes["rows"]:
            boxes[f"p{number}-text"] = Words(_l("What we understand this point to be"), default=words)
    boxes |= {"why": Words(_l("What we changed, and why, as they will read it")), "was_refused": _refused(complaint)}
    made: WritingForm = type("RevisingForm", (WritingForm,), boxes)(**data)
    return made


def _posted(complaint: Complaint) -> WritingForm:
    """The points as posted, every accepted one among them; one more where that was pressed, or one accepted after all."""
    pressed = re.fullmatch(r"accept-p(\d{1,3})", request.form.get("then", ""), re.ASCII)
    rows = {*rows_in(acknowledging.ROW), *_live(complaint)}
    rows |= {int(pressed[1])} & set(_refused(complaint)) if pressed else set()
    if request.form.get("then") == "add":
        rows.add(max(next_number(complaint), *(number + 1 for number in rows)))
    sent = sorting.posted()
    return _form(complaint, sorted(rows), sorting.lines(sent.get("outcomes")), formdata=sent)


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> WritingForm:
    data, numbers = acknowledging.filled(written)
    return _form(complaint, sorted({*numbers, *_live(complaint)}), written.get("outcomes") or (), formdata=None, data=data | {"why": written.get("why") or ""})


def _begun(complaint: Complaint) -> Mapping[str, Any]:
    """Where writing starts: with the points as they stand."""
    definition, live = complaint.definition(complaint.stage_for("revised")), _live(complaint)
    if definition is None:
        return {}
    return {
        "points": [as_written(point) for point in definition.points if point.number in live],
        **outcomes_of(definition),
        "outcomes_asked_on": definition.outcomes_asked_on.isoformat() if definition.outcomes_asked_on else None,
    }


def _written(complaint: Complaint, form: WritingForm) -> Written:
    """What was written, as the letter and the rules read it; a row with nothing in it is no point, unless it was accepted."""
    return acknowledging.written(complaint, form, kept=_live(complaint)) | {"why": form["why"].data or ""}


REVISING = Desk(
    "revised", Step.DEFINITION_REVISED, "revise", _posted, _filled, _begun, _written, operations.revise_points,
    lacks=understanding.lacks, in_place_of=Step.RESPONDED,
    signed=lambda complaint, written: understanding.dated(complaint, facts_for(complaint, "revised", written)),
)  # fmt: skip


def _is_shut(desk: Desk, complaint: Complaint) -> bool:
    """Whether the table lets nobody do this now; a page that was open before says why when it is sent."""
    return request.method == "GET" and not standing.may_send(complaint, desk.step)


@page.get("/complaints/<case:complaint>/question", do=Do.ASK)
@page.post("/complaints/<case:complaint>/question", do=Do.ASK)
def ask(complaint: Complaint) -> Response:
    """Write a question to the resident."""
    if _is_shut(ASKING, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(ASKING, complaint)


@page.post("/complaints/<case:complaint>/question/preview", do=Do.ASK)
def ask_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far. Writes nothing."""
    return preview(ASKING, complaint)


@page.get("/complaints/<case:complaint>/question/letter", do=Do.ASK)
@page.post("/complaints/<case:complaint>/question/letter", do=Do.ASK)
def ask_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if _is_shut(ASKING, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(ASKING, complaint)


@page.get("/complaints/<case:complaint>/points", do=Do.ANSWER)
@page.post("/complaints/<case:complaint>/points", do=Do.ANSWER)
def revise(complaint: Complaint) -> Response:
    """Write the points anew, beside the resident's words."""
    if _is_shut(REVISING, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return write(REVISING, complaint)


@page.post("/complaints/<case:complaint>/points/preview", do=Do.ANSWER)
def revise_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far; another row, if that was pressed. Writes nothing."""
    return preview(REVISING, complaint)


@page.get("/complaints/<case:complaint>/points/letter", do=Do.ANSWER)
@page.post("/complaints/<case:complaint>/points/letter", do=Do.ANSWER)
def revise_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    if _is_shut(REVISING, complaint):
        return redirect(url_for("staff.case", complaint=complaint))
    return read_and_send(REVISING, complaint)
