"""Taking a complaint in: the draft as it is written, danger at once, and the one press that sends it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from portal import clock, keyring
from portal.access import Role, Viewer
from portal.complaints import queries, references
from portal.complaints.disclosing import disclose
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import DangerAlert, Draft
from portal.complaints.people import Adjustment, Home, Part, Party, Person
from portal.complaints.recording import acknowledge_by, calendar_of, deadlines_of, record
from portal.complaints.representing import name_representative, tell_of_representative
from portal.complaints.searching import make_findable
from portal.complaints.sending import facts_of, keep
from portal.complaints.told import TakenDown, Told
from portal.complaints.wishes import WANTED, whole
from portal.db import Register
from portal.letters.compose import compose
from portal.rules import editions
from portal.rules.steps import Step


def begin_draft(register: Register, *, language: str) -> tuple[Draft, str]:
    """A complaint begun in a browser: the draft, with its access code already in it, and the token of its cookie."""
    token, code = secrets.token_urlsafe(24), references.new_code()
    now = clock.now()
    draft = Draft(
        token_lookup=keyring.ring().lookup(token),
        code=code,
        code_lookup=keyring.ring().lookup(code),
        answers={},
        language=language,
        begun_at=now,
        saved_at=now,
    )
    register.add(draft)
    register.flush()
    return draft, token


def save_draft(draft: Draft, question: str, answer: Mapping[str, Any]) -> None:
    """Keep the answer to one question; the others stay as they were."""
    draft.answers = {**draft.answers, question: dict(answer)}
    draft.saved_at = clock.now()


def resume_draft(draft: Draft) -> str:
    """Carry on in another browser: the token of its cookie. The browser before it no longer opens the draft."""
    token = secrets.token_urlsafe(24)
    draft.token_lookup = keyring.ring().lookup(token)
    return token


def forget_draft(draft: Draft) -> None:
    """The session has ended: a draft that was sent keeps neither its answers nor the access code (decision 23)."""
    if draft.complaint_id is not None:
        draft.answers, draft.code = {}, ""
        draft.token_lookup = keyring.ring().lookup(secrets.token_urlsafe(24))


def raise_danger(register: Register, draft: Draft, told: Mapping[str, Any]) -> DangerAlert:
    """Keep that somebody may be in danger, at once, apart from the complaint (ruling 15). Said again, it replaces."""
    alert = register.query(DangerAlert).filter_by(draft_id=draft.id, handed_over_at=None).one_or_none()
    if alert is None:
        alert = DangerAlert(draft_id=draft.id, told=dict(told), raised_at=clock.now())
        register.add(alert)
    else:
        alert.told = dict(told)
    return alert


def raise_complaint(
    register: Register, told: Told, *, draft: Draft | None = None, code: str | None = None, taken: TakenDown | None = None,
    of: tuple[Complaint, int] | None = None,
) -> Complaint:
    """Receive a complaint: the resident's words, party and home, the receipt, and the clock, all at once.

    Received is the landlord's calendar day it is now, whatever the hour, or the day that whoever took it down says.
    The access code is the draft's, or `code`. `of` is another complaint and the number of the new issue raised on it that
    this one is made of, or 0 where it is the whole of it: the person is then the same, and there is no code until one is asked for.
    """
    complaint = _new_complaint(register, told, taken)
    _receive(register, complaint, told, draft=draft, code=code or references.new_code(), taken=taken, of=of)
    return complaint


def raise_several(register: Register, told: Sequence[Told], *, draft: Draft) -> list[Complaint]:
    """Receive one complaint for each home of one cause, all or none: each with its own reference, clock and parties (ruling 3).

    Whoever told of them is one person in all of them; the access code, the files and any alert of the draft go with the
    first. Only the record ties them together: nothing of one is shown or written to the resident of another.
    """
    made = [_new_complaint(register, each, None) for each in told]
    cause = [complaint.id for complaint in made] if len(made) > 1 else []
    _receive(register, made[0], told[0], draft=draft, cause=cause)
    teller = made[0].parties[-1].person
    for complaint, each in zip(made[1:], told[1:], strict=True):
        _receive(register, complaint, each, cause=cause, teller=teller)
    return made


def _receive(
    register: Register, complaint: Complaint, told: Told, *, draft: Draft | None = None, code: str | None = None,
    taken: TakenDown | None = None, of: tuple[Complaint, int] | None = None, cause: Sequence[int] = (), teller: Person | None = None,
) -> None:  # fmt: skip
    """Everything that comes with a complaint, once its row is there: parties, the first event, the receipt."""
    code = draft.code if draft else code
    party = _same_party(register, complaint, of[0]) if of else _party(register, complaint, told, None if told.acting else code)
    if told.acting:
        party = name_representative(complaint, told.acting, code=code, language=told.language, person=teller)
    make_findable(complaint)
    sender = taken.by if taken else Viewer(Role.PARTY, party_id=party.id, complaint_id=complaint.id)
    before, stage = taken.brought_in if taken else "", taken.again.stage if taken else 1
    details: dict[str, Any] = {"channel": told.channel}
    details |= {"brought_in": before} if before else acknowledge_by(complaint, stage, complaint.received_on)
    late_words = taken.late_words if taken else {}
    details |= {"logged_late": True} if late_words else {}
    details |= {"ring_by": _ring_by(register, complaint)} if told.ring else {}
    details |= taken.again.details | (taken.directed.details if taken.directed else {}) if taken else {}
    details |= {"from": of[0].id} | ({"issue": of[1]} if of[1] else {}) if of else {}
    details |= {"cause": list(cause)} if cause else {}
    words = {"words": told.words} | late_words
    record(complaint, Step.RECEIVED, by=sender, stage=stage, on=complaint.received_on, details=details, words=words)
    if told.disability.get("words"):
        # Only the resident agrees to have it carried; nobody does it for them (ruling 8).
        disclose(complaint, told.disability["words"], by=sender, carried=told.disability.get("carry") == "yes" and not told.acting)
    if draft is not None:
        _carry_over(register, complaint, party, draft, sender)
    if not before:
        _send_receipt(complaint, sender)
    if told.acting:
        tell_of_representative(complaint, party, by=sender, can_show=told.acting.can_show)


def _ring_by(register: Register, complaint: Complaint) -> str:
    """The day by which we ring somebody who asked us to: so many working days as the landlord says."""
    days = calendar_of(register, complaint.division)
    return days.add(complaint.received_on, landlord_of(register).ring_back_within).isoformat()


def _new_complaint(register: Register, told: Told, taken: TakenDown | None) -> Complaint:
    received_on = taken.received_on if taken else clock.today()
    complaint = Complaint(
        reference=_unused_reference(register),
        edition=editions.in_force(received_on).id,
        division=landlord_of(register).division,
        received_on=received_on,
        first_expressed_on=taken.first_expressed_on if taken else None,
        channel=told.channel,
        words=told.words,
        when_words=told.when_words,
        wanted=dict(told.wanted),
        language=told.language,
        relationship_to_landlord=told.relationship,
        home=Home(kind=told.home_kind, address=told.address),
        logged_by_id=taken.by.staff_id if taken else None,
        version=1,
        stage=0,
        danger_rank=1,
    )
    register.add(complaint)
    register.flush()
    for name in ("events", "parties", "letters"):
        # It is a moment old, so there are none to ask for.
        set_committed_value(complaint, name, [])
    return complaint


def _unused_reference(register: Register) -> str:
    while True:
        reference = references.new_reference()
        if not queries.is_reference_used(register, reference):
            return reference


def _party(register: Register, complaint: Complaint, told: Told, code: str | None) -> Party:
    safe = told.safe_contact
    now = clock.now()
    person = Person(
        name=told.name, language=told.language, email=safe.get("email") or None, phone=safe.get("phone") or None,
        post=safe.get("post") or None, safe_contact=dict(safe), known_since=now,
    )  # fmt: skip
    if any(told.adjustments.get(name) for name in ("kinds", "words", "print_size", "braille")):
        asked = Adjustment(
            complaint_id=complaint.id, wish=whole(told.adjustments), decision="asked", asked_on=clock.today()
        )
        person.adjustments.append(asked)
    party = Party(
        person=person, part=Part.RESIDENT, name_as_given=told.name, home_as_given=told.address,
        code_lookup=keyring.ring().lookup(code) if code else None, scope="decide", since=now,
    )  # fmt: skip
    complaint.parties.append(party)
    register.flush()
    return party


def _same_party(register: Register, complaint: Complaint, other: Complaint) -> Party:
    """The resident of another complaint, as they stand in it: the same person, matched or not, reached in the same ways."""
    before = other.resident
    party = Party(
        person=before.person, part=Part.RESIDENT, name_as_given=before.name_as_given, home_as_given=before.home_as_given,
        matched_at=before.matched_at, matched_by_id=before.matched_by_id, scope=before.scope, since=clock.now(),
        given_contact=before.given_contact,
    )  # fmt: skip
    complaint.parties.append(party)
    register.flush()
    return party


def _carry_over(register: Register, complaint: Complaint, party: Party, draft: Draft, sender: Viewer) -> None:
    """What was added to the draft goes with the complaint: its files, and any alert nobody has taken up yet."""
    draft.complaint_id, draft.saved_at = complaint.id, clock.now()
    for file in draft.files:
        file.complaint_id, file.party_id = complaint.id, party.id
    for alert in queries.alerts_of_draft(register, draft):
        alert.complaint_id = complaint.id
        if alert.handed_over_at is None:
            record(complaint, Step.DANGER_TOLD, by=sender, stage=1, details={"alert": alert.id})


def _send_receipt(complaint: Complaint, sender: Viewer) -> None:
    owed = next(d for d in deadlines_of(complaint) if d.step is Step.ACKNOWLEDGED)
    chosen = [WANTED[kind] for kind in complaint.wanted.get("kinds", ()) if kind in WANTED]
    facts = replace(
        facts_of(complaint, stage=complaint.stage, received_on=complaint.received_on), acknowledge_by=owed.due_on,
        draft={"when": complaint.when_words, "wanted": chosen, "wanted_words": complaint.wanted.get("words") or "", "again": complaint.stage > 1},
    )
    keep(complaint, compose("receipt", facts), by=sender)
