"""What is offered and promised: conditions on remedies and actions, from the promise to the day it is kept (7.3, ruling 23)."""

from portal.rules.proposal import Params, Proposal, broken, day_said
from portal.rules.reading import open_actions, promised_actions
from portal.rules.steps import Step


def promised_without_day(p: Proposal) -> Params | None:
    """An action without a day it will be done by, or with one that has passed."""
    due = day_said(p, "due")
    return broken(due is None or due < p.step.on)


def promised_twice(p: Proposal) -> Params | None:
    """An action promised a second time."""
    return broken(p.detail("action") is None or p.detail("action") in promised_actions(p.history))


def action_not_open(p: Proposal) -> Params | None:
    """An action that was not promised, or is done."""
    return broken(p.detail("action") not in open_actions(p.history))


def action_before_promise(p: Proposal) -> Params | None:
    """An action done, or given a new date, before the day it was promised."""
    promises = [one for one in p.history if one.step is Step.ACTION_PROMISED]
    floor = next((one.on for one in promises if one.details.get("action") == p.detail("action")), None)
    return broken(floor and p.step.on < floor, on=p.step.on, floor=floor)


def unknown_remedy(p: Proposal) -> Params | None:
    """A further remedy of no known kind (5.13, 7.1)."""
    return broken(
        p.detail("kind") not in {kind.id for kind in p.edition.remedy_kinds} or p.detail("remedy") is None
    )


def paid_already(p: Proposal) -> Params | None:
    """A remedy paid a second time."""
    paid = [one.details.get("remedy") for one in p.history if one.step is Step.REMEDY_PAID]
    return broken(p.detail("remedy") is None or p.detail("remedy") in paid)


def given_to_nobody(p: Proposal) -> Params | None:
    """An action given to nobody who works here (7.3)."""
    return broken(type(p.detail("staff")) is not int)


def redated_without_reason(p: Proposal) -> Params | None:
    """A new date for an action, without a reason (ruling 23)."""
    return broken(not p.detail("reason"))
