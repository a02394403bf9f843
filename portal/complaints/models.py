"""The complaint: its points, outcomes, answers, remedies and actions, and the few columns worked out from its events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from portal.complaints import events, teams
from portal.complaints.papers import (
    Attachment,
    Contact,
    ContractorQuestion,
    DangerAlert,
    Evidence,
    Letter,
    Note,
    Panel,
    StaffDraft,
)
from portal.complaints.people import Home, Part, Party, Staff, other_accounts
from portal.complaints.record import Event
from portal.db import UTC, Base, only_where
from portal.rules import history as rules_history
from portal.rules.history import Happening
from portal.rules.people import deciders, kept_from, named_in
from portal.rules.reading import live
from portal.rules.reading import received_on as received_on_in
from portal.rules.standing import LETTERS_ABOUT_IT, stage_to_correct
from portal.rules.steps import Step

T = TypeVar("T")

OWED = only_where("next_due IS NOT NULL")
"""The queue's indexes hold only what is open, so that an archive of any size leaves the queue as quick."""

NOT_OWED = only_where("next_due IS NULL")
WAITING = only_where("waiting_since IS NOT NULL")


class Complaint(Base):
    """One complaint, from the day it was received to the day every action is done."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_queue", "danger_rank", "next_due", "id", **OWED),
        Index("ix_complaint_queue_by_handler", "handler_id", "danger_rank", "next_due", "id", **OWED),
        Index("ix_complaint_queue_by_service", "service_id", "danger_rank", "next_due", "id", **OWED),
        Index("ix_complaint_ended", "id", **NOT_OWED),
        Index("ix_complaint_ended_by_handler", "handler_id", "id", **NOT_OWED),
        Index("ix_complaint_ended_by_service", "service_id", "id", **NOT_OWED),
        Index("ix_complaint_waiting", "waiting_since", "id", **WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(9), unique=True)
    edition: Mapped[str] = mapped_column(String(40))
    division: Mapped[str] = mapped_column(String(30))
    received_on: Mapped[date]
    first_expressed_on: Mapped[date | None]
    channel: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    when_words: Mapped[str] = mapped_column(Text)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(20))
    relationship_to_landlord: Mapped[str] = mapped_column(String(30))
    home_id: Mapped[int | None] = mapped_column(ForeignKey("home.id"))
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    version: Mapped[int]
    search_text: Mapped[str] = mapped_column(Text, default="", deferred=True)

    # Worked out from the events by operations._record(), and written by nothing else.
    stage: Mapped[int]
    next_step: Mapped[str | None] = mapped_column(String(40))
    next_stage: Mapped[int | None]
    next_due: Mapped[date | None]
    danger_rank: Mapped[int]
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answered_on: Mapped[date | None]
    all_done_on: Mapped[date | None]
    waiting_since: Mapped[date | None]
    erased_on: Mapped[date | None]

    events: Mapped[list[Event]] = relationship(viewonly=True, order_by=Event.number)
    parties: Mapped[list[Party]] = relationship(order_by=Party.id)
    letters: Mapped[list[Letter]] = relationship(order_by=Letter.number)
    files: Mapped[list[Attachment]] = relationship(order_by=Attachment.id)
    contacts: Mapped[list[Contact]] = relationship(order_by="Contact.happened_on, Contact.id")
    notes: Mapped[list[Note]] = relationship(order_by=Note.id)
    evidence: Mapped[list[Evidence]] = relationship(order_by=Evidence.id)
    questions: Mapped[list[ContractorQuestion]] = relationship(order_by=ContractorQuestion.id)
    panels: Mapped[list[Panel]] = relationship(order_by=Panel.id)
    alerts: Mapped[list[DangerAlert]] = relationship(order_by=DangerAlert.id)
    definitions: Mapped[list[Definition]] = relationship(order_by="Definition.id", back_populates="complaint")
    refused_points: Mapped[list[RefusedPoint]] = relationship(order_by="RefusedPoint.stage, RefusedPoint.number")
    answers: Mapped[list[Answer]] = relationship(order_by="Answer.stage, Answer.point_number, Answer.letter_id")
    remedies: Mapped[list[Remedy]] = relationship(order_by="Remedy.id")
    actions: Mapped[list[Action]] = relationship(order_by="Action.id")
    people: Mapped[list[StagePerson]] = relationship(order_by="StagePerson.id")
    writing: Mapped[list[StaffDraft]] = relationship(order_by=StaffDraft.id)
    handler: Mapped[Staff | None] = relationship(foreign_keys=[handler_id])
    home: Mapped[Home | None] = relationship()

    @property
    def happenings(self) -> list[Happening]:
        """The history the rules answer from, oldest first: all that was recorded, but for what was voided (ruling 28)."""
        return self.once("happenings", lambda: live(self.recorded))

    @property
    def recorded(self) -> list[Happening]:
        """Everything that was ever recorded, oldest first, with what the transaction under way has added."""
        return self.once("recorded", lambda: [event.happening for event in (*self.events, *events.pending(self))])

    def once(self, name: str, work_out: Callable[[], T]) -> T:
        """What follows from the history alone: worked out once, and anew when anything more has happened."""
        known: dict[str, T] = events.follows(self)
        if name not in known:
            known[name] = work_out()
        return known[name]

    @property
    def received_day(self) -> date:
        """The day it was received, as last corrected; `received_on` is the day first written down (ruling 13)."""
        return received_on_in(self.happenings) or self.received_on

    @property
    def resident(self) -> Party:
        """The party it is about."""
        return next(party for party in self.parties if party.part == "resident")

    @property
    def addressee(self) -> Party:
        """Whoever its letters go to: the resident, or since they died whoever deals with their estate (ruling 4)."""
        estate = [party for party in self.parties if party.part == Part.ESTATE and party.until is None]
        return estate[-1] if estate else self.resident

    @property
    def letters_in(self) -> str:
        """The language its letters are in: the one that whoever gets them chose last. `language` is the one it came in, which stays."""
        return self.addressee.person.language

    @property
    def unpaid(self) -> list[Remedy]:
        """The money offered and neither paid nor declined."""
        return [one for one in self.remedies if one.pence and not one.paid_on and not one.declined_on]

    @property
    def found(self) -> list[Answer]:
        """What was found on each point at each stage, as its newest letter says it; the letters before it are kept."""
        return list({(one.stage, one.point_number): one for one in self.answers}.values())

    def definition(self, stage: int | None = None) -> Definition | None:
        """The newest definition of a stage, or of the latest stage that has one."""
        gone = self.voided_definitions
        found = [d for d in self.definitions if stage in (None, d.stage) and (d.stage, d.version) not in gone]
        return max(found, key=lambda d: (d.stage, d.version), default=None)

    @property
    def voided_letters(self) -> frozenset[int]:
        """The numbers of the letters that belonged to another person or complaint (ruling 28)."""
        return frozenset(one.details["letter"] for one in self.recorded if one.step is Step.VOIDED and "letter" in one.details)

    @property
    def voided_definitions(self) -> frozenset[tuple[int | None, int]]:
        """The stages and versions of the definitions that such a letter set out."""
        recorded = self.recorded
        kept = {one.number for one in live(recorded)}
        return frozenset(
            (one.stage, one.details["definition"]) for one in recorded if "definition" in one.details and one.number not in kept
        )

    def draft(self, kind: str, stage: int) -> StaffDraft | None:
        """What staff have written so far of one letter of a stage."""
        return next((one for one in self.writing if (one.kind, one.stage) == (kind, stage)), None)

    def scopes_of(self, party_id: int | None) -> frozenset[str]:
        """What a party may do for the resident as things stand, read from its row (ruling 7); nothing for the resident."""
        return next((each.scopes for each in self.parties if each.id == party_id and each.part != "resident"), frozenset())

    def is_stopped(self, party_id: int | None) -> bool:
        """Whether the resident stopped this party from acting for them, read from its row (ruling 6)."""
        return any(each.is_kept_out for each in self.parties if each.id == party_id)

    def decides(self, stage: int, staff_id: int | None) -> bool:
        """Whether this member of staff has that stage to answer, alone or with others (ruling 34)."""
        return staff_id is not None and staff_id in deciders(self.happenings, stage)

    def is_on(self, staff_id: int | None) -> bool:
        """Whether this member of staff was ever given a part in it: to answer, to decide, to contribute."""
        assigned = (one for one in self.happenings if one.step is Step.ASSIGNED)
        return staff_id is not None and any(one.details.get("staff") == staff_id for one in assigned)

    def is_near(self, staff_id: int | None) -> bool:
        """Whether it is theirs in any way (they have it, took it down, had a part, are named, owe something in it), or their team's."""
        if staff_id is None:
            return False
        if staff_id in (self.handler_id, self.logged_by_id) or teams.is_of_team(self, staff_id):
            return True
        return self.is_on(staff_id) or staff_id in named_in(self.happenings) or any(one.owner_id == staff_id for one in self.actions)

    @property
    def waits_for_anybody(self) -> bool:
        """Whether nobody has it, and something is owed or no team is said; or nobody has yet said that they have a danger in it (ruling 15)."""
        return self.danger_rank == 0 or (self.handler_id is None and (self.next_due is not None or self.service_id is None))

    @property
    def waits_for_triage(self) -> bool:
        """Whether something is owed and nobody has weighed it yet (6.1)."""
        return self.next_due is not None and all(one.step is not Step.TRIAGED for one in self.happenings)

    def looked_at(self, point: int) -> list[Evidence]:
        """What was looked at for a point at the stage to be answered, or for all of its points."""
        stage = self.stage_for("response")
        return [one for one in self.evidence if one.stage == stage and (point in one.points or not one.points)]

    def stage_for(self, letter: str) -> int:
        """The stage a letter of this kind would be of: an answer may still be owed for the stage before (ruling 37)."""
        if letter == "correction":
            return self.once("stage to correct", lambda: stage_to_correct(self.happenings))
        if letter not in LETTERS_ABOUT_IT:
            return self.stage
        return self.once("stage to answer", lambda: rules_history.stage_to_answer(self.happenings))

    def barred(self, stage: int, staff_id: int | None) -> bool:
        """Whether this person may not consider that stage: the bar is about the person (ruling 34)."""
        past = self.happenings
        may_not = rules_history.barred_from(past, stage) | kept_from(past, stage)
        if not may_not or f"staff:{staff_id}" in may_not:
            return bool(may_not)
        session = object_session(self)
        return session is not None and not may_not.isdisjoint(other_accounts(session, staff_id, self.began_at))

    @property
    def began_at(self) -> datetime | None:
        """When the first thing of it was written down; None before that."""
        return self.recorded[0].at if self.recorded else None


