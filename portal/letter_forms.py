"""The forms a letter can be had in, as links on its page; what its reader asked for comes first."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from portal.complaints.made_files import FORMS, offered
from portal.complaints.papers import Letter
from portal.i18n import gettext


class InForm(NamedTuple):
    """A link to a letter in one form: where it leads, what it says, and whether its reader asked for that form once."""

    href: str
    words: str
    was_asked: bool


def in_forms(letter: Letter, address: Callable[[str], str], asked: Collection[str] = ()) -> list[InForm]:
    """A letter in every form that it can be had in, those that were `asked` for first; `address` gives the link to one."""
    found = [InForm(address(name), gettext(FORMS[name].words, size=FORMS[name].size), name in asked) for name in offered(letter)]
    return sorted(found, key=lambda one: not one.was_asked)
