"""Who acts for a resident, ended or paused by the resident alone, and the pauses that wait for a manager (ruling 6)."""

from collections.abc import Iterator
from typing import Any

from portal.rules.deadline import Clock, Deadline, counted
from portal.rules.editions.model import Edition
from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import each
from portal.rules.steps import Happening, History, Step
from portal.rules.words import N_
from portal.rules.working_days import Calendar

SCOPES = {
    "read": N_("See where the complaint is, its points and its dates"),
    "receive": N_("Read the letters and messages that we write"),
    "write": N_("Write to us, and send files"),
    "decide": N_("Ask for stage 2"),
}
"""What somebody may do for a resident, once that was shown; in the order it is said."""

DAYS_TO_DECIDE = 1
"""Working days in which a manager decides about a pause: whoever cannot act for themselves waits no longer (our judgement)."""


def paused(history: History) -> dict[Any, Happening]:
    """Whose access is paused now, by party, each with the event that did it: nobody gave it back since."""
    found: dict[Any, Happening] = {}
    for one in history:
        party = one.details.get("party")
        if one.step is Step.AUTHORITY_ENDED and one.details.get("paused"):
            found[party] = one
        elif one.step is Step.AUTHORITY_DECIDED and one.details.get("given_back"):
            found.pop(party, None)
    return found


def undecided(history: History) -> dict[Any, Happening]:
    """The pauses that no manager has decided about, oldest first."""
    return {party: one for party, one in paused(history).items() if not _decisions(history, one)}


def _decisions(history: History, pause: Happening) -> list[Happening]:
    later = history[history.index(pause) + 1 :]
    return [one for one in each(later, Step.AUTHORITY_DECIDED) if one.details.get("party") == pause.details.get("party")]


def decisions_owed(history: History, edition: Edition, calendar: Calendar) -> Iterator[Deadline]:
    """What is owed for each pause: a manager's decision, by the end of the next working day."""
    for one in each(history, Step.AUTHORITY_ENDED):
        if one.details.get("paused"):
            made = _decisions(history, one)
            yield counted(
                calendar, edition, step=Step.AUTHORITY_DECIDED, stage=one.stage or 0,
                clock=Clock(Step.AUTHORITY_ENDED, one.on, calendar.add(one.on, DAYS_TO_DECIDE)), code_due=None, told=None,
                met_on=made[0].on if made else None, provision=edition.cites["record"], overtaken=False,
            )  # fmt: skip


def ended_already(p: Proposal) -> Params | None:
    """Somebody's authority ended who does not act, or a pause beside the one there is."""
    same = [one for one in p.history if one.step in ABOUT_WHO_ACTS and one.details.get("party") == p.detail("party")]
    said = same[-1].details if same else {}
    return broken(not (said.get("given_back") or said.get("authority", "declined") != "declined"))


ABOUT_WHO_ACTS = frozenset({Step.REPRESENTED, Step.AUTHORITY_ENDED, Step.AUTHORITY_DECIDED})


def nothing_paused(p: Proposal) -> Params | None:
    """A decision where nobody's access is paused; judged before it says whose."""
    return broken(not paused(p.history))


def decided_about_nobody(p: Proposal) -> Params | None:
    """A decision without its reason, about somebody not paused, or the same decision again."""
    party = p.detail("party")
    pause = paused(p.history).get(party)
    again = pause is not None and bool(_decisions(p.history, pause)) and not p.detail("given_back")
    return broken(pause is None or again or not p.detail("reason"))
