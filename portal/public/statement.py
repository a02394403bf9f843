"""What the accessibility statement says: what was tried and when, what is known not to work, and what nobody has tried (item 5 of the bar).

The page is made of this. Whoever finds a fault that stays writes it here; whoever mends one takes it out; whoever runs a check again changes its day.
"""

from dataclasses import dataclass
from datetime import date

from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried, in words, and the day it was last."""

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is known not to work for somebody, what to do meanwhile, and since when it is known."""

    words: str
    since: date


TRIED = (
    Tried(N_("A program looked for faults on every kind of page. A program finds only some of them."), date(2026, 11, 28)),
    Tried(N_("One complaint was made, followed and answered by keyboard alone, and by keyboard without scripts."), date(2026, 11, 28)),
    Tried(N_("The same was done without scripts, and without the styles that pages are drawn with."), date(2026, 11, 28)),
    Tried(N_("We listened with a screen reader, Orca, while a complaint was made, followed and answered."), date(2026, 11, 28)),
)
FAULTS = (
    Fault(N_("Files that you or we add may not work with a screen reader. Ask us, and we will read or write them another way."), date(2026, 11, 24)),
    Fault(N_("On older phones the table of working days may not be read out as a table. The date itself is always in words."), date(2026, 11, 24)),
)
NOT_TRIED = (
    N_("No disabled person has tested this site for us yet."),
    N_("We have not gone through every page with each screen reader that people use."),
    N_("Nobody from outside has judged it against the standard. So we cannot say that it meets all of it."),
)


def made_on() -> date:
    """The day the statement was last changed by a run or a fault."""
    return max([tried.on for tried in TRIED] + [fault.since for fault in FAULTS])
