"""A date has moved because a bank holiday was proclaimed after it was counted (ruling 19)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, text
from portal.rules.steps import Step


def date_moved(facts: Facts) -> Composed:
    """What moved, from when to when, and why. The draft names the step waited for, both days, and the holidays."""
    draft = facts.draft or {}
    blocks = [
        *_why(draft),
        text(_now(draft), "new_date"),
        text(_("Until now we had counted %(day)s.", day=_day(draft["was"]))),
        text(_("Any date that a letter of ours gave you stays as it is.")),
        text(_("Your reference is %(reference)s. Say it if you ring or write.", reference=facts.reference), "reference"),
        heading(_("If this makes things harder for you")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("date_moved", _("A date has moved"), facts, blocks)


def _day(saved: str) -> str:
    return day(date.fromisoformat(saved))


def _why(draft: Any) -> Iterator[Block]:
    for one in draft["holidays"]:
        yield text(_("%(day)s has been made a bank holiday (%(name)s). We count in working days, and it is not one.", day=_day(one["day"]), name=one["name"]))
    if not draft["holidays"]:
        yield text(_("The calendar of working days that we count by has changed."))


def _now(draft: Any) -> str:
    now = _day(draft["now"])
    if draft["waits_for"] == Step.ACKNOWLEDGED:
        return _("By %(day)s we will write to say what we understand your complaint to be.", day=now)
    if draft["waits_for"] == Step.UPDATED:
        return _("We will write to you with news by %(day)s.", day=now)
    return _("We will answer every point in writing by %(day)s.", day=now)
