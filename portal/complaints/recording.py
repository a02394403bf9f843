"""record(): the one function that appends an event and refreshes what is worked out from the history."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, inspect, select

from portal import clock
from portal.access import Viewer
from portal.complaints import calendar, events
from portal.complaints.models import Complaint
from portal.complaints.people import other_accounts
from portal.complaints.settings import ExtraHoliday
from portal.db import Register
from portal.rules import deadlines, editions, history
from portal.rules.completing import lacking
from portal.rules.deadlines import Deadline
from portal.rules.editions.model import Edition
from portal.rules.endings import refusal
from portal.rules.reading import beginning, last
from portal.rules.standing import ABOUT_THE_ANSWER
from portal.rules.steps import Happening, Step
from portal.rules.voice import waiting_since
from portal.rules.working_days import Calendar

ADDED = select(ExtraHoliday.day, ExtraHoliday.name).where(ExtraHoliday.division == bindparam("division"))


def edition_of(complaint: Complaint) -> Edition:
    """The edition of the Code the complaint is handled under; each stage has the one in force when it began (ruling 33)."""
    first = editions.edition(complaint.edition)
    if first.until is None:
        return first
    later = beginning(complaint.happenings, first.first_stages[0] + 1)
    return editions.by_stage(first, later.on if later else None)


def calendar_of(register: Register, division: str) -> Calendar:
    """The working-day calendar of a division, with the days a manager added; read once a session."""
    known: dict[str, Calendar] = register.info.setdefault("calendars", {})
    if division not in known:
        added = register.execute(ADDED, {"division": division})
        known[division] = calendar.calendar(division, {row.day: row.name for row in added})
    return known[division]


def session_of(complaint: Complaint) -> Register:
    """The session a complaint was read in."""
    session = inspect(complaint).session
    assert isinstance(session, Register)
    return session


def deadlines_of(complaint: Complaint) -> list[Deadline]:
    """Every deadline of a complaint, met or not, with its working."""
    days = calendar_of(session_of(complaint), complaint.division)
    return complaint.once("deadlines", lambda: deadlines.deadlines(complaint.happenings, edition_of(complaint), days))


def answer_due(complaint: Complaint) -> date | None:
    """The day the answer of the stage it is at is due, while that has not gone by."""
    owed = (one for one in deadlines_of(complaint) if one.step is Step.RESPONDED and one.stage == complaint.stage and not one.met_on)
    return next((one.due_on for one in owed if not one.overtaken and one.due_on >= clock.today()), None)


def acknowledge_by(complaint: Complaint, stage: int, began: date) -> dict[str, str]:
    """What an event says of the date its receipt tells, so that the date never moves later (ruling 52)."""
    edition = edition_of(complaint)
    found = edition.find_stage(stage)
    if found is None or found.acknowledge is None:
        return {}
    days = calendar_of(session_of(complaint), complaint.division)
    return {"acknowledge_by": days.add(began, found.acknowledge.working_days, edition.start_day).isoformat()}


def allowed_steps(complaint: Complaint, by: Viewer, among: Iterable[Step] = Step) -> frozenset[Step]:
    """What of these may happen next, if this viewer did it today: the same table that record() obeys."""
    days, edition = calendar_of(session_of(complaint), complaint.division), edition_of(complaint)

    def at(stage: int | None) -> frozenset[Step]:
        return history.allowed_steps(
            complaint.happenings, edition, days, on=clock.today(), by=by.name, stage=stage, among=among
        )

    answered_at, corrected_at = complaint.stage_for("response"), complaint.stage_for("correction")
    if answered_at == corrected_at == complaint.stage or not complaint.stage:
        return at(None)
    correcting = at(corrected_at) & {Step.ANSWER_CORRECTED} if corrected_at else frozenset()
    return at(None) - ABOUT_THE_ANSWER - {Step.ANSWER_CORRECTED} | at(answered_at) & ABOUT_THE_ANSWER | correcting


def record(
    complaint: Complaint,
    step: Step,
    *,
    by: Viewer,
    stage: int | None = None,
    on: date | None = None,
    details: Mapping[str, Any] | None = None,
    words: dict[str, Any] | None = None,
) -> None:
    """Let something happen to a complaint, or raise RuleBroken: the event, its words, and the columns worked out.

    `on` is the day it happened, today unless said; `details` hold nothing personal, `words` may.
    """
    said = {**(details or {}), **_accounts(complaint, step, by), **_for_whom(complaint, step, by)}
    happening = Happening(step, stage, on or clock.today(), clock.now(), by.name, said)
    days = calendar_of(session_of(complaint), complaint.division)
    history.check_step(complaint.happenings, happening, edition_of(complaint), days)
    events.append(complaint, happening, words or {})
    refresh(complaint)


ABOUT_THEMSELVES = frozenset({Step.CONTACT_CHANGED, Step.LANGUAGE_CHOSEN, Step.CALL_ASKED})
"""What whoever acts for a resident does about themselves alone: how and in what language they are reached, and that it is them."""


def _for_whom(complaint: Complaint, step: Step, by: Viewer) -> dict[str, int]:
    """The resident for whom it was done, where somebody did it who acts for them (rulings 5, 7); or that it is about that party."""
    acts = by.party_id is not None and any(each.id == by.party_id and each.part == "representative" for each in complaint.parties)
    if acts and by.party_id and step in ABOUT_THEMSELVES:
        return {"party": by.party_id}
    return {"for": complaint.resident.id} if acts else {}


CHOOSING = frozenset({Step.ASSIGNED, Step.RESPONDED, Step.PART_ANSWERED, Step.ANSWER_CORRECTED, Step.REFUSED, Step.CONFLICT_DECIDED})


def _accounts(complaint: Complaint, step: Step, by: Viewer) -> dict[str, list[str]]:
    """The other accounts of whoever considers a stage or chooses who does: the bar follows the person (ruling 34)."""
    if step not in CHOOSING or by.staff_id is None:
        return {}
    others = other_accounts(session_of(complaint), by.staff_id, complaint.began_at)
    return {"accounts": others} if others else {}


def refresh(complaint: Complaint) -> None:
    """Work out the columns that make the queue fast. Nothing else writes them, and nothing counted rests on them."""
    past, days = complaint.happenings, calendar_of(session_of(complaint), complaint.division)
    erased = last(past, Step.ERASED)
    owed = None if erased else deadlines.next_deadline(past, edition_of(complaint), days)
    complaint.stage = history.stage_of(past)
    complaint.next_step = _owed_step(past, owed, edition_of(complaint))
    complaint.next_stage = owed.stage if owed else None
    complaint.next_due = owed.due_on if owed else None
    complaint.danger_rank = 0 if history.in_danger(past) and not erased else 1
    complaint.handler_id = history.handler_at(past, history.stage_to_answer(past))
    complaint.answered_on = history.answered_on(past)
    complaint.all_done_on = history.all_done_on(past)
    complaint.waiting_since = None if erased else waiting_since(past)
    complaint.erased_on = erased.on if erased else None


def _owed_step(past: list[Happening], owed: Deadline | None, edition: Edition) -> str | None:
    """What is owed: the step itself, or only the sending of a letter already written (ruling 14)."""
    if owed is None:
        return None
    refused = owed.step is Step.ACKNOWLEDGED and refusal(past, owed.stage) is not None
    written = refused or any(h.step is owed.step and h.stage == owed.stage for h in past)
    if owed.step is Step.UPDATED:
        written = any(h.step is Step.UPDATED and h.stage == owed.stage and h.on > owed.from_on for h in past)
    if owed.step is Step.COMPLETED:
        written = not lacking(past, edition)
    sent_by_letter = (Step.ACKNOWLEDGED, Step.RESPONDED, Step.UPDATED, Step.COMPLETED)
    return Step.ISSUED if written and owed.step in sent_by_letter else owed.step
