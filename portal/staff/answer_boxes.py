"""The boxes of an answer, point by point: a decision, the reasons, the fault, what it did, what puts it right, what is owed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request

from portal.complaints import answering, grounds
from portal.complaints.models import Complaint
from portal.i18n import lazy_gettext as _l
from portal.rules.editions.model import Edition
from portal.rules.letters import Missing
from portal.staff import refusing
from portal.staff.fields import Day, Line, List, Pick, Pounds, Words, day_typed
from portal.staff.writing import WritingForm, Written, rows_in

PROSE = ("reasons", "fault", "impact")
NOT_ACCEPTED = "not_accepted"
PEOPLE = ("contributors", "no_contributors_because")
Points = Sequence[Mapping[str, Any]]


def boxes(
    edition: Edition, stage: int, remedies: Mapping[int, int], actions: int, points: Points | None = None, refused: Iterable[int] = ()
) -> dict[str, Any]:
    """The boxes: `remedies` says how many rows each point has, `actions` how many there are in all.

    `points`, where they are settled already, say of which it can be decided that they are not ours; those `refused` have
    the boxes of a refusal instead, on a ground that can arise once they are accepted (ruling 25).
    """
    kinds = [(one.id, one.label) for one in edition.remedy_kinds]
    found: dict[str, Any] = {"rows": tuple(remedies), "remedies": dict(remedies), "actions": actions}
    found["refused"] = tuple(number for number in remedies if number in set(refused))
    found["opening"] = Words(_l("The first words of the letter, in your own voice"))
    for number, count in remedies.items():
        if number in found["refused"]:
            found |= refusing.boxes_for(edition.grounds_arising_later, f"p{number}-")
        else:
            found |= _point_boxes(number, count, decisions(edition, number, points), kinds)
    for place in range(1, actions + 1):
        found[f"a{place}-what"] = Line(_l("What will be done"))
        found[f"a{place}-owner"] = Line(_l("Who will do it"))
        found[f"a{place}-due_on"] = Day(_l("By when"))
    if stage > 1:
        found["contributors"] = Words(_l("Who took part in this answer"))
        found["no_contributors_because"] = Words(_l("Or why nobody else was needed"))
    return found


def decisions(edition: Edition, number: int, points: Points | None) -> list[tuple[str, str]]:
    """What can be decided of a point (ruling 22): not that the resident withdrew it, nor that it is not ours where it is."""
    offered = [one for one in edition.dispositions if not one.needs_refusal_rights and one.id != "withdrawn"]
    whose = next((point["responsibility"] for point in points or () if point["number"] == number), None)
    return [(one.id, one.label) for one in offered if one.id != "not_ours" or points is None or whose == "not_ours"]


def _point_boxes(number: int, count: int, decisions: list[tuple[str, str]], kinds: list[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"p{number}-disposition": Pick(_l("Our decision"), decisions),
        f"p{number}-reasons": Words(_l("Reasons")),
        f"p{number}-fault": Words(_l("What we got wrong")),
        f"p{number}-impact": Words(_l("What it did to them, and how the remedy meets that")),
    }
    for row in range(1, count + 1):
        found[f"p{number}-kind{row}"] = List(_l("Remedy %(row)s: kind", row=row), kinds)
        found[f"p{number}-remedy{row}"] = Line(_l("Remedy %(row)s: what we offer, as they will read it", row=row))
        found[f"p{number}-pounds{row}"] = Pounds(_l("Remedy %(row)s: pounds, if any", row=row))
    found[f"p{number}-no_remedy_because"] = Words(_l("If nothing is offered on this point, why"))
    return found


def rows_posted(numbers: Sequence[int]) -> tuple[dict[int, int], int]:
    """How many rows of remedies each point was posted with, and of actions; one more where that button was pressed."""
    add, remedies = request.form.get("then", ""), {}
    for number in numbers:
        rows = rows_in(rf"p{number}-kind(\d{{1,2}})")
        remedies[number] = (rows[-1] if rows else 1) + (add == f"add-p{number}")
    rows = rows_in(r"a(\d{1,2})-what")
    return remedies, (rows[-1] if rows else 1) + (add == "add-action")


def filled(numbers: Sequence[int], written: Mapping[str, Any]) -> tuple[dict[str, Any], dict[int, int], int]:
    """What was saved, as the boxes hold it, and how many rows that takes."""
    saved = {int(point["number"]): point for point in written.get("points") or ()}
    data: dict[str, Any] = {name: written.get(name) or "" for name in ("opening", *PEOPLE)}
    remedies = {}
    for number in numbers:
        said = saved.get(number, {})
        for name in ("disposition", *PROSE, "no_remedy_because"):
            data[f"p{number}-{name}"] = said.get(name) or ""
        offered = said.get("remedies") or ()
        for row, remedy in enumerate(offered, 1):
            data |= {f"p{number}-kind{row}": remedy["kind"], f"p{number}-remedy{row}": remedy.get("words") or ""}
            data[f"p{number}-pounds{row}"] = f"{remedy['pence'] / 100:.2f}".removesuffix(".00") if remedy.get("pence") else ""
        remedies[number] = max(len(offered), 1)
        data |= refusing.filled(said, f"p{number}-") if said.get("disposition") == NOT_ACCEPTED else {}
    actions = written.get("actions") or ()
    for place, action in enumerate(actions, 1):
        data |= {f"a{place}-what": action.get("what") or "", f"a{place}-owner": action.get("owner") or ""}
        data[f"a{place}-due_on"] = day_typed(action.get("due_on"))
    return data, remedies, max(len(actions), 1)


def written(complaint: Complaint, form: WritingForm, points: Points, stage: int) -> Written:
    """What was written of these points, as the letter and the rules read it; rows with nothing in them are not there."""
    found = [dict(point) for point in points]
    for point in found:
        number = point["number"]
        if number in form.refused:
            point |= {"disposition": NOT_ACCEPTED} | refusing.written(complaint, form, f"p{number}-")
            continue
        point |= {name: form[f"p{number}-{name}"].data or "" for name in ("disposition", *PROSE, "no_remedy_because")}
        point["remedies"] = [each for each in _remedies(form, number) if each["kind"] or each["words"] or each["pence"]]
    said: Written = {"opening": form["opening"].data or "", "points": found, "actions": _actions(form)}
    if stage > 1:
        said |= {name: form[name].data or "" for name in PEOPLE}
    return said


def refused(written: Mapping[str, Any]) -> set[int]:
    """The numbers of the points that what was saved does not accept."""
    return {int(point["number"]) for point in written.get("points") or () if point.get("disposition") == NOT_ACCEPTED}


def lacking(complaint: Complaint, kind: str, written: Written) -> list[Missing]:
    """What the letter lacks; and why the ground on which a point is not accepted is not open (ruling 25)."""
    return [*answering.still_missing(complaint, kind, written), *grounds.closed_points(complaint, written)]


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
