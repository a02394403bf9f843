"""Acknowledgement and answer in one letter, where the answer is ready: how we understand each point, and what we found (ruling 26)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.acknowledgement import more_to_tell, outcomes, whose
from portal.letters.facts import Facts
from portal.letters.response import found, onwards, owed, refused, withdrawn
from portal.letters.shared import letter, ombudsman
from portal.letters.structure import Block, Composed, heading, quoted, said, text
from portal.rules.reading import BOTH


def both(facts: Facts) -> Composed:
    """The letter that has the parts of both: 5.6 and 6.9 at stage 1, 5.6 and 6.19 at stage 2."""
    title = _("Our answer to your complaint") if facts.stage == 1 else _("Our final answer to your complaint")
    return letter(BOTH, title, facts, list(_blocks(facts)))


def _blocks(facts: Facts) -> Iterator[Block]:
    yield text(_stage(facts), "stage")
    yield from _when(facts)
    opening = (facts.draft or {}).get("opening")
    if opening:
        yield said(str(opening))
    yield from outcomes(facts)
    for place, point in enumerate(facts.points, 1):
        yield heading(_("Point %(number)s", number=place))
        yield quoted(str(point.get("text", "")), "definition")
        yield text(whose(point), "responsibilities")
        if point.get("whose"):
            yield said(str(point["whose"]))
        yield from found(facts, point)
    yield from withdrawn(facts)
    yield from refused(facts)
    yield from owed(facts)
    yield from onwards(facts)
    yield from more_to_tell(facts)
    yield from ombudsman(facts, answered=True)


def _stage(facts: Facts) -> str:
    on = day(facts.received_on)
    if facts.stage == 1:
        return _(
            "Your complaint is at stage 1. We received it on %(day)s. This letter says how we understand it, and it is our "
            "stage 1 answer. You can ask us to look again, and the end of this letter says how.",
            day=on,
        )
    return _(
        "Your complaint is at stage 2. You asked for that on %(day)s. This letter says how we understand it, and it is our "
        "final answer. The end of it says what you can do next.",
        day=on,
    )


def _when(facts: Facts) -> Iterator[Block]:
    assert facts.answer_by is not None
    if facts.late_since:
        yield text(_("We should have answered you by %(day)s. We are late, and we are sorry.", day=day(facts.late_since)), "answer_by")
    else:
        yield text(_("You were to have our answer by %(day)s. It was ready sooner, so here it is.", day=day(facts.answer_by)), "answer_by")
    if facts.writer:
        yield text(_("Your complaint is with %(who)s.", who=facts.writer.introduced))
