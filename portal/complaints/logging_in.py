"""Complaints that reach somebody who works here: taken down for whoever phoned, wrote or called in (3.2, ruling 11)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete

from portal import clock, keyring
from portal.access import Viewer
from portal.complaints import references
from portal.complaints.casework import danger_told
from portal.complaints.challenges import end_codes
from portal.complaints.intake import raise_complaint
from portal.complaints.models import Complaint
from portal.complaints.noticing import NEW_CODE, tell
from portal.complaints.people import Visit
from portal.complaints.record import EventWords
from portal.complaints.recording import record, session_of
from portal.complaints.told import TakenDown, Told
from portal.db import Register
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def log_complaint(
    register: Register, told: Told, taken: TakenDown, *, danger: Mapping[str, Any] | None = None
) -> tuple[Complaint, str]:
    """Take a complaint down for a resident: the complaint, and its access code, which is kept nowhere.

    RuleBroken for a day to come, for a past day without who first heard it and why it is late (ruling 13), and for
    words of before the day they say they were first said.
    """
    if taken.is_late and not (taken.first_heard_by and taken.late_because):
        raise RuleBroken("5.12", N_("Say who first heard it, and why it was not logged that day."))
    if taken.first_expressed_on and taken.first_expressed_on > min(taken.received_on, clock.today()):
        raise RuleBroken("5.12", N_("They cannot have said it for the first time after the day we had it."))
    code = references.new_code()
    complaint = raise_complaint(register, told, code=code, taken=taken)
    if danger is not None:
        danger_told(complaint, danger, by=taken.by)
    return complaint, code


def late_words(complaint: Complaint) -> Mapping[str, Any]:
    """Of a complaint logged late: who first heard it, and why it was not logged that day; nothing of any other."""
    received = next((each for each in complaint.events if each.step == Step.RECEIVED), None)
    if received is None or not received.happening.details.get("logged_late"):
        return {}
    kept = session_of(complaint).get(EventWords, received.number)
    return kept.words if kept else {}


def give_code(complaint: Complaint, *, by: Viewer, checked: str) -> str:
    """A new access code for the resident, kept nowhere: the old one is dead, and its visits end (ruling 42).

    `checked` says how we know that it is them; where they can safely be reached they are told that there is a new one.
    """
    code, party = references.new_code(), complaint.resident
    party.code_lookup = keyring.ring().lookup(code)
    session_of(complaint).execute(delete(Visit).where(Visit.party_id == party.id))
    end_codes(session_of(complaint), party)
    record(complaint, Step.CODE_GIVEN, by=by, stage=complaint.stage, words={"checked": checked})
    tell(complaint, party, NEW_CODE, party.written_ways)
    return code


def first_code(complaint: Complaint, *, by: Viewer) -> str:
    """The access code of a complaint that was made of another and has none yet, asked for by the resident; kept nowhere.

    RuleBroken where it has one: that is given anew only by somebody who knows them (ruling 42).
    """
    party = next(each for each in complaint.parties if each.id == by.party_id)
    if party.code_lookup is not None:
        raise RuleBroken("5.12", N_("This complaint has its access code already. If you lost it, ring us."))
    code = references.new_code()
    party.code_lookup = keyring.ring().lookup(code)
    record(complaint, Step.CODE_GIVEN, by=by, stage=complaint.stage)
    tell(complaint, party, NEW_CODE, party.written_ways)
    return code
