"""What staff do with a complaint besides writing its letters: danger, triage, assigning."""

from collections.abc import Mapping
from dataclasses import replace

from portal import clock
from portal.access import AT_WORK, READERS, Role, Viewer
from portal.complaints.models import Complaint, StagePerson
from portal.complaints.naming import writer_of
from portal.complaints.papers import DangerAlert
from portal.complaints.people import Staff, other_accounts
from portal.complaints.recording import answer_due, record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.people import LEADING, last_given
from portal.rules.reading import CONSIDERING, first
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def hand_over_danger(alert: DangerAlert, complaint: Complaint | None, *, by: Viewer, to: str) -> None:
    """Record who has taken up a danger that was told, and who handed it over (ruling 15). RuleBroken the second time."""
    if alert.handed_over_at is not None:
        raise RuleBroken("5.12", N_("Somebody has written down already who has this. It is %(who)s."), {"who": alert.handed_over_to})
    alert.handed_over_to, alert.handed_over_at, alert.handed_over_by_id = to, clock.now(), by.staff_id
    if complaint is not None:
        record(
            complaint, Step.DANGER_HANDED_OVER, by=by, stage=complaint.stage, details={"alert": alert.id},
            words={"to": to},
        )  # fmt: skip


def danger_told(complaint: Complaint, told: Mapping[str, object], *, by: Viewer) -> DangerAlert:
    """Keep that somebody on this complaint may be in danger; it goes to the top of the queue (ruling 15)."""
    register = session_of(complaint)
    alert = DangerAlert(complaint_id=complaint.id, told=dict(told), raised_at=clock.now())
    register.add(alert)
    register.flush()
    record(complaint, Step.DANGER_TOLD, by=by, stage=complaint.stage, details={"alert": alert.id})
    return alert


def triage(
    complaint: Complaint, *, by: Viewer, complexity: str, vulnerability: str, risk: str, words: str, service_id: int | None
) -> None:
    """Record what was weighed: complexity, vulnerability and risk (6.1), and which service it is about."""
    weighed = {"complexity": complexity, "vulnerability": vulnerability, "risk": risk}
    record(complaint, Step.TRIAGED, by=by, stage=complaint.stage, details=weighed, words={"words": words})
    complaint.service_id = service_id


def may_be_given(staff: Staff, part: str) -> bool:
    """Whether somebody's roles let them have this part: to consider a stage they read any complaint; to say what they know they work on some."""
    return bool(set(READERS if part in CONSIDERING else (*AT_WORK, *READERS, Role.LIAISON)) & set(staff.roles))


def assign(complaint: Complaint, staff: Staff, *, by: Viewer, interest: str, part: str = "decider") -> None:
    """Give somebody the stage, or another part in it, with any interest they declared; refused for anyone barred (6.13).

    A resident who was told who has it is told that somebody new does (ruling 38). RuleBroken, too, for somebody whose roles do not
    let them read complaints: nobody considers what they may not open.
    """
    if not may_be_given(staff, part):
        raise RuleBroken("5.12", N_("%(name)s may not read complaints, so they cannot be given a part in one."), {"name": staff.name})
    before, others = last_given(complaint.happenings, complaint.stage), other_accounts(session_of(complaint), staff.id, complaint.began_at)
    details = {"staff": staff.id, "part": part} | ({"their_accounts": others} if others else {})
    record(complaint, Step.ASSIGNED, by=by, stage=complaint.stage, details=details, words={"interest": interest})
    complaint.people.append(
        StagePerson(
            complaint_id=complaint.id, stage=complaint.stage, staff_id=staff.id, part=part, interest=interest,
            since=clock.now(),
        )
    )  # fmt: skip
    complaint.version += 1
    if part in LEADING and before not in (None, staff.id) and _knows_who(complaint):
        _tell_change(complaint, before, by=by)


def _knows_who(complaint: Complaint) -> bool:
    """Whether the resident was told who has it: on their page, once matched, or in the acknowledgement."""
    return complaint.resident.is_matched or first(complaint.happenings, Step.ACKNOWLEDGED, complaint.stage) is not None


def _tell_change(complaint: Complaint, before: int | None, *, by: Viewer) -> None:
    left = session_of(complaint).get(Staff, before)
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    signed = writer_of(complaint, left)
    draft = {"before": signed.called if signed else ""}
    keep(complaint, compose("handler_changed", replace(facts, answer_by=answer_due(complaint), draft=draft)), by=by)
