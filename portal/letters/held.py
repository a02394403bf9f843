"""A request for stage 2 that came before our answer: kept, or taken back (rulings 37, 46)."""

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us, we_answer_by
from portal.letters.structure import Composed, heading, text


def held(facts: Facts) -> Composed:
    """What a resident keeps who asked for stage 2 before the answer."""
    blocks = [
        text(_("On %(day)s you asked for stage 2. We have kept your request. You do not have to ask again or give a reason.", day=day(facts.received_on))),
        heading(_("What happens next")),
        text(_("First we answer your complaint at stage 1. Stage 2 starts by itself on the day that answer goes, and its dates are counted from that day.")),
        *([text(we_answer_by(facts, day(facts.answer_by)), "answer_by")] if facts.answer_by else []),
        text(_("If our answer is late, you can ask again, on the page of your complaint or by telling us, and stage 2 starts at once.")),
        heading(_("If you change your mind")),
        text(_("You can take your request back on the page of your complaint, or tell us. You can ask for stage 2 again on any day after that.")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("held", _("We have kept your request for stage 2"), facts, blocks)


def hold_released(facts: Facts) -> Composed:
    """What a resident keeps who took such a request back."""
    blocks = [
        text(_("On %(day)s you took back your request for stage 2. We no longer keep it.", day=day(facts.received_on))),
        *([text(we_answer_by(facts, day(facts.answer_by)), "answer_by")] if facts.answer_by else []),
        heading(_("If you are not happy with our answer")),
        text(_("You can still ask for stage 2, on any day and without giving a reason.") + " " + reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("hold_released", _("You took back your request for stage 2"), facts, blocks)
