"""How long a complaint is kept: what keeps it for longer than its time, and that it is erased once, whole, and only when nothing is owed."""

from portal.rules.deadlines import next_deadline
from portal.rules.endings import ended_by
from portal.rules.proposal import Params, Proposal, broken, day_said
from portal.rules.reading import last
from portal.rules.standing import in_danger
from portal.rules.steps import Happening, History, Step
from portal.rules.voice import waiting_since

LAW = "UK GDPR 5"
"""Nothing is kept for longer than it is needed, nor thrown away while it is. No edition of the Code says how long."""

ABOUT_KEEPING = frozenset({Step.KEPT_LONGER, Step.KEEPING_ENDED, Step.OMBUDSMAN_DONE, Step.ERASED})
"""What is only about how long it is kept: it begins no new time."""


def kept_longer(history: History) -> Happening | None:
    """What says that it is kept for longer than its time, while nobody took that back."""
    said = [one for one in history if one.step in (Step.KEPT_LONGER, Step.KEEPING_ENDED)]
    return said[-1] if said and said[-1].step is Step.KEPT_LONGER else None


def with_ombudsman(history: History) -> Happening | None:
    """What last told us that the Ombudsman has it, while nobody wrote down that they are done."""
    told = [one for one in history if one.step in (Step.OMBUDSMAN_HAS, Step.DIRECTED, Step.OMBUDSMAN_DONE) or (one.step is Step.RECEIVED and one.details.get("directed"))]
    return told[-1] if told and told[-1].step is not Step.OMBUDSMAN_DONE else None


def is_erased(history: History) -> bool:
    """Whether what was said in it is gone."""
    return last(history, Step.ERASED) is not None


def erased_already(p: Proposal) -> Params | None:
    """Anything that happens to a complaint of which nothing is left."""
    return broken(is_erased(p.history), provision=LAW)


def kept_already(p: Proposal) -> Params | None:
    """Kept longer twice over."""
    return broken(kept_longer(p.history), provision=LAW)


def not_kept(p: Proposal) -> Params | None:
    """No longer kept for longer, where it was not."""
    return broken(kept_longer(p.history) is None, provision=LAW)


def not_with_ombudsman(p: Proposal) -> Params | None:
    """The Ombudsman done with what they never had."""
    return broken(with_ombudsman(p.history) is None, provision=LAW)


def _is_again(p: Proposal) -> bool:
    """Whether it was erased before, and is erased again because a backup brought it back: nothing in the backup keeps it."""
    return p.step.by == "machine" and bool(p.detail("again"))


def still_kept(p: Proposal) -> Params | None:
    """Erased while somebody said why it is kept."""
    return broken(not _is_again(p) and kept_longer(p.history), provision=LAW)


def still_with_ombudsman(p: Proposal) -> Params | None:
    """Erased while the Ombudsman has it."""
    return broken(not _is_again(p) and with_ombudsman(p.history), provision=LAW)


def still_owed(p: Proposal) -> Params | None:
    """Erased while it is not ended, something of it is owed, a resident waits for a reply, or a danger for somebody."""
    past = p.history
    if _is_again(p):
        return None
    waits = waiting_since(past) or in_danger(past) or next_deadline(past, p.edition, p.calendar)
    return broken(waits or ended_by(past) is None, provision=LAW)


def kept_without_reason(p: Proposal) -> Params | None:
    """Kept longer, kept no longer or erased, and nobody says why."""
    return broken(not p.detail("reason"), provision=LAW)


def erased_before_its_time(p: Proposal) -> Params | None:
    """Erased without the day on which its time was over, or before it."""
    until = day_said(p, "until")
    return broken(until is None or until > p.step.on, provision=LAW)
