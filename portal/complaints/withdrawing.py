"""Withdrawn by the resident's own act, whole or by point, and taken up again: silence never does either (rulings 39, 40)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact, Letter
from portal.complaints.promises import still_owed
from portal.complaints.recording import calendar_of, edition_of, record, session_of
from portal.complaints.saying import by_contact
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.rules import deadlines
from portal.rules.deadlines import Deadline
from portal.rules.steps import Happening, Step

TOLD = {Step.ACKNOWLEDGED: "acknowledge_by", Step.RESPONDED: "answer_by"}


def withdraw(complaint: Complaint, *, by: Viewer, points: Iterable[str] = (), said: Contact | None = None) -> Letter:
    """Withdraw the whole complaint, or the points with these numbers. What was promised is still owed.

    `said` is the call or visit in which the resident told staff so; it counts from that day (ruling 17).
    """
    gone = sorted(points, key=int)
    stage = stage_for(complaint, gone)
    details = {"points": gone} | by_contact(said)
    record(complaint, Step.WITHDRAWN, by=by, stage=stage, on=said.happened_on if said else None, details=details)
    complaint.version += 1
    facts = replace(_facts(complaint, stage, gone, said), owed_before=still_owed(complaint))
    return keep(complaint, compose("withdrawal", facts), by=by)


def resume(complaint: Complaint, *, by: Viewer, points: Iterable[str] = (), said: Contact | None = None) -> Letter:
    """Take up again what was withdrawn: the same reference and day of receipt, and the date as the rules now give it.

    `said` is the call or visit in which the resident told staff so (ruling 17).
    """
    back = sorted(points, key=int)
    stage = stage_for(complaint, back)
    on = said.happened_on if said else clock.today()
    owed = _owed_if_resumed(complaint, stage, back, by, on)
    told = {TOLD[owed.step]: owed.due_on.isoformat()} if owed else {}
    record(complaint, Step.RESUMED, by=by, stage=stage, on=on, details={"points": back} | told | by_contact(said))
    complaint.version += 1
    facts = _facts(complaint, stage, back, said)
    if owed:
        facts = replace(facts, before_break=owed.before_break)
        is_answer = owed.step is Step.RESPONDED
        facts = replace(facts, answer_by=owed.due_on) if is_answer else replace(facts, acknowledge_by=owed.due_on)
    return keep(complaint, compose("resumption", facts), by=by)


def stage_for(complaint: Complaint, points: Iterable[str] = ()) -> int:
    """The stage at which it is done: points are those of the stage to be answered, the whole is wherever it stands."""
    return complaint.stage_for("response") if list(points) else complaint.stage


def _owed_if_resumed(complaint: Complaint, stage: int, points: list[str], by: Viewer, on: date) -> Deadline | None:
    """The next letter that will be owed; its date is told in the confirmation, and so never moves later (ruling 52)."""
    supposed = Happening(Step.RESUMED, stage, on, clock.now(), by.name, {"points": points})
    days = calendar_of(session_of(complaint), complaint.division)
    found = deadlines.deadlines([*complaint.happenings, supposed], edition_of(complaint), days)
    owed = [one for one in found if one.step in TOLD and one.stage == stage and not one.met_on and not one.overtaken]
    return min(owed, key=lambda one: one.due_on, default=None)


def _facts(complaint: Complaint, stage: int, points: list[str], said: Contact | None) -> Facts:
    definition = complaint.definition(stage) if points else None
    named = [{"text": point.words} for point in definition.points if str(point.number) in points] if definition else []
    facts = facts_of(complaint, stage=stage, received_on=complaint.received_day)
    return replace(facts, draft={"points": named}, told_on=said.happened_on if said else None)
