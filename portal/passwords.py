"""Which passwords are refused, besides short ones: what many people use, a short one said again, and names anybody knows.

The words and phrases are in `common_passwords.txt`, written for this portal; nothing is asked of the network. With fifteen characters
or more, no list of short passwords is of use: what is refused is a password of which nothing is left when a few such pieces,
runs of the keyboard or the alphabet, and a few figures are taken out. No kind of character is asked for, and none refused.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from portal.rules.words import N_

SHORTEST = 15
"""Characters, whatever they are."""

MOST_PIECES, MOST_FIGURES = 3, 8
"""Of so few common pieces, each as often as one likes, and so few figures beside them, a password is common."""

SHORTEST_RUN, SHORTEST_NAME = 4, 4
STANDS_FOR = str.maketrans({"0": "o", "1": "i", "!": "i", "|": "i", "l": "i", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t"})
NAMES_NOBODY = frozenset(("homes", "home", "housing", "association", "council", "group", "trust", "limited", "district", "borough", "city", "county"))
"""What so many landlords are called that it says nothing of this one."""

COMMON = N_("Many people use passwords like this one, so they are tried first. Take three or four words that do not belong together.")
REPEATED = N_("This is a short password, said again. Write something longer that does not repeat.")
YOURS = N_("Leave your name and your email address out of it: they are tried first.")
LANDLORDS = N_("Leave the landlord’s name out of it: it is tried first.")


def wrong_with(password: str, *, yours: Iterable[str] = (), landlord: str = "") -> str:
    """Why a password is refused, in words to be translated; "" for one that will do. How long it is, is not asked here.

    `yours` is what the person is called: names and addresses.
    """
    text = _plain(password)
    if any(name in text for name in _names(yours)):
        return YOURS
    if any(name in text for name in _names([landlord]) if name not in _nobodys()):
        return LANDLORDS
    if _repeats(password.casefold()):
        return REPEATED
    return COMMON if _is_common(password) else ""


def _characters(text: str) -> Iterator[tuple[str, bool]]:
    """The letters and figures of a text, one shape for what stands for another, and whether each was written as a letter."""
    for one in unicodedata.normalize("NFKD", text).casefold():
        shape = one.translate(STANDS_FOR)
        if not unicodedata.combining(one) and (shape.isalnum() or not shape.isascii()):
            yield shape, one.isalpha()


def _plain(text: str) -> str:
    return "".join(shape for shape, _is_letter in _characters(text))


def _names(called: Iterable[str]) -> Iterator[str]:
    """What to look for of a name or an address: its words that are long enough, and all of it together."""
    for name in called:
        before_at = name.split("@")[0]
        words = [_plain(word) for word in before_at.replace(".", " ").replace("-", " ").split()]
        yield from (word for word in (*words, "".join(words)) if len(word) >= SHORTEST_NAME)


@cache
def _nobodys() -> frozenset[str]:
    return frozenset(_plain(word) for word in NAMES_NOBODY)


def _repeats(text: str) -> bool:
    """Whether it is a shorter text than we take, twice or more, the last time perhaps cut short."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, min(SHORTEST - 1, len(text) // 2) + 1))


@cache
def _pieces() -> dict[int, frozenset[str]]:
    """The common pieces by how long they are; of a walk (`~`), every stretch, forwards and back."""
    lines = Path(__file__).with_name("common_passwords.txt").read_text().splitlines()
    found = {_plain(line) for line in lines if line and line[0] not in "#~"}
    for walk in [line[1:] for line in lines if line.startswith("~")]:
        ends = [(start, end) for start in range(len(walk)) for end in range(start + SHORTEST_RUN, len(walk) + 1)]
        found |= {_plain(way[start:end]) for start, end in ends for way in (walk, walk[::-1])}
    return {size: frozenset(each for each in found if len(each) == size) for size in {len(each) for each in found}}


def _is_common(password: str) -> bool:
    """Whether a few common pieces and a few figures are all there is of it."""
    text, is_letter = _plain(password), [written for _shape, written in _characters(password)]
    beginning: tuple[int, str, int, int] = (0, "", 0, 0)
    todo, seen = [beginning], {beginning}
    while todo:
        at, last, pieces, figures = todo.pop()
        if at == len(text):
            return True
        ways = [(at + len(piece), piece, pieces + (piece != last), figures) for piece in _beginning(text, at)]
        if not is_letter[at]:
            ways.append((at + 1, last, pieces, figures + 1))
        for way in ways:
            if way not in seen and way[2] <= MOST_PIECES and way[3] <= MOST_FIGURES:
                seen.add(way)
                todo.append(way)
    return False


def _beginning(text: str, at: int) -> Iterator[str]:
    """The common pieces that begin here."""
    for size, pieces in _pieces().items():
        if (found := text[at : at + size]) in pieces:
            yield found
