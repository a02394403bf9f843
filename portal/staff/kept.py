"""What keeping to a wish or a limit means, in words: what somebody ticks, and what was not so."""

from collections.abc import Collection

from portal.complaints.wishes import EASIER
from portal.i18n import gettext as _
from portal.rules.words import N_

WAYS = {
    "page": N_("A message on their page"), "email": N_("An email"), "post": N_("A letter by post"), "call": N_("A call"), "visit": N_("A visit"), "meeting": N_("A meeting"), "panel": N_("A panel"),
}  # fmt: skip
"""The ways of reaching them, as the story names them."""
KEPT = {
    "large_print": N_("It was in large print"),
    "easy_read": N_("It was in Easy Read"),
    "other_format": N_("It was in braille, on audio or on the paper they asked for"),
    "braille": N_("It was in braille, as a file or on paper"),
    "plain_text": N_("It was plain text, as a file"),
    "language": N_("It was in their language, or with an interpreter"),
    "sign_language": N_("It was in British Sign Language, or with an interpreter or a relay"),
    "speak_to_me": N_("They were told by word of mouth too"),
    "write_to_me": N_("They can take part in writing, and what is said is written to them"),
    "more_time": N_("They have the time they asked for"),
    "time_of_day": N_("It is at the time of day that they asked for"),
    "same_person": N_("It was the same person as before"),
    "supporter": N_("Somebody to speak for them or be with them can be there"),
    "knock": N_("We knocked loudly and waited"),
    "step_free": N_("There are no steps on the way"),
    "other": N_("It was done as they asked in their own words"),
    "times": N_("It was at a time that they said is safe"),
    "no_voicemail": N_("No voicemail was left"),
    "short_voicemail": N_("No voicemail was left but “please call back” and a first name"),
    "say_nothing": N_("Nobody else was told who we are"),
}
"""What somebody ticks who kept to a wish or a limit."""
NOT_TO_BE = {
    "write_to_me": N_("They asked us to write to them instead of speaking."),
    "not_email": N_("They did not say that email is safe."),
    "not_post": N_("They did not say that post is safe."),
    "not_phone": N_("They did not say that it is safe to ring."),
    "website_only": N_("They said that only this website is safe."),
}
"""What somebody reads who reached them in a way that they had asked us not to use."""


def not_kept(names: Collection[str]) -> list[str]:
    """What was not kept to, in sentences: what they asked us not to do, and what they asked for."""
    found = [_(NOT_TO_BE[name]) for name in names if name in NOT_TO_BE]
    wishes = [_(EASIER[name]) for name in names if name in EASIER and name not in NOT_TO_BE]
    limits = [_(KEPT[name]) for name in names if name in KEPT and name not in EASIER and name not in NOT_TO_BE]
    found += [_("They asked for: %(what)s.", what="; ".join(wishes))] if wishes else []
    return found + ([_("Said to be safe only so: %(what)s.", what="; ".join(limits))] if limits else [])
