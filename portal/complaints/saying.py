"""What a resident says of our answer: an offer taken or not, a promise that is not kept; on the page, or by phone (rulings 17, 23)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.files import NO_FILES, Enclosed, named_in, with_files
from portal.complaints.landlord import landlord_of
from portal.complaints.messages import words_of
from portal.complaints.models import Action, Complaint, Remedy
from portal.complaints.papers import Attachment, Contact
from portal.complaints.recording import calendar_of, edition_of, record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.steps import Step
from portal.rules.voice import open_disputes


def answer_offer(complaint: Complaint, remedy: Remedy, *, by: Viewer, takes: bool, said: Contact | None = None) -> None:
    """Take what was offered, or say that it is not wanted; neither ever bars stage 2, and either can be said again otherwise.

    Money that is taken is owed from then, by a day that they are told.

    `said` is the call or visit in which staff were told: it counts from that day, and a written confirmation goes (ruling 17).
    """
    step = Step.REMEDY_ACCEPTED if takes else Step.REMEDY_DECLINED
    on = said.happened_on if said else clock.today()
    pay_by = _pay_by(complaint, on) if takes and remedy.pence and not remedy.paid_on else None
    details = {"remedy": remedy.id} | by_contact(said) | ({"pay_by": pay_by.isoformat()} if pay_by else {})
    record(complaint, step, by=by, stage=remedy.stage, on=on, details=details)
    remedy.accepted_on, remedy.declined_on = (on, None) if takes else (None, on)
    if said:
        kinds = {kind.id: kind.label for kind in edition_of(complaint).remedy_kinds}
        draft = {"agreed": "accepted" if takes else "declined", "kind": kinds.get(remedy.kind, ""), "words": remedy.words, "pence": remedy.pence, "pay_by": pay_by}
        facts = facts_of(complaint, stage=remedy.stage, received_on=complaint.received_day)
        keep(complaint, compose("agreed", replace(facts, told_on=on, draft=draft)), by=by)


def _pay_by(complaint: Complaint, accepted_on: date) -> date:
    """The day by which we pay what they accept: so many working days as the landlord says."""
    register = session_of(complaint)
    return calendar_of(register, complaint.division).add(accepted_on, landlord_of(register).pay_within)


def by_contact(said: Contact | None) -> dict[str, Any]:
    """What an event says of the contact in which staff were told it; nothing where the resident did it themselves."""
    return {"contact": said.id} if said else {}


def dispute_action(complaint: Complaint, action: Action, words: str, *, by: Viewer, files: Enclosed = NO_FILES) -> None:
    """Say that what was promised is not done: it is owed again where we had said that it was, and staff see it (ruling 23)."""
    record(complaint, Step.ACTION_DISPUTED, by=by, stage=action.stage, details={"action": action.id} | with_files(complaint, files, by=by), words={"words": words})
    action.done_on = action.proof = None


@dataclass(frozen=True, slots=True)
class NotDone:
    """One time the resident said that something promised is not done, and whether nobody has seen to it since."""

    action: Action
    on: date
    words: str
    is_open: bool
    files: tuple[Attachment, ...] = ()


def disputes_of(complaint: Complaint) -> list[NotDone]:
    """Each time they said so, oldest first."""
    found = [one for one in complaint.happenings if one.step is Step.ACTION_DISPUTED]
    said, actions = words_of(complaint, found), {action.id: action for action in complaint.actions}
    still, newest = open_disputes(complaint.happenings), {one.details["action"]: one for one in found}
    return [
        NotDone(actions[id], one.on, said.get(one.number or 0, ""), is_open=id in still and newest[id] is one, files=named_in(complaint, one.details.get("files", ())))
        for one in found
        if (id := one.details["action"]) in actions
    ]
