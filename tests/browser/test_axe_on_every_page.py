"""Every page of the path that anybody can reach, and what each form says when sent empty: axe-core, and a narrow phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests import crawl, saved_pages
from tests.browser import axe
from tests.browser.fixtures import Browse
from tests.browser_client import CheckingClient
from tests.doors import let_in_staff
from tests.resident.journeys import ANSWERS, answers
from tests.resident.test_several_homes import EDNA, OWN, TOM, adds, complains_for, complaints
from tests.resident.test_ways import CALL
from tests.test_every_page import let_in, lived_in, made_up
from tests.town import Town

pytestmark = pytest.mark.browser
__all__ = ["made_up"]

NARROW, ALIKE = 320, 2
"""A window in pixels, and how many pages are looked at of those that differ only in whose case it is; `test_every_page` reads all."""

IN_DANGER: dict[str, Any] = {"danger": {"danger": "yes"}, "reach": {"channels": ["email", "phone", "post"]}}


def everything(client: CheckingClient, town: Town, kind: str, language: str, *, alike: int = ALIKE) -> Iterator[crawl.Found]:
    """Each page that somebody of a kind can reach, so many of each that differ only in the case, and what forms say when sent empty."""
    if kind == "speaking":
        yield from for_several(client, town)
        return
    complaint = lived_in(town, language)
    if kind == "those beside":
        yield from of_those_beside(client, town, complaint)
        return
    if kind == "complaining":
        answers(client, **(ANSWERS | IN_DANGER))
        yield from crawl.pages(client, "/complain/alert")
        yield from crawl.pages(client, "/complain/check")
        return
    yield from crawl.pages(client, "/" if kind == "nobody" else let_in(client, town, kind, complaint), alike=alike)


def of_those_beside(client: CheckingClient, town: Town, complaint: Complaint) -> Iterator[crawl.Found]:
    """What is for a colleague and for those who look on; of what others read too, where each begins and one complaint are enough."""
    case, own = f"/staff/complaints/{complaint.reference}", (Role.COLLEAGUE, Role.GOVERNOR, Role.ADMINISTRATOR, Role.AUDITOR)
    with town.writing():
        operations.ombudsman_has(complaint, by=town.viewer(Role.LIAISON), theirs="HO-1")
    for role in (*READS_ALONG, *own):
        browser = client.application.test_client()
        assert isinstance(browser, CheckingClient)
        start = let_in(browser, town, role, complaint)
        town.register.rollback()
        yield from crawl.pages(browser, start, alike=1) if role in own else seen(browser, start, case, *READS_ALONG[role])


READS_ALONG = {
    Role.SENIOR: ("/staff/account",), Role.LIAISON: ("/staff/log",), Role.LEAD: ("/staff/figures", "/staff/remedies", "/staff/money", "/staff/data-requests"),
}  # fmt: skip
"""Who reads pages that handlers and managers read too -> the few that are asked for besides."""


def for_several(client: CheckingClient, town: Town) -> Iterator[crawl.Found]:
    """What somebody sees who asks to be rung, or speaks for several homes; and what staff see of either."""
    looked = client.application.test_client()
    assert isinstance(looked, CheckingClient)
    client.send("/ring-me", CALL)
    yield from seen(client, "/ring-me", "/ring-me/check")
    client.send("/ring-me/check")
    yield from seen(client, "/your-complaint/receipt", "/your-complaint")
    complains_for(client, OWN, EDNA)
    yield from seen(client, "/your-complaint/receipt")
    client.send("/your-complaint/receipt", form="others/1")
    yield from seen(client, "/for-somebody")
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    adds(client, TOM, add="yes")
    yield from seen(client, "/complain/group", "/complain/homes", "/complain/story")
    references = [one.reference for one in complaints(town)]
    town.register.rollback()
    let_in_staff(looked, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    town.register.rollback()
    yield from seen(looked, *(f"/staff/complaints/{each}" for each in references[:2]), f"/staff/complaints/{references[0]}/safety")


def seen(client: CheckingClient, *urls: str) -> Iterator[crawl.Found]:
    """These very pages."""
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.location)
        yield crawl.Found(f"GET {url}", answer.status_code, answer.get_data(as_text=True))


def of_their_own(kind: str, found: crawl.Found) -> bool:
    """Whether a page is looked at with this kind of person, and not already with nobody in particular."""
    path = found.what.split(" ")[1]
    ours = ("/staff", "/your-complaint", "/complain", "/ring-me", "/for-somebody")
    return found.status >= 400 or kind == "nobody" or path.startswith(ours)


def trouble_with(page: Page, found: crawl.Found, *, read: bool = True) -> list[str]:
    """What axe finds (`read`) on a page of a new kind, or with places that it has not read in such a window, and anything that makes it wider.

    The same elements in other words tell it nothing new.
    """
    width = page.evaluate("window.innerWidth")
    if not saved_pages.is_new(found.page, f"seen at {width}", crawl.NAMED.sub("*", found.what)):
        return []
    page.set_content(found.text, wait_until="load")
    wide = page.evaluate("document.documentElement.scrollWidth")
    too_wide = [f"{wide} px wide in a window of {width}"] if wide > width else []
    return too_wide + axe.findings(page) if read else too_wide


@pytest.mark.parametrize("kind", ["nobody", "complaining", "speaking", "resident", "those beside", "handler", "manager"])
def test_nothing_is_wrong_on_a_narrow_phone(browse: Browse, client: CheckingClient, town: Town, kind: str) -> None:
    page = browse("/", width=NARROW)
    found = [each for each in everything(client, town, kind, "en") if of_their_own(kind, each)]
    assert len(found) >= 2
    assert {each.what: trouble for each in found if (trouble := trouble_with(page, each))} == {}


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("kind", ["resident", "manager"])
def test_nothing_is_wrong_from_right_to_left(browse: Browse, client: CheckingClient, town: Town, kind: str) -> None:
    page = browse("/", width=1280)
    client.get("/?lang=en@mirror")
    found = list(everything(client, town, kind, "en@mirror", alike=1))
    assert all(each.page.get("dir") == "rtl" for each in found)
    read = kind == "resident"
    assert {each.what: trouble for each in found if (trouble := trouble_with(page, each, read=read))} == {}
