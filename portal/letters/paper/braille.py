"""A letter that was kept, as a file of braille: for a braille display, or to emboss. Made by liblouis, where it is installed."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

PROGRAM = "lou_translate"
TABLES = {("en", 1): "en-ueb-g1.ctb", ("en", 2): "en-ueb-g2.ctb"}
"""The tables by which a language is written, by its grade (1 letter by letter, 2 contracted): those alone that come back as they went."""
CELLS, LINES = 40, 25
"""How long a line of braille is, and how many lines a page has, the last of which is its number."""
AT_ONCE = 500
"""How many characters are translated in one go: the program cuts off what is longer than it has room for."""
TIME_LIMIT = 20
ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""The character that stands for each pattern of dots in a file of braille, in the order of the patterns."""
REFERENCE = re.compile(r"\b[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]\b")
"""What a complaint is called by, in its groups."""
CUT = "\0"
"""Where a line is cut to be translated piece by piece; in no text."""
BLANK, LAST = 0x2800, 0x283F
WRITTEN = re.compile(r"[ -~£€©°éèêëáàâäíìîïóòôöúùûüçñÉÀÂÄÈÊËÍÎÏÓÔÖÚÛÜÇÑ‘’“”–—…•·\u00a0\n]*")
"""What the tables write so that it comes back: nothing in letters of another script, nor in those Latin ones that they do not have."""
SPELT = str.maketrans({"…": "...", "\u00a0": " ", "·": "•"})


class NotTranslated(Exception):
    """The program is not here, took too long, or gave back something else than was asked of it."""


@cache
def program() -> str | None:
    """Where the program is; None where it is not installed."""
    return shutil.which(PROGRAM)


@cache
def made_with() -> str:
    """The program and its version."""
    if not program():
        return PROGRAM
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=TIME_LIMIT, check=False).stdout
    return "liblouis " + (found.group() if (found := re.search(r"\d+\.\d+(\.\d+)?", said)) else "of an unknown version")


def can_be_made(body: Mapping[str, Any], language: str, grade: int) -> bool:
    """Whether we make this letter in braille ourselves: in a language and in characters that come back as they went."""
    return bool(program()) and (language, grade) in TABLES and all(WRITTEN.fullmatch(_spelt(part)) for part in paragraphs(body))


def _spelt(text: str) -> str:
    """A text with its pictures named, as braille has no others, and without what is not seen."""
    if WRITTEN.fullmatch(whole := text.translate(SPELT)):
        return whole
    return "".join(_said(each) for each in whole if unicodedata.category(each) != "Cf" and not "\ufe00" <= each <= "\ufe0f")


def _said(character: str) -> str:
    is_picture = unicodedata.category(character) in ("So", "Sk") and not WRITTEN.fullmatch(character)
    return f"({unicodedata.name(character, 'picture').lower()})" if is_picture else character


def embossable(body: Mapping[str, Any], language: str, grade: int) -> bytes:
    """The letter as a file of braille, in lines of 40 cells and numbered pages of 25 lines. KeyError for a language or grade there is none of; NotTranslated."""
    table = TABLES[language, grade]
    parts = [part for part in paragraphs(body) if part.strip()]
    cells = _translated([_pieces(_spelt(part)) for part in parts], table)
    return _paged(cells, _numbers(table)).encode("ascii")


def paragraphs(body: Mapping[str, Any]) -> Iterator[str]:
    """The letter piece by piece, in the order in which it is read."""
    yield from ("\n".join(body["sender"]), f"{body['date']}\n{body['reference']}", "\n".join(body["to"]), body["title"])
    for block in body["blocks"]:
        if block["kind"] == "list":
            yield from (f"• {item}" for item in block["items"])
        elif block["kind"] == "actions":
            yield from ("\n".join((row["what"], row["by"], row["who"])) for row in block["rows"])
        else:
            yield from re.split(r"\n\n+", block["text"])
    yield "\n".join(body["signed"])
    if "in_english" in body:
        yield from paragraphs(body["in_english"])


def _pieces(text: str) -> list[list[str]]:
    """A paragraph as lines, and each line as the pieces that are translated one by one: a reference is cut between its groups, so that each says of itself that it is in capitals."""
    apart = REFERENCE.sub(lambda found: found.group().replace(" ", CUT), text)
    return [[piece for part in line.split(CUT) for piece in _short(part)] for line in apart.split("\n") if line.strip()]


def _short(text: str) -> list[str]:
    found = [""]
    for word in (whole[at : at + AT_ONCE] for whole in text.split() for at in range(0, len(whole), AT_ONCE)):
        if len(found[-1]) + len(word) > AT_ONCE:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def _translated(parts: list[list[list[str]]], table: str) -> list[list[str]]:
    """Each line of each part in cells, all of them in one run of the program."""
    asked = [piece for part in parts for line in part for piece in line]
    answers = iter(run(asked, table, "--forward"))
    return [[" ".join(next(answers) for _piece in line) for line in part] for part in parts]


def run(lines: Sequence[str], table: str, way: str) -> list[str]:
    """These lines, each translated by the table, `--forward` into cells or `--backward` out of them. NotTranslated."""
    sent = "".join(line.replace("\\", "\\\\") + "\n" for line in lines)
    try:
        ran = subprocess.run([program() or PROGRAM, way, f"unicode.dis,{table}"], input=sent.encode(), capture_output=True, timeout=TIME_LIMIT, check=True)
    except (OSError, subprocess.SubprocessError) as fault:
        raise NotTranslated from fault
    found = ran.stdout.decode().split("\n")[:-1]
    if len(found) != len(lines):
        raise NotTranslated
    return found


@cache
def _numbers(table: str) -> tuple[str, ...]:
    """The numbers of pages, in cells."""
    return tuple(run([str(number) for number in range(1, 400)], table, "--forward"))


def in_ascii(cells: str) -> str:
    """Patterns of dots as the characters that stand for them in a file. NotTranslated for anything else than a pattern of six dots."""
    if any(not BLANK <= ord(each) <= LAST and each != " " for each in cells):
        raise NotTranslated
    return "".join(" " if each == " " else ASCII[ord(each) - BLANK] for each in cells)


def in_cells(characters: str) -> str:
    """The characters of a file of braille as patterns of dots."""
    return "".join(chr(BLANK + ASCII.index(each)) for each in characters)


def _paged(parts: list[list[str]], numbers: Sequence[str]) -> str:
    """Pages of lines: a blank line between paragraphs, and the number of the page at the end of its last line."""
    lines = [line for part in parts for line in [*(cut for whole in part for cut in _cut(in_ascii(whole))), ""]][:-1]
    at = [0]
    while at[-1] < len(lines):
        at.append(at[-1] + LINES - 1)
    pages = [lines[begin:end] for begin, end in pairwise(at)]
    full = [[*page, *[""] * (LINES - 1 - len(page)), in_ascii(numbers[number]).rjust(CELLS)] for number, page in enumerate(pages)]
    return "\f".join("".join(f"{line}\r\n" for line in page) for page in full)


def _cut(line: str) -> list[str]:
    """A line in lines of at most 40 cells, cut between words; what is longer than a line goes on on the next, after a hyphen where it has one."""
    found = [""]
    for word in line.split():
        if found[-1] and len(found[-1]) + 1 + len(word) > CELLS:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
        while len(found[-1]) > CELLS:
            at = found[-1].rfind("-", 0, CELLS) + 1 or CELLS
            found[-1:] = [found[-1][:at], found[-1][at:]]
    return found
