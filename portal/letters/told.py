"""What else is told in writing, so that nothing new is on a page alone: money paid, and our reply to a message where that cannot be mailed."""

from collections.abc import Iterator
from datetime import date

from portal.i18n import day, money
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, said, text


def paid(facts: Facts) -> Composed:
    """What a resident is told when money that they accepted was paid: how much, on what day, how we know."""
    return letter("paid", _("We have paid you"), facts, list(_paid(facts)))


def _paid(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    paid_on: date | None = draft.get("paid_on")
    if paid_on:
        yield text(_("On %(day)s we paid you %(money)s.", day=day(paid_on), money=money(int(draft.get("pence") or 0))))
    yield heading(_("How we know"))
    yield said(str(draft.get("proof") or ""))
    yield text(_("If the money is not there, tell us.") + " " + reach_us(facts))
    yield from ombudsman(facts, answered=True)


def reply(facts: Facts) -> Composed:
    """Our reply to what they wrote, for somebody who chose post and no e-mail; it is on their page too."""
    blocks = [said(str((facts.draft or {}).get("words") or "")), text(reach_us(facts))]
    return letter("reply", _("Our reply to your message"), facts, blocks)
