"""What stands on a page in a language or a direction that nobody said: each text of it, with the language and direction that hold there."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from lxml import html

from tests import pseudo
from tests.test_every_page import NOT_SAID

NOT_READ = ("script", "style", "time", "textarea", "option", "code")
"""A day is named by the language of the page, a box holds what somebody types (and finds its own direction), and an option can hold no part."""

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{2,}")


@dataclass(frozen=True)
class Said:
    """A text, the language and direction that hold there, whether it finds its own direction, and whether it is a name, in no language."""

    text: str
    lang: str
    direction: str
    is_apart: bool = False
    is_name: bool = False


def said_on(page: html.HtmlElement) -> Iterator[Said]:
    """Each text that is read on a page, in its order."""
    yield from _within(page.find("body"), Said("", page.get("lang", ""), page.get("dir", "ltr")))


def _within(element: html.HtmlElement, above: Said) -> Iterator[Said]:
    if element.tag in NOT_READ:
        return
    here = replace(above, lang=element.get("lang", above.lang), is_name=False if element.get("lang") is not None else above.is_name)
    way = element.get("dir") or ("auto" if element.tag == "bdi" else "")
    if way:
        here = replace(here, direction=_first(element) or above.direction if way == "auto" else way, is_apart=way == "auto")
    if element.tag == "bdi" and element.get("lang") is None:
        here = replace(here, is_name=True)
    if (element.text or "").strip():
        yield replace(here, text=" ".join(element.text.split()))
    for child in element:
        if isinstance(child.tag, str):
            yield from _within(child, here)
        if (child.tail or "").strip():
            yield replace(here, text=" ".join(child.tail.split()))


def _first(element: html.HtmlElement) -> str:
    """The direction of the first letter that has one; what finds its own is passed over, as browsers do."""
    return next((way for text in _texts(element) for each in text if (way := direction(each))), "")


def _texts(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("bdi", "script", "style", "textarea") and not child.get("dir"):
            yield from _texts(child)
        yield child.tail or ""


def direction(letter: str) -> str:
    """`ltr` or `rtl`; empty for what has none."""
    return {"L": "ltr", "R": "rtl", "AL": "rtl"}.get(unicodedata.bidirectional(letter), "")


def not_marked(page: html.HtmlElement) -> list[str]:
    """On a page of the made-up language: what is in no bracket, and so not of it, and neither finds its own direction nor is said to be of another language that is read the other way."""
    own = page.get("lang", "")
    found, depth = [], 0
    for said in said_on(page):
        outside, depth = _outside(said.text, depth)
        if LATIN.search(NOT_SAID.sub(" ", outside)) and not said.is_apart and (said.lang == own or said.direction == "rtl"):
            found.append(said.text)
    return found


def _outside(text: str, depth: int) -> tuple[str, int]:
    """What of a text stands in no bracket, when so many are open before it; and how many are after it."""
    left = []
    for each in text:
        depth += (each == pseudo.OPEN) - (each == pseudo.CLOSE)
        left.append(" " if depth or each == pseudo.CLOSE else each)
    return "".join(left), depth


def misread(page: html.HtmlElement, known: Collection[str] = ()) -> list[str]:
    """On a page in a language of Arabic letters: Latin words that are not said to be of another language, or lie from right to left.

    `known` are Latin words that the catalogue itself says.
    """
    own = page.get("lang", "").partition("-")[0]
    found = []
    for said in said_on(page):
        words = [word for word in LATIN.findall(said.text) if word not in known]
        way = next((way for each in said.text if (way := direction(each))), "")
        if said.lang.partition("-")[0] == own and not said.is_name and words:
            found.append(said.text)
        elif way and said.direction != way:
            found.append(f"{said.direction}: {said.text}")
    return found
