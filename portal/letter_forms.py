"""The forms a letter can be had in, as links on its page."""

from collections.abc import Callable
from typing import NamedTuple

from portal.complaints.made_files import FORMS, offered
from portal.complaints.papers import Letter
from portal.i18n import gettext


class InForm(NamedTuple):
    """A link to a letter in one form: where it leads, what it says, and the size of the print, where that is large."""

    href: str
    words: str
    size: int


def in_forms(letter: Letter, address: Callable[[str], str]) -> list[InForm]:
    """A letter in every form that it can be had in; `address` gives the link to one."""
    return [InForm(address(name), gettext(FORMS[name].words, size=FORMS[name].size), FORMS[name].size) for name in offered(letter)]
