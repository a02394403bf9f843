"""A refusal overturned, by the Ombudsman's direction or by us: it is accepted now, and this is the day you will hear."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, said, text


def directed(facts: Facts) -> Composed:
    """What a resident is told once the Ombudsman has directed us to accept what we refused (2.4)."""
    draft = facts.draft or {}
    words = _(
        "The Housing Ombudsman told us on %(day)s to accept it. Their reference is %(reference)s.",
        day=_day(draft["directed_on"]),
        reference=draft["reference"],
    )
    if draft.get("ordered"):
        words += " " + _("They set %(day)s as the day for it.", day=_day(draft["ordered"]))
    return letter("directed", _title(facts), facts, list(_blocks(facts, text(words))))


def undone(facts: Facts) -> Composed:
    """What a resident is told once we have undone our own refusal, and why."""
    draft = facts.draft or {}
    return letter("refusal_undone", _title(facts), facts, list(_blocks(facts, said(str(draft["why"])))))


def _title(facts: Facts) -> str:
    return _("We now accept your complaint") if facts.stage == 1 else _("We now accept your request for stage 2")


def _day(saved: Any) -> str:
    return day(date.fromisoformat(str(saved)))


def _blocks(facts: Facts, why: Block) -> Iterator[Block]:
    draft = facts.draft or {}
    assert facts.acknowledge_by is not None
    refused = _day(draft["refused_on"])
    if facts.stage == 1:
        yield text(_("On %(day)s we told you that we would not accept your complaint. We accept it now.", day=refused))
    else:
        yield text(_("On %(day)s we told you that we would not accept your request for stage 2. We accept it now.", day=refused))
    yield heading(_("Why this has changed"))
    yield why
    yield text(_("You should not have had to wait for this, and we are sorry. You do not have to tell us anything again."))
    yield heading(_("When you will hear from us"))
    yield from _when(facts, facts.acknowledge_by)
    yield heading(_("If you want to add something"))
    yield text(reach_us(facts))
    yield from ombudsman(facts)


def _when(facts: Facts, hear_by: date) -> Iterator[Block]:
    yield text(
        _(
            "By %(day)s we will write to say what we understand your complaint to be, who has it, "
            "and the date of our answer.",
            day=day(hear_by),
        ),
        "acknowledge_by",
    )
    if facts.answer_by:
        yield text(_("You will have our answer by %(day)s at the latest.", day=day(facts.answer_by)), "answer_by")
