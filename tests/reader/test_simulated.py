"""What a simulated screen reader says of every page of a resident, kept in English and in a made-up language read from right to left.

After a change on purpose `make said` writes it anew; what is then different is read before it is committed.
"""

import difflib
import os
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from portal import clock, i18n
from portal.complaints import references
from portal.complaints.models import Complaint
from tests import crawl
from tests.browser.fixtures import Browse
from tests.browser.test_axe_on_every_page import IN_DANGER, seen
from tests.browser_client import CheckingClient
from tests.doors import let_in_resident
from tests.reader import simulated
from tests.resident.journeys import ANSWERS, answers, complains
from tests.resident.test_several_homes import TOM, adds
from tests.resident.test_ways import CALL
from tests.test_every_page import lived_in, made_up
from tests.town import Town

pytestmark = pytest.mark.browser
__all__ = ["made_up"]

SAID = Path(__file__).with_name("said")
DAY = date(2026, 5, 11)
TOO_MUCH = re.compile(r"paragraph|time|(end of )(paragraph|time|listitem.*|link.*|strong|emphasis|code)")
"""What is said of where a thing begins or ends, and tells nothing that is not plain from what follows."""

OTHERS = {"new": 0, "acknowledged": 1, "final": 3, "late": 5, "before_a_panel": 6}
"""Complaints that stand otherwise than the one that is gone through whole, by their place among those that were made."""

WRITES = "WRITE_SAID"


@pytest.fixture
def only_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No other language, so that one more of them changes nothing that is kept here."""
    monkeypatch.setattr(i18n, "FOLDER", tmp_path / "translations")
    i18n.installed.cache_clear()
    yield
    monkeypatch.undo()
    i18n.installed.cache_clear()


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A day and codes that are the same each time."""
    drawn = random.Random(11)

    def not_random(length: int) -> str:
        body = "".join(drawn.choice(references.ALPHABET) for _ in range(length))
        return body + references.check_character(body)

    monkeypatch.setattr(references, "_random", not_random)
    with clock.at(DAY):
        yield


def pages(client: CheckingClient, town: Town, language: str) -> dict[str, str]:
    """The text of every page of a resident, and (in English) of every form that was left empty, by a name for its file."""
    press = language == "en"
    complaint = lived_in(town, language)
    found = dict[str, str]()
    for asked in (_before_sending, _of_their_own):
        for each in asked(_browser(client, language), town, complaint, press):
            if not each.what.split(" ")[1].startswith("/staff"):
                found.setdefault(_name(each.what), each.text)
    for each in (*_in_danger(_browser(client, language)), *_for_several(_browser(client, language))):
        found.setdefault(_name(each.what), each.text)
    return found | dict(_standing_otherwise(client, town, language))


def _in_danger(browser: CheckingClient) -> Iterator[crawl.Found]:
    """What is asked and shown where somebody may be in danger, or is reached by more ways than this website."""
    answers(browser, **(ANSWERS | IN_DANGER))
    yield from seen(browser, "/complain/alert", "/complain/details")


def _for_several(browser: CheckingClient) -> Iterator[crawl.Found]:
    """What is asked where somebody wants to be rung, and where they speak for several homes."""
    browser.send("/ring-me", CALL)
    yield from seen(browser, "/ring-me/check")
    browser.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    adds(browser, TOM, add="yes")
    yield from seen(browser, "/complain/group", "/complain/homes")


def _standing_otherwise(client: CheckingClient, town: Town, language: str) -> Iterator[tuple[str, str]]:
    for standing, place in OTHERS.items():
        browser = _browser(client, language)
        let_in_resident(browser, town.register, town.register.query(Complaint).order_by(Complaint.id).all()[place])
        town.register.rollback()
        answer = browser.get("/your-complaint")
        assert answer.status_code == 200, standing
        yield f"your-complaint_{standing}", answer.get_data(as_text=True)


def _browser(client: CheckingClient, language: str) -> CheckingClient:
    """Another browser, whose owner reads that language."""
    made = client.application.test_client()
    assert isinstance(made, CheckingClient)
    made.get(f"/?lang={language}")
    return made


def _before_sending(browser: CheckingClient, town: Town, complaint: Complaint, press: bool) -> Iterator[crawl.Found]:
    yield from crawl.pages(browser, "/", press=press, alike=1)
    for question, told in ANSWERS.items():
        url = f"/complain/{question}"
        answer = browser.get(url)
        assert answer.status_code == 200, (url, answer.location)
        yield crawl.Found(f"GET {url}", 200, answer.get_data(as_text=True))
        browser.send(url, told)
    yield from crawl.pages(browser, "/complain/files", "/complain/check", press=False, alike=1)
    complains(browser)
    yield from crawl.pages(browser, "/your-complaint/receipt", press=False, alike=1)


def _of_their_own(browser: CheckingClient, town: Town, complaint: Complaint, press: bool) -> Iterator[crawl.Found]:
    let_in_resident(browser, town.register, complaint)
    town.register.rollback()
    yield from crawl.pages(browser, "/your-complaint", press=press, alike=1)


def _name(what: str) -> str:
    """A name for a file: the address, and whether its form was left empty."""
    address = what.split(" ")[1].strip("/") or "start"
    return re.sub(r"[^\w-]+", "_", address) + ("_left_empty" if what.startswith("POST") else "")


def _different(name: str, kept: Path, said: str) -> str:
    before = kept.read_text() if kept.exists() else ""
    return "\n".join(difflib.unified_diff(before.splitlines(), said.splitlines(), f"{kept.parent.name}/{name}, as kept", "as said now", lineterm="", n=2))


def _compare(language: str, said: dict[str, str]) -> None:
    """Write it anew if that is asked; otherwise nothing may be different."""
    folder = SAID / language
    if os.environ.get(WRITES):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for name, words in said.items():
            (folder / f"{name}.txt").write_text(words)
    different = [lines for name in said if (lines := _different(name, folder / f"{name}.txt", said[name]))]
    gone = sorted(path.stem for path in folder.glob("*.txt") if path.stem not in said)
    if different or gone:
        pytest.fail("\n\n".join([*different, *(f"{name} was not met" for name in gone), "If that is on purpose: make said"]), pytrace=False)


def _said(page_of: Browse, client: CheckingClient, town: Town, language: str) -> dict[str, str]:
    page = page_of("/")
    texts = pages(client, town, language)
    heard = {name: simulated.reads(page, text) for name, text in texts.items()}
    return {name: "".join(f"{line}\n" for line in lines if not TOO_MUCH.fullmatch(line)) for name, lines in heard.items()}


@pytest.mark.usefixtures("pretended", "only_english")
def test_item_26_what_is_said_of_every_page_in_english(browse: Browse, client: CheckingClient, town: Town) -> None:
    _compare("en", _said(browse, client, town, "en"))


@pytest.mark.usefixtures("pretended", "made_up")
def test_item_26_what_is_said_of_every_page_from_right_to_left(browse: Browse, client: CheckingClient, town: Town) -> None:
    _compare("right_to_left", _said(browse, client, town, "en@mirror"))
