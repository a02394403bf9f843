"""What is written while an answer is not there yet: that it is late, and news (5.9, ruling 32)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.extension import day_or_nothing, every, news
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us, we_answer_by
from portal.letters.structure import Block, Composed, heading, said, text


def late(facts: Facts) -> Composed:
    """The notice that an answer is late: sorry, why, when they will hear, and what they can do today."""
    return letter("late", _("Our answer to you is late"), facts, list(_late(facts)))


def _late(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    if facts.answer_by:
        yield text(_("We should have answered you by %(day)s, and we did not. We are sorry.", day=day(facts.answer_by)))
    yield text(_("It was not anything you did. Your complaint stays counted as late, even after we answer."))
    yield heading(_("Why it is late"))
    yield said(str(draft.get("reason") or ""), "reason")
    yield heading(_("When we will answer"))
    expected = day_or_nothing(draft.get("new_date"))
    yield text(_("We expect to answer every point in writing by %(day)s.", day=expected) if expected else "", "new_date")
    yield from news(facts)
    yield heading(_("What you can do today"))
    if facts.stage == 1:
        yield text(
            _(
                "You do not have to wait. You can ask for stage 2, and someone who has not dealt with your complaint will "
                "look at it. You do not have to give a reason. Use the button on your complaint’s page, ring %(phone)s, "
                "or write to %(post)s. You can also ask the Ombudsman for help.",
                phone=facts.landlord.phone,
                post=facts.landlord.post,
            )
        )
    else:
        yield text(_("You do not have to wait. You can ask the Ombudsman for help.") + " " + reach_us(facts))
    yield from ombudsman(facts)


def update(facts: Facts) -> Composed:
    """News: what has been done since the last letter, and what happens next."""
    return letter("update", _("News about your complaint"), facts, list(_update(facts)))


def _update(facts: Facts) -> Iterator[Block]:
    yield text(_("We promised you news while you wait for our answer."))
    yield said(str((facts.draft or {}).get("news") or ""), "news")
    yield heading(_("When we will answer"))
    if facts.late_since:
        yield text(_("We should have answered you by %(day)s. We are still late, and we are sorry.", day=day(facts.late_since)))
    elif facts.answer_by:
        yield text(we_answer_by(facts, day(facts.answer_by)))
    if facts.interval:
        yield text(every(facts.interval))
    yield heading(_("If you have something to tell us"))
    yield text(reach_us(facts))
    yield from ombudsman(facts)
