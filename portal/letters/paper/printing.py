"""A letter that was kept, as a tagged PDF to print or to read at a size: the same words, whatever script they are in."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import typst

from portal import i18n
from portal.i18n import gettext as _
from portal.letters.paper import scripts
from portal.letters.paper.scripts import Script

HERE = Path(__file__).parent
TEMPLATE = HERE / "letter.typ"
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

RIGHT_TO_LEFT, LEFT_TO_RIGHT = b"/Direction/R2L", b"/Direction/L2R"
"""How a file says on which side its pages are bound. Letters are not; where it says the right, PDFium reads Latin words, a reference among them, back to front; and typst says so of Panjabi."""

_one_at_a_time = Lock()
Line = list[dict[str, Any]]


class Paper(NamedTuple):
    """A kept letter, and how it goes on paper: in letters of at least `size` points, and to what address it is posted, read at that moment, if it is."""

    body: Mapping[str, Any]
    language: str
    size: int
    on: date
    address: Sequence[str] = ()
    posted: bool = False


def made_with() -> str:
    """The tool and its version, and that of the template."""
    return f"typst {version('typst')}, template {VERSION}"


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
    except typst.TypstError:
        # A cluster of characters that no single font has: the words are there all the same, and every letter goes.
        return _drawn([as_data(each, plain=True) for each in letters], letters[-1].on, title)


def _in_english(letter: Paper) -> list[Paper]:
    """The English beside a letter, where it has it: on sheets of its own, which no window shows."""
    return [letter._replace(body=letter.body["in_english"], language=i18n.DEFAULT, address=())] if "in_english" in letter.body else []


@cache
def _compiler() -> Any:
    return typst.Compiler(None, root=str(HERE), font_paths=[str(scripts.FONTS)], ignore_system_fonts=True)


def _drawn(letters: list[dict[str, Any]], on: date, title: str) -> bytes:
    made = int(datetime(on.year, on.month, on.day, 12, tzinfo=UTC).timestamp())
    first = letters[0]
    data = {"title": title or first["title"], "author": first["author"], "lang": first["lang"], "letters": letters}
    with _one_at_a_time:
        drawn = _compiler().compile(
            str(TEMPLATE), format="pdf", sys_inputs={"letters": json.dumps(data)}, pdf_standards=["ua-1"], timestamp=made,
        )  # fmt: skip
    assert isinstance(drawn, bytes)
    return drawn.replace(RIGHT_TO_LEFT, LEFT_TO_RIGHT)


def as_data(letter: Paper, *, plain: bool = False) -> dict[str, Any]:
    """What the template is given: the letter's words in runs, each with its font, its language and its direction."""
    body, language, size = letter.body, letter.language, letter.size
    words = _Words(language, str(body["reference"]), posted=letter.posted, plain=plain)
    with i18n.speaking(language):
        reference = _("Reference")
        table = {"what": _("What"), "by": _("By when"), "who": _("Who")}
        page = _("Page %(number)s of %(all)s", number="{number}", all="{all}")
    sender, to = list(body["sender"]), [*body["to"], *letter.address]
    return {
        "title": scripts.drawable(body["title"], plain=plain), "author": scripts.drawable(sender[0], plain=plain) if sender else "",
        "lang": words.lang, "dir": words.direction, "size": size, "fonts": words.fonts(words.script), "leading": words.leading,
        "page": page, "about": words.lines(f"{reference} {body['reference']}" if body["reference"] else ""), "date": words.lines(body["date"]),
        "sender": words.each(sender), "to": words.each(to), "signed": words.each(body["signed"]), "heading": words.lines(body["title"]),
        "window": bool(letter.address) and _fits_a_window(size, len(sender), len(to) + (words.script is not None)),
        **{name: words.lines(said) for name, said in table.items()},
        "blocks": _blocks(words, body["blocks"]),
    }  # fmt: skip


def _fits_a_window(size: int, above: int, seen: int) -> bool:
    """Whether so many lines of an address show whole in the window of an envelope, and nothing else does."""
    line = size * LINE * MILLIMETRES
    return size <= LARGEST_IN_A_WINDOW and seen * line <= WINDOW and above * line <= ABOVE_IT


def _blocks(words: "_Words", blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
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
            rows = [{name: words.lines(str(row.get(name) or "")) for name in ("what", "by", "who")} for row in block["rows"]]
            found.append({"kind": "actions", "rows": rows})
        else:
            found.append({"kind": kind, "paragraphs": words.paragraphs(block["text"])})
    return found


class _Words:
    """How the words of one letter are written for the template."""

    def __init__(self, language: str, reference: str, *, posted: bool, plain: bool) -> None:
        self.reference, self.posted, self.plain = reference, posted, plain
        self.lang = i18n.html_lang(language).partition("-")[0]
        self.direction = i18n.direction(language)
        named = scripts.SCRIPT_OF.get(self.lang)
        self.script = scripts.NAMED[named] if named else None
        self.leading = 0.2 if self.script is None else 0.05 if posted and self.script.paper_font else self.script.leading

    def fonts(self, script: Script | None) -> list[Any]:
        """The fonts to look into, in order: that of the script for what is of it, then Latin, then all others."""
        first = [{"name": script.on_paper if self.posted else script.font, "covers": script.covers}] if script else []
        return [*first, scripts.LATIN, *scripts.OTHERS]

    def lines(self, text: str) -> list[Line]:
        """A text as lines of runs."""
        return [self._line(line) for line in self._drawable(text).split("\n")]

    def each(self, texts: Sequence[str]) -> list[Any]:
        """Several texts, each on lines of its own."""
        return [line for text in texts for line in self.lines(text)]

    def paragraphs(self, text: str) -> list[dict[str, Any]]:
        """What somebody typed: a blank line makes a paragraph, which runs its own way, and a line end stays one."""
        parts = [part.strip() for part in self._drawable(text).split("\n\n")]
        return [self._paragraph(part) for part in parts if part]

    def _paragraph(self, text: str) -> dict[str, Any]:
        runs = scripts.direction(text, self.direction)
        return {"dir": runs, "lang": scripts.own_language(text, self.lang), "fonts": self.fonts(self._script(text)), "lines": [self._line(line, runs) for line in text.split("\n")]}

    def _line(self, text: str, runs: str | None = None) -> Line:
        runs = runs or scripts.direction(text, self.direction)
        return [
            {"text": piece, "dir": way, "lang": scripts.own_language(piece, self.lang), "fonts": self.fonts(self._script(piece)), "scale": self._scale(piece)}
            for piece, way in scripts.pieces(text, runs)
        ]  # fmt: skip

    def _drawable(self, text: str) -> str:
        return scripts.kept_together(scripts.drawable(text, plain=self.plain), self.reference)

    def _scale(self, text: str) -> float:
        found = scripts.script_in(text, self.lang)
        return found.scale if found else 1.0

    def _script(self, text: str) -> Script | None:
        return scripts.script_in(text, self.lang) or self.script
