"""The letter about what would make it easier to deal with us: agreed, or declined and why, and when we look at it again (5.10)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, bullets, heading, quoted, said, text


def adjustment(facts: Facts) -> Composed:
    """Whether we do what they asked for, and what happens next."""
    agreed = bool((facts.draft or {}).get("agreed"))
    title = _("What we do to make it easier for you") if agreed else _("What you asked us to do differently")
    return letter("adjustment", title, facts, list(_decided(facts, agreed=agreed)))


def _decided(facts: Facts, *, agreed: bool) -> Iterator[Block]:
    draft = facts.draft or {}
    yield text(_("You asked us for this, to make it easier for you to deal with us:"))
    if draft.get("kinds"):
        yield bullets([_(kind) for kind in draft["kinds"]])
    if draft.get("words"):
        yield quoted(draft["words"])
    yield text(_("We will do it.") if agreed else _("We are sorry. We cannot do this as you asked."), part="decision")
    if draft.get("reason"):
        yield heading(_("How") if agreed else _("Why"))
        yield said(draft["reason"], "reason")
    if agreed:
        yield heading(_("When we look at it again"))
        yield text(_("We ask you by %(day)s whether it still fits.", day=day(draft["review_on"])), part="review")
        yield text(_("Tell us sooner if we do not keep to it, or if you need something else."), part="reply")
    else:
        yield heading(_("If you need it after all, or something else"))
        yield text(_("Ask us to look at it again on any day. You do not have to wait."), part="review")
        yield text(_("Tell us if this is not right, or what else would make it easier for you."), part="reply")
    yield text(reach_us(facts))
    yield from ombudsman(facts)
