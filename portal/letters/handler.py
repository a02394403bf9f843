"""Somebody new has the complaint: who it is, how to reach them, and that nothing has to be told again (rulings 10, 38)."""

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us, we_answer_by
from portal.letters.structure import Composed, heading, text


def handler_changed(facts: Facts) -> Composed:
    """What a resident is told when their complaint goes to somebody else."""
    assert facts.writer is not None
    before = str((facts.draft or {})["before"])
    now = _("Your complaint is now with %(who)s. %(before)s no longer deals with it.", who=facts.writer.introduced, before=before)
    blocks = [
        text(now),
        *([text(_("You can ring them on %(phone)s.", phone=facts.writer.phone))] if facts.writer.phone else []),
        text(_("They have everything that you told us and everything that was written so far. You do not have to tell us anything again.")),
        heading(_("What this changes")),
        text(_("Nothing else. Every date that we have told you stays as it is.")),
        *([text(we_answer_by(facts, day(facts.answer_by)), "answer_by")] if facts.answer_by else []),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("handler_changed", _("Somebody new has your complaint"), facts, blocks)
