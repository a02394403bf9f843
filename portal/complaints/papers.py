"""What came in and went out: drafts, letters and their issues, the outbox, files, contacts, notes, danger alerts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal import clock
from portal.complaints import copies, kinds
from portal.complaints.challenges import Challenge
from portal.complaints.notices import Notice
from portal.complaints.people import Part, Party
from portal.db import UTC, Base, Encrypted, only_where

DRAFT_KEPT_FOR = timedelta(days=28)
"""A draft is kept to the end of the day that is so many days after it was last saved."""

FIRST = "first password"
"""The kind of message that brings a first password to whoever it is for, and to nobody else."""


class Draft(Base):
    """A complaint being written: kept 28 days, sealed, found by the access code it will be sent with (decision 28)."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    code: Mapped[str] = mapped_column(Encrypted("draft.code"))
    code_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Encrypted("draft.answers"))
    language: Mapped[str] = mapped_column(String(20))
    begun_at: Mapped[datetime] = mapped_column(UTC)
    saved_at: Mapped[datetime] = mapped_column(UTC)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))

    files: Mapped[list[Attachment]] = relationship(order_by="Attachment.id")

    @property
    def kept_until(self) -> date:
        """The last day on which it can be carried on; each answer saved moves it on."""
        return clock.day_of(self.saved_at + DRAFT_KEPT_FOR)


class StaffDraft(Base):
    """What staff are writing for one letter of one stage; its version keeps two people from overwriting each other."""

    __tablename__ = "staff_draft"
    __table_args__ = (UniqueConstraint("complaint_id", "kind", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    kind: Mapped[str] = mapped_column(String(30))
    stage: Mapped[int]
    written: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]
    asked_version: Mapped[int | None]
    saved_at: Mapped[datetime] = mapped_column(UTC)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    writers: Mapped[list[int]] = mapped_column(JSON, default=list)


class Letter(Base):
    """Words that went out, kept exactly as sent, whatever way they went; refused change by trigger."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("complaint_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))
    stage: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_on: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(UTC)
    written_by: Mapped[str] = mapped_column(String(40))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))

    issues: Mapped[list[Issue]] = relationship(back_populates="letter", order_by="Issue.id")


class Issue(Base):
    """One letter to one recipient by one channel: waiting, issued, or failed (ruling 14).

    `again` counts the times it was sent anew because they could not use it, and `form` is what it went as then (ruling 51).
    """

    __tablename__ = "issue"
    __table_args__ = (UniqueConstraint("letter_id", "party_id", "channel", "again"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), index=True)
    usable: Mapped[bool]
    again: Mapped[int] = mapped_column(default=0)
    form: Mapped[str | None] = mapped_column(Encrypted("issue.form"))
    issued_on: Mapped[date | None]
    issued_at: Mapped[datetime | None] = mapped_column(UTC)

    letter: Mapped[Letter] = relationship(back_populates="issues")
    party: Mapped[Party] = relationship()

    @property
    def postal_lines(self) -> list[str]:
        """What stands on the paper under the name: where it goes, read when it is printed; who gets it, where it was not written to them.

        A letter that was written to somebody who then died goes to whoever deals with their estate, just as it was (ruling 4).
        """
        other = [self.party.name] if self.party.part == Part.ESTATE and self.party.name not in self.letter.body["to"] else []
        return [*other, *self.party.postal_address.splitlines()]


class Outbox(Base):
    """One message to deliver after the commit, under one identity however often it is tried."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "done_at", "due_at"), Index("ix_outbox_sent_to", "sent_to", "done_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("contractor_question.id"))
    queued_at: Mapped[datetime] = mapped_column(UTC)
    due_at: Mapped[datetime] = mapped_column(UTC)
    tries: Mapped[int]
    lease_until: Mapped[datetime | None] = mapped_column(UTC)
    fence: Mapped[int]
    done_at: Mapped[datetime | None] = mapped_column(UTC)
    outcome: Mapped[str | None] = mapped_column(String(20))
    trouble: Mapped[str | None] = mapped_column(Text)
    shown: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent_to: Mapped[str | None] = mapped_column(String(64))
    """The address it was last to go to, as `addressed` makes it: what was sent there is counted, and nobody reads it from here."""

    issue: Mapped[Issue | None] = relationship()
    challenge: Mapped[Challenge | None] = relationship()
    notice: Mapped[Notice | None] = relationship()
    question: Mapped[ContractorQuestion | None] = relationship()


class Attachment(Base):
    """A file from outside: the original sealed under our own name, the copy that may be shown, its state (decision 30)."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_as: Mapped[str] = mapped_column(String(64), unique=True)
    copy_as: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    copy_type: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(15), index=True)
    added_at: Mapped[datetime] = mapped_column(UTC)

    @property
    def standing(self) -> str:
        """How it stands: `not_scanned`, `checking`, `clean`, `held`, or `no_copy` where none could be made to show."""
        waits = self.state in ("checking", "held")
        return "no_copy" if not waits and copies.needs_copy(self.media_type) and self.copy_as is None else self.state

    @property
    def is_recording(self) -> bool:
        """Whether it is sound: somebody's voice, as a rule."""
        return self.media_type.startswith("audio/")

    @property
    def plays(self) -> bool:
        """Whether a browser can play it on the page."""
        return self.may_be_opened and self.media_type in kinds.PLAYED

    @property
    def may_be_opened(self) -> bool:
        """Whether it is handed on: never before it was found clean, where something looks, nor without its copy."""
        return self.standing in ("not_scanned", "clean")


