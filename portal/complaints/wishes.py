"""The answers people choose from, and the words for each: the same on the form, on the case and to staff."""

from collections.abc import Mapping
from typing import Any

from portal.rules.words import N_, NP_

HOMES = {
    "address": N_("At an address"),
    "communal": N_("It is about a shared area, such as stairs or a car park"),
    "none": N_("I have no fixed home just now"),
}

RELATIONSHIPS = {
    "tenant": N_("I rent my home from you"),
    "shared_owner": N_("I part own my home (shared ownership)"),
    "leaseholder": N_("I own my home on a lease"),
    "lives_with": N_("I live with one of your residents"),
    "used_to": N_("I used to live in one of your homes"),
    "applied": N_("I have asked you for a home"),
    "other": N_("Something else"),
}
WITH_A_NUMBER = frozenset({"tenant", "shared_owner", "leaseholder"})
"""Those who hold a tenancy or a lease of ours, and so have a number in our records; the others may have none."""

WANTED = {
    "repair": N_("Do the repair, or fix the problem"),
    "sorry": N_("Say sorry"),
    "explain": N_("Explain what happened and why"),
    "decision": N_("Change a decision you made about me"),
    "money": N_("Pay for what I lost or had to spend"),
    "record": N_("Put right what is on my record"),
    "others": N_("Change how you work, so it does not happen to others"),
    "unsure": N_("I do not know yet"),
}

EASIER = {
    "large_print": N_("Letters in large print"),
    "easy_read": N_("Letters in Easy Read (short words and pictures)"),
    "other_format": N_("Letters in braille, on audio or on coloured paper"),
    "braille": N_("Letters as a braille file, for a braille display"),
    "plain_text": N_("Letters as a file of plain text"),
    "language": N_("Help in another language"),
    "sign_language": N_("Help in British Sign Language"),
    "speak_to_me": N_("Speak to me instead of writing"),
    "write_to_me": N_("Write to me instead of speaking"),
    "more_time": N_("More time to reply"),
    "time_of_day": N_("Ring or visit at a certain time of day"),
    "same_person": N_("The same person each time"),
    "supporter": N_("Someone to speak for me or be with me"),
    "knock": N_("When you visit, knock loudly and wait"),
    "step_free": N_("Meet somewhere without steps"),
    "other": N_("Something else"),
    "nothing": N_("Nothing just now"),
}

READS = {kind: EASIER[kind] for kind in ("large_print", "easy_read", "other_format", "braille", "plain_text", "speak_to_me", "language", "sign_language", "other")}
"""Those of them that somebody may need who cannot read a letter."""

BRAILLE = {"2": N_("Grade 2 (contracted)"), "1": N_("Grade 1 (letter by letter)")}
"""The grades of braille; the first is what most readers of it use."""

FOR = {"always": N_("Every time you contact me"), "this": N_("Only for this complaint")}

CARRY = {"no": N_("No, only for this complaint"), "yes": N_("Yes, for my other complaints too")}

CHANNELS = {
    "email": N_("Email"),
    "phone": N_("Phone"),
    "post": N_("Post"),
    "portal": N_("Only on this website"),
}

VOICEMAIL = {
    "no": NP_("may we?", "No"),
    "first_name": N_("Yes, but only “please call back” and a first name"),
    "yes": NP_("may we?", "Yes"),
}

CONTACT_KINDS = {
    "call": N_("A call"),
    "visit": N_("A visit"),
    "meeting": N_("A meeting"),
    "letter": N_("A letter"),
    "email": N_("An email"),
}

WHOM = {
    "self": N_("Me, or my own home"),
    "other": N_("Somebody else, and I speak for them"),
    "several": N_("Several homes with one cause, such as a block or neighbours"),
}

AGREED = {
    "asked": N_("They asked me to"),
    "legal": N_("I am their attorney or their deputy"),
    "office": N_("I am their councillor or member of parliament, and they asked me"),
    "adviser": N_("I am their adviser, advocate or support worker, and they asked me"),
    "group": N_("I speak for a residents’ or tenants’ group, and they asked me"),
    "cannot": N_("They cannot ask anybody, and I care for them"),
}

ESTATE = {
    "executor": N_("An executor named in the will"),
    "administrator": N_("An administrator whom the court appointed"),
    "next_of_kin": N_("Next of kin, while nobody is appointed"),
    "other": N_("Somebody else"),
}

AGREED_TOLD = {
    "asked": N_("They told us that you asked them to"),
    "legal": N_("They told us that they are your attorney or your deputy"),
    "office": N_("They told us that they are your councillor or member of parliament, and that you asked them"),
    "adviser": N_("They told us that they are your adviser, advocate or support worker, and that you asked them"),
    "cannot": N_("They told us that they care for you, and that you cannot ask anybody"),
}
"""The same, told to the person they speak for."""

MAY_WE = {"yes": NP_("may we?", "Yes"), "no": NP_("may we?", "No")}
IS_THERE = {"yes": NP_("is there anyone?", "Yes"), "no": NP_("is there anyone?", "No")}
IS_IT = {"yes": NP_("is it so?", "Yes"), "no": NP_("is it so?", "No")}
"""One answer in English, and others in a language that answers with the verb of the question, as Welsh does."""

ASKED_WITH = {"print_size": "large_print", "braille": "braille"}
"""What somebody said of a form of letters, and the wish that it is part of."""


def whole(wish: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody asked for: a size of print or a grade of braille asks for that form, ticked or not."""
    kinds = list(wish.get("kinds", ()))
    return {**wish, "kinds": [*kinds, *(kind for name, kind in ASKED_WITH.items() if wish.get(name) and kind not in kinds)]}
