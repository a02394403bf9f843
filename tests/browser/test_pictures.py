"""A picture of every page, for people to look at: `make pictures` leaves them in test-results/pictures.

Each page once in each state it is met in, each question of the way through a complaint by itself, as whoever meets it sees it: on a narrow phone, from right to left, set larger and wider, and in
the colours of a contrast theme (item 84). Besides, in each way that is read on a phone, the page of each complaint a resident may have, and each
kind of letter. No page may be wider than the window it is drawn in.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import abort, request
from playwright.sync_api import Page

from portal import clock
from portal.access import Role
from tests import crawl, reached
from tests.browser import own, scans
from tests.browser.fixtures import Browse
from tests.browser.test_axe_on_every_page import everything, of_their_own
from tests.browser_client import CheckingClient, Fields
from tests.doors import let_in_resident, let_in_staff
from tests.house import ROOT
from tests.lived_in import LivedIn
from tests.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.pictures]

FOLDER = ROOT / "test-results/pictures"
LARGER = {"size": "largest", "spacing": "wider", "lines": "usual", "colours": "usual", "face": "usual"}
EACH_CASE = "each case"
OTHERS_TONGUE = {"nobody", "complaining", "speaking", "resident", "few outside", EACH_CASE}
"""Who is no member of staff, and reads our pages in any of our languages."""

ONCE = "shown once"
"""Pages of staff that stand at no address of their own: what is shown in the answer to a press, and what a refusal looks like."""

TROUBLE = (400, 403, 404, 409, 413, 429, 500, 503)

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
    return [kind for kind in (*scans.KINDS, EACH_CASE, ONCE) if (WAYS[way]["language"] in ("en", "cy") or kind in OTHERS_TONGUE) and (kind != EACH_CASE or way in ("narrow", "arabic", "urdu"))]


@pytest.mark.parametrize(("way", "kind"), [(way, kind) for way in WAYS for kind in met(way)])
def test_item_84_a_picture_of_every_page_and_none_is_wider_than_its_window(browse: Browse, client: CheckingClient, town: Town, way: str, kind: str) -> None:
    asked = dict(WAYS[way])
    language, display = asked.pop("language"), asked.pop("display", None)
    client.get(f"/?lang={language}")
    if display:
        client.send("/display", display)
    page = browse("/", height=640, **asked)
    by_themselves = {EACH_CASE: lambda: each_case(client, town, language), ONCE: lambda: shown_once(client, town)}
    pages = by_themselves[kind]() if kind in by_themselves else everything(client, town, kind, language, alike=1)
    pictures = ((named(client, kind, found), found) for found in pages if kind in by_themselves or of_their_own(client.application, kind, found))
    drawn, wider = drawn_of(page, FOLDER / way, pictures)
    assert drawn and not wider, f"{clock.today()}: {wider}"


def drawn_of(page: Page, folder: Path, pictures: Iterator[tuple[str, crawl.Found]]) -> tuple[set[str], list[str]]:
    """Draw the first page of each name: the names, and those that are wider than the window."""
    drawn, wider = set[str](), list[str]()
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in pictures:
        if name not in drawn:
            drawn.add(name)
            own.show(page, found.text)
            page.screenshot(path=folder / f"{name}.png", full_page=True)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wider.append(found.what)
    return drawn, wider


def each_case(client: CheckingClient, town: Town, language: str) -> Iterator[crawl.Found]:
    """The page of each complaint that somebody may have, and the first letter of each kind; nobody reads those of the dead, nor what went astray. And what is said of trouble."""
    there = LivedIn(town, language)
    yield from said_of_trouble(client)
    for name, complaint in there.cases.items():
        let_in_resident(client, town.register, complaint)
        letters = [(letter.kind, f"/your-complaint/letters/{letter.number}") for letter in complaint.letters]
        town.register.rollback()
        for what, address in ((name, "/your-complaint"), *letters):
            answer = client.get(address)
            if answer.status_code == 200:
                yield crawl.Found(f"GET {address} {what}", 200, answer.get_data(as_text=True))


def shown_once(client: CheckingClient, town: Town) -> Iterator[crawl.Found]:
    """An access code, a link for a contractor, numbers to read out; a page that is not there, and one that is not for this role."""
    complaint = town.complains(safe_contact={"channels": ["phone", "post"], "phone": "01632 960111", "voicemail": "no", "say_who": "no"})
    town.given_to(complaint)
    case = f"/staff/complaints/{complaint.reference}"
    let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    town.register.rollback()
    presses: dict[str, Fields] = {
        f"{case}/code": {"words": "They rang from the number we have."},
        f"{case}/contractor": {"words": "Was the joint sealed on 4 May?", "who": "Harrow Roofing", "way": "hand"},
        f"{case}/person": {"came": "in", "them": "yes", "words": "She knew the day of the last visit."},
    }
    for address, fields in presses.items():
        answer = client.send(address, fields)
        town.register.rollback()
        assert answer.status_code == 200, (address, answer.status_code, answer.location)
        yield crawl.Found(f"POST {address}", 200, answer.get_data(as_text=True))
    for address in ("/staff/complaints/000000000", "/staff/record"):
        answer = client.get(address)
        yield crawl.Found(f"GET {address}", answer.status_code, answer.get_data(as_text=True))


def said_of_trouble(client: CheckingClient) -> Iterator[crawl.Found]:
    """What is said where something goes wrong, by its number."""

    def goes_wrong() -> None:
        if number := request.args.get("trouble"):
            abort(int(number))

    client.application.before_request_funcs.setdefault(None, []).append(goes_wrong)
    for number in TROUBLE:
        yield crawl.Found(f"GET /nowhere {number}", number, client.get(f"/nowhere?trouble={number}").get_data(as_text=True))


def named(client: CheckingClient, kind: str, found: crawl.Found) -> str:
    """What a picture is called: whose it is, of which page (of questions, which), in which state."""
    method, path, *which = found.what.split(" ")
    page = reached.endpoint(client.application, path, method)
    parts = [kind, page, *(which if kind == EACH_CASE else [urlsplit(path).path.rpartition("/")[2]] if page == "resident.question" else []), scans.state_of(found)]
    return "-".join(parts).replace(" ", "_")
