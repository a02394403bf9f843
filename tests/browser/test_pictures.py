"""A picture of every page, for people to look at: `make pictures` leaves them in test-results/pictures.

Each page once in each state it is met in, as whoever meets it sees it: on a narrow phone, from right to left, set larger and wider, and in
the colours of a contrast theme (item 84). No page may be wider than the window it is drawn in.
"""

from typing import Any

import pytest

from portal import clock
from tests import crawl, reached
from tests.browser import own, scans
from tests.browser.fixtures import Browse
from tests.browser.test_axe_on_every_page import everything, of_their_own
from tests.browser_client import CheckingClient
from tests.house import ROOT
from tests.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.pictures]

FOLDER = ROOT / "test-results/pictures"
LARGER = {"size": "largest", "spacing": "wider", "lines": "usual", "colours": "usual", "face": "usual"}
OTHERS_TONGUE = {"nobody", "complaining", "speaking", "resident", "few outside"}
"""Who is no member of staff, and reads our pages in any of our languages."""

WAYS: dict[str, dict[str, Any]] = {
    "narrow": {"language": "en", "width": 320},
    "arabic": {"language": "ar", "width": 320},
    "urdu": {"language": "ur", "width": 320},
    "welsh": {"language": "cy", "width": 320},
    "wide": {"language": "en", "width": 1280},
    "larger": {"language": "en", "width": 320, "display": LARGER},
    "dark": {"language": "en", "width": 320, "display": LARGER | {"size": "usual", "spacing": "usual", "colours": "dark"}},
    "contrast": {"language": "en", "width": 320, "forced_colors": "active"},
}


def met(way: str) -> list[str]:
    """Whose pages are drawn in such a way."""
    return [kind for kind in scans.KINDS if WAYS[way]["language"] in ("en", "cy") or kind in OTHERS_TONGUE]


@pytest.mark.parametrize(("way", "kind"), [(way, kind) for way in WAYS for kind in met(way)])
def test_item_84_a_picture_of_every_page_and_none_is_wider_than_its_window(browse: Browse, client: CheckingClient, town: Town, way: str, kind: str) -> None:
    asked = dict(WAYS[way])
    language, display = asked.pop("language"), asked.pop("display", None)
    folder, drawn, wider = FOLDER / way, set[str](), list[str]()
    folder.mkdir(parents=True, exist_ok=True)
    client.get(f"/?lang={language}")
    if display:
        client.send("/display", display)
    page = browse("/", height=640, **asked)
    for found in everything(client, town, kind, language, alike=1):
        if of_their_own(kind, found) and (name := named(client, kind, found)) not in drawn:
            drawn.add(name)
            own.show(page, found.text)
            page.screenshot(path=folder / f"{name}.png", full_page=True)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wider.append(found.what)
    assert drawn and not wider, f"{clock.today()}: {wider}"


def named(client: CheckingClient, kind: str, found: crawl.Found) -> str:
    """What a picture is called: whose it is, of which page, in which state."""
    method, path = found.what.split(" ")[:2]
    return f"{kind}-{reached.endpoint(client.application, path, method)}-{scans.state_of(found)}".replace(" ", "_")
