"""A panel looks at it again: when and where, how to take part, with whom; that it does not meet, or that it met (3.6)."""

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
    yield from _no_date_moves(facts)


def _no_date_moves(facts: Facts) -> Iterator[Block]:
    yield heading(_("What this changes"))
    yield text(_("Nothing in the dates that we told you."))
    if facts.answer_by:
        yield text(_("You will have our final answer in writing by %(day)s.", day=day(facts.answer_by)), part="answer_by")
    yield from ombudsman(facts)


def panel_off(facts: Facts) -> Composed:
    """What a resident is told when a panel that they were told of does not meet."""
    return letter("panel_off", _("The panel does not meet"), facts, list(_off(facts)))


def _off(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    when = day(draft["on"])
    told = _("We told you that a panel would meet about your complaint on %(day)s. It did not meet.", day=when) if draft["has_passed"] else _("We told you that a panel meets about your complaint on %(day)s. It does not meet then.", day=when)
    yield text(told, part="when")
    yield text(_("We are sorry, above all if you had made plans to take part."))
    yield heading(_("Why"))
    yield said(draft["why"], part="reason")
    yield heading(_("What happens now"))
    yield text(_("We look at every point all the same. If a panel is to meet after all, we write to you before it."), part="next")
    yield text(_("If you had something to say to the panel, tell us in another way, and it counts as much."))
    yield text(reach_us(facts))
    yield from _no_date_moves(facts)


def panel_held(facts: Facts) -> Composed:
    """What a resident is told of a panel that met, and of which this portal never wrote to them."""
    return letter("panel_held", _("A panel met about your complaint"), facts, list(_held(facts)))


def _held(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield text(_("On %(day)s a panel met about your complaint. Nobody on it had decided anything about it before.", day=day(draft["on"])), part="when")
    yield text(_("We should have written to you before it met, and we are sorry that this letter comes after it."))
    yield heading(_("Who was there"))
    yield bullets([*draft["members"], *draft["others"]], part="members")
    yield text(_("Our record says that you took part.") if draft["resident_came"] else _("Our record says that you did not take part yourself."))
    if draft["accompanied_by"]:
        yield text(_("With you, or for you: %(who)s.", who=draft["accompanied_by"]))
    yield heading(_("How you knew of it, as our record says"))
    yield said(draft["told"], part="told")
    yield heading(_("If this is not right, or you want to add something"))
    yield text(_("Tell us. What you say now counts as much as what was said there."), part="reply")
    yield text(reach_us(facts))
    yield from _no_date_moves(facts)
