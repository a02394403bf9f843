"""Answering point by point: a decision, the reasons, the fault, what it did, what puts it right, what is still owed."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.defining import as_written
from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.i18n import lazy_gettext as _l
from portal.rules.reading import points as live_points
from portal.rules.steps import Step
from portal.staff.door import page
from portal.staff.fields import Day, Line, List, Pick, Pounds, Words, day_typed
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, rows_in, write
from portal.web import redirect

PROSE = ("reasons", "fault", "impact")


def _form(complaint: Complaint, remedies: Mapping[int, int], actions: int, **data: Any) -> WritingForm:
    """The form: `remedies` says how many rows each point has, `actions` how many there are in all."""
    edition = edition_of(complaint)
    decisions = [(one.id, one.label) for one in edition.dispositions if not one.needs_refusal_rights]
    kinds = [(one.id, one.label) for one in edition.remedy_kinds]
    boxes: dict[str, Any] = {"rows": tuple(remedies), "remedies": dict(remedies), "actions": actions}
    boxes["opening"] = Words(_l("The first words of the letter, in your own voice"))
    for number, count in remedies.items():
        boxes |= _point_boxes(number, count, decisions, kinds)
    for place in range(1, actions + 1):
        boxes[f"a{place}-what"] = Line(_l("What will be done"))
        boxes[f"a{place}-owner"] = Line(_l("Who will do it"))
        boxes[f"a{place}-due_on"] = Day(_l("By when"))
    if complaint.stage_for("response") > 1:
        boxes["contributors"] = Words(_l("Who took part in this answer"))
        boxes["no_contributors_because"] = Words(_l("Or why nobody else was needed"))
    made: WritingForm = type("AnsweringForm", (WritingForm,), boxes)(**data)
    return made


def _point_boxes(number: int, count: int, decisions: list[tuple[str, str]], kinds: list[tuple[str, str]]) -> dict[str, Any]:
    boxes: dict[str, Any] = {
        f"p{number}-disposition": Pick(_l("Our decision"), decisions),
        f"p{number}-reasons": Words(_l("Reasons")),
        f"p{number}-fault": Words(_l("What we got wrong")),
        f"p{number}-impact": Words(_l("What it did to them, and how the remedy meets that")),
    }
    for row in range(1, count + 1):
        boxes[f"p{number}-kind{row}"] = List(_l("Kind of remedy"), kinds)
        boxes[f"p{number}-remedy{row}"] = Line(_l("What we offer, as they will read it"))
        boxes[f"p{number}-pounds{row}"] = Pounds(_l("Pounds, if any"))
    boxes[f"p{number}-no_remedy_because"] = Words(_l("If nothing is offered on this point, why"))
    return boxes


def _points(complaint: Complaint) -> list[dict[str, Any]]:
    """The points of the stage as last defined, as the letter reads them; without those that were withdrawn."""
    stage = complaint.stage_for("response")
    definition, still = complaint.definition(stage), live_points(complaint.happenings, stage)
    if definition is None:
        return []
    return [as_written(each) for each in definition.points if str(each.number) in still]


def _posted(complaint: Complaint) -> WritingForm:
    add = request.form.get("then", "")
    remedies = {}
    for point in _points(complaint):
        number = point["number"]
        rows = rows_in(rf"p{number}-kind(\d{{1,2}})")
        remedies[number] = (rows[-1] if rows else 1) + (add == f"add-p{number}")
    rows = rows_in(r"a(\d{1,2})-what")
    return _form(complaint, remedies, (rows[-1] if rows else 1) + (add == "add-action"))


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> WritingForm:
    saved = {int(point["number"]): point for point in written.get("points") or ()}
    data: dict[str, Any] = {name: written.get(name) or "" for name in ("opening", "contributors", "no_contributors_because")}
    remedies = {}
    for point in _points(complaint):
        number, said = point["number"], saved.get(point["number"], {})
        for name in ("disposition", *PROSE, "no_remedy_because"):
            data[f"p{number}-{name}"] = said.get(name) or ""
        offered = said.get("remedies") or ()
        for row, remedy in enumerate(offered, 1):
            data |= {f"p{number}-kind{row}": remedy["kind"], f"p{number}-remedy{row}": remedy.get("words") or ""}
            data[f"p{number}-pounds{row}"] = f"{remedy['pence'] / 100:.2f}".removesuffix(".00") if remedy.get("pence") else ""
        remedies[number] = max(len(offered), 1)
    actions = written.get("actions") or ()
    for place, action in enumerate(actions, 1):
        data |= {f"a{place}-what": action.get("what") or "", f"a{place}-owner": action.get("owner") or ""}
        data[f"a{place}-due_on"] = day_typed(action.get("due_on"))
    return _form(complaint, remedies, max(len(actions), 1), formdata=None, data=data)


def _written(complaint: Complaint, form: WritingForm) -> Written:
    """What was written, as the letter and the rules read it; rows with nothing in them are not there."""
    found = _points(complaint)
    for point in found:
        number = point["number"]
        point |= {name: form[f"p{number}-{name}"].data or "" for name in ("disposition", *PROSE, "no_remedy_because")}
        point["remedies"] = [each for each in _remedies(form, number) if each["kind"] or each["words"] or each["pence"]]
    said: Written = {"opening": form["opening"].data or "", "points": found, "actions": _actions(form)}
    if complaint.stage_for("response") > 1:
        said |= {name: form[name].data or "" for name in ("contributors", "no_contributors_because")}
    return said


def _actions(form: WritingForm) -> list[dict[str, str]]:
    found = []
    for place in range(1, form.actions + 1):
        what, owner, due = (form[f"a{place}-{name}"] for name in ("what", "owner", "due_on"))
        if what.data or owner.data or due.data:
            due_on = due.day.isoformat() if due.day else ""
            found.append({"what": what.data or "", "owner": owner.data or "", "due_on": due_on})
    return found


def _remedies(form: WritingForm, number: int) -> list[dict[str, Any]]:
    return [
        {
            "kind": form[f"p{number}-kind{row}"].data or "",
            "words": form[f"p{number}-remedy{row}"].data or "",
            "pence": form[f"p{number}-pounds{row}"].pence,
        }
        for row in range(1, form.remedies[number] + 1)
    ]


def _begun(complaint: Complaint) -> Mapping[str, Any]:
    """Where writing starts: with nothing said."""
    return {}


DESK = Desk("response", Step.RESPONDED, "answer", _posted, _filled, _begun, _written, operations.respond)


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
