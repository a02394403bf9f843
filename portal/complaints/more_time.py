"""How far an answer can be put back, as its page and its letter say it (6.4, 6.15, ruling 31)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal import clock
from portal.access import MACHINE
from portal.complaints.models import Complaint
from portal.complaints.recording import calendar_of, edition_of, session_of
from portal.rules import more_time as rules
from portal.rules.letters import Missing
from portal.rules.order import extendable_date
from portal.rules.proposal import Proposal
from portal.rules.steps import Happening, Step
from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class MoreTime:
    """The date that moves, the last day it may move to without good reason, and whether it was moved before.

    `told` is the date that the resident was given, which a letter has to name: it may be before the one that moves (ruling 52).
    """

    due_on: date
    told: date
    last_day: date
    working_days: int
    is_second: bool

    def needs_good_reason(self, to: date | None) -> bool:
        """Whether that day, or a second time at all, needs a good reason."""
        return self.is_second or (to is not None and to > self.last_day)


def more_time(complaint: Complaint) -> MoreTime | None:
    """How far the answer can be put back; nothing where no answer is due or the edition puts none back."""
    stage = complaint.stage_for("extension")
    proposed = Happening(Step.EXTENDED, stage, clock.today(), clock.now(), MACHINE.name)
    edition, days = edition_of(complaint), calendar_of(session_of(complaint), complaint.division)
    proposal = Proposal(complaint.happenings, proposed, edition, days)
    due, last, cap = extendable_date(proposal), rules.last_day(proposal), edition.stage(stage).extend
    if due is None or last is None or cap is None:
        return None
    return MoreTime(due, rules.date_told(proposal) or due, last, cap.working_days, proposal.has(Step.EXTENDED, stage))


def day_given(written: Mapping[str, Any]) -> date | None:
    """The new date that was written, or nothing."""
    try:
        return date.fromisoformat(str(written.get("new_date")))
    except ValueError:
        return None


def reason_missing(complaint: Complaint, written: Mapping[str, Any]) -> list[Missing]:
    """The good reason, where the new date needs one and none was written."""
    more, cap = more_time(complaint), edition_of(complaint).stage(complaint.stage_for("extension")).extend
    if more is None or cap is None or written.get("good_reason") or not more.needs_good_reason(day_given(written)):
        return []
    return [Missing("good_reason", cap.provision, N_("The good reason for so much more time"), field="good_reason")]
