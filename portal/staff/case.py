"""One complaint on one page: how to deal with the person, what is owed next, their words, and all that happened."""

from typing import Any

from flask import Response, g

from portal import access, i18n
from portal.access import Do, Role
from portal.complaints import meaning, queries, wishes
from portal.complaints.adjusting import holding
from portal.complaints.copies import needs_copy
from portal.complaints.defining import CATEGORIES
from portal.complaints.disclosing import known
from portal.complaints.issues import issues_of, linked_ids, same_cause
from portal.complaints.logging_in import late_words
from portal.complaints.messages import thread
from portal.complaints.models import Complaint
from portal.complaints.overturning import not_accepted
from portal.complaints.panels import next_panel, panels_of
from portal.complaints.papers import ContractorQuestion
from portal.complaints.people import Adjustment
from portal.complaints.recording import edition_of
from portal.complaints.safety import has_read, to_read
from portal.complaints.saying import disputes_of
from portal.complaints.translating import translations_of
from portal.complaints.usable import how
from portal.i18n import gettext as _
from portal.rules.endings import ended_by, refusal, set_aside, withdrawn_on
from portal.rules.people import is_role_only, named_in, panels_called_off
from portal.rules.reading import first, refused_points
from portal.rules.steps import Happening, Step
from portal.rules.words import N_
from portal.staff import asks, contractors, doors, standing, wording
from portal.staff.beside import beside
from portal.staff.door import page
from portal.staff.ending import ways
from portal.staff.keeping import readable
from portal.staff.representing import representatives, told_of
from portal.staff.reviewers import PARTS
from portal.staff.story import story
from portal.web import register, render


@page.get("/complaints/<case:complaint>", do=Do.READ_CASE)
def case(complaint: Complaint) -> Response:
    """The complaint as whoever works on it sees it."""
    missing, here = asks.asked(complaint)
    opened, leading = doors.in_order(complaint, missing)
    refused, names = refusal(complaint.happenings), queries.staff_names(register())
    return render(
        "staff/case.html", complaint=complaint, beside=beside(complaint), owed=standing.next_owed(complaint), missing=missing, here=here, doors=opened, leading=leading,
        story=story(complaint, names), wanted=wanted(complaint), care=care(complaint),
        remedy_state=wording.remedy_state, offer_begun=doors.is_begun(complaint, "offer"),
        remedy_kinds={kind.id: kind.label for kind in edition_of(complaint).remedy_kinds},
        letter_name=wording.letter_name, writer=wording.writer, withdrawn_on=withdrawn_on(complaint.happenings), file_state=FILE_STATES, how=how,
        needs_copy=needs_copy, acting=[(one, told_of(one)) for one in representatives(complaint)], may_unseal=access.may(g.viewer, Do.OPEN_ORIGINAL, complaint),
        logged_late=late_words(complaint), contact_kinds=wishes.CONTACT_KINDS,
        thread=thread(complaint), names=names, panels=panels_of(complaint), called_off=panels_called_off(complaint.happenings), next_panel=next_panel(complaint), notes=readable(complaint, g.viewer), part_words=PARTS, issues=issues_of(complaint), disputes=disputes_of(complaint), translations=translations_of(complaint), **tied(complaint),
        questions=asked_by_link(complaint), question_states=contractors.STATES, ways=ways(complaint), voiced=first(complaint.happenings, Step.VOICED), aside=set_aside(complaint.happenings), ended=ended_by(complaint.happenings),
        refused=refused, not_accepted=not_accepted(complaint), refused_points=refused_points(complaint.happenings), meant=meaning.queries_of(complaint), overturned=overturned(complaint, refused), voided=complaint.voided_letters, sorted_as=sorted_as(complaint), role_only=is_role_only(complaint.happenings), kept_to=sorted(named_in(complaint.happenings)),
    )  # fmt: skip


def asked_by_link(complaint: Complaint) -> list[ContractorQuestion]:
    """What contractors were asked by link; nothing is read where the record says that nobody was."""
    return complaint.questions if first(complaint.happenings, Step.CONTRACTOR_ASKED) else []


def tied(complaint: Complaint) -> dict[str, Any]:
    """The complaints tied to this one that the viewer may see: `alike`, raised at once for other homes, and the rest, `linked`."""
    cause, found = same_cause(complaint), queries.linked(register(), g.viewer, linked_ids(complaint))
    return {
        "same_cause": cause, "alike": [each for each in found if each.id in cause],
        "linked": [each for each in found if each.id not in cause], "first_of_cause": complaint.id in cause[:1],
    }  # fmt: skip


