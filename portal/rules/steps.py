"""What can happen to a complaint, one dated thing that happened, and a rule that was broken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """The things that can happen to a complaint."""

    # An enumeration's own hash is written in Python, and every question of a history asks for it.
    __hash__ = str.__hash__

    RECEIVED = "received"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    RECUSED = "recused"
    CONFLICT_DECIDED = "conflict decided"
    OUTSIDE_NAMED = "outside reviewer named"
    PANEL_ARRANGED = "panel arranged"
    PANEL_CALLED_OFF = "panel called off"
    PANEL_HELD = "panel held"
    NAMING = "naming"
    RESTRICTED = "restricted"
    ACKNOWLEDGED = "acknowledged"
    DEFINITION_REVISED = "definition revised"
    MEANING_QUERIED = "meaning queried"
    MEANING_ANSWERED = "meaning answered"
    EXTENDED = "extended"
    RESPONDED = "responded"
    REFUSED = "refused"
    ESCALATED = "escalated"
    ISSUED = "issued"
    FOUND_UNUSABLE = "found unusable"
    ACTION_PROMISED = "action promised"
    ACTION_GIVEN = "action given"
    ACTION_REDATED = "action re-dated"
    ACTION_DONE = "action done"
    PERSON_MATCHED = "person matched"
    DEATH_RECORDED = "death recorded"
    DEATH_UNDONE = "death undone"
    ESTATE_NAMED = "estate contact named"
    DANGER_TOLD = "danger told"
    DANGER_HANDED_OVER = "danger handed over"
    DATES_RECOUNTED = "dates recounted"
    CLARIFICATION_ASKED = "clarification asked"
    PART_ANSWERED = "part answered"
    ANSWER_CORRECTED = "answer corrected"
    LATE_TOLD = "late told"
    UPDATE_AGREED = "update agreed"
    UPDATED = "updated"
    ISSUE_RAISED = "issue raised"
    ISSUE_DECIDED = "issue decided"
    REMEDY_OFFERED = "remedy offered"
    REMEDY_PAID = "remedy paid"
    REMEDY_ACCEPTED = "remedy accepted"
    REMEDY_DECLINED = "remedy declined"
    ACTION_DISPUTED = "action disputed"
    HOLD_RELEASED = "hold released"
    WITHDRAWN = "withdrawn"
    RESUMED = "resumed"
    OMBUDSMAN_HAS = "ombudsman has it"
    DIRECTED = "directed"
    REFUSAL_UNDONE = "refusal undone"
    RECEIPT_QUERIED = "receipt queried"
    RECEIPT_KEPT = "receipt kept"
    RECEIPT_CORRECTED = "receipt corrected"
    VOIDED = "voided"
    BREACH_ANSWERED = "breach answered"
    CAUSE_TIED = "cause tied"
    JOINED = "joined"
    UNJOINED = "unjoined"
    MADE_REQUEST = "made request"
    VOICED = "voiced"
    SPAM = "spam"
    NOT_SPAM = "not spam"
    MESSAGED = "messaged"
    NOTED = "noted"
    TRANSLATED = "translated"
    EVIDENCE_SEEN = "evidence seen"
    CONTRACTOR_ASKED = "contractor asked"
    CONTRACTOR_LINK_ENDED = "contractor link ended"
    CONTACTED = "contacted"
    CODE_GIVEN = "code given"
    CONTACT_CHANGED = "contact changed"
    LANGUAGE_CHOSEN = "language chosen"
    CALL_ASKED = "call asked"
    WAY_STOPPED = "way stopped"
    REPRESENTED = "represented"
    ADJUSTMENT_DECIDED = "adjustment decided"
    ADJUSTMENT_OVERRIDDEN = "adjustment overridden"
    AUTHORITY_ENDED = "authority ended"
    AUTHORITY_DECIDED = "authority decided"
    COMPLETED = "completed"
    DATA_ASKED = "data asked for"
    DATA_EXTENDED = "data time extended"
    DATA_REFUSED = "data request refused"
    DATA_SENT = "data sent"
    KEPT_LONGER = "kept longer"
    KEEPING_ENDED = "keeping ended"
    OMBUDSMAN_DONE = "ombudsman done"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Happening:
    """One dated thing that happened: `on` is the day claimed, in the landlord's zone; `at` when we wrote it.

    `at` is aware, in UTC. `by` is "staff:7", "party:3", "link:2" or "machine". `details` holds only what the rules
    need, as plain JSON values, and nothing personal. `number` is its place in the installation's record, once it has one.
    """

    step: Step
    stage: int | None
    on: date
    at: datetime
    by: str
    details: Mapping[str, Any] = field(default_factory=dict)
    number: int | None = None


History = Sequence[Happening]


class RuleBroken(Exception):
    """A step that may not be taken: the provision, and a reason (a message id) with its parameters."""

    def __init__(self, provision: str, reason: str, params: Mapping[str, Any] | None = None) -> None:
        self.provision = provision
        self.reason = reason
        self.params = dict(params or {})
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.provision}: {self.reason % self.params}"
