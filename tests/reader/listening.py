"""Somebody who listens: real keys, pressed on the display that Orca is on, and all that it says, as a conversation."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from tests.reader.desktop import SILENT, SURELY, Desktop
from tests.visitors import ByKeyboard

X_NAMES = {"Enter": "Return", "Space": "space", "ArrowDown": "Down", "Control+A": "ctrl+a"}
"""Keys that X calls otherwise than browsers do."""

LOADED = 1.5
"""Seconds of quiet after which a page is taken to have been read."""


AFTER = "leaving main content."
AS_BEFORE = "(Then the help and the foot of the page, as they were read before.)"
BEGIN = ("leaving ", "form", "main content", "complementary content", "notification", "statusbar", "table ", "panel")
"""What is said in small letters of what comes next, and not of what came before."""


@dataclass
class Conversation:
    """What somebody did, and what was said to it, in order."""

    turns: list[tuple[str, list[str]]] = field(default_factory=list)

    def adds(self, did: str, heard: list[str]) -> None:
        """One turn."""
        self.turns.append((did, heard))

    @property
    def said(self) -> list[str]:
        """All that was said."""
        return [each for _, heard in self.turns for each in heard]

    @property
    def written(self) -> str:
        """To read: what was done begins at the margin, what was said is set in, and what stands at the end of every page is there once."""
        lines, known = list[str](), set[str]()
        for did, heard in self.turns:
            page, mark, rest = "\n".join(_sentences(heard)).partition(f"\n{AFTER}\n")
            lines += ["", did] if did.startswith("--") else [did]
            lines += [f"    {each}" for each in page.split("\n") if each]
            if mark:
                lines += [f"    {each}" for each in (AFTER, *([AS_BEFORE] if rest in known else rest.split("\n")))]
                known.add(rest)
        return "\n".join(lines)


class Listening(ByKeyboard):
    """A person who knows of the page only what is said to them."""

    def __init__(self, page: Page, desktop: Desktop) -> None:
        super().__init__(page)
        self.desktop, self.conversation = desktop, Conversation()

    def _key(self, name: str) -> None:
        self.desktop.presses(X_NAMES.get(name, name.replace("Shift+", "shift+")))
        self._hears(f"[{name}]", silent=SURELY if name == "Tab" else SILENT)

    def _types(self, words: str) -> None:
        self.desktop.types(words)
        self._hears(f"[types: {words}]")

    def _spells(self, words: str) -> None:
        self._types(words)

    def _hears(self, did: str, **how: float) -> None:
        self.conversation.adds(did, self.desktop.hears(**how))

    def opens(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(path)
        self._hears(f"[opens {path}]", quiet=LOADED)

    def follows(self, words: str) -> None:
        """Press the link with these words."""
        super().follows(words)
        self._hears(f"-- {self.heading} --", quiet=LOADED)

    def presses(self, words: str) -> None:
        """Press the button with these words."""
        super().presses(words)
        self._hears(f"-- {self.heading} --", quiet=LOADED)

    def _clicks(self, what: Locator) -> None:
        """Get there first, which may take longer than a page is waited for."""
        self._reaches(what)
        super()._clicks(what)

    def _activates(self, what: Locator) -> None:
        """No longer listening for the answer of the key itself: what comes is the next page's."""
        self.desktop.presses("Return")
        self.conversation.adds("[Enter]", [])

    def chooses(self, *files: Any) -> None:
        """Choose files; the system's own window for it is not what is listened to."""
        self.page.set_input_files("input[type=file]", list(files))
        self._hears(f"[chooses {', '.join(each['name'] for each in files)}]", quiet=LOADED)

    def loses(self, file: Any) -> None:
        """Choose a file while the server cannot be reached."""
        self.page.context.set_offline(True)
        self.chooses(file)
        self.page.context.set_offline(False)

    def repeats(self, words: str) -> None:
        """Press a button that answers in words, and leads to no other page."""
        self._reaches(self.page.get_by_role("button", name=words, exact=True).first)
        self._key("Enter")

    def jumps(self, words: str) -> None:
        """Press the link with these words, which leads to a place on the same page."""
        self._reaches(self.page.get_by_role("link", name=words, exact=True).first)
        self._key("Enter")


def _sentences(heard: list[str]) -> list[str]:
    """What was said, with what a thing is and where it ends put behind it again."""
    lines: list[str] = []
    for each in filter(str.strip, heard):
        if lines and not each[0].isupper() and not each[0].isdigit() and not each.startswith(BEGIN) and lines[-1] not in BEGIN:
            lines[-1] += ("" if each[0] in ".,;" else " ") + each
        else:
            lines.append(each)
    return lines


def in_order(said: list[str], phrases: tuple[str, ...]) -> str | None:
    """The first phrase that does not come, in what is said, after those before it; None if all do. Breaths are not told apart."""
    text, at = " ".join(said), 0
    for each in phrases:
        found = text.find(each, at)
        if found < 0:
            return each
        at = found + len(each)
    return None