def overturned(complaint: Complaint, stands: Happening | None) -> set[int]:
    """The numbers of the letters of refusals that were overturned: they stay on the record, marked (ruling 41)."""
    refusals = [letter.number for letter in complaint.letters if letter.kind == "refusal"]
    return set(refusals[:-1] if stands else refusals)


def sorted_as(complaint: Complaint) -> dict[int, str]:
    """What each point is about, by its number: the service, the kind of trouble; nothing where neither was said (ruling 20)."""
    definition = complaint.definition()
    points = definition.points if definition else []
    names = {each.id: each.name for each in queries.services(register())} if any(point.service_id for point in points) else {}
    said = {point.number: [names.get(point.service_id or 0, ""), _(CATEGORIES[point.category]) if point.category in CATEGORIES else ""] for point in points}
    return {number: ". ".join(part for part in parts if part) for number, parts in said.items()}


def wanted(complaint: Complaint) -> list[str]:
    """What the resident says would put it right: the answers they chose, and their own words."""
    chosen = [_(wishes.WANTED[kind]) for kind in complaint.wanted.get("kinds", ()) if kind in wishes.WANTED]
    said = str(complaint.wanted.get("words") or "")
    return [*chosen, *([said] if said else [])]


def care(complaint: Complaint) -> dict[str, object]:
    """How to deal with the person, for the top of every page on which something is written to them."""
    person, safe = complaint.resident.person, complaint.resident.contact
    open_ways = [way for way in ("email", "phone", "post") if complaint.resident.is_safe(way)]
    estate = complaint.addressee if complaint.addressee is not complaint.resident else None
    return {
        "died_on": person.died_on,
        "estate": estate,
        "estate_who": _(wishes.ESTATE.get(estate.agreed or "", "")) if estate else "",
        "estate_ways": wording.channels_in_words(estate.contact) if estate else "",
        "ways": wording.channels_in_words(safe),
        "limits": wording.contact_limits(safe),
        "open_ways": open_ways,
        "not_safe": wording.not_safe(open_ways),
        "to_read": bool(to_read(complaint)),
        "read": has_read(complaint, by=g.viewer) if to_read(complaint) else "",
        "safe": safe,
        "stopped": wording.channels_in_words({"channels": safe.get("stopped")}) if safe.get("stopped") else "",
        "changed": max((one.on for one in complaint.happenings if one.step is Step.CONTACT_CHANGED and "party" not in one.details), default=None),
        "disclosed": [one for one in known(complaint) if one.is_here or g.viewer.role is not Role.COLLEAGUE],
        "language": wording.language_name(complaint.letters_in),
        "adjustments": [(one.id, wish_in_words(one.wish), decided(one)) for one in holding(complaint)],
    }


def decided(one: Adjustment) -> str:
    """What was decided about something they asked for, and when it is looked at again."""
    said = _(DECISIONS.get(one.decision, one.decision))
    again = _("To be looked at again by %(day)s.", day=i18n.day(one.review_on)) if one.review_on and one.decision == "agreed" else ""
    return " ".join(each for each in (said, one.reason or "", again) if each)


def wish_in_words(wish: dict[str, object]) -> list[str]:
    """What they asked for, thing by thing."""
    kinds = wish.get("kinds")
    said = wording.wishes_in_words(kinds if isinstance(kinds, list) else [])
    said += [_("Print size %(size)s", size=wish["print_size"])] if wish.get("print_size") else []
    grade = wishes.BRAILLE.get(str(wish.get("braille")))
    said += [_(grade)] if grade else []
    return [*said, *([str(wish["words"])] if wish.get("words") else [])]


DECISIONS = {
    "asked": N_("Asked, and not decided yet."),
    "agreed": N_("Agreed."),
    "declined": N_("Declined."),
}
FILE_STATES = {
    "not_scanned": N_("Not checked for viruses: only to download"),
    "clean": N_("Checked"),
    "checking": N_("Being checked for viruses. It can be opened when that is done"),
    "held": N_("Held back: the virus check found something in it"),
    "no_copy": N_("We could not make a copy that is safe to show"),
}
