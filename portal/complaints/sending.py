"""A letter is a record before it is a delivery: written in the transaction, issued to each recipient afterwards."""

import secrets
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import object_session

from portal import clock, keyring
from portal.access import MACHINE, Viewer
from portal.complaints.caring import forms_of
from portal.complaints.challenges import Challenge
from portal.complaints.events import letter_hash
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.naming import roles_of, see_no_name, writer_of
from portal.complaints.notices import Notice
from portal.complaints.papers import ContractorQuestion, Issue, Letter, Outbox
from portal.complaints.people import Party, Staff
from portal.complaints.recording import record, session_of
from portal.complaints.references import groups
from portal.db import Register
from portal.letters.facts import Facts
from portal.letters.structure import Composed, as_text
from portal.rules import history
from portal.rules.steps import Step

WAITING, ISSUED, FAILED, STOPPED = "waiting", "issued", "failed", "stopped"


def facts_of(complaint: Complaint, *, stage: int, received_on: date) -> Facts:
    """What every letter of a complaint starts from: to whom, from whom, today."""
    register, party = session_of(complaint), complaint.addressee
    handler_id = history.handler_at(complaint.happenings, stage)
    handler = register.get(Staff, handler_id) if handler_id else None
    return Facts(
        landlord=landlord_of(register).in_letters,
        language=complaint.letters_in,
        reference=" ".join(groups(complaint.reference)),
        stage=stage,
        name="" if party.person.died_on else party.name,
        estate_of=complaint.resident.name if party is not complaint.resident or party.person.died_on else "",
        written_on=clock.today(),
        received_on=received_on,
        writer=writer_of(complaint, handler),
        known_as=roles_of(complaint),
        words=complaint.words,
        partly_refused=history.is_partly_refused(complaint.happenings, stage),
    )


def keep(
    complaint: Complaint, composed: Composed, *, by: Viewer, supersedes: Letter | None = None, to: Party | None = None
) -> Letter:
    """Keep a letter exactly as it will be sent, with one issue for each way it goes, and queue what the worker sends.

    `supersedes` is the letter whose place it takes; both are kept (ruling 27). `to` is who gets it where that is not the resident.
    """
    if by.is_staff:
        see_no_name(complaint, [as_text(composed.body())])
    letter = Letter(
        complaint_id=complaint.id,
        number=len(complaint.letters) + 1,
        kind=composed.kind,
        stage=composed.stage,
        language=composed.language,
        body=composed.body(),
        written_on=clock.today(),
        written_at=clock.now(),
        written_by=by.name,
        supersedes_id=supersedes.id if supersedes else None,
    )
    complaint.letters.append(letter)
    issue_to(complaint, letter, to or complaint.addressee)
    return letter


def issue_to(complaint: Complaint, letter: Letter, party: Party) -> None:
    """Let a letter go to a party, each way it goes, in the form they asked for; to nobody who has died: it is kept (ruling 4)."""
    register = session_of(complaint)
    for channel, form, usable in forms_of(complaint, letter, party, ways_of(party)):
        again = 1 if form == "other_format" else 0
        issue = Issue(letter=letter, party=party, channel=channel, state=WAITING, usable=usable, form=form, again=again)
        register.add(issue)
        if party.person.died_on:
            mark_failed(issue)
        elif channel == "email":
            queue_mail(register, "letter", complaint=complaint, issue=issue)
        elif channel == "page":
            mark_issued(complaint, issue, by=MACHINE)
    register.flush()


def ways_of(party: Party) -> list[str]:
    """How a letter goes to a party: each written way they said is safe, or its page alone (rulings 14 and 54)."""
    chosen = [channel for channel in party.channels if channel in ("email", "post")]
    return chosen or ["page"]


def mark_issued(complaint: Complaint, issue: Issue, *, by: Viewer, on: date | None = None) -> None:
    """The letter has gone: the mail server took it, somebody posted it, or its page is there (ruling 14).

    What it said is vouched for from now on: its hash is among the words of the event.
    """
    issue.state, issue.issued_at, issue.issued_on = ISSUED, clock.now(), on or clock.today()
    letter = issue.letter
    details = {"letter": letter.number, "kind": letter.kind, "channel": issue.channel, "usable": issue.usable} | ({"again": issue.again} if issue.again else {})
    record(complaint, Step.ISSUED, by=by, stage=letter.stage, on=on, details=details, words={"letter_hash": letter_hash(letter)})


def mark_failed(issue: Issue) -> None:
    """The letter did not go: not issued, and somebody has to find another way (ruling 14)."""
    issue.state = FAILED


def queue_mail(
    register: Register,
    kind: str,
    *,
    complaint: Complaint | None = None,
    issue: Issue | None = None,
    staff_id: int | None = None,
    challenge: Challenge | None = None,
    notice: Notice | None = None,
    question: ContractorQuestion | None = None,
) -> Outbox:
    """Queue one message; it keeps this one identity however often it is tried."""
    row = Outbox(
        message_id=new_message_id(register.info.get("base_url", "")),
        kind=kind,
        complaint_id=complaint.id if complaint else None,
        issue=issue,
        staff_id=staff_id,
        challenge=challenge,
        notice=notice,
        question=question,
        queued_at=clock.now(),
        due_at=clock.now(),
        tries=0,
        fence=0,
        sent_to=addressed(issue.party.email) if issue and issue.party.email else None,
    )
    register.add(row)
    return row


def addressed(email: str) -> str:
    """An address as it is counted: a keyed hash of the mailbox, however it is spelt or tagged. It cannot be read back."""
    mailbox, _at, host = email.strip().casefold().rpartition("@")
    return keyring.ring().lookup(f"mail {mailbox.partition('+')[0]}@{host}")


def new_message_id(base_url: str) -> str:
    """What one message is known by for ever; it bears the name of the portal's own host."""
    return f"<{secrets.token_hex(16)}@{urlsplit(base_url).hostname or 'localhost'}>"


def forget_queued(issue: Issue, *, trouble: str | None = None) -> None:
    """Take a message out of the outbox, so that it is not sent: it went some other way, or (with `trouble`) may go none."""
    register = object_session(issue)
    assert register is not None
    for row in register.scalars(select(Outbox).where(Outbox.issue_id == issue.id, Outbox.done_at.is_(None))):
        row.done_at, row.outcome, row.trouble = clock.now(), "not sent" if trouble else "elsewhere", trouble or row.trouble
