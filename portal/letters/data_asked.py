"""That everything we hold was asked for: what is in it, what may be kept back, and the day by which it goes (ruling 9)."""

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, reach_us
from portal.letters.structure import Composed, bullets, heading, quoted, text


def data_asked(facts: Facts) -> Composed:
    """What a resident keeps who asked us for it by phone, in writing or in person."""
    draft = facts.draft or {}
    blocks = [
        text(_("On %(day)s you asked us for everything that we hold about you in this complaint.", day=day(facts.told_on or facts.written_on)), "asked"),
        *([quoted(draft["words"])] if draft.get("words") else []),
        text(_("It goes to you by %(day)s. It costs you nothing.", day=day(draft["due"])), "by"),
        heading(_("What it is")),
        bullets([
            _("what you told us, our letters, and what happened"),
            _("the notes that staff wrote about your complaint"),
            _("what other people told us, as far as we may give it to you"),
        ]),
        text(_("Somebody reads it first, and takes out what is about other people. We tell you what was kept back, and why.")),
        heading(_("What this does not change")),
        text(_("Your complaint goes on, and every date that we told you stays as it is.")),
        text(reach_us(facts)),
    ]  # fmt: skip
    return letter("data_asked", _("You asked for everything that we hold about you"), facts, blocks)
