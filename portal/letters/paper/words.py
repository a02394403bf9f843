"""How words are written for a template: in lines of runs, each with its fonts, its language, its direction and its size."""

from collections.abc import Sequence
from typing import Any

from portal import i18n
from portal.letters.paper import scripts
from portal.letters.paper.scripts import Script

Line = list[dict[str, Any]]
LINE, LARGE_LINE, LARGE = 450, 490, 18
"""How long a line is, in points, in ordinary and in large print, and where that begins."""


class Words:
    """How the words of one document are written for its template; `reference` is what stays on one line in it.

    `own` is the language of the letter that this is the English of: what people wrote into it is in theirs.
    """

    def __init__(self, language: str, reference: str, size: int, *, posted: bool, plain: bool, own: str = "") -> None:
        self.reference, self.posted, self.plain = reference, posted, plain
        self.room = (LARGE_LINE if size >= LARGE else LINE) / size - 1
        self.lang = i18n.html_lang(language).partition("-")[0]
        self.own = i18n.html_lang(own or language).partition("-")[0]
        self.direction = i18n.direction(language)
        named = scripts.SCRIPT_OF.get(self.lang)
        self.script = scripts.NAMED[named] if named else None
        self.leading = 0.2 if self.script is None else 0.05 if posted and self.script.paper_font else self.script.leading

    def fonts(self, script: Script | None) -> list[Any]:
        """The fonts to look into, in order: that of the script for what is of it, then Latin, then all others."""
        first = [{"name": script.on_paper if self.posted else script.font, "covers": script.covers}] if script else []
        return [*first, scripts.LATIN, *scripts.OTHERS]

    def lines(self, text: str, lang: str | None = None) -> list[Line]:
        """A text as lines of runs, in the letter's language unless another is given."""
        return [self._line(line, None, lang) for line in self._drawable(text).split("\n")]

    def each(self, texts: Sequence[str]) -> list[Any]:
        """Several texts, each on lines of its own."""
        return [line for text in texts for line in self.lines(text)]

    @property
    def of_staff(self) -> str:
        """The language that staff type in: Welsh into a letter in Welsh, and English into all others."""
        return self.own if self.own in i18n.STAFF_LANGUAGES else i18n.DEFAULT

    def paragraphs(self, text: str, lang: str | None = None) -> list[dict[str, Any]]:
        """What somebody typed, in the letter's language unless another is given: a blank line makes a paragraph, which runs its own way, and a line end stays one."""
        parts = [part.strip() for part in self._drawable(text).split("\n\n")]
        return [self._paragraph(part, lang or self.lang) for part in parts if part]

    def _paragraph(self, text: str, lang: str) -> dict[str, Any]:
        runs = scripts.direction(text, self.direction)
        lines = [self._line(line, runs, lang) for line in text.split("\n")]
        return {"dir": runs, "lang": scripts.own_language(text, lang), "fonts": self.fonts(self._script(text)), "lines": lines}

    def _line(self, text: str, runs: str | None = None, lang: str | None = None) -> Line:
        runs, lang = runs or scripts.direction(text, self.direction), lang or self.lang
        return [self._run(part, way, whole, lang) for piece, way in scripts.pieces(text, runs) for part, whole in scripts.around_addresses(piece, self.room) if part]

    def _run(self, text: str, runs: str, whole: bool, lang: str) -> dict[str, Any]:
        return {"text": text, "dir": runs, "whole": whole, "lang": scripts.own_language(text, lang), "fonts": self.fonts(self._script(text)), "scale": self._scale(text)}

    def _drawable(self, text: str) -> str:
        return scripts.kept_together(scripts.breakable(scripts.drawable(text, plain=self.plain), self.room), self.reference)

    def _scale(self, text: str) -> float:
        found = scripts.script_in(text, self.lang)
        return found.scale if found else 1.0

    def _script(self, text: str) -> Script | None:
        return scripts.script_in(text, self.lang) or self.script
