"""Joined with another and taken out of it again, and a complaint handled as a first request (ruling 39)."""

from datetime import date

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Composed, heading, text


def joined(facts: Facts) -> Composed:
    """What a resident keeps whose two complaints have one answer."""
    other = (facts.draft or {})["other"]
    blocks = [
        text(_("You have two complaints with us. We answer them together from now on, in one letter.")),
        text(_("The references are %(this)s and %(other)s. Both go on working, and so do both access codes.", this=facts.reference, other=other), "reference"),
        heading(_("What this changes")),
        text(_("We count from the earlier of the two days: we received it on %(day)s. No date that we have told you moves later.", day=day(facts.received_on))),
        text(_("Nothing you told us is lost. You do not have to tell us anything again.")),
        heading(_("If you would rather have two answers")),
        text(_("Tell us, and we will take them apart again.") + " " + reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("joined", _("We answer your two complaints together"), facts, blocks)


def unjoined(facts: Facts) -> Composed:
    """What a resident keeps whose complaints are answered one by one again."""
    draft = facts.draft or {}
    blocks = [
        text(_("We were answering two of your complaints together. We answer them one by one again.")),
        text(_("This one has the reference %(this)s. The other one has %(other)s.", this=facts.reference, other=draft["other"]), "reference"),
        text(_("We received this one on %(day)s.", day=day(facts.received_on))),
    ]
    if draft.get("due_on"):
        due = date.fromisoformat(draft["due_on"])
        late = _("You should have heard from us about the other one by %(day)s. We are late, and we are sorry.", day=day(due))
        blocks.append(text(late if due < facts.written_on else _("You will hear from us about the other one by %(day)s.", day=day(due))))
    blocks += [heading(_("If you want to say something about this")), text(reach_us(facts)), *ombudsman(facts)]
    return letter("unjoined", _("We answer your complaints one by one again"), facts, blocks)


def made_request(facts: Facts) -> Composed:
    """What a resident keeps who agreed that it is handled as a first request, with the way back."""
    on = day(date.fromisoformat(str((facts.draft or {})["on"])))
    blocks = [
        text(_("On %(day)s you agreed that we handle this as a request to put something right, and not as a complaint.", day=on)),
        text(_("Your reference is %(reference)s. Say it if you ring or write.", reference=facts.reference), "reference"),
        heading(_("If you are not happy with what we do")),
        text(
            _(
                "You can make it a complaint on any day, without giving a reason: press the button on its page, or tell us in any way. "
                "The day you do is the day we count from. You do not have to wait for us to finish."
            )
        ),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("made_request", _("We handle this as a request, as you agreed"), facts, blocks)
