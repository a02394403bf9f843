"""Withdrawn, and taken up again: each confirmed in writing, with what is still owed and the dates."""

from collections.abc import Iterator
from datetime import date

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us, we_answer_by
from portal.letters.structure import Block, Composed, Row, actions, heading, quoted, text


def withdrawal(facts: Facts) -> Composed:
    """What a resident keeps who withdrew the complaint, or some points of it."""
    title = _("You have withdrawn part of your complaint") if facts.points else _("You have withdrawn your complaint")
    blocks = [
        *_withdrawn(facts),
        text(_("Your reference is %(reference)s. Say it if you ring or write.", reference=facts.reference), "reference"),
        *_promised(facts),
        heading(_("If you change your mind")),
        text(
            _(
                "You can take it up again: come back to the website with the same access code, or ring us. "
                "We will never take it that you withdraw something because we have not heard from you."
            )
        ),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("withdrawal", title, facts, blocks)


def _withdrawn(facts: Facts) -> Iterator[Block]:
    on = day(facts.told_on or facts.written_on)
    if not facts.points:
        yield text(_("On %(day)s you told us that you withdraw your complaint. We will not answer it, and no more letters about it are due.", day=on))
        return
    yield text(_("On %(day)s you told us that you withdraw this. We will not answer it:", day=on))
    for point in facts.points:
        yield quoted(str(point["text"]))
    yield text(_("We answer the rest of your complaint as before, on the same date."))


def _promised(facts: Facts) -> Iterator[Block]:
    if facts.owed_before:
        yield heading(_("What we still owe you"))
        yield text(_("Withdrawing changes nothing about what we promised. We still have to do this:"))
        rows = [Row(what=one["what"], by=day(date.fromisoformat(one["due_on"])), who=one["owner"]) for one in facts.owed_before]
        yield actions(rows)


def resumption(facts: Facts) -> Composed:
    """What a resident keeps who took the complaint, or some points of it, up again."""
    title = _("You have taken part of your complaint up again") if facts.points else _("You have taken your complaint up again")
    blocks = [
        *_resumed(facts),
        text(_("Your reference is %(reference)s. Say it if you ring or write.", reference=facts.reference), "reference"),
        *_dates(facts),
        heading(_("If you want to add something")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("resumption", title, facts, blocks)


def _resumed(facts: Facts) -> Iterator[Block]:
    on = day(facts.told_on or facts.written_on)
    if facts.points:
        yield text(_("On %(day)s you told us that you take this up again. We will answer it:", day=on))
        for point in facts.points:
            yield quoted(str(point["text"]))
    else:
        yield text(_("On %(day)s you told us that you take your complaint up again. We go on where we stopped.", day=on))
    yield text(_("We received it on %(day)s. That does not change, and nothing you told us is lost.", day=day(facts.received_on)))


def _dates(facts: Facts) -> Iterator[Block]:
    if facts.acknowledge_by or facts.answer_by:
        yield heading(_("When you will hear from us"))
    if facts.acknowledge_by:
        yield text(_("By %(day)s we will write to say what we understand your complaint to be.", day=day(facts.acknowledge_by)))
    if facts.answer_by:
        yield text(we_answer_by(facts, day(facts.answer_by)), "answer_by")
    if facts.before_break:
        yield text(_("Before you withdrew it, that date was %(day)s.", day=day(facts.before_break)))
