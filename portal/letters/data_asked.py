"""That everything we hold was asked for, and by which day it goes; that it takes longer; or that it does not go, and why (ruling 9)."""

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, reach_us
from portal.letters.structure import Composed, bullets, heading, quoted, said, text


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


def data_extended(facts: Facts) -> Composed:
    """That it takes longer than we said, why, and the new day."""
    draft = facts.draft or {}
    blocks = [
        text(_("On %(day)s you asked us for everything that we hold about you in this complaint.", day=day(facts.told_on or facts.written_on)), "asked"),
        text(_("We are sorry: it takes us longer than we said. It goes to you by %(day)s, and not by %(first)s.", day=day(draft["due"]), first=day(draft["first"])), "by"),
        heading(_("Why it takes longer")),
        said(draft["words"]),
        text(_("The law lets us take this time, once, where there is a lot to look through. If you need one part of it sooner, tell us which, and we try to send that first.")),
        heading(_("What this does not change")),
        text(_("Your complaint goes on, and every date that we told you in it stays as it is.")),
        text(reach_us(facts)),
    ]  # fmt: skip
    return letter("data_extended", _("It takes us longer to send you everything that we hold"), facts, blocks)


def data_refused(facts: Facts) -> Composed:
    """That it does not go, on what ground and why, and who else they can turn to."""
    draft = facts.draft or {}
    body, phone, website = draft.get("body") or {}, _("Phone"), _("Website")
    ground = str(draft["ground"])
    blocks = [
        text(_("On %(day)s you asked us for everything that we hold about you in this complaint.", day=day(facts.told_on or facts.written_on)), "asked"),
        text(_("We are sorry: we do not send it. The law lets us refuse a request for one of two reasons. Ours is this:"), "refused"),
        said(f"{_(ground)}."),
        heading(_("Why")),
        said(draft["words"]),
        heading(_("If you do not agree")),
        text(_("Tell us, and say what you need to see. You can also ask the Information Commissioner to look at it, or ask a court to decide.")),
        *([bullets([f"{phone}: {body['phone']}", f"{website}: {body['web'].removeprefix('https://')}"])] if body else []),
        heading(_("What this does not change")),
        text(_("Your complaint goes on, with every date that we told you. What you see on your own pages stays there, and you can take it away at any time.")),
        text(reach_us(facts)),
    ]  # fmt: skip
    return letter("data_refused", _("We do not send you everything that you asked for"), facts, blocks)