class Contact(Base):
    """A call, visit, meeting, letter or e-mail with somebody, on the day it happened (ruling 17)."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    incoming: Mapped[bool]
    who: Mapped[str] = mapped_column(Text)
    accompanied_by: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UTC)
    recorded_by: Mapped[str] = mapped_column(String(40))
    shown_to_resident: Mapped[bool]


class Note(Base):
    """A working note by staff, or somebody’s statement, which few may read; it may be disclosed (ruling 9)."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UTC)
    restricted: Mapped[bool]
    statement_of: Mapped[str | None] = mapped_column(Text)


class Evidence(Base):
    """What was looked at for some points of a stage, or for all: what, who supplied it, its file (ruling 34)."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    stage: Mapped[int]
    points: Mapped[list[int]] = mapped_column(JSON)
    what: Mapped[str] = mapped_column(Text)
    supplied_by: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    looked_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTC)

    file: Mapped[Attachment | None] = relationship()


class ContractorQuestion(Base):
    """One question to somebody who works for us, about one complaint: our words alone, the link that opens it once, their answer (B8).

    `told` is what of the resident we chose to tell them. `message` holds the link until it is mailed or over, and no longer.
    """

    __tablename__ = "contractor_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    told: Mapped[dict[str, Any]] = mapped_column(Encrypted("contractor_question.told"))
    who: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime] = mapped_column(UTC)
    expires_at: Mapped[datetime] = mapped_column(UTC)
    link_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    message: Mapped[dict[str, Any] | None] = mapped_column(Encrypted("contractor_question.message"))
    browser_lookup: Mapped[str | None] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime | None] = mapped_column(UTC)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)

    @property
    def state(self) -> str:
        """`answered`, `ended` (taken back), `over` (its days went by), `opened`, or `waiting`."""
        if self.answered_at or self.ended_at:
            return "answered" if self.answered_at else "ended"
        if clock.now() >= self.expires_at:
            return "over"
        return "opened" if self.opened_at else "waiting"

    @property
    def is_live(self) -> bool:
        """Whether it can still be answered."""
        return self.state in ("opened", "waiting")


class Panel(Base):
    """People who consider stage 2 together: when and where they meet, who they are; then who came, and what was said (3.6)."""

    __tablename__ = "panel"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    stage: Mapped[int]
    meets_on: Mapped[date]
    starts: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    taking_part: Mapped[str] = mapped_column(Text)
    members: Mapped[list[int]] = mapped_column(JSON)
    arranged_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    arranged_at: Mapped[datetime] = mapped_column(UTC)
    met_on: Mapped[date | None]
    came: Mapped[list[int]] = mapped_column(JSON, default=list)
    others: Mapped[str | None] = mapped_column(Text)
    resident_came: Mapped[bool | None]
    accompanied_by: Mapped[str | None] = mapped_column(Text)
    minutes: Mapped[str | None] = mapped_column(Text)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(UTC)

    file: Mapped[Attachment | None] = relationship()


class Disclosure(Base):
    """A disability that was disclosed in a complaint, in words, and whether it may be carried to the person's others (ruling 8).

    `consent` says how that was agreed. What is replaced keeps its row, `until` the moment it was.
    """

    __tablename__ = "disclosure"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    words: Mapped[str] = mapped_column(Encrypted("disclosure.words"))
    carried: Mapped[bool]
    consent: Mapped[str | None] = mapped_column(Encrypted("disclosure.consent"))
    recorded_by: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime | None] = mapped_column(UTC)


class CareOverride(Base):
    """What somebody had asked for, or how it is safe to reach them, that was not kept to once: what, and why (5.10).

    `said` is sealed: `not_kept` names it, as `rules.care` does, and `why` is what whoever did it wrote.
    """

    __tablename__ = "care_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    said: Mapped[dict[str, Any]] = mapped_column(Encrypted("care_override.said"))
    at: Mapped[datetime] = mapped_column(UTC)


class SafetyRead(Base):
    """That a member of staff read how it is safe to reach somebody before they did, and what they take care of."""

    __tablename__ = "safety_read"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    said: Mapped[dict[str, Any]] = mapped_column(Encrypted("safety_read.said"))
    at: Mapped[datetime] = mapped_column(UTC)


class DangerAlert(Base):
    """Somebody said they may be in danger; it outlives the draft until a person says who has it (ruling 15)."""

    __tablename__ = "danger_alert"
    __table_args__ = (Index("ix_danger_alert_waiting", "raised_at", "id", **only_where("handed_over_at IS NULL")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    told: Mapped[dict[str, Any]] = mapped_column(Encrypted("danger_alert.told"))
    raised_at: Mapped[datetime] = mapped_column(UTC)
    handed_over_to: Mapped[str | None] = mapped_column(Text)
    handed_over_at: Mapped[datetime | None] = mapped_column(UTC)
    handed_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
