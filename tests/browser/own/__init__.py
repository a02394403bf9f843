"""Our own checks of a page in a browser, for what axe and html-validate do not see; each is named for its item in tests/accessibility.csv.

The page is asked in one go for each size, so that a check costs milliseconds. `findings` leaves the page's choices changed: load it again
before anything else is done with it.
"""

import re
from collections.abc import Iterable
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
    scripts = (source(path.stem) for path in FOLDER.glob("*.js"))
    return frozenset(name for script in scripts for name in re.findall(r"\bitem_\d+_\w+", script)) | {UNNAMED}


def listen(page: Page) -> None:
    """From the next page load on, note what the page listens to."""
    page.add_init_script(source("listening"))


def show(page: Page, text: str) -> None:
    """Put a page as it was served in place of the one that is shown, whose address it takes."""
    page.evaluate("window.ourListeners && (window.ourListeners.length = 0)")
    page.set_content(text, wait_until="load")


def findings(page: Page, sizes: Iterable[tuple[int, int]] = ()) -> list[str]:
    """What we find wrong with the page as it is now, and (`sizes`) in windows of other sizes: the check, and where."""
    found = asked(page, "still", "ourStill") + drawn(page) + unnamed(page)
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{each} (at {width} x {height})" for each in drawn(page)]
    return list(dict.fromkeys(found + asked(page, "done", "ourDone")))


def drawn(page: Page) -> list[str]:
    """What depends on the size of the window, the keyboard put on each stop in turn."""
    found = asked(page, "drawn", "ourDrawn")
    page.keyboard.press("Tab")
    return found + _lines(page.evaluate("() => window.ourWalked()"))


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
