"""What a resident says at any time, and what of it still waits for us: messages, new issues, “this is not done”."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from portal.rules.proposal import Params, Proposal, broken, day_said
from portal.rules.reading import open_issues, open_queries, promised_actions, receipt_queried, refused_points
from portal.rules.steps import Happening, History, Step
from portal.rules.usable import open_letters


class Waiting(NamedTuple):
    """One thing a resident said that we have not replied to: what kind of step it was, its number, the day, and whom it is about where that is one party."""

    step: Step
    number: Any
    on: date
    party: Any = None


NUMBERED_BY = {Step.MESSAGED: "message", Step.ISSUE_RAISED: "issue", Step.MEANING_QUERIED: "query", Step.ACTION_DISPUTED: "action", Step.FOUND_UNUSABLE: "letter", Step.CONTACT_CHANGED: "change", Step.CALL_ASKED: "call", Step.WAY_STOPPED: "stop"}


def waiting(history: History) -> list[Waiting]:
    """Everything that waits for a reply or a decision, in the order it was said."""
    still = {
        Step.MESSAGED: open_messages(history),
        Step.ISSUE_RAISED: open_issues(history),
        Step.ACTION_DISPUTED: open_disputes(history),
        Step.CONTACT_CHANGED: until_contact(history, Step.CONTACT_CHANGED),
        Step.WAY_STOPPED: until_contact(history, Step.WAY_STOPPED),
        Step.CALL_ASKED: open_calls(history),
        Step.FOUND_UNUSABLE: frozenset(open_letters(history)),
        Step.MEANING_QUERIED: frozenset().union(*(open_queries(history, stage) for stage in _stages(history))),
    }
    found, received = [], receipt_queried(history)
    for one in history:
        number = one.details.get(NUMBERED_BY.get(one.step, ""))
        if one is received or (number is not None and number in still.get(one.step, ())):
            found.append(Waiting(one.step, number, one.on, one.details.get("party")))
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


def until_contact(history: History, step: Step) -> frozenset[Any]:
    """Those things of one kind, by their numbers, after which nobody has been in touch with anybody about the complaint.

    Of somebody who acts for the resident, nobody has made sure that a change was theirs, until they are stopped. A way that
    was stopped waits no more, either, once they say themselves how to reach them.
    """
    waits: dict[Any, Any] = {}
    for one in history:
        if one.step is step and NUMBERED_BY[step] in one.details:
            waits[one.details[NUMBERED_BY[step]]] = one.details.get("party")
        elif step is Step.WAY_STOPPED and one.step is Step.CONTACT_CHANGED:
            waits = {number: party for number, party in waits.items() if one.by.startswith("party:") and one.by != f"party:{party}"}
        elif one.step in (Step.CONTACTED, Step.AUTHORITY_ENDED):
            about = one.details.get("party")
            anybody = step is Step.WAY_STOPPED and one.step is Step.CONTACTED
            waits = {} if anybody else {number: party for number, party in waits.items() if party != about}
    return frozenset(waits)


def open_calls(history: History) -> frozenset[Any]:
    """The calls that somebody asked for to show that it is them, since nobody made sure of that, they died, or were stopped."""
    waits: dict[Any, Any] = {}
    for one in history:
        if one.step is Step.CALL_ASKED:
            waits[one.details.get("call")] = one.details.get("party")
        elif one.step in (Step.AUTHORITY_ENDED, Step.DEATH_RECORDED) or (one.step is Step.CONTACTED and "proof" in one.details):
            waits = {number: party for number, party in waits.items() if party != one.details.get("party")}
    return frozenset(waits)


def call_of(history: History, party: Any) -> Happening | None:
    """The call that this party asked for and waits for; of None, the resident."""
    still = open_calls(history)
    return next((one for one in history if one.step is Step.CALL_ASKED and one.details.get("call") in still and one.details.get("party") == party), None)


def call_without_day(p: Proposal) -> Params | None:
    """A call asked for, and no day told by which we ring."""
    due = day_said(p, "ring_by")
    return broken(due is None or due < p.step.on)


def call_waits_already(p: Proposal) -> Params | None:
    """A second call asked for while they wait for the first."""
    return broken(call_of(p.history, p.detail("party")) is not None)


def open_disputes(history: History) -> frozenset[Any]:
    """The actions that the resident says are not done, and that nobody has seen to since: by doing them, a new date, or a reply."""
    waits: set[Any] = set()
    for one in history:
        if one.step is Step.ACTION_DISPUTED:
            waits.add(one.details.get("action"))
        elif one.step in (Step.ACTION_DONE, Step.ACTION_REDATED):
            waits.discard(one.details.get("action"))
        elif one.step is Step.MESSAGED:
            waits.difference_update(one.details.get("disputes", ()))
    return frozenset(waits)


def disputes_no_action(p: Proposal) -> Params | None:
    """Something said not to be done that was never promised (ruling 23)."""
    return broken(p.detail("action") not in promised_actions(p.history))


def said_already(p: Proposal) -> Params | None:
    """An offer accepted or declined a second time, or declined once it was paid; or nothing named (ruling 23)."""
    about = [one for one in p.history if one.details.get("remedy") == p.detail("remedy") and one.step in OFFER_ANSWERED]
    again = bool(about) and about[-1].step is p.step.step
    paid = p.step.step is Step.REMEDY_DECLINED and any(one.step is Step.REMEDY_PAID for one in about)
    return broken(p.detail("remedy") is None or again or paid)


OFFER_ANSWERED = frozenset({Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED, Step.REMEDY_PAID})


def reads_no_message(p: Proposal) -> Params | None:
    """Messages said to be read where none of them waits."""
    return broken(p.detail("read") and not set(p.detail("answers", ())) & open_messages(p.history))


def raised_by_nobody(p: Proposal) -> Params | None:
    """A new issue written down by staff that names nothing of the resident's in which they raised it (rulings 17, 24).

    A point that we refused and accept after all was raised when they complained (ruling 41).
    """
    if p.detail("point") is not None:
        return broken(str(p.detail("point")) not in refused_points(p.history))
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
