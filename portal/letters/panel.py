"""A panel looks at it again: when, where, who is on it, how to take part, with whom, and what could be made easier (3.6)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, bullets, heading, said, text


def panel(facts: Facts) -> Composed:
    """What a resident is told before a panel meets."""
    return letter("panel", _("A panel will look at your complaint"), facts, list(_panel(facts)))


def _panel(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield text(_("You asked us to look at your complaint again. A panel will do that. Nobody on it has decided anything about it before."))
    if draft.get("instead_of"):
        yield text(_("We told you before that it meets on %(day)s. It meets on another day now, or in another way, and we are sorry for the change.", day=day(draft["instead_of"])))
    yield heading(_("When and where"))
    yield text(_("%(day)s, %(time)s", day=day(draft["on"]), time=draft["starts"]), part="when")
    yield said(draft["place"])
    yield heading(_("Who is on the panel"))
    yield bullets(draft["members"], part="members")
    yield heading(_("How you can take part"))
    yield text(_("You can take part, and you do not have to. The panel looks at every point either way, and nobody holds it against you."))
    yield said(draft["taking_part"], part="taking_part")
    yield text(_("You can bring somebody with you, or let somebody speak for you. You choose who."), part="accompanied")
    yield heading(_("If something would make it easier"))
    yield text(_("An interpreter, a break, a place without steps, another time, or saying it by phone or in writing: ask us, and we do what we can."), part="easier")
    yield text(reach_us(facts))
    yield heading(_("What this changes"))
    yield text(_("Nothing in the dates that we told you."))
    if facts.answer_by:
        yield text(_("You will have our final answer in writing by %(day)s.", day=day(facts.answer_by)), part="answer_by")
    yield from ombudsman(facts)
