"""What is written down of a letter that went outside the portal: one form for each kind of letter (ruling 18)."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import ValidationError

from portal import clock
from portal.access import ANSWERERS, Role
from portal.complaints import outside, queries
from portal.complaints.caring import asked_for
from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.forms import Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.editions.model import Edition, Part
from portal.rules.reading import points
from portal.rules.words import N_
from portal.staff.caring import AsAskedForm
from portal.staff.fields import Day, List, Pick, Tick, Words, WorkingDays, named
from portal.web import register

KINDS = {
    "acknowledgement": N_("An acknowledgement"),
    "response": N_("An answer, to all the points or some"),
    "extension": N_("That we need longer"),
    "late": N_("That our answer is late"),
    "update": N_("News while they wait"),
    "refusal": N_("A refusal"),
}
WAYS = {"email": N_("By email"), "post": N_("By post"), "hand": N_("By hand")}
ALL_OURS, NOT_SURE = "ours", "to_be_confirmed"
WHOSE = {ALL_OURS: N_("All of them are ours"), NOT_SURE: N_("Not all ours, or not sure yet: we settle each one next")}


class OutsideForm(AsAskedForm):
    """A letter of any kind; boxes for its own kind are added beside these."""

    asked: frozenset[str] = frozenset()

    def is_special(self) -> bool:
        """Whether they had asked for another form of what goes that way."""
        return self.channel.data in WAYS and bool(outside.forms_asked(self.asked, self.channel.data))

    on = Day(_l("Which day did it go?"), [Filled(_l("Write the day it went"))], past=True)
    channel = Pick(_l("How did it go?"), WAYS, [OneOf(_l("Choose how it went"))])
    file = FileField(_l("The letter itself"))
    says = Tick(_l("What does the letter say?"), {})

    def validate_on(self, field: Day) -> None:
        """A letter that has not gone yet is written here."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. A letter that is still to go is written here"))


def made(complaint: Complaint, kind: str) -> OutsideForm:
    """The form for one kind of letter of this complaint."""
    stage = complaint.stage_for(kind)
    boxes = {**_defining(complaint, kind, stage), **_deciding(complaint, kind, stage), **_more_time(kind)}
    form: OutsideForm = type("OutsideForm", (OutsideForm,), boxes)(version=str(complaint.version))
    form.asked = asked_for(complaint, complaint.addressee)
    if not any(outside.forms_asked(form.asked, channel) for channel in WAYS):
        del form.as_asked, form.why_not
    form.says.choices = [(part.id, _upper(_(part.label))) for part in parts_of(edition_of(complaint), kind, stage)]
    if "decided_by" in form:
        deciders = queries.staff_with(register(), *ANSWERERS, Role.MANAGER)
        form["decided_by"].choices += named((each.id, f"{each.name}, {each.job_title}") for each in deciders)
    return form


def parts_of(edition: Edition, kind: str, stage: int) -> list[Part]:
    """Every part that such a letter may have to have, whatever its ground."""
    found = edition.find_stage(stage)
    parts = list(found.letters.get(kind, ())) if found else []
    if kind == "refusal":
        parts += [part for ground in edition.grounds for part in ground.parts]
    return list({part.id: part for part in parts}.values())


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _needs_points(complaint: Complaint, kind: str, stage: int) -> bool:
    return kind == "acknowledgement" or (kind == "response" and not points(complaint.happenings, stage))


def _defining(complaint: Complaint, kind: str, stage: int) -> dict[str, Any]:
    """The points, where none are set out at this stage yet."""
    if not _needs_points(complaint, kind, stage):
        return {}
    boxes: dict[str, Any] = {"lines": Words(_l("The points of the complaint, one on each line"), [Filled(_l("Write at least one point"))])}
    if kind == "acknowledgement":
        boxes["whose"] = Pick(_l("Whose are they to answer?"), WHOSE, [OneOf(_l("Choose whose they are"))])
        boxes["outcomes"] = Words(_l("What would put it right, one on each line"))
        boxes["answer_by"] = Day(_l("The day it gave for our answer, if it gave one"))
    return boxes


def _deciding(complaint: Complaint, kind: str, stage: int) -> dict[str, Any]:
    """What was decided, point by point, and by whom."""
    edition, boxes = edition_of(complaint), dict[str, Any]()
    if kind == "response":
        found = [(one.id, one.label) for one in edition.dispositions if one.id != "withdrawn"]
        live, definition = points(complaint.happenings, stage), complaint.definition(stage)
        for point in definition.points if definition else ():
            if str(point.number) in live:
                boxes[f"p{point.number}"] = List(_l("Point %(number)s: what did we decide?", number=point.number), found)
        if not live:
            boxes["decision"] = List(_l("What did we decide?"), found, [Filled(_l("Choose what we decided"))])
    if kind == "refusal":
        boxes["ground"] = List(_l("On which ground, if the letter gives one?"), [(one.id, one.label) for one in edition.grounds])
    if kind in ("response", "refusal"):
        boxes["decided_by"] = List(_l("Who decided it?"), {})
    return boxes


def _more_time(kind: str) -> dict[str, Any]:
    if kind not in ("extension", "late"):
        return {}
    missing = [Filled(_l("Write the new date"))] if kind == "extension" else []
    return {
        "new_date": Day(_l("The new date, as the letter gives it"), missing),
        "interval": WorkingDays(_l("How often it says we will send news, in working days")),
    }


def said(complaint: Complaint, kind: str, form: OutsideForm) -> dict[str, Any]:
    """What the letter said, as `record_outside` reads it."""
    found: dict[str, Any] = {}
    if "lines" in form:
        found["points"] = [_point(number, text, form) for number, text in enumerate(_lines(form["lines"].data), 1)]
        found["outcomes"] = _lines(form["outcomes"].data) if "outcomes" in form else []
    elif kind == "response":
        definition = complaint.definition(complaint.stage_for(kind))
        numbered = {f"p{point.number}": point for point in (definition.points if definition else ())}
        found["points"] = [
            {"number": point.number, "text": point.words, "disposition": form[name].data or ""}
            for name, point in numbered.items() if name in form
        ]  # fmt: skip
    for name in ("answer_by", "new_date"):
        if name in form and form[name].day:
            found[name] = form[name].day.isoformat()
    if "interval" in form and form["interval"].number:
        found["interval"] = form["interval"].number
    if "ground" in form:
        found["ground"] = form["ground"].data or ""
    return found


def _lines(typed: str | None) -> list[str]:
    return [line.strip() for line in (typed or "").split("\n") if line.strip()]


def _point(number: int, text: str, form: OutsideForm) -> Mapping[str, Any]:
    whose = form["whose"].data if "whose" in form else ALL_OURS
    decided = {"disposition": form["decision"].data} if "decision" in form else {}
    return {"number": number, "text": text, "responsibility": whose, **decided}
