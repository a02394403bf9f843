"""A panel that considers stage 2: arranged and told to the resident before it, then what came of it (3.6, 6.13, ruling 34)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.caring import keep_to
from portal.complaints.casework import assign
from portal.complaints.files import Arrived, attach_file
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter, Panel
from portal.complaints.people import Staff, other_accounts
from portal.complaints.promises import promise_action
from portal.complaints.recording import answer_due, record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.care import Way
from portal.rules.people import deciders, panel_waiting
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where a panel meets, and how the resident can take part, as they will read it."""

    on: date
    starts: str
    place: str
    taking_part: str


@dataclass(frozen=True, slots=True)
class Met:
    """What came of a panel: the day, which members came, who else, who came with the resident, what was said, its file."""

    on: date
    came: Sequence[Staff]
    minutes: str
    resident_came: bool
    others: str = ""
    accompanied_by: str = ""
    file: Arrived | None = None
    scanned: bool = False


def panels_of(complaint: Complaint) -> list[Panel]:
    """Every panel of a complaint, oldest first; nothing is asked of the register where there can be none."""
    return complaint.panels if complaint.stage > 1 else []


def next_panel(complaint: Complaint) -> Panel | None:
    """The panel that was arranged and has not met, or nothing."""
    waiting = panel_waiting(complaint.happenings, complaint.stage)
    return next((one for one in panels_of(complaint) if one.id == waiting), None)


def arrange_panel(complaint: Complaint, members: Sequence[Staff], meeting: Meeting, *, by: Viewer, interest: str, kept: Collection[str] = (), why_not: str = "") -> Letter:
    """Say who is on the panel and when it meets, and write to the resident; no date of theirs moves.

    Each member decides the stage with whoever has it. `kept` says to which of their wishes it keeps, `why_not` why not to the
    others (5.10). RuleBroken for anybody barred (6.13, 5.8), for a day gone by, and for a wish not kept without a reason.
    """
    before = next_panel(complaint)
    panel = _made(complaint, members, meeting, by=by, interest=interest)
    details = _who(complaint, panel, members) | {"meets": meeting.on.isoformat()}
    words = {"starts": meeting.starts, "place": meeting.place, "taking_part": meeting.taking_part, "interest": interest}
    record(complaint, Step.PANEL_ARRANGED, by=by, stage=panel.stage, details=details, words=words)
    keep_to(complaint, Way.PANEL, by=by, kept=kept, why=why_not, details={"panel": panel.id})
    complaint.version += 1
    return _tell(complaint, "panel", by=by, draft={
        "on": panel.meets_on, "starts": panel.starts, "place": panel.place, "taking_part": panel.taking_part,
        "members": _called(members), "instead_of": before.meets_on if before else None,
    })  # fmt: skip


def _made(complaint: Complaint, members: Sequence[Staff], meeting: Meeting, *, by: Viewer, interest: str) -> Panel:
    """The panel, each member of it deciding the stage."""
    for each in members:
        if each.id not in deciders(complaint.happenings, complaint.stage):
            assign(complaint, each, by=by, interest=interest, part="member")
    panel = Panel(
        stage=complaint.stage, meets_on=meeting.on, starts=meeting.starts, place=meeting.place, taking_part=meeting.taking_part,
        members=[each.id for each in members], came=[], arranged_by_id=by.staff_id or 0, arranged_at=clock.now(),
    )  # fmt: skip
    complaint.panels.append(panel)
    session_of(complaint).flush()
    return panel


def _who(complaint: Complaint, panel: Panel, members: Sequence[Staff]) -> dict[str, Any]:
    """What an event holds of a panel: its members, by every account they have."""
    accounts = sorted({one for each in members for one in other_accounts(session_of(complaint), each.id, complaint.began_at)})
    return {"panel": panel.id, "members": [each.id for each in members]} | ({"their_accounts": accounts} if accounts else {})


def _called(members: Sequence[Staff]) -> list[str]:
    return [f"{each.name}, {each.job_title}" for each in members]


def _tell(complaint: Complaint, kind: str, *, by: Viewer, draft: dict[str, Any]) -> Letter:
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    return keep(complaint, compose(kind, replace(facts, answer_by=answer_due(complaint), draft=draft)), by=by)


def call_off_panel(complaint: Complaint, *, by: Viewer, why: str) -> Letter:
    """Say that the panel that was arranged does not meet, and write to the resident why, in words they will read.

    Who decides the stage stays as it was, and no date moves. RuleBroken where no panel is to meet, and without a reason.
    """
    panel = next_panel(complaint)
    details = {"panel": panel.id, "meets": panel.meets_on.isoformat()} if panel else {}
    record(complaint, Step.PANEL_CALLED_OFF, by=by, stage=complaint.stage, details=details | {"reason": bool(why.strip())}, words={"reason": why})
    assert panel is not None, "record() lets no panel be called off where none is to meet"
    complaint.version += 1
    return _tell(complaint, "panel_off", by=by, draft={"on": panel.meets_on, "why": why, "has_passed": panel.meets_on < clock.today()})


def record_panel(complaint: Complaint, panel: Panel, met: Met, *, by: Viewer, actions: Sequence[Mapping[str, Any]] = ()) -> None:
    """Write down that a panel met: who came, who came with the resident, what was said; what it promised becomes actions.

    RuleBroken where it met already, for a day to come, and for a member who is barred by then.
    """
    if panel.id != panel_waiting(complaint.happenings, panel.stage):
        raise RuleBroken("5.12", N_("No panel was arranged that has not met already."))
    _write_down(complaint, panel, met, by=by, actions=actions)


def record_unarranged_panel(
    complaint: Complaint, met: Met, meeting: Meeting, *, by: Viewer, interest: str, actions: Sequence[Mapping[str, Any]] = ()
) -> Letter:
    """Write down a panel that met though it was never arranged here; the resident is told that it is on the record.

    `meeting.taking_part` is how the resident knew of it, or that nobody told them. Whoever was there decides the stage.
    RuleBroken without that, for a day to come or before the stage began, and for anybody barred.
    """
    panel = _made(complaint, met.came, replace(meeting, on=met.on), by=by, interest=interest)
    _write_down(complaint, panel, met, by=by, actions=actions, details={"unarranged": True, "told": bool(meeting.taking_part.strip())})
    return _tell(complaint, "panel_held", by=by, draft={
        "on": met.on, "members": _called(met.came), "others": [met.others] if met.others else [], "told": meeting.taking_part,
        "resident_came": met.resident_came, "accompanied_by": met.accompanied_by,
    })  # fmt: skip


def _write_down(
    complaint: Complaint, panel: Panel, met: Met, *, by: Viewer, actions: Sequence[Mapping[str, Any]], details: Mapping[str, Any] | None = None
) -> None:
    panel.met_on, panel.came, panel.resident_came = met.on, [each.id for each in met.came], met.resident_came
    panel.others, panel.accompanied_by, panel.minutes = met.others or None, met.accompanied_by or None, met.minutes
    panel.recorded_by_id, panel.recorded_at = by.staff_id, clock.now()
    if met.file:
        panel.file = attach_file(complaint, met.file, party_id=None, scanned=met.scanned)
    session_of(complaint).flush()
    said = {"others": met.others, "accompanied_by": met.accompanied_by, "minutes": met.minutes}
    record(complaint, Step.PANEL_HELD, by=by, stage=panel.stage, on=met.on, details=_who(complaint, panel, met.came) | dict(details or {}), words=said)
    for one in actions:
        promise_action(complaint, by=by, stage=panel.stage, what=one["what"], owner=one["owner"], due_on=one["due_on"])
    complaint.version += 1
