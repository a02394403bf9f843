"""What was promised, afterwards: put on another day, with why; and done, with how we know (7.3, ruling 23)."""

from collections.abc import Iterator
from datetime import date

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, Row, actions, heading, said, text


def action_redated(facts: Facts) -> Composed:
    """What a resident is told of a promise that was not kept, or will not be, on its day."""
    return letter("action_redated", _("A new day for what we promised you"), facts, list(_redated(facts)))


def _redated(facts: Facts) -> Iterator[Block]:
    if facts.was_due and facts.was_due < facts.written_on:
        yield text(_("We promised you something by %(day)s, and we did not do it. We are sorry.", day=day(facts.was_due)))
    elif facts.was_due:
        yield text(_("We promised you something by %(day)s. We will not manage it by then, and we are sorry.", day=day(facts.was_due)))
    yield heading(_("Why"))
    yield said(str((facts.draft or {}).get("reason") or ""), "reason")
    yield heading(_("What we will do, and by when"))
    yield actions(_rows(facts), "actions")
    yield text(_("The first day stays on our records as a promise we did not keep. The new day does not make that good."))
    yield heading(_("If the new day does not suit you"))
    yield text(reach_us(facts))
    yield from ombudsman(facts)


def action_done(facts: Facts) -> Composed:
    """What a resident is told when something promised was done: what, on what day, how we know, and what is left."""
    return letter("action_done", _("We have done something we promised you"), facts, list(_done(facts)))


def _done(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    done_on: date | None = draft.get("done_on")
    if done_on:
        yield text(_("On %(day)s we did this:", day=day(done_on)))
    yield said(str(draft.get("what") or ""), "done")
    if done_on and facts.was_due and done_on > facts.was_due:
        yield text(_("We had promised it by %(day)s. It was late, and we are sorry.", day=day(facts.was_due)))
    yield heading(_("How we know"))
    yield said(str(draft.get("proof") or ""), "proof")
    yield heading(_("If it is not done, or not done well"))
    yield text(_("Tell us, and we will look at it again.") + " " + reach_us(facts))
    if facts.owed_before:
        yield heading(_("What is still to be done"))
        yield actions(_rows(facts))
        yield text(_("We keep this list open until all of it is done."))
    yield from ombudsman(facts)


def _rows(facts: Facts) -> list[Row]:
    return [
        Row(what=str(one["what"]), by=day(date.fromisoformat(str(one["due_on"]))), who=str(one["owner"]))
        for one in facts.actions
    ]
