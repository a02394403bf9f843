"""Letters sent outside the portal: the note that stands for one here, and the letter that completes it (rulings 18, 45)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.refusal import rights
from portal.letters.response import decision, to_stage_2, to_the_ombudsman
from portal.letters.shared import letter, ombudsman, policy, reach_us
from portal.letters.structure import Block, Composed, heading, quoted, said, text

OURS = {
    "acknowledgement": frozenset({"stage", "evidence", "policy", "ombudsman"}),
    "response": frozenset({"stage", "escalate", "ombudsman", "refusal_rights"}),
    "refusal": frozenset({"refusal_rights", "ombudsman"}),
}
"""The parts of each letter that are our own fixed words, so that nobody has to write them."""


def is_ours(kind: str, part: str) -> bool:
    """Whether a part of a letter is said in fixed words."""
    return part in OURS.get(kind, frozenset({"ombudsman"}))


def outside(facts: Facts) -> Composed:
    """What stands among the letters for one that went some other way: its day, its way, what it decided."""
    draft = facts.draft or {}
    on = day(date.fromisoformat(str(draft["on"])))
    ways = {
        "email": _("We sent you this letter by email on %(day)s, outside this website.", day=on),
        "post": _("We sent you this letter by post on %(day)s, outside this website.", day=on),
    }
    blocks = [text(ways.get(str(draft["channel"]), _("We gave you this letter by hand on %(day)s.", day=on)))]
    blocks.append(text(_("The letter itself is the file below.") if draft.get("has_file") else _("We have no copy of it here.")))
    for number, point in enumerate(facts.points, 1):
        blocks += [heading(_("Point %(number)s", number=number)), quoted(str(point.get("text", "")))]
        blocks += [text(decision(str(point["disposition"])))] if point.get("disposition") else []
    composed = letter(str(draft["kind"]), _title(str(draft["kind"])), facts, blocks)
    return replace(composed, signed=[_("Recorded by"), _("The complaints team, %(landlord)s", landlord=facts.landlord.name)])


def _title(kind: str) -> str:
    titles = {
        "acknowledgement": _("Our letter about what we understand your complaint to be"),
        "response": _("Our letter with our answer"),
        "interim": _("Our letter with our answer to some points"),
        "extension": _("Our letter about needing longer"),
        "late": _("Our letter about being late"),
        "refusal": _("Our letter about not accepting this"),
    }
    return titles.get(kind, _("Our letter with news"))


def completing(facts: Facts) -> Composed:
    """What the outside letter should have told them, part by part."""
    draft = facts.draft or {}
    blocks = [
        text(
            _(
                "We wrote to you on %(day)s, outside this website. That letter left out things that you should have been told. "
                "We are sorry. Here they are.",
                day=day(date.fromisoformat(str(draft["sent_on"]))),
            )
        ),
        *(block for part in draft["parts"] for block in _part(facts, str(draft["of"]), part)),
        heading(_("If you have a question about this")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("completing", _("What our earlier letter left out"), facts, blocks)


def _part(facts: Facts, kind: str, part: Mapping[str, Any]) -> Iterator[Block]:
    if is_ours(kind, part["id"]):
        yield from _fixed(facts, kind, str(part["id"]))
    elif part["words"]:
        named = part["label"]
        label = _(named)
        yield heading(label[:1].upper() + label[1:])
        yield said(str(part["words"]), part["id"])


def _fixed(facts: Facts, kind: str, part: str) -> Iterator[Block]:
    """Our own words for a part; the Ombudsman stands at the end of every letter."""
    match part:
        case "stage":
            yield text(_("That letter was about stage %(stage)s of your complaint.", stage=facts.stage), "stage")
        case "evidence":
            yield heading(_("If you have more to tell us"))
            yield text(_("You can send us anything that helps: a photograph, a letter, a name.") + " " + reach_us(facts), "evidence")
        case "policy":
            yield text(policy(facts), "policy")
        case "escalate":
            yield from to_stage_2(facts) if facts.stage == 1 else to_the_ombudsman(facts)
        case "refusal_rights":
            yield from rights(facts)
