"""How we understand a complaint, after the acknowledgement: what we ask so as to understand it, and what we have changed (5.6)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.acknowledgement import more_to_tell, outcomes, whose
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us, we_answer_by
from portal.letters.structure import Block, Composed, heading, quoted, said, text


def clarification(facts: Facts) -> Composed:
    """What we ask so as to understand; no date waits for the reply."""
    question = str((facts.draft or {}).get("question") or "")
    blocks = [
        text(_("We want to be sure that we understand you.")),
        heading(_("What we ask you")),
        said(question, "question"),
        heading(_("How to tell us")),
        text(_("Say it in any way that suits you. You can write to us on the page of your complaint.") + " " + reach_us(facts)),
        heading(_("This does not hold anything up")),
        text(_("You do not have to reply. We go on with what you have told us, and no date moves."), "dates"),
        *_dates(facts),
        *ombudsman(facts),
    ]
    return letter("clarification", _("We have a question about your complaint"), facts, blocks)


def _dates(facts: Facts) -> Iterator[Block]:
    if facts.late_since:
        yield text(_("We should have answered you by %(day)s. We are late, and we are sorry.", day=day(facts.late_since)))
    if facts.acknowledge_by:
        yield text(_("By %(day)s we will write to say what we understand your complaint to be.", day=day(facts.acknowledge_by)))
    elif facts.answer_by:
        yield text(we_answer_by(facts, day(facts.answer_by)))


def revised(facts: Facts) -> Composed:
    """The points in a new version, and why; the clock stays on the first acknowledgement (rulings 21 and 28)."""
    return letter("revised", _("How we now understand your complaint"), facts, list(_revised(facts)))


def _revised(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield text(_("We told you how we understood your complaint. We have changed that."))
    yield heading(_("What we changed, and why"))
    if draft.get("settled"):
        yield text(_("We said that we would find out whose each point is. Now we know, and say it below."), "why")
    else:
        yield said(str(draft.get("why") or ""), "why")
    yield heading(_("Your complaint, as we now understand it"))
    for place, point in enumerate(facts.points, 1):
        yield heading(_("Point %(number)s", number=place))
        yield quoted(str(point.get("text", "")), "definition")
        yield text(whose(point), "responsibilities")
        if point.get("whose"):
            yield said(str(point["whose"]))
    yield from outcomes(facts)
    yield heading(_("When we will answer"))
    yield text(_("This does not change the date of our answer."), "answer_by")
    yield from _dates(facts)
    yield from more_to_tell(facts)
    yield from ombudsman(facts)
