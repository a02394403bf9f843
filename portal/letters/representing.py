"""Letters to a resident about somebody who says that they act for them: is that right; and what came of it (ruling 5)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, bullets, heading, said, text
from portal.rules.authority import SCOPES


def authority_request(facts: Facts) -> Composed:
    """Somebody complained for you: tell us whether they may act for you."""
    return letter("authority_request", _("Somebody has complained for you"), facts, list(_asked(facts)))


def _asked(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield text(_("We had a complaint about you or your home on %(day)s. %(who)s told us, and says that they act for you.", day=day(facts.received_on), who=draft.get("who", "")), part="who")
    yield text(_("We are looking into it already. We do not wait for your reply."))
    yield heading(_("What happens until you tell us"))
    yield text(_("We write to you and not to them. They see their own words and the dates, and nothing else."), part="until_then")
    yield heading(_("Please tell us"))
    yield text(_("Tell us whether they may act for you, and what they may see. You can change your mind on any day."), part="reply")
    yield text(reach_us(facts))
    yield from ombudsman(facts)


def representative(facts: Facts) -> Composed:
    """Whether somebody may act for you, and why."""
    acts = (facts.draft or {}).get("authority") == "shown"
    return letter("representative", _("Somebody acts for you") if acts else _("Who acts for you"), facts, list(_judged(facts, acts=acts)))


def _judged(facts: Facts, *, acts: bool) -> Iterator[Block]:
    draft = facts.draft or {}
    who = draft.get("who", "")
    if acts:
        yield text(_("%(who)s acts for you in this complaint from today. They may:", who=who), part="change")
        yield bullets([_(words) for scope, words in SCOPES.items() if scope in draft.get("scope", ())])
        yield text(_("You can take any of this away, or stop all of it, on the page of your complaint or by telling us."))
        yield heading(_("What we were shown"))
    else:
        yield text(_("%(who)s does not act for you in this complaint. We write to you alone.", who=who), part="change")
        yield text(_("We have not told them why."))
        yield heading(_("Why"))
    yield said(str(draft.get("reason") or ""), "reason")
    yield heading(_("If this is not right"))
    yield text(_("Tell us. You can choose somebody to act for you, or end it, on any day."), part="reply")
    yield text(reach_us(facts))
    yield from ombudsman(facts)
