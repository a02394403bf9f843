"""To whoever deals with the estate of a resident who died: the complaint goes on, and nothing has to be done for that (ruling 4)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, text


def estate(facts: Facts) -> Composed:
    """What they are told when they are named."""
    return letter("estate", _("A complaint that goes on"), facts, list(_estate(facts)))


def _estate(facts: Facts) -> Iterator[Block]:
    yield text(_("We are sorry that %(name)s has died.", name=facts.estate_of))
    yield text(_("They complained to us on %(day)s. The complaint goes on, and so does every date we gave.", day=day(facts.received_on)))
    if facts.answer_by:
        yield text(_("We will answer every point in writing by %(day)s.", day=day(facts.answer_by)), part="answer_by")
    yield heading(_("What this means for you"))
    yield text(_("From now on our letters about it go to you. Letters that we wrote since and could not send come with this one."))
    yield text(_("You do not have to do anything to keep it going, and it does not end because somebody says nothing."), part="goes_on")
    yield heading(_("If you want to tell us something"))
    yield text(_("You can tell us more, ask us a question, or tell us that somebody else deals with the estate."))
    yield text(reach_us(facts))
    yield from ombudsman(facts)
