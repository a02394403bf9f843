"""The parts of all that somebody may see, listed at the top of the page: each with its heading, and how many things are in it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from portal.i18n import Lazy
from portal.i18n import lazy_gettext as _l
from portal.resident.everything import Everything

OURS = _l("Our letters to them")
"""What the letters are called for somebody who acts for the resident."""

PARTS: tuple[tuple[str, Lazy, Callable[[Everything], Collection[object]]], ...] = (
    ("stands", _l("Where it stands"), lambda all: [each for each in (all.next, all.has_it) if each]),
    ("words", _l("What you told us"), lambda all: [all.words, *all.said]),
    ("reach", _l("How we reach you"), lambda all: all.ways),
    ("easier", _l("What makes it easier for you"), lambda all: [*all.wishes, *all.disabilities]),
    ("points", _l("Your points, and what we found"), lambda all: all.points),
    ("promised", _l("What we offered and promised"), lambda all: [*all.offers, *all.promises]),
    ("acting", _l("Who acts for you"), lambda all: all.acting),
    ("messages", _l("Messages"), lambda all: all.messages),
    ("contacts", _l("Calls, visits and meetings"), lambda all: all.contacts),
    ("happened", _l("What has happened"), lambda all: all.happened),
    ("files", _l("Photos and papers"), lambda all: all.files),
    ("letters", _l("Our letters to you"), lambda all: all.letters),
    ("not-here", _l("What is not here"), lambda all: ["always"]),
)  # fmt: skip
"""Each part by the name that a link leads to, its heading, and what is in it; where there is nothing there is no such part."""

LONG = frozenset({"words", "messages", "contacts", "happened", "files"})
"""Those that may be long, after which the page leads back to its list."""

COUNTED = frozenset({"points", "promised", "acting", "messages", "contacts", "happened", "files", "letters"})
"""Those of which it helps to know how many there are."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One part that is on the page; `many` is 0 where nobody counts."""

    id: str
    heading: Lazy
    many: int
    is_long: bool


def parts(found: Everything, *, for_another: bool) -> dict[str, Listed]:
    """The parts that the page has, in their order, by name."""
    there = ((name, heading, in_it(found)) for name, heading, in_it in PARTS)
    return {
        name: Listed(name, OURS if for_another and name == "letters" else heading, len(things) if name in COUNTED else 0, name in LONG)
        for name, heading, things in there if things
    }  # fmt: skip
