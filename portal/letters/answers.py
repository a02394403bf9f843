"""Answers beside the answer: to some points before the rest, and the whole again where the first was wrong (ruling 27)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.extension import day_or_nothing
from portal.letters.facts import Facts
from portal.letters.response import answer, found, not_accepted_rights, owed, stage
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, bullets, heading, quoted, said, text


def interim(facts: Facts) -> Composed:
    """What we found on some points, and when the rest is answered. The stage goes on."""
    return letter("interim", _("Our answer to part of your complaint"), facts, list(_interim(facts)))


def _interim(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield text(_("We can answer part of your complaint now, so you do not have to wait for it. The rest follows."))
    if draft.get("opening"):
        yield said(str(draft["opening"]))
    for point in facts.points:
        yield heading(_("What you complained of"))
        yield quoted(str(point.get("text", "")), "definition")
        yield from found(facts, point)
    yield from owed(facts)
    yield heading(_("What we answer later"))
    yield bullets([str(words) for words in draft.get("rest") or ()], "rest")
    if facts.late_since:
        yield text(_("We should have answered all of it by %(day)s. We are late, and we are sorry.", day=day(facts.late_since)), "answer_by")
    elif facts.answer_by:
        yield text(_("We will answer every point in writing by %(day)s. This letter does not change that date.", day=day(facts.answer_by)), "answer_by")
    yield text(_("That answer repeats what this letter says, and tells you where you can go if you are not happy with any of it."))
    yield text(reach_us(facts))
    yield from not_accepted_rights(facts)
    yield from ombudsman(facts)


def correction(facts: Facts) -> Composed:
    """The whole answer again, in place of one that was wrong; both are kept."""
    return letter("correction", _("A correction of our answer to you"), facts, list(_correction(facts)))


def _correction(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    first = day_or_nothing(draft.get("corrects_on"))
    if first:
        yield text(_("Something in the answer that we sent you on %(day)s was wrong, and we are sorry. This letter takes its place. Keep both.", day=first))
    yield heading(_("What was wrong"))
    yield said(str(draft.get("why") or ""), "why")
    yield heading(_("Our answer, put right"))
    yield stage(facts)
    if draft.get("opening"):
        yield said(str(draft["opening"]))
    yield from answer(facts)
