"""What of a neighbour stands in the letter to another home: a name, an address, a reference, a way to reach them (ruling 3)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portal.complaints.models import Complaint
from portal.complaints.ordinary_words import ORDINARY
from portal.complaints.references import groups

TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Sir", "Lady", "Lord")
NO_NAMES = frozenset({*(title.casefold() for title in TITLES), "the", "and", "von", "van", "der", "den", "del", "bin", "ibn"})
WORD = r"[^\W\d_]+"
BETWEEN = r"\.?[\s\u2019'-]+"
"""What stands between two words of a name: a space, a full stop and a space, a hyphen, an apostrophe."""


def neighbours_in(home: Complaint, said: str, written: Any, homes: Sequence[Complaint]) -> Iterator[str]:
    """What points at a neighbour in this home's letter: `said` is all of it, `written` what was typed into it.

    A name or a part of one counts only where it is what this home is not called too.
    """
    typed, own = "\n".join(_typed(written)), told_of(home)
    called, mine = _names(home), {each.person_id for each in home.parties}
    for other in homes:
        if other.id != home.id and other.resident.person_id not in mine:
            yield from (one for one in told_of(other) if one not in own and _stands(one, said))
            for name in _names(other):
                yield from named_in(name, said, typed, but=called)


def named_in(name: str, said: str, typed: str, *, but: Sequence[str] = ()) -> Iterator[str]:
    """Where this name stands, as it stands: whole in `said`, and in `typed` the parts of it that name somebody by themselves.

    A part that is ordinary English, such as May or Hill, does so beside a title, a given name or an initial alone. All begin
    with a capital letter. What is a name, or a part of one, in `but` is nobody else's.
    """
    parts, others = _parts(name), {part.casefold() for each in but for part in _parts(each)}
    if not parts or name.casefold() in {each.casefold() for each in but}:
        return
    given, family = parts[:-1], re.escape(parts[-1])
    first = _either([*given, *(part[0] for part in given)])
    whole = [rf"{_either(given)}{BETWEEN}(?:{WORD}{BETWEEN}){{0,2}}{family}"] if given else []
    alone = [re.escape(part) for part in parts if (len(part) > 2 or not given) and part.casefold() not in ORDINARY | others]
    addressed = [rf"{_either(TITLES)}{BETWEEN}(?:{first}{BETWEEN})*{family}", *([rf"{first}{BETWEEN}{family}"] if given else [])]
    yield from _found(whole, said)
    yield from _found(alone if parts[-1].casefold() in others else [*alone, *addressed], typed)


def _either(words: Sequence[str]) -> str:
    """Any of these words; of none, nothing that could be read."""
    return f"(?:{'|'.join(re.escape(word) for word in words) or '(?!)'})"


def _found(forms: Sequence[str], text: str) -> Iterator[str]:
    """Each of these as a whole word, or words, that all begin as names do."""
    for form in forms:
        for match in re.finditer(rf"(?<!\w){form}(?!\w)", text, re.IGNORECASE):
            if all(word[0] == word[0].upper() for word in re.findall(WORD, match[0])):
                yield match[0]


def _parts(name: str) -> list[str]:
    """The words of a name, in order, without titles and the like; a name with a hyphen or an apostrophe is two."""
    return [part for part in re.findall(WORD, name) if part.casefold() not in NO_NAMES]


def _names(home: Complaint) -> list[str]:
    """The names of a resident: as they wrote it, and as our records have it."""
    found = (home.resident.name_as_given, home.resident.person.name)
    return list(dict.fromkeys(" ".join(name.split()) for name in found if name.strip()))


def told_of(home: Complaint) -> list[str]:
    """What else tells a neighbour whose home it is: the first line of the address, the reference, ways to reach them."""
    party = home.resident
    first = (party.home_as_given or "").splitlines()[:1]
    found = [*first, " ".join(groups(home.reference)), party.email or "", party.phone or ""]
    return [one.strip() for one in found if one.strip()]


def _stands(one: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) is not None


def _typed(written: Any) -> Iterator[str]:
    """Every word that somebody typed into a letter, wherever it stands in it."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, Mapping | list | tuple):
        for one in written.values() if isinstance(written, Mapping) else written:
            yield from _typed(one)
