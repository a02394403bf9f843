"""Why a message has not gone: a few fixed sentences, kept in its row, that hold nobody's name or address."""

from portal.i18n import gettext
from portal.rules.words import N_

UNREACHABLE = N_("The mail server could not be reached.")
LATER = N_("The mail server said to try again later.")
REFUSED = N_("The mail server refused this address or message for good.")
CUT_OFF = N_("The mail server stopped answering, so we cannot tell whether it took the message.")
BAD_ADDRESS = N_("This is not an e-mail address that mail can be sent to.")
NOT_MADE = N_("The message could not be made. The log says where it broke.")
NO_ADDRESS = N_("There is no address for this person now.")
NOT_SAFE = N_("This is no longer a safe way to reach this person.")
DIED = N_("This person has died.")
ENDED = N_("This person is no longer part of the complaint.")
SUPERSEDED = N_("Another letter has taken this one’s place.")
ELSEWHERE = N_("The letter has gone another way.")
ENOUGH = N_("Three messages have gone to this address within a day. This one waits; the complaint does not.")
SAID_ALREADY = N_("Three notices that say the same have gone there within a day.")
STRANGERS = N_("A hundred addresses have had their first message within an hour. This one waits; the complaint does not.")
NOBODY = N_("Nobody could be reached safely this way, so nothing went.")
TEXTS_AWAY = N_("The service that sends text messages could not be reached.")
TEXTS_LATER = N_("The service that sends text messages said to try again later.")
TEXTS_SETTING = N_("The service that sends text messages did not accept our settings.")
BAD_NUMBER = N_("This is not a number that a text message can be sent to.")
TOO_LATE = N_("The code had run out before it could be sent.")
LEFT = N_("This member of staff has left.")
NOT_RECORDED = N_("The mail server took the message, but that could not be written on the complaint.")


def said(trouble: str | None) -> str:
    """The sentence in the reader's language; nothing where there is no trouble."""
    return gettext(trouble) if trouble else ""
