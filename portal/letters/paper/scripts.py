"""Which fonts a piece of text is drawn in, which way it runs and in what language it is; and what stands for what no font has."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
LATIN = "Atkinson Hyperlegible Next"
OTHERS = (
    "Noto Sans", "Noto Naskh Arabic", "Noto Sans Bengali", "Noto Sans Gurmukhi", "Noto Sans Devanagari", "Noto Sans Gujarati", "Noto Sans Tamil", "Noto Sans Telugu",
    "Noto Sans Kannada", "Noto Sans Malayalam", "Noto Sans Sinhala", "Noto Sans Hebrew", "Noto Sans Thaana", "Noto Sans Ethiopic", "Noto Sans Armenian",
    "Noto Sans Georgian", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Khmer", "Noto Sans Myanmar", "Droid Sans Fallback", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Emoji",
)  # fmt: skip
"""What is looked into, one after the other, for a character that the fonts before it do not have."""

JOINERS = "\u200c\u200d"
"""Characters that are not seen and shape the letters beside them, in the scripts that need them and in emoji."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its font, the language it most likely is where nobody says, which of its characters tell it, the room between its lines in ems, how much larger than Latin letters it is drawn, and the font on paper, where that is another."""

    name: str
    font: str
    language: str
    characters: str
    leading: float = 0.3
    scale: float = 1.0
    paper_font: str = ""

    @property
    def on_paper(self) -> str:
        """The font in which it is posted."""
        return self.paper_font or self.font

    @property
    def covers(self) -> str:
        """The characters that are taken from its font before any other has them, as a class of a regular expression."""
        return f"[{self.characters}{JOINERS}]"


ARABIC = r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
SCRIPTS = (
    Script("urdu", "Noto Naskh Arabic", "ur", ARABIC, 0.2, 1.15, "Noto Nastaliq Urdu"),
    Script("arabic", "Noto Naskh Arabic", "ar", ARABIC, 0.2, 1.15),
    Script("bengali", "Noto Sans Bengali", "bn", r"\u0980-\u09ff\u0964\u0965", 0.4, 1.08),
    Script("gurmukhi", "Noto Sans Gurmukhi", "pa", r"\u0a00-\u0a7f\u0964\u0965", 0.4, 1.08),
    Script("devanagari", "Noto Sans Devanagari", "hi", r"\u0900-\u097f"),
    Script("gujarati", "Noto Sans Gujarati", "gu", r"\u0a80-\u0aff"),
    Script("tamil", "Noto Sans Tamil", "ta", r"\u0b80-\u0bff"),
    Script("telugu", "Noto Sans Telugu", "te", r"\u0c00-\u0c7f"),
    Script("kannada", "Noto Sans Kannada", "kn", r"\u0c80-\u0cff"),
    Script("malayalam", "Noto Sans Malayalam", "ml", r"\u0d00-\u0d7f"),
    Script("sinhala", "Noto Sans Sinhala", "si", r"\u0d80-\u0dff"),
    Script("hebrew", "Noto Sans Hebrew", "he", r"\u0590-\u05ff\ufb1d-\ufb4f"),
    Script("ethiopic", "Noto Sans Ethiopic", "am", r"\u1200-\u139f"),
    Script("thai", "Noto Sans Thai", "th", r"\u0e00-\u0e7f"),
    Script("chinese", "Droid Sans Fallback", "zh", r"\u3400-\u4dbf\u4e00-\u9fff"),
)  # fmt: skip
NAMED = {each.name: each for each in SCRIPTS}
SCRIPT_OF = {"ar": "arabic", "ur": "urdu", "bn": "bengali", "pa": "gurmukhi"}
"""The scripts of the languages of letters; the others are in Latin ones."""
URDU_ALONE = re.compile("[\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2]")
"""Letters that Urdu has and Arabic has not."""

SEEN = {each.name: re.compile(f"[{each.characters}]") for each in SCRIPTS}


def script_in(text: str, language: str) -> Script | None:
    """The first script in a text that needs a font and a care of its own; None for Latin letters, and for what has no such script."""
    found = [(seen.start(), each) for each in SCRIPTS if each.name != "urdu" and (seen := SEEN[each.name].search(text))]
    if not found:
        return None
    first = min(found, key=lambda one: one[0])[1]
    urdu = first.name == "arabic" and language != "ar" and (language == "ur" or URDU_ALONE.search(text))
    return NAMED["urdu"] if urdu else first


def own_language(text: str, language: str) -> str:
    """The language to say of a text in a letter of this language: the letter's, unless the script shows another."""
    found, expected = script_in(text, language), SCRIPT_OF.get(language)
    if found is None:
        return "en" if expected and re.search("[A-Za-z]", text) else language
    return language if found.name == expected else found.language


