"""A letter that was kept, as a tagged PDF to print or to read at a size: the same words, whatever script they are in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from portal import i18n
from portal.i18n import gettext as _
from portal.letters.paper import scripts
from portal.letters.paper.drawing import CannotDraw, drawn, tool
from portal.letters.paper.words import Words

VERSION = "1"
"""The version of the template and of the fonts: it is changed whenever a letter would look otherwise."""
SIZES = (12, 16, 18, 20, 24, 28)
"""The sizes of print that there are, in points; the first is an ordinary letter."""
LARGEST_IN_A_WINDOW = 16
MILLIMETRES = 25.4 / 72
LINE = 1.5
"""How high a line is, in its size."""
WINDOW, ABOVE_IT = 32, 36
"""How high the part of an envelope's window is that always shows, and what there is above it on the paper, in millimetres."""
ADDRESS = 255
"""How wide that part is, in points."""


class Paper(NamedTuple):
    """A kept letter, and how it goes on paper: in letters of at least `size` points, and to what address it is posted, read at that moment, if it is; `own` is the language of the letter that it is the English of."""

    body: Mapping[str, Any]
    language: str
    size: int
    on: date
    address: Sequence[str] = ()
    posted: bool = False
    own: str = ""


def made_with() -> str:
    """The tool and its version, and that of the template."""
    return f"{tool()}, template {VERSION}"


def printed(body: Mapping[str, Any], language: str, size: int, *, on: date, address: Sequence[str] = (), posted: bool = False) -> bytes:
    """A kept letter as PDF/UA-1 in letters of at least `size` points; where it is `posted`, for paper, with the address of that moment.

    Urdu on paper is in Nastaliq, which is what people read; in a file it is in Naskh, of which a machine can read every word.
    `on` is the day it was written, which the file says it was made. ValueError for a size there is none of.
    """
    return printed_together([Paper(body, language, size, on, address, posted)])


def printed_together(letters: Sequence[Paper], title: str = "") -> bytes:
    """Letters in one file, each on sheets of its own, whether they are printed on one side or on both; the English that a letter has beside it follows it.

    ValueError for a size there is none of, and for no letter.
    """
    letters = [sheet for letter in letters for sheet in (letter, *_in_english(letter))]
    if not letters or any(each.size not in SIZES for each in letters):
        raise ValueError(f"There is no print of {', '.join(str(each.size) for each in letters)} points.")
    try:
        return _drawn([as_data(each) for each in letters], letters[-1].on, title)
    except CannotDraw:
        # A cluster of characters that no single font has: the words are there all the same, and every letter goes.
        return _drawn([as_data(each, plain=True) for each in letters], letters[-1].on, title)


def _in_english(letter: Paper) -> list[Paper]:
    """The English beside a letter, where it has it: on sheets of its own, which no window shows."""
    return [letter._replace(body=letter.body["in_english"], language=i18n.DEFAULT, address=(), own=letter.language)] if "in_english" in letter.body else []


def _drawn(letters: list[dict[str, Any]], on: date, title: str) -> bytes:
    first = letters[0]
    return drawn("letter.typ", {"title": title or first["title"], "author": first["author"], "lang": first["lang"], "letters": letters}, on)


def as_data(letter: Paper, *, plain: bool = False) -> dict[str, Any]:
    """What the template is given: the letter's words in runs, each with its font, its language and its direction."""
    body, language, size = letter.body, letter.language, letter.size
    words = Words(language, str(body["reference"]), size, posted=letter.posted, plain=plain, own=letter.own)
    with i18n.speaking(language):
        reference = _("Reference")
        table = {"what": _("What"), "by": _("By when"), "who": _("Who")}
        page = _("Page %(number)s of %(all)s", number="{number}", all="{all}")
    sender, to = list(body["sender"]), [*body["to"], *letter.address]
    fits = bool(letter.address) and _fits_a_window(size, len(sender), len(to) + (words.script is not None))
    return {
        "title": scripts.drawable(body["title"], plain=plain), "author": scripts.drawable(sender[0], plain=plain) if sender else "",
        "lang": words.lang, "dir": words.direction, "size": size, "fonts": words.fonts(words.script), "leading": words.leading,
        "page": page, "about": words.lines(f"{reference} {body['reference']}" if body["reference"] else ""), "date": words.lines(body["date"]),
        "sender": words.each(sender), "to": words.each(to), "signed": words.each(body["signed"]), "heading": words.lines(body["title"]),
        "window": fits, "address": _on_a_sheet(letter, to, plain=plain) if letter.address and not fits else None,
        **{name: words.lines(said) for name, said in table.items()},
        "blocks": _blocks(words, body["blocks"]),
    }  # fmt: skip


def _fits_a_window(size: int, above: int, seen: int) -> bool:
    """Whether so many lines of an address show whole in the window of an envelope, and nothing else does."""
    line = size * LINE * MILLIMETRES
    return size <= LARGEST_IN_A_WINDOW and seen * line <= WINDOW and above * line <= ABOVE_IT


def _on_a_sheet(letter: Paper, to: Sequence[str], *, plain: bool) -> dict[str, Any]:
    """The name and the address for a sheet of their own: as large as shows whole in the window of an envelope, where they do at all."""
    sizes = [size for size in (LARGEST_IN_A_WINDOW, SIZES[0]) if size <= letter.size and _shows_whole(size, to, letter.language)]
    size = sizes[0] if sizes else SIZES[0]
    words = Words(letter.language, "", size, posted=True, plain=plain)
    return {"size": size, "fits": bool(sizes), "fonts": words.fonts(words.script), "leading": words.leading, "lines": words.each(to)}


def _shows_whole(size: int, to: Sequence[str], language: str) -> bool:
    lines = len(to) + (language in scripts.SCRIPT_OF)
    return lines * size * LINE * MILLIMETRES <= WINDOW and not any(scripts.is_wide(line, ADDRESS / size) for line in to)


def _blocks(words: Words, blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    level = 1
    for block in blocks:
        kind = block["kind"]
        if kind in ("heading", "subheading"):
            level = min(level + 1, 3) if kind == "subheading" else 2
            found.append({"kind": "heading", "level": level, "lines": words.lines(block["text"])})
        elif kind == "list":
            found.append({"kind": "list", "items": [words.lines(item) for item in block["items"]]})
        elif kind == "actions":
            typed = {"what": words.of_staff, "who": words.of_staff}
            rows = [{name: words.lines(str(row.get(name) or ""), typed.get(name)) for name in ("what", "by", "who")} for row in block["rows"]]
            found.append({"kind": "actions", "rows": rows})
        else:
            found.append({"kind": kind, "paragraphs": words.paragraphs(block["text"], _language(words, block))})
    return found


def _language(words: Words, block: Mapping[str, Any]) -> str:
    """The language of a block: what staff typed, their understanding of the complaint among it, in theirs; what the resident wrote in that of their letters."""
    if block["kind"] == "said" or block.get("part") == "definition":
        return words.of_staff
    return words.own if block["kind"] == "quoted" else words.lang
