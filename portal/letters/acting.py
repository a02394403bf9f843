"""Letters about the end of somebody's authority: to the resident in full, to whoever acted in neutral words (rulings 5, 6)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, said, text


def authority_ended(facts: Facts) -> Composed:
    """What the resident keeps who ended it: what holds from now, and what happens next."""
    is_paused = _change(facts) == "paused"
    title = _("You stopped somebody from acting for you")
    return letter("authority_ended", title, facts, list(_paused(facts) if is_paused else _ended(facts)))


def _change(facts: Facts) -> str:
    return str((facts.draft or {}).get("change", ""))


def _who(facts: Facts) -> str:
    return str((facts.draft or {}).get("who", ""))


def _told(facts: Facts) -> Iterator[Block]:
    if facts.told_on:
        yield text(_("You told us this on %(day)s.", day=day(facts.told_on)))


def _ended(facts: Facts) -> Iterator[Block]:
    yield from _told(facts)
    yield text(_("%(who)s no longer acts for you in this complaint. They see nothing more of it, and we write to them no more about it.", who=_who(facts)), part="change")
    yield text(_("We told them only that they do not act in it any longer. We gave no reason."))
    yield from _more(facts)


def _paused(facts: Facts) -> Iterator[Block]:
    yield from _told(facts)
    yield text(_("%(who)s sees nothing more of this complaint for now.", who=_who(facts)), part="change")
    yield text(_("They act for you by a legal authority, and we cannot end that. A manager looks at it by the end of the next working day and writes to you."))
    yield text(_("We told them only that their access is paused. We gave no reason."))
    yield from _more(facts)


def _more(facts: Facts) -> Iterator[Block]:
    yield text(_("Your complaint goes on, with the same dates."))
    yield heading(_("If this is not right"))
    yield text(_("Tell us. You can choose somebody to act for you on any day."), part="reply")
    yield text(reach_us(facts))
    yield from ombudsman(facts)


def authority_decided(facts: Facts) -> Composed:
    """What a manager decided about a pause, and why: to the resident alone."""
    return letter("authority_decided", _("What we decided about who acts for you"), facts, list(_decided(facts)))


def _decided(facts: Facts) -> Iterator[Block]:
    if _change(facts) == "given back":
        yield text(_("%(who)s can open this complaint again, and do what they could do before.", who=_who(facts)), part="change")
    else:
        yield text(_("%(who)s still sees nothing of this complaint, and does nothing in it.", who=_who(facts)), part="change")
    yield heading(_("Why"))
    yield said(str((facts.draft or {}).get("reason") or ""), "reason")
    yield text(_("We have not told them why."))
    yield heading(_("If this is not right"))
    yield text(_("Tell us, and we look at it again. You can stop them again on any day."), part="reply")
    yield text(reach_us(facts))
    yield from ombudsman(facts)


def not_acting(facts: Facts) -> Composed:
    """To whoever acted: that they do not for now or any longer. Nothing of the complaint, and never a reason."""
    if _change(facts) == "ended":
        title, first = _("You no longer act in a complaint"), _("You no longer act for somebody in a complaint to us. You do not need to do anything.")
    else:
        title, first = _("Your access to a complaint is paused"), _("You cannot open this complaint for now. This does not change any legal authority that you have.")
    return letter("not_acting", title, facts, [text(first, part="change"), *_questions(facts)])


def acting(facts: Facts) -> Composed:
    """To whoever acted before: that they can again."""
    first = _("You can open this complaint again with your access code, and do what you could do before.")
    return letter("acting", _("You can open a complaint again"), facts, [text(first, part="change"), *_questions(facts)])


def _questions(facts: Facts) -> Iterator[Block]:
    yield heading(_("If you have questions"))
    yield text(reach_us(facts))
