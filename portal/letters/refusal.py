"""The refusal: why we do not accept a complaint or a request for stage 2, and where that decision can be taken."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, said, subheading, text


def refusal(facts: Facts) -> Composed:
    """The letter of 2.4; of 5.11 where it is stage 2 that is refused: the same letter on the same grounds."""
    first = facts.stage == 1
    title = _("Why we are not accepting your complaint") if first else _("Why we are not accepting your request for stage 2")
    return letter("refusal", title, facts, list(_blocks(facts)))


def _blocks(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    if facts.stage == 1:
        yield text(_("We received your complaint on %(day)s. We have decided not to accept it.", day=day(facts.received_on)))
    else:
        yield text(_("You asked for stage 2 on %(day)s. We have decided not to accept that.", day=day(facts.received_on)))
    yield text(_("You can take this decision to the Housing Ombudsman. The end of this letter says how."))
    yield from ground(draft)
    yield from written(draft)
    yield from rights(facts)
    yield from ombudsman(facts)


def of_point(point: Mapping[str, Any]) -> str:
    """What stands before the name of a refusal's part, where it is of one point (ruling 25)."""
    return f"{point['number']}:"


def ground(draft: Mapping[str, Any], of: str = "") -> Iterator[Block]:
    """On which ground, and the days it rests on; `of` goes before the names of the parts, where they are of one point."""
    words = {
        "over_12_months": _("It happened, and you knew of it, more than 12 months before you complained to us."),
        "legal_proceedings": _("Legal proceedings about it have begun: a claim has been filed at court."),
        "already_considered": _("We have already considered it under our complaints policy."),
    }.get(str(draft.get("ground") or ""))
    if words is None:
        return
    yield (subheading if of else heading)(_("The ground for our decision"))
    yield text(words, f"{of}ground")
    if draft.get("happened_on") and draft.get("known_on"):
        yield text(
            _(
                "As we understand it, this happened on %(happened)s, and you knew of it on %(known)s. "
                "If either day is wrong, tell us.",
                happened=_day(draft["happened_on"]),
                known=_day(draft["known_on"]),
            )
        )


def _day(saved: Any) -> str:
    return day(date.fromisoformat(str(saved)))


def written(draft: Mapping[str, Any], of: str = "", shared: Collection[str] = ()) -> Iterator[Block]:
    """What staff wrote: the reasons, what they rest on, how the person's circumstances were weighed.

    `shared` are the parts that the letter they stand in asks for by the same name.
    """
    titles = {
        "court_filing": _("When the claim was filed"),
        "earlier_decision": _("Where we considered it before"),
        "reasons": _("Our reasons"),
        "evidence": _("What we relied on"),
        "circumstances": _("How we weighed your circumstances"),
        "discretion": _("Why we did not make an exception"),
    }
    for name, title in titles.items():
        if draft.get(name):
            yield (subheading if of else heading)(title)
            yield said(str(draft[name]), name if name in shared else f"{of}{name}")


def rights(facts: Facts, title: str = "") -> Iterator[Block]:
    """Where a refusal can be taken: the Ombudsman, or us again (2.4)."""
    yield heading(title or _("If you do not agree"))
    yield text(
        _(
            "You have the right to take this decision to the Housing Ombudsman, today if you want to. "
            "They can tell us to accept it, and then we must."
        ),
        "refusal_rights",
    )
    yield text(_("You can also ask us to look at this decision again. Ask for the person in charge of complaints.") + " " + reach_us(facts))
