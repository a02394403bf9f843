"""The written confirmation of what was agreed by phone or in person (ruling 17)."""

from collections.abc import Iterator

from portal.i18n import day, money
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, quoted, text


def agreed(facts: Facts) -> Composed:
    """What a resident keeps who told us, by phone or in person, what they think of an offer."""
    draft = facts.draft or {}
    on = day(facts.told_on or facts.written_on)
    taken = draft["agreed"] == "accepted"
    first = _("On %(day)s you told us that you accept this:", day=on) if taken else _("On %(day)s you told us that you do not want this:", day=on)
    blocks = [
        text(first, "agreed"),
        *_offer(facts),
        text(_("We will give it to you as we said.") if taken else _("We will not ask again. If you want it after all, tell us.")),
        *([text(_("You will have the money by %(day)s.", day=day(draft["pay_by"])), "pay_by")] if draft.get("pay_by") else []),
        heading(_("What this does not change")),
        text(_("You can still go to stage 2, and to the Housing Ombudsman. What we promised to do, we still have to do.")),
        heading(_("If this is not what you said")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("agreed", _("What you told us about our offer"), facts, blocks)


def _offer(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    named = str(draft["kind"] or "")
    kind = _(named) if named else ""
    said = [kind, money(draft["pence"]) if draft.get("pence") else "", str(draft["words"] or "")]
    yield quoted(". ".join(one for one in said if one))
