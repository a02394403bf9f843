"""The day of receipt: corrected, with what that changes; or kept, with why (ruling 13)."""

from collections.abc import Iterator, Mapping
from datetime import date

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, quoted, said, text


def corrected(facts: Facts) -> Composed:
    """What a resident keeps when the day their complaint was received has been put right."""
    draft = facts.draft or {}
    first = text(
        _(
            "We had written down that we received your complaint on %(was)s. We have corrected that: we received it on %(to)s.",
            was=_day(draft["was"]),
            to=_day(draft["to"]),
        )
    )
    changes = [*_moved(facts)] or [text(_("It moves none of the dates that we have told you."))]
    blocks = [
        first,
        heading(_("Why we corrected it")),
        said(str(draft["why"])),
        heading(_("What this changes")),
        *changes,
        *_not_right(facts),
    ]
    return letter("receipt_corrected", _("We have corrected the day we received your complaint"), facts, blocks)


def _moved(facts: Facts) -> Iterator[Block]:
    """Each date that comes earlier; no date that was told moves later (ruling 52)."""
    for one in (facts.draft or {}).get("dates", ()):
        before, after = date.fromisoformat(one["before"]), date.fromisoformat(one["after"])
        if after < before:
            yield text(_sooner(one, after, is_late=after < facts.written_on))
            yield text(_("Before, that date was %(day)s.", day=day(before)))


def _sooner(one: Mapping[str, str], due: date, *, is_late: bool) -> str:
    if one["what"] == "acknowledge_by" and is_late:
        return _("We should have written to you by %(day)s to say what we understand your complaint to be. We are late, and we are sorry.", day=day(due))
    if one["what"] == "acknowledge_by":
        return _("By %(day)s we will write to say what we understand your complaint to be.", day=day(due))
    if is_late:
        return _("We should have answered you by %(day)s. We are late, and we are sorry.", day=day(due))
    return _("You will have our answer by %(day)s at the latest.", day=day(due))


def kept(facts: Facts) -> Composed:
    """Our reply to somebody who told us that the day was not right."""
    draft = facts.draft or {}
    blocks = [
        text(_("You told us that we have the wrong day for when we received your complaint. You wrote:")),
        quoted(str(draft["said"])),
        text(_("We have kept %(day)s, and this is why:", day=day(facts.received_on))),
        said(str(draft["why"])),
        *_not_right(facts),
    ]
    return letter("receipt_kept", _("The day we received your complaint"), facts, blocks)


def _not_right(facts: Facts) -> list[Block]:
    return [
        heading(_("If this is not right")),
        text(_("Tell us, on the page of your complaint or in any other way, and we will reply in writing.")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]


def _day(saved: str) -> str:
    return day(date.fromisoformat(saved))
