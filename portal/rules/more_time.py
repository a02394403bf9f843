"""More time for an answer: the date that moves, and the last day it may be put back to without good reason (ruling 31)."""

from datetime import date

from portal.rules.deadlines import answer_due
from portal.rules.order import unissued_code_due
from portal.rules.proposal import Proposal
from portal.rules.steps import Step


def last_day(p: Proposal) -> date | None:
    """The last day within the cap, in all, from the Code's date and the backstop; nothing where no answer can be put back."""
    due = answer_due(p.history, p.edition, p.calendar, p.number)
    cap = p.stage.extend if p.stage else None
    if due is None or cap is None:
        return None
    code = due.code_due or unissued_code_due(p) or due.due_on
    return min(p.calendar.add(day, cap.working_days) for day in (code, due.backstop) if day)


def date_told(p: Proposal) -> date | None:
    """The date of the answer as the resident has it: the one last put back to, or else what a letter first said (52)."""
    due = answer_due(p.history, p.edition, p.calendar, p.number)
    if due is None or due.extended:
        return due.due_on if due else None
    return due.told


def needs_good_reason(p: Proposal, to: date) -> bool:
    """Whether putting it back to that day is beyond the cap, or done a second time."""
    last = last_day(p)
    return last is not None and (to > last or p.has(Step.EXTENDED, p.number))