class StagePerson(Base):
    """Who did what at a stage: decider, approver, contributor; and any interest they declared (ruling 34)."""

    __tablename__ = "stage_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    stage: Mapped[int]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    part: Mapped[str] = mapped_column(String(20))
    interest: Mapped[str | None] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime | None] = mapped_column(UTC)


class Definition(Base):
    """The complaint as we understand it at a stage; a later version stands beside the earlier (rulings 20, 21)."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("complaint_id", "stage", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    stage: Mapped[int]
    version: Mapped[int]
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UTC)
    outcomes_asked_on: Mapped[date | None]

    complaint: Mapped[Complaint] = relationship(back_populates="definitions")
    points: Mapped[list[Point]] = relationship(order_by="Point.number", cascade="all")
    outcomes: Mapped[list[Outcome]] = relationship(order_by="Outcome.id", cascade="all")


class Point(Base):
    """One thing complained of; its number stays the same through versions and stages."""

    __tablename__ = "point"
    __table_args__ = (UniqueConstraint("definition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(String(40))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    root_cause: Mapped[str | None] = mapped_column(String(40))
    responsibility: Mapped[str] = mapped_column(String(20))
    whose: Mapped[str | None] = mapped_column(Text)


class RefusedPoint(Base):
    """One thing complained of that we did not accept, though we accepted the rest; its letter says why (ruling 25)."""

    __tablename__ = "refused_point"
    __table_args__ = (UniqueConstraint("complaint_id", "stage", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    stage: Mapped[int]
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    ground: Mapped[str] = mapped_column(String(30))


class Outcome(Base):
    """What the resident says would put it right; may be for all of it or for certain points."""

    __tablename__ = "outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    points: Mapped[list[int]] = mapped_column(JSON)


class Answer(Base):
    """What we found on one point at one stage, with reasons (ruling 22)."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("letter_id", "point_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    stage: Mapped[int]
    point_number: Mapped[int]
    disposition: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text)
    fault: Mapped[str | None] = mapped_column(Text)
    impact: Mapped[str | None] = mapped_column(Text)
    no_remedy_because: Mapped[str | None] = mapped_column(Text)


class Remedy(Base):
    """What is offered to put a fault right: one of the eight kinds (7.1); accepting never bars stage 2 (ruling 23)."""

    __tablename__ = "remedy"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    stage: Mapped[int]
    point_number: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(30))
    words: Mapped[str] = mapped_column(Text)
    pence: Mapped[int | None]
    guidance: Mapped[str | None] = mapped_column(String(60))
    offered_on: Mapped[date]
    accepted_on: Mapped[date | None]
    declined_on: Mapped[date | None]
    paid_on: Mapped[date | None]


class Action(Base):
    """What is owed, by whom, by when. A new date is an event; the first one stays (ruling 23)."""

    __tablename__ = "action"
    __table_args__ = (Index("ix_action_owed", "due_on", "id", **only_where("done_on IS NULL")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    stage: Mapped[int]
    remedy_id: Mapped[int | None] = mapped_column(ForeignKey("remedy.id"))
    what: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    first_due_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    done_on: Mapped[date | None]
    proof: Mapped[str | None] = mapped_column(Text)
