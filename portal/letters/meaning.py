"""Our reply to “that is not what I meant”: the points put in other words, or kept, and why."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, quoted, said, text


def meaning(facts: Facts) -> Composed:
    """What a resident keeps who told us that we had not understood."""
    draft = facts.draft or {}
    blocks = [
        text(_("You told us that we had not understood you. You wrote:")),
        quoted(str(draft.get("query", ""))),
        heading(_("Our reply")),
        said(str(draft.get("reply", ""))),
        *_points(facts),
        heading(_("If this is still not what you meant")),
        text(_("Tell us again, on the page of your complaint or in any other way. We reply before we answer.")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("meaning", _("Our reply about what you meant"), facts, blocks)


def _points(facts: Facts) -> Iterator[Block]:
    if facts.points:
        yield heading(_("Your points, as we now understand them"))
        for point in facts.points:
            yield quoted(str(point["text"]), "definition")
    else:
        yield text(_("We have kept the points as they were."))
    if facts.answer_by:
        yield text(_("Our answer is still due by %(day)s.", day=day(facts.answer_by)), "answer_by")
