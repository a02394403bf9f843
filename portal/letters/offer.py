"""More is offered than the answer gave: why, what, by when; and that taking it closes no way onwards (5.13, ruling 23)."""

from collections.abc import Iterator

from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.response import owed, remedy_offered
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, said, text


def offer(facts: Facts) -> Composed:
    """What a resident keeps of a further offer."""
    return letter("offer", _("We want to put more right"), facts, list(_offer(facts)))


def _offer(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield text(_("We have looked at your complaint again, and we offer you something more."))
    yield heading(_("Why"))
    yield said(str(draft.get("reason") or ""), "reason")
    yield heading(_("What we offer"))
    yield from remedy_offered(draft, "remedy")
    yield said(str(draft.get("impact") or ""), "impact")
    if facts.actions:
        yield from owed(facts)
    yield heading(_("What you can do"))
    yield text(
        _(
            "You can accept this or not. Either way, whatever we offered or promised before still stands. "
            "Accepting it does not stop you from taking your complaint further, to us or to the Ombudsman."
        )
    )
    yield text(reach_us(facts))
    yield from ombudsman(facts, answered=True)
