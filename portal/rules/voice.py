"""What a resident says at any time, and what of it still waits for us: messages, new issues, “this is not done”."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import open_issues, open_queries, receipt_queried
from portal.rules.steps import Happening, History, Step


class Waiting(NamedTuple):
    """One thing a resident said that we have not replied to: what kind of step it was, its number, and the day."""

    step: Step
    number: Any
    on: date


NUMBERED_BY = {Step.MESSAGED: "message", Step.ISSUE_RAISED: "issue", Step.MEANING_QUERIED: "query"}


def waiting(history: History) -> list[Waiting]:
    """Everything that waits for a reply or a decision, in the order it was said."""
    still = {
        Step.MESSAGED: open_messages(history),
        Step.ISSUE_RAISED: open_issues(history),
        Step.MEANING_QUERIED: frozenset().union(*(open_queries(history, stage) for stage in _stages(history))),
    }
    found, received = [], receipt_queried(history)
    for one in history:
        number = one.details.get(NUMBERED_BY.get(one.step, ""))
        if one is received or (number is not None and number in still.get(one.step, ())):
            found.append(Waiting(one.step, number, one.on))
    return found


def _stages(history: History) -> set[int]:
    return {one.stage for one in history if one.step is Step.MEANING_QUERIED and one.stage}


def waiting_since(history: History) -> date | None:
    """The day of the oldest thing that waits for us; nothing where nothing does."""
    return min((one.on for one in waiting(history)), default=None)


def messages(history: History) -> Iterator[Happening]:
    """Each message that a resident wrote, oldest first; our replies are not among them."""
    return (one for one in history if one.step is Step.MESSAGED and "message" in one.details)


def open_messages(history: History) -> frozenset[Any]:
    """The messages that nobody here has replied to, or said they have read."""
    answered: set[Any] = set()
    for one in history:
        if one.step is Step.MESSAGED:
            answered.update(one.details.get("answers", ()))
    return frozenset({one.details["message"] for one in messages(history)} - answered)


def reads_no_message(p: Proposal) -> Params | None:
    """Messages said to be read where none of them waits."""
    return broken(p.detail("read") and not set(p.detail("answers", ())) & open_messages(p.history))


def raised_by_nobody(p: Proposal) -> Params | None:
    """A new issue written down by staff that names nothing of the resident's in which they raised it (rulings 17, 24)."""
    message, stage, contact = p.detail("message"), p.detail("request"), p.detail("contact")
    written = message in {one.details["message"] for one in messages(p.history)}
    asked = stage is not None and p.has(Step.ESCALATED, stage)
    told = contact in {one.details.get("contact") for one in p.history if one.step is Step.CONTACTED}
    return broken(not p.step.by.startswith("party:") and not (written or asked or (contact is not None and told)))


def together_with_nothing(p: Proposal) -> Params | None:
    """One answer asked for where no new complaint was made of the issue, or it waits for a decision (ruling 49)."""
    if not p.detail("together"):
        return None
    decided = [one for one in p.history if one.step is Step.ISSUE_DECIDED and one.details.get("issue") == p.detail("issue")]
    apart = bool(decided) and decided[-1].details.get("decision") == "new complaint"
    return broken(not apart or p.detail("issue") in open_issues(p.history))