def direction(text: str, otherwise: str) -> str:
    """`ltr` or `rtl`: as the first letter that has a direction runs; `otherwise` where none has one."""
    for each in text:
        kind = unicodedata.bidirectional(each)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return otherwise


ASCII_WORDS = re.compile(r"(?:\((?=[0-9]+\))|[+£])?[0-9A-Za-z][\x21-\x7e]*(?:[ \u00a0][(+]?[0-9A-Za-z][\x21-\x7e]*)*(?<=[0-9A-Za-z%/])")
"""Numbers and words in Latin letters, which in a line that runs right to left keep together and their own way."""


def pieces(line: str, runs: str) -> Iterator[tuple[str, str]]:
    """A line in the pieces that have a direction of their own: what is in Latin letters or figures, where the line runs right to left."""
    if runs == "ltr":
        yield line, runs
        return
    at = 0
    for found in ASCII_WORDS.finditer(line):
        if line[at : found.start()]:
            yield line[at : found.start()], "rtl"
        yield found.group(), "ltr"
        at = found.end()
    if line[at:]:
        yield line[at:], "rtl"


MAY_BREAK = "\u200b"
LONG_WORD = re.compile(r"[!-~\u00c0-\u024f]{8,}")
WEB = re.compile(r"(?:https?://|www\.)\S*[\w/]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)
"""An address of a page or of mail: cut by typst at its own signs where it is too long for a line, and not at all where it fits."""
WIDE, CAPITAL, USUAL = 0.95, 0.7, 0.54
"""How wide a letter is at most, a capital, and another as a rule, in its size."""


def is_wide(word: str, room: float) -> bool:
    """Whether a word may be wider than a line of `room` times the size of its letters."""
    return sum(WIDE if each in "MW@%m" else CAPITAL if each.isupper() or each == "w" else USUAL for each in word) > room


def breakable(text: str, room: float) -> str:
    """A text in which a word that is wider than a line may go on on the next one; no other word is split."""
    return LONG_WORD.sub(lambda found: _broken(found.group(), room), text)


def _broken(word: str, room: float) -> str:
    at_most = max(int(room / WIDE), 1)
    return word if WEB.search(word) or not is_wide(word, room) else MAY_BREAK.join(word[at : at + at_most] for at in range(0, len(word), at_most))


def around_addresses(text: str, room: float) -> Iterator[tuple[str, bool]]:
    """A text in pieces, with whether each is an address that fits a line and so stays whole."""
    at = 0
    for found in WEB.finditer(text):
        if not is_wide(found.group(), room):
            yield text[at : found.start()], False
            yield found.group(), True
            at = found.end()
    yield text[at:], False


KEPT_TOGETHER = re.compile(r"\+?[0-9][0-9 ]{6,}[0-9]")
"""A telephone number, which does not go on on the next line."""


def kept_together(text: str, reference: str) -> str:
    """A text whose telephone numbers, and whose reference, stay on one line."""
    if reference:
        text = text.replace(reference, reference.replace(" ", "\u00a0"))
    return KEPT_TOGETHER.sub(lambda found: found.group().replace(" ", "\u00a0"), text)


@cache
def _covered() -> tuple[list[int], list[int]]:
    """The characters that our fonts have, as ranges: where each begins, and where it ends."""
    ranges = [tuple(int(end, 16) for end in line.split("-")) for line in (FONTS / "characters.txt").read_text().split()]
    return [each[0] for each in ranges], [each[-1] for each in ranges]


def is_drawn(character: str) -> bool:
    """Whether one of our fonts has it."""
    begins, ends = _covered()
    at = bisect_right(begins, ord(character)) - 1
    return at >= 0 and ord(character) <= ends[at]


def drawable(text: str, *, plain: bool = False) -> str:
    """A text that can be drawn whole: what is not seen and turns other text round is left out, and what no font has is named in its place.

    `plain` is for a text of which some cluster could not be drawn even so: of it nothing is drawn that is not simple.
    """
    return "".join(_drawable(each, plain) for each in text.replace("\u2028", "\n").replace("\u2029", "\n"))


def _drawable(character: str, plain: bool) -> str:
    if character in "\n ":
        return character
    kind = unicodedata.category(character)
    if kind == "Zs" or character == "\t":
        return "\u00a0" if character == "\u00a0" else " "
    if kind in ("Cc", "Cf", "Cs") and (plain or character not in JOINERS):
        return ""
    if plain and (kind[0] == "M" or not character.isascii()):
        return f"[{named(character)}]" if kind[0] != "M" else ""
    if is_drawn(character):
        return character
    return "" if "\ufe00" <= character <= "\ufe0f" else f"[{named(character)}]"


def named(character: str) -> str:
    """What a character is called, where it cannot be drawn: its name, or else its number."""
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
