"""Our own checks of a page in a browser, for what axe and html-validate do not see; each is named for its item in tests/accessibility.csv.

The page is asked in one go, so that a check costs milliseconds. The last of them leave the page's choices changed: load it again before
anything else is done with it.
"""

import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parent
SIZES = ((1280, 900), (320, 900), (320, 256))
"""Windows in pixels; the last is what 1280 by 1024 shows at four times the size."""

ASKED = "() => { const said = {}; for (const [name, check] of Object.entries(window.%s)) said[name] = check(); return said; }"
NAMED_BY = {"button", "link", "textbox", "checkbox", "radio", "combobox", "listbox", "searchbox", "slider", "tab", "menuitem", "spinbutton", "switch", "image"}
"""Roles that say nothing without a name."""

UNNAMED = "item_1_something_without_a_name"


@cache
def source(name: str) -> str:
    """One of the scripts beside this."""
    return (FOLDER / f"{name}.js").read_text()


@cache
def names() -> frozenset[str]:
    """Every check there is."""
    files = [*FOLDER.glob("*.js"), *FOLDER.glob("*.py")]
    return frozenset(name for file in files for name in re.findall(r"\bitem_\d+_\w+", file.read_text()))


def listen(page: Page) -> None:
    """From the next page load on, note what the page listens to."""
    page.add_init_script(source("listening"))


def show(page: Page, text: str) -> None:
    """Put a page as it was served in place of the one that is shown, whose address it takes."""
    page.evaluate("window.ourListeners && (window.ourListeners.length = 0)")
    page.set_content(text, wait_until="load")


def findings(page: Page, *, walk: bool = True) -> list[str]:
    """What we find wrong with the page as it is now, in this window: the check, and where; and as the keyboard goes through it (`walk`)."""
    found = asked(page, "still", "ourStill") + asked(page, "drawn", "ourDrawn")
    return found + (walked(page) if walk else []) + asked(page, "done", "ourDone")


def everywhere(page: Page) -> list[str]:
    """What we find in windows of every size, and in what a screen reader is given; the window is as it was afterwards."""
    size, found = page.viewport_size, unnamed(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{each} (at {width} x {height})" for each in asked(page, "drawn", "ourDrawn") + walked(page)]
    if size is not None:
        page.set_viewport_size(size)
    return list(dict.fromkeys(found + asked(page, "still", "ourStill") + asked(page, "done", "ourDone")))


def walked(page: Page) -> list[str]:
    """What is wrong as the keyboard goes from stop to stop; one press of a real key makes the browser draw where it is."""
    page.keyboard.press("Tab")
    if not page.evaluate("'ourWalked' in window"):
        page.evaluate(source("drawn"))
    return _lines(page.evaluate("() => window.ourWalked()"))


def asked(page: Page, script: str, checks: str) -> list[str]:
    """What the checks of one script find, in lines."""
    if not page.evaluate(f"'{checks}' in window"):
        page.evaluate(source(script))
    return _lines(page.evaluate(ASKED % checks))


def unnamed(page: Page) -> list[str]:
    """What a screen reader would meet and could not call by any name, as the browser itself tells it."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    said = [node for node in nodes if not node.get("ignored") and node.get("role", {}).get("value") in NAMED_BY]
    nameless = [node["backendDOMNodeId"] for node in said if not node.get("name", {}).get("value", "").strip()]
    session.send("DOM.getDocument", {"depth": 0})
    found = [session.send("DOM.getOuterHTML", {"backendNodeId": each})["outerHTML"] for each in nameless]
    session.detach()
    return [f"{UNNAMED}: {' '.join(each.split())[:160]}" for each in found]


def _lines(said: dict[str, list[str]]) -> list[str]:
    return [f"{name}: {where}" for name, places in said.items() for where in places]
