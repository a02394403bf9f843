"""What was promised, afterwards: missed; put on another day, with why; done, with how we know (7.3, ruling 23)."""

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
    yield from ombudsman(facts, answered=True)


def action_missed(facts: Facts) -> Composed:
    """What a resident is told when the day of a promise went by and nobody wrote down that it was done or moved it."""
    return letter("action_missed", _("We promised you something, and its day has passed"), facts, list(_missed(facts)))


def _missed(facts: Facts) -> Iterator[Block]:
    yield text(_("We have no record that we did what we promised you. We are sorry."), "apology")
    yield actions(_rows(facts), "actions")
    yield heading(_("What happens now"))
    yield text(_("We have told the people who owe you this, and their manager. It stays on our list until it is done."))
    yield text(_("If we put it on another day, we will write to you and say why. The first day stays on our records as a promise we did not keep."))
    yield heading(_("If it was done, or you cannot wait"))
    yield text(_("Tell us either way. You do not have to make a new complaint.") + " " + reach_us(facts), "reply")
    yield from ombudsman(facts, answered=True)


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
    yield from ombudsman(facts, answered=True)


def _rows(facts: Facts) -> list[Row]:
    return [
        Row(what=str(one["what"]), by=day(date.fromisoformat(str(one["due_on"]))), who=str(one["owner"]))
        for one in facts.actions
    ]
