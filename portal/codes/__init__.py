"""Codes to come back with: asking for one, trying one, and the limits of both. A reference we do not know is treated just as one we do."""

from portal.codes.asking import DIGITS, LIVES, Asked, Fresh, ask, fresh, keep, token_for
from portal.codes.counting import about, is_reached_at
from portal.codes.limits import LIMITS, Resting, resting
from portal.codes.trying import Charged, charge, digits_of, of_browser, right_one, use

__all__ = [
    "DIGITS",
    "LIMITS",
    "LIVES",
    "Asked",
    "Charged",
    "Fresh",
    "Resting",
    "about",
    "ask",
    "charge",
    "digits_of",
    "fresh",
    "is_reached_at",
    "keep",
    "of_browser",
    "resting",
    "right_one",
    "token_for",
    "use",
]
