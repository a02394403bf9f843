"""The receipt: we have it, in your own words, and this is the day you will hear."""

from datetime import date

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, bullets, heading, quoted, text


def receipt(facts: Facts) -> Composed:
    """What a resident keeps when a complaint, or a request for stage 2, has been received."""
    assert facts.acknowledge_by is not None
    if facts.stage == 1:
        title = _("We have your complaint")
        opening = _("Thank you for telling us. We are sorry that things went wrong.")
        received = _("We received your complaint on %(day)s.", day=day(facts.received_on))
    elif (facts.draft or {}).get("again"):
        title = _("We look at this again, at stage 2")
        opening = _("We refused this point of your complaint, and have accepted it. Someone who has decided nothing about it before will look at it.")
        received = _("It counts as received on %(day)s.", day=day(facts.received_on))
    else:
        title = _("We have your request for stage 2")
        opening = _("Thank you for telling us that you are not happy with our answer. Someone new will look again.")
        received = _("We received your request on %(day)s. You do not have to give a reason.", day=day(facts.received_on))
    blocks = [
        text(opening),
        text(received),
        text(_("Your reference is %(reference)s. Say it if you ring or write.", reference=facts.reference), "reference"),
        heading(_("When you will hear from us")),
        text(_first_letter(facts.acknowledge_by, facts.written_on), "acknowledge_by"),
        heading(_("What you told us") if facts.stage == 1 else _("Your complaint, in your own words")),
        quoted(facts.words, "words"),
        *_wanted(facts),
        heading(_("If we have something wrong, or you want to add to it")),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    return letter("receipt", title, facts, blocks)


def _wanted(facts: Facts) -> list[Block]:
    """When it happened and what would put it right, as we have it: whoever phoned can see if we took it down wrong (ruling 16)."""
    draft = facts.draft or {}
    found: list[Block] = [text(_("When it happened: %(when)s", when=str(draft["when"])))] if draft.get("when") else []
    wanted = [*(_(one) for one in draft.get("wanted", ())), *filter(None, [str(draft.get("wanted_words") or "")])]
    if wanted:
        found += [heading(_("What you want to happen")), bullets(wanted)]
    return found


def _first_letter(due: date, written_on: date) -> str:
    """When the first letter comes; of a complaint that was late before it was logged, that it should have come already."""
    if due < written_on:
        return _(
            "We should have written to you by %(day)s. That letter says what we understand your complaint to be, who has it, "
            "and the date of our answer. We are late, and we are sorry. We will write as soon as we can.",
            day=day(due),
        )
    return _(
        "By %(day)s we will write to say what we understand your complaint to be, who has it, and the date of our answer.",
        day=day(due),
    )
