"""New issues raised on a complaint: made a point of it, or a complaint of their own, and the resident told which and why (6.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints import machine
from portal.complaints.answering import save_writing
from portal.complaints.defining import as_written, revise
from portal.complaints.files import NO_FILES, Enclosed, named_in, with_files
from portal.complaints.intake import raise_complaint
from portal.complaints.messages import words_of
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment, Letter
from portal.complaints.recording import deadlines_of, record, session_of
from portal.complaints.references import groups
from portal.complaints.sending import facts_of, keep
from portal.complaints.told import Again, Direction, TakenDown, Told
from portal.letters.compose import compose
from portal.rules.endings import set_aside
from portal.rules.reading import asked_together, first, open_issues
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class NewIssue:
    """One new issue: its number, the day it was raised, their words, and what was decided of it, if anything was.

    `complaint_id` is the new complaint that was made of it; `together` whether they asked for one answer instead;
    `point` the number of the point, where it is one that we refused and accepted after all.
    """

    number: int
    on: date
    words: str
    is_open: bool
    decision: str = ""
    ground: str = ""
    complaint_id: int | None = None
    together: bool = False
    point: str = ""
    files: tuple[Attachment, ...] = ()


def raise_issue(
    complaint: Complaint, words: str, *, by: Viewer, source: Mapping[str, Any] | None = None, on: date | None = None, files: Enclosed = NO_FILES
) -> int:
    """Something new on this complaint, in the resident's words, with files; answers its number.

    Staff name the `source` in which the resident raised it, a message, a request for stage 2 or a contact, and its day:
    that day is the day it was raised (rulings 17, 24). RuleBroken without one.
    """
    number = 1 + max((one.details["issue"] for one in complaint.recorded if one.step is Step.ISSUE_RAISED), default=0)
    details = {"issue": number, **(source or {})} | with_files(complaint, files, by=by)
    record(complaint, Step.ISSUE_RAISED, by=by, stage=complaint.stage, on=on, details=details, words={"words": words})
    return number


def ask_together(complaint: Complaint, issue: NewIssue, *, by: Viewer) -> None:
    """Ask to have one answer, with this complaint, to what was made a complaint of its own (ruling 49)."""
    details = {"issue": issue.number, "together": True}
    record(complaint, Step.ISSUE_RAISED, by=by, stage=complaint.stage, details=details, words={"words": issue.words})


def issues_of(complaint: Complaint) -> list[NewIssue]:
    """Every new issue raised, oldest first, as it stands."""
    waits, together = open_issues(complaint.happenings), asked_together(complaint.happenings)
    decided = {one.details["issue"]: one.details for one in complaint.happenings if one.step is Step.ISSUE_DECIDED}
    raised = [one for one in complaint.happenings if one.step is Step.ISSUE_RAISED and not one.details.get("together")]
    said = words_of(complaint, raised)
    made = {number: details["complaint"] for number, details in decided.items() if details.get("complaint")}
    for one in complaint.happenings:
        if one.step is Step.ISSUE_DECIDED and one.details.get("complaint"):
            made.setdefault(one.details["issue"], one.details["complaint"])
    return [
        NewIssue(
            number=(number := one.details["issue"]), on=one.on, words=said.get(one.number or 0, ""), is_open=number in waits,
            decision=decided.get(number, {}).get("decision", ""), ground=decided.get(number, {}).get("ground", ""),
            complaint_id=made.get(number), together=number in together, point=one.details.get("point", ""),
            files=named_in(complaint, one.details.get("files", ())),
        )
        for one in raised
    ]  # fmt: skip


def may_join(complaint: Complaint) -> bool:
    """Whether a new issue can still become a point: at stage 1, not answered, not ended (ruling 24)."""
    past = complaint.happenings
    return complaint.stage == 1 and not first(past, Step.RESPONDED, 1) and not first(past, Step.REFUSED) and not set_aside(past)


def join_issue(complaint: Complaint, issue: NewIssue, *, by: Viewer, point: Mapping[str, Any], reason: str) -> Letter:
    """Make a new issue a point of this complaint; no clock moves. Where it was a complaint of its own, the two are joined (49)."""
    ground = "asked" if issue.together else "related"
    definition = complaint.definition(complaint.stage)
    numbers = [each.number for each in definition.points] if definition else []
    added = {**point, "number": max(numbers, default=0) + 1}
    details = {"issue": issue.number, "decision": "joined", "ground": ground}
    record(complaint, Step.ISSUE_DECIDED, by=by, stage=complaint.stage, details=details, words={"reason": reason})
    if definition:
        points = [*(as_written(each) for each in definition.points), added]
        revise(complaint, points, by=by, stage=complaint.stage, details={"issue": issue.number})
    else:
        _put_with_what_is_written(complaint, added, by=by)
    if issue.complaint_id:
        _join(complaint, issue.complaint_id, by=by)
    complaint.version += 1
    return _tell(complaint, issue, by=by, draft={"decision": "joined", "ground": ground, "reason": reason, "point": added["text"]})


def _put_with_what_is_written(complaint: Complaint, added: Mapping[str, Any], *, by: Viewer) -> None:
    """Before the acknowledgement, the point waits in it where it is written."""
    saved = complaint.draft("acknowledgement", complaint.stage)
    written = dict(saved.written) if saved else {}
    points = list(written.get("points") or ())
    number = 1 + max((int(each["number"]) for each in points), default=0)
    written["points"] = [*points, {**added, "number": number}]
    save_writing(complaint, "acknowledgement", written, by=by, seen=saved.version if saved else 0)


def _join(complaint: Complaint, other_id: int, *, by: Viewer) -> None:
    """The other complaint is answered here: nothing more is owed in it, and both references go on working (ruling 39)."""
    other = machine.locked_beside(session_of(complaint), complaint, other_id)
    if first(other.happenings, Step.RESPONDED):
        raise RuleBroken("6.8", N_("The new complaint has been answered already, so the two cannot have one answer."))
    record(other, Step.JOINED, by=by, stage=other.stage, details={"with": complaint.id})
    other.version += 1


def part_issue(complaint: Complaint, issue: NewIssue, *, by: Viewer, ground: str, reason: str, directed: Direction | None = None, again: Again | None = None) -> Complaint:
    """Make a new issue a complaint of its own, received the day it was raised (rulings 24, 49); or say that it stays one.

    `directed` is the Ombudsman's direction, where it told us to, and `again` the stage at which it begins, where it is a
    point that we refused (ruling 41).
    """
    register = session_of(complaint)
    known = machine.locked_beside(register, complaint, issue.complaint_id) if issue.complaint_id else None
    other = known or raise_complaint(
        register, _told_again(complaint, issue), taken=TakenDown(by=by, received_on=issue.on, directed=directed, again=again or Again()), of=(complaint, issue.number)
    )
    details = {"issue": issue.number, "decision": "new complaint", "ground": ground, "complaint": other.id}
    details |= {"point": issue.point} if issue.point else {}
    record(complaint, Step.ISSUE_DECIDED, by=by, stage=complaint.stage, details=details, words={"reason": reason})
    complaint.version += 1
    _tell(complaint, issue, by=by, draft={
        "decision": "new complaint", "ground": ground, "reason": reason, "reference": " ".join(groups(other.reference)),
        "hear_by": _hear_by(other), "again": known is not None, "ordered": directed.ordered if directed else None, "stage": other.stage,
    })  # fmt: skip
    return other


def _told_again(complaint: Complaint, issue: NewIssue) -> Told:
    """The new issue as a complaint is told: by the same person, of the same home."""
    party, home = complaint.resident, complaint.home
    return Told(
        name=party.name_as_given, words=issue.words, home_kind=home.kind if home else "none", address=party.home_as_given,
        relationship=complaint.relationship_to_landlord, language=party.person.language, channel=complaint.channel,
        wanted=complaint.wanted if issue.point else {},
    )  # fmt: skip


def _hear_by(other: Complaint) -> date | None:
    owed = (one for one in deadlines_of(other) if one.step is Step.ACKNOWLEDGED and not one.met_on and not one.overtaken)
    return next((one.due_on for one in owed if one.due_on >= clock.today()), None)


def _tell(complaint: Complaint, issue: NewIssue, *, by: Viewer, draft: dict[str, Any]) -> Letter:
    owed = (one for one in deadlines_of(complaint) if one.step is Step.RESPONDED and not one.met_on and not one.overtaken)
    answer_by = next((one.due_on for one in owed if one.due_on >= clock.today()), None)
    facts = facts_of(complaint, stage=complaint.stage, received_on=issue.on)
    return keep(complaint, compose("new_issue", replace(facts, answer_by=answer_by, draft={**draft, "issue": issue.words})), by=by)


LINKS = {Step.RECEIVED: ("from", "cause"), Step.CAUSE_TIED: ("cause",), Step.ISSUE_DECIDED: ("complaint",), Step.VOICED: ("complaint",), Step.JOINED: ("with", "taken_in")}
"""What of an event names another complaint."""


def linked_ids(complaint: Complaint) -> list[int]:
    """The complaints that this one was made of or with, or that were made of it, or that it is joined with; in that order."""
    found: dict[int, None] = {}
    for one in complaint.happenings:
        for name in LINKS.get(one.step, ()):
            named = one.details.get(name) or []
            found |= dict.fromkeys(named if isinstance(named, list) else [named])
    return [number for number in found if number != complaint.id]


def same_cause(complaint: Complaint) -> list[int]:
    """All the complaints of several homes with one cause, this one among them; none where it stands alone (ruling 3).

    One person raised them at once, or staff said since that they have one cause.
    """
    said = [one.details["cause"] for one in complaint.happenings if one.step in (Step.RECEIVED, Step.CAUSE_TIED) and one.details.get("cause")]
    return list(said[-1]) if said else []
