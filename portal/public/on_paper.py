"""What the complaint form on paper asks: the questions of the pages, with room to write the answers by hand."""

from collections.abc import Mapping

from portal.complaints import wishes
from portal.complaints.landlord import Landlord
from portal.i18n import DEFAULT
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.letters.paper.asking import Asked, Blank
from portal.rules.words import N_

DETAILS = (
    (_l("Email address"), 1), (_l("Phone number"), 1), (_l("When is it safe to ring?"), 1), (_l("The address for letters"), 3),
)  # fmt: skip
"""What goes with the ways that are safe: the words before the line, and how many lines."""

WHEN = {"still": N_("It is still going on"), "unsure": N_("I am not sure when")}


def blank_form(landlord: Landlord) -> Blank:
    """The form in the language in use: what to do with it, other ways to tell us, and every question."""
    return Blank(
        title=_("Complaint form, to fill in on paper"),
        sender=(landlord.name, landlord.phone, landlord.phone_hours),
        in_english=f"{landlord.base_url}/paper?lang={DEFAULT}" if landlord.base_url else landlord.phone,
        opening=_("Fill in what you like and leave out the rest. You need no proof, and you do not need to sign it. Use more paper if you want to. Anybody may write it for you."),
        danger="\n\n".join((
            _("Is anyone in danger now? Do not wait for the post. Ring %(number)s.", number="999"),
            " ".join((_("For gas, fire damage, flooding or no heating, ring our emergency line at any hour:"), landlord.emergency_phone)),
        )),
        parts=((_("Send it, or bring it"), _sent(landlord)), (_("Other ways to tell us"), _other_ways(landlord))),
        questions=_questions(),
    )  # fmt: skip


def _sent(landlord: Landlord) -> str:
    address = ", ".join(landlord.address.splitlines())
    counts = _("The day we get it is the day it counts.")
    then = _("We post you a receipt with your reference, your access code and the day you will hear from us. If post is not safe for you, tell us below what is.")
    post, bring = _("Post it to:"), _("Bring it to:")
    return "\n\n".join((f"{post} {landlord.post}", f"{bring} {address}. {landlord.office_hours}", f"{counts} {then}"))


def _other_ways(landlord: Landlord) -> str:
    ways = {_("Phone"): f"{landlord.phone}. {landlord.phone_hours}", _("Text relay"): landlord.text_relay, _("Email"): landlord.email, _("Website"): landlord.base_url}
    return "\n\n".join(f"{name}: {way}" for name, way in ways.items() if way)


def _questions() -> tuple[Asked, ...]:
    easier = _("Is there anything that would make it easier for you to deal with us?")
    return (
        Asked(_("What is your name?"), places=(("", 1),)),
        Asked(_("Who is this complaint about?"), "", _said(wishes.WHOM), ((_("If it is somebody else: their name, and how it was agreed"), 2),)),
        Asked(_("Where is this about?"), "", _said(wishes.HOMES), ((_("Address, or where it is"), 3),)),
        Asked(_("How do we know you?"), "", _said(wishes.RELATIONSHIPS)),
        Asked(_("What happened?"), _("In your own words, in any language. Write as much or as little as you want."), places=(("", 14),)),
        Asked(_("When did it happen?"), "", _said(WHEN), (("", 2),)),
        Asked(_("What would put it right?"), "", _said(wishes.WANTED), ((_("In your own words, if you like"), 4),)),
        Asked(easier, "", _said(wishes.EASIER), ((_("If you ticked large print, what size?"), 1), (_("Tell us more, if you like"), 3))),
        Asked(_("How is it safe to contact you?"), _("Tick all that are safe. We use only those."), _said(wishes.CHANNELS), tuple((str(words), many) for words, many in DETAILS)),
        Asked(_("May we leave a voicemail?"), "", _said(wishes.VOICEMAIL)),
        Asked(_("Photos and papers"), _("Put copies in the envelope, and keep what is yours.")),
    )  # fmt: skip


def _said(answers: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_(words) for words in answers.values())
