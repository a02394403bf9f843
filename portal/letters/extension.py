"""The extension: why we need longer, the new date, how often there will be news, and the Ombudsman (6.4, 6.5, 6.15, 6.16)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.i18n import day, installed, locale, ngettext, speaking
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us, we_answer_by
from portal.letters.structure import Block, Composed, heading, said, text


def extension(facts: Facts) -> Composed:
    """The letter that puts an answer back."""
    return letter("extension", _("We need longer to answer you"), facts, list(_blocks(facts)))


def _blocks(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    if facts.answer_by:
        yield text(_("We told you that we would answer by %(day)s. We need longer, and we are sorry.", day=day(facts.answer_by)))
    yield heading(_("Why we need longer"))
    yield said(str(draft.get("reason") or ""), "reason")
    if draft.get("good_reason"):
        yield said(str(draft["good_reason"]))
    yield heading(_("When we will answer"))
    new_date = day_or_nothing(draft.get("new_date"))
    yield text(we_answer_by(facts, new_date) if new_date else "", "new_date")
    yield from news(facts)
    yield heading(_("If this is too long for you, or something has changed"))
    yield text(_("Tell us, and we will look at it again.") + " " + reach_us(facts))
    yield from ombudsman(facts)


def news(facts: Facts) -> Iterator[Block]:
    """How often we will write until the answer goes, and how that was agreed (5.9)."""
    draft = facts.draft or {}
    yield heading(_("News until then"))
    often = draft.get("interval")
    yield text(every(int(often)) if often else "", "interval")
    if draft.get("interval_agreed"):
        yield _agreed(facts, str(draft["interval_agreed"]))


def _agreed(facts: Facts, written: str) -> Block:
    """How it was agreed: as staff wrote it; where that is our own sentence of the call in which it was, in the language that the letter is in."""
    on = facts.told_on
    is_ours = on is not None and written.strip() in {agreed_with_you(name, on) for name in installed()}
    return text(agreed_with_you(locale(), on)) if on and is_ours else said(written)


def every(working_days: int) -> str:
    """How often there will be news, in one sentence."""
    return ngettext(
        "We will write to you with news every working day, even if there is little to say.",
        "We will write to you with news at least every %(num)s working days, even if there is little to say.",
        working_days,
    )


def day_or_nothing(written: Any) -> str:
    """A day that was written, in words; nothing where there is none."""
    try:
        return day(date.fromisoformat(str(written)))
    except ValueError:
        return ""


def agreed_with_you(language: str, on: date) -> str:
    """That what the letter says was agreed in talk, and on which day; in the language of the letter."""
    with speaking(language):
        return _("We agreed this with you on %(day)s.", day=day(on))
