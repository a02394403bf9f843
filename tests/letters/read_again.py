"""A printed letter, read again: by programs that take the words out of PDFs, and by its tags as somebody's screen reader has them."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pikepdf
import pypdf
import pypdfium2

from tests.not_run import find

MILLIMETRES = 25.4 / 72


def by_pdfium(file: bytes) -> str:
    """As Chromium's reader has it."""
    return "\n".join(by_pdfium_pages(file))


def by_pdfium_pages(file: bytes) -> list[str]:
    """The same, page by page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]


def by_pypdf(file: bytes) -> str:
    """As pypdf has it."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)


def by_poppler(file: bytes) -> str:
    """As the readers of Linux desktops have it."""
    return subprocess.run([str(find("pdftotext")), "-", "-"], input=file, capture_output=True, check=True).stdout.decode()


EXTRACTORS: dict[str, Callable[[bytes], str]] = {"PDFium": by_pdfium, "Poppler": by_poppler, "pypdf": by_pypdf}


def bare(text: str) -> str:
    """A text without its spaces, and without what is not seen."""
    whole = unicodedata.normalize("NFKC", text)
    return "".join(each for each in whole if not each.isspace() and unicodedata.category(each) not in ("Cf", "Cc") and not "\ufe00" <= each <= "\ufe0f")


def seen(text: str) -> str:
    """A text without the marks over and under its letters, and without what is not seen."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) not in ("Cf", "Mn"))


def unmarked(text: str) -> str:
    """A text without its Arabic words that have a mark over or under a letter: both programs put the mark, or the letter, in another place."""
    return re.sub(r"\S*[\u064b-\u065f\u0670]\S*", " ", text)


def words(text: str) -> list[str]:
    """The words and numbers of a text, in the order of the alphabet."""
    return sorted(re.findall(r"[^\W_]+", seen(text)))


class Drawn(NamedTuple):
    """One character as it is drawn: on which page, how large in points, and where from the left and the top of the page, in millimetres."""

    character: str
    page: int
    size: float
    left: float
    top: float
    bottom: float


def drawn(file: bytes) -> Iterator[Drawn]:
    """Every character that is seen, as PDFium finds it."""
    for number, page in enumerate(pypdfium2.PdfDocument(file)):
        text, height = page.get_textpage(), page.get_height()
        for at in range(text.count_chars()):
            character = text.get_text_range(at, 1)
            if character.strip():
                left, bottom, _right, top = text.get_charbox(at, loose=True)
                size = pypdfium2.raw.FPDFText_GetFontSize(text.raw, at)
                yield Drawn(character, number, size, left * MILLIMETRES, (height - top) * MILLIMETRES, (height - bottom) * MILLIMETRES)


class Tagged(NamedTuple):
    """One piece of a tagged file: what it is, in what language, and its words as they are drawn."""

    tag: str
    language: str
    words: str


def tags(file: bytes) -> list[Tagged]:
    """The pieces of a file in the order in which they are read."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        pages = {page.obj.objgen: _marked(page) for page in pdf.pages}
        found: list[Tagged] = []
        _walk(pdf.Root.StructTreeRoot.K, None, str(pdf.Root.Lang), pages, found)
        return found


LEAVES = ("/P", "/H1", "/H2", "/H3", "/Lbl", "/LBody", "/TH", "/TD")


def _walk(piece: Any, page: Any, language: str, pages: dict[Any, dict[int, str]], found: list[Tagged]) -> str:
    if isinstance(piece, int):
        return pages[page.objgen].get(piece, "")
    if isinstance(piece, pikepdf.Array):
        return "".join(_walk(each, page, language, pages, found) for each in piece)
    page, language = piece.get("/Pg", page), str(piece.get("/Lang", language))
    if "/MCID" in piece:
        return pages[page.objgen].get(int(piece.MCID), "")
    at = len(found)
    said = _walk(piece.K, page, language, pages, found) if "/K" in piece else ""
    if str(piece.get("/S")) in LEAVES:
        found.insert(at, Tagged(str(piece.S), language, said))
        return ""
    return said


def _marked(page: Any) -> dict[int, str]:
    """The words of each piece of marked content on a page, by its number."""
    fonts = {name: _characters(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    marks: list[tuple[str, int]] = []
    font: dict[int, str] = {}
    for one in pikepdf.parse_content_stream(page):
        operands: Any = one.operands
        operator: Any = one.operator
        name, number = str(operator), next((at for kind, at in reversed(marks) if kind == "number"), None)
        if name in ("BDC", "BMC"):
            given: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            if "/ActualText" in given and number is not None:
                found[number] = found.get(number, "") + str(given["/ActualText"])
            marks.append(("number", int(given["/MCID"])) if "/MCID" in given else ("instead" if "/ActualText" in given else "other", 0))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and number is not None and ("instead", 0) not in marks:
            shown = operands[0] if name == "TJ" else [operands[0]]
            codes = b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
            found[number] = found.get(number, "") + "".join(font[high << 8 | low] for high, low in zip(codes[::2], codes[1::2], strict=True))
    return found


def _characters(font: Any) -> dict[int, str]:
    """What each number of a font's shapes stands for."""
    said = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for several in re.findall(r"beginbfchar(.*?)endbfchar", said, re.S):
        found |= {int(code, 16): bytes.fromhex(to).decode("utf-16-be") for code, to in re.findall(r"<(\w+)>\s*<(\w*)>", several)}
    for several in re.findall(r"beginbfrange(.*?)endbfrange", said, re.S):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", several):
            found |= {code: chr(int(to, 16) + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found
