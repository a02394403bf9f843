"""What is owed after an answer: promised, given to somebody, put on a new day in the open, done with proof (6.6, 6.17, 7.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from portal.access import Viewer
from portal.complaints import queries
from portal.complaints.models import Action, Complaint
from portal.complaints.naming import roles_of, writer_of
from portal.complaints.papers import Letter
from portal.complaints.people import Staff
from portal.complaints.recording import record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.rules.reading import open_actions
from portal.rules.steps import Step


def promise_action(
    complaint: Complaint, *, by: Viewer, stage: int, what: str, owner: str, due_on: date, on: date | None = None
) -> Action:
    """Owe something: what, by whom, by when (7.3). It outlives the answer; a colleague named in full finds it on their list.

    `on` is the day it was promised, today unless said.
    """
    colleague = queries.staff_called(session_of(complaint), owner)
    action = Action(
        complaint_id=complaint.id, stage=stage, what=what, owner=owner, first_due_on=due_on, due_on=due_on,
        owner_id=colleague.id if colleague else None,
    )  # fmt: skip
    complaint.actions.append(action)
    session_of(complaint).flush()
    details: Mapping[str, object] = {"action": action.id, "due": due_on.isoformat()}
    record(complaint, Step.ACTION_PROMISED, by=by, stage=stage, on=on, details=details)
    return action


def give_action(complaint: Complaint, action: Action, *, by: Viewer, to: Staff) -> None:
    """Let somebody who works here do what is owed; the day it is owed by stays as it was."""
    details = {"action": action.id, "staff": to.id}
    record(complaint, Step.ACTION_GIVEN, by=by, stage=action.stage, details=details)
    action.owner, action.owner_id = to.name, to.id


def redate_action(complaint: Complaint, action: Action, *, by: Viewer, due_on: date, reason: str) -> Letter:
    """Put what is owed on a new day, in the open: the first day stays broken, and the resident is told why (ruling 23)."""
    was_due = action.due_on
    details = {"action": action.id, "due": due_on.isoformat(), "reason": bool(reason)}
    record(complaint, Step.ACTION_REDATED, by=by, stage=action.stage, details=details, words={"reason": reason})
    action.due_on = due_on
    draft = {"reason": reason, "actions": [as_written(action)]}
    facts = replace(_facts(complaint, action), draft=draft, was_due=was_due)
    return keep(complaint, compose("action_redated", facts), by=by)


def tell_missed(complaint: Complaint, actions: Sequence[Action], *, by: Viewer) -> Letter:
    """Tell the resident, the day after, that what was promised them was not done by its day (7.3, ruling 23)."""
    facts = _facts(complaint, actions[0]).with_draft({"actions": [as_written(action) for action in actions]})
    return keep(complaint, compose("action_missed", facts), by=by)


def complete_action(complaint: Complaint, action: Action, *, by: Viewer, on: date, proof: str) -> Letter:
    """Say that something owed was done, on what day, and how we know; a dated statement is enough (ruling 23)."""
    record_done(complaint, action, by=by, on=on, proof=proof)
    draft = {"what": action.what, "done_on": on, "proof": proof}
    facts = replace(_facts(complaint, action), draft=draft, was_due=action.first_due_on, owed_before=still_owed(complaint))
    return keep(complaint, compose("action_done", facts), by=by)


def record_done(complaint: Complaint, action: Action, *, by: Viewer, on: date, proof: str) -> None:
    """Record that it was done, without a letter."""
    record(
        complaint, Step.ACTION_DONE, by=by, stage=action.stage, on=on, details={"action": action.id},
        words={"proof": proof},
    )  # fmt: skip
    action.done_on, action.proof = on, proof


def _facts(complaint: Complaint, action: Action) -> Facts:
    """Whoever has the complaint now signs, who may not be whoever promised it."""
    facts = facts_of(complaint, stage=action.stage, received_on=complaint.received_on)
    return replace(facts, writer=writer_of(complaint, complaint.handler) or facts.writer)


def still_owed(complaint: Complaint) -> list[dict[str, Any]]:
    """What was promised and is not done, as letters read it."""
    still, roles = open_actions(complaint.happenings), roles_of(complaint)
    return [as_written(action) | {"owner": roles.get(action.owner, action.owner)} for action in complaint.actions if action.id in still]


def as_written(action: Action) -> dict[str, Any]:
    """Something owed in the shape that letters read it."""
    return {"what": action.what, "owner": action.owner, "due_on": action.due_on.isoformat()}
