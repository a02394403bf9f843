"""The portal's own source, read as trees: what imports what, what is called, and what its templates say."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).parents[1]
PORTAL, TEMPLATES = ROOT / "portal", ROOT / "templates"
NOT_SAID = re.compile(r"{% block body_class %}.*?{% endblock %}")
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"|(?<!\w)(?:-\w+)+')
"""A macro that writes attributes or the ends of ids writes them outside any tag of its own."""

SPOKEN_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "label", "content")


@dataclass(frozen=True)
class Module:
    """One Python file of the portal."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def unit(self) -> str:
        """Its package, or its own name where it is a module at the top: `rules`, `web`."""
        return self.name.split(".")[0] if "." in self.name else self.name

    def imports(self) -> Iterator[str]:
        """Every module it imports, whole names: `portal.rules.steps`, `flask`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def said_where_nobody_collects_it(self) -> Iterator[str]:
        """Messages that stand inside an f-string or beside a key in brackets, where they are not found (or the key is, instead) when messages are collected."""
        for node in ast.walk(self.tree):
            inside = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            yield from (f"{ast.unparse(call)} in an f-string" for call in inside if isinstance(call, ast.Call) and _says(call) and _literal(call.args))
            if isinstance(node, ast.Call) and _says(node) and any(isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Constant) and isinstance(part.slice.value, str) for part in ast.walk(node.args[0])):
                yield f"{ast.unparse(node)} holds a key"

    def calls(self) -> Iterator[tuple[str, int]]:
        """Every call by the words it is written in, and its line: `datetime.now`, `select`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node.lineno


SAYS = frozenset(("_", "_l", "N_", "NP_", "gettext", "ngettext", "lazy_gettext"))


def _says(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in SAYS and bool(call.args)


def _literal(args: list[ast.expr]) -> bool:
    return isinstance(args[0], ast.Constant)


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the portal."""
    return tuple(_read(path) for path in sorted(PORTAL.rglob("*.py")))


def _read(path: Path) -> Module:
    parts = path.relative_to(PORTAL).with_suffix("").parts
    name = ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)
    return Module(path, name, ast.parse(path.read_text()))


def units_imported(module: Module) -> set[str]:
    """Which parts of the portal a module imports, its own left out; `portal` is create_app()'s module itself."""
    tops = {path.stem for path in PORTAL.glob("*.py")} | {path.name for path in PORTAL.iterdir() if path.is_dir()}
    found = set()
    for name in module.imports():
        parts = name.split(".")
        if parts[0] != "portal" or name == "portal":
            continue
        found.add(parts[1] if parts[1] in tops else "portal")
    return found - {module.unit}


class Words(HTMLParser):
    """The tags of a template, and the words in it that no expression put there."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value and tag != "meta":
                self._say(value)

    def handle_data(self, data: str) -> None:
        self._say(data)

    def _say(self, text: str) -> None:
        text = " ".join(ATTRIBUTE.sub("", text).split())
        if any(character.isalpha() for character in text):
            self.words.append(text)


def template_words(path: Path) -> Words:
    """A template with its Jinja taken out: what is left is the same in every language."""
    environment = Environment(extensions=["jinja2.ext.i18n"])
    tokens = environment.lex(NOT_SAID.sub("", path.read_text()))
    read = Words()
    read.feed("".join(value if kind == "data" else "" for _, kind, value in tokens))
    read.close()
    return read


@cache
def templates() -> tuple[Path, ...]:
    """Every template."""
    return tuple(sorted(TEMPLATES.rglob("*.html")))
