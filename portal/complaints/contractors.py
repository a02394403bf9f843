"""One question to a contractor, by a link that opens it once and in one browser; the answer is kept as evidence (B8).

Whoever holds the link sees the question and what of the resident we chose to tell them, and nothing else of the complaint.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from portal import clock, keyring
from portal.access import Viewer
from portal.complaints.landlord import landlord_of
from portal.complaints.machine import locked_complaint
from portal.complaints.models import Complaint
from portal.complaints.papers import ContractorQuestion, Evidence, Outbox
from portal.complaints.recording import allowed_steps, record, session_of
from portal.complaints.sending import queue_mail
from portal.db import Register
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

NAME, HOME = "name", "home"
"""What of the resident can be told: nothing, unless it is chosen."""

QUESTION, ANSWERED = "question", "answered"
"""The kinds of message: to the contractor, and to whoever asked them."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as staff wrote it: to whom, where its link goes by mail ("" where they hand it over), and what of the resident it tells."""

    words: str
    who: str
    email: str = ""
    tells: Collection[str] = ()


def new_link() -> str:
    """What a link carries after its #, which no server is told: 192 random bits, kept as a keyed hash alone."""
    return secrets.token_urlsafe(24)


def ask_contractor(complaint: Complaint, asking: Asking, link: str, *, by: Viewer) -> ContractorQuestion:
    """Ask one question; its link goes by mail, or is handed over. It opens for as many days as the landlord says."""
    register, now, party = session_of(complaint), clock.now(), complaint.resident
    told = {NAME: party.name, HOME: party.home_as_given}
    question = ContractorQuestion(
        complaint_id=complaint.id, words=asking.words, told={name: told[name] for name in asking.tells if name in told}, who=asking.who,
        email=asking.email or None, asked_by_id=by.staff_id or 0, asked_at=now, link_lookup=keyring.ring().lookup(link),
        expires_at=now + timedelta(days=landlord_of(register).question_open_for), message={"link": link} if asking.email else None,
    )  # fmt: skip
    complaint.questions.append(question)
    register.flush()
    details = {"question": question.id, "told": sorted(question.told)}
    record(complaint, Step.CONTRACTOR_ASKED, by=by, stage=complaint.stage, details=details, words={"words": asking.words, "who": asking.who})
    if asking.email:
        queue_mail(register, QUESTION, question=question)
    return question


def end_question(complaint: Complaint, question: ContractorQuestion, *, by: Viewer) -> None:
    """Take a question back: its link opens nothing from now on. RuleBroken where it was answered, or is over already."""
    if not question.is_live:
        raise RuleBroken("5.12", N_("This question was answered, or its link is over already."))
    question.ended_at, question.message = clock.now(), None
    record(complaint, Step.CONTRACTOR_LINK_ENDED, by=by, stage=complaint.stage, details={"question": question.id})


def of_browser(register: Register, token: str | None) -> ContractorQuestion | None:
    """The question that this browser opened, whatever has become of it; None where it opened none."""
    wanted = select(ContractorQuestion).where(ContractorQuestion.browser_lookup == keyring.ring().lookup(token or ""))
    return register.scalar(wanted) if token else None


def of_complaint(register: Register, complaint: Complaint, question_id: int) -> ContractorQuestion | None:
    """A question about this complaint, reached only through it."""
    wanted = select(ContractorQuestion).where(ContractorQuestion.complaint_id == complaint.id, ContractorQuestion.id == question_id)
    return register.scalar(wanted)


def mail_of(register: Register, question: ContractorQuestion) -> Outbox | None:
    """The message that carries its link, gone or not; None where it was handed over."""
    return register.scalar(select(Outbox).where(Outbox.question_id == question.id))


def open_question(register: Register, link: str, token: str) -> bool:
    """Whether a link opened its question to the browser that is known by this token: it does so once, while it can be answered."""
    wanted = select(ContractorQuestion).where(ContractorQuestion.link_lookup == keyring.ring().lookup(link))
    question = register.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if question is None or question.state != "waiting":
        return False
    question.browser_lookup, question.opened_at = keyring.ring().lookup(token), clock.now()
    return True


def answer_question(register: Register, question: ContractorQuestion, words: str, answered_by: str) -> None:
    """Keep the one answer, and evidence that they supplied it while any is kept; whoever asked is told that it is there.

    RuleBroken where it can be answered no more.
    """
    complaint = locked_complaint(register, question.complaint_id)
    register.refresh(question)
    if not question.is_live:
        raise RuleBroken("5.12", N_("This question can be answered no more."))
    by, stage = Viewer(question_id=question.id), complaint.stage_for("response")
    question.answer, question.answered_by, question.answered_at, question.message = words, answered_by, clock.now(), None
    if Step.EVIDENCE_SEEN in allowed_steps(complaint, by, among=[Step.EVIDENCE_SEEN]):
        evidence = Evidence(
            complaint_id=complaint.id, stage=stage, points=[], what=words, supplied_by=f"{answered_by}, {question.who}", looked_on=clock.today(),
            recorded_by_id=question.asked_by_id, recorded_at=clock.now(),
        )  # fmt: skip
        complaint.evidence.append(evidence)
        register.flush()
        details = {"evidence": evidence.id, "points": [], "question": question.id}
        record(complaint, Step.EVIDENCE_SEEN, by=by, stage=stage, details=details, words={"what": words, "supplied_by": evidence.supplied_by})
    queue_mail(register, ANSWERED, staff_id=question.asked_by_id)
