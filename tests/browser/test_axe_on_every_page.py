"""Every page that anybody can reach, and what each form says when sent empty: axe-core and our own checks, on a narrow phone and from right to left.

From right to left, one page of each template in each state is looked at. The keyboard goes through one page of each template; `make slow`
takes it through each, in windows of every size, in each made-up language.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask, template_rendered
from jinja2 import Template
from playwright.sync_api import Page

from portal import i18n
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests import crawl, hostile, reached, saved_pages
from tests.browser import axe, own, scans
from tests.browser.fixtures import Browse
from tests.browser_client import CheckingClient
from tests.doors import let_in_staff
from tests.lived_in import LivedIn, comers
from tests.resident.journeys import ANSWERS, answers
from tests.resident.test_several_homes import EDNA, OWN, TOM, adds, complains_for, complaints
from tests.resident.test_ways import CALL
from tests.test_every_form import Restore, answered, come_to
from tests.test_every_page import let_in, lived_in, made_up
from tests.town import Town

pytestmark = pytest.mark.browser
__all__ = ["made_up"]

NARROW, ALIKE = 320, 2
"""A window in pixels, and how many pages are looked at of those that differ only in whose case it is; `test_every_page` reads all."""

Drawn = tuple[crawl.Found, str]

IN_DANGER: dict[str, Any] = {"danger": {"danger": "yes"}, "reach": {"channels": ["email", "phone", "post"]}}


def everything(client: CheckingClient, town: Town, kind: str, language: str, *, alike: int = ALIKE) -> Iterator[crawl.Found]:
    """Each page that somebody of a kind can reach, so many of each that differ only in the case, and what forms say when sent empty."""
    if kind in scans.FEW_COME:
        yield from where_few_come(client, town, scans.FEW_COME[kind], language)
        return
    if kind == "speaking":
        yield from for_several(client, town, language)
        return
    complaint = lived_in(town, language)
    if kind == "those beside":
        yield from of_those_beside(client, town, complaint, language)
        return
    if kind == "complaining":
        answers(client, **(ANSWERS | IN_DANGER))
        yield from crawl.pages(client, "/complain/alert")
        yield from crawl.pages(client, "/complain/check")
        return
    yield from crawl.pages(client, "/" if kind == "nobody" else let_in(client, town, kind, complaint), alike=alike)


def where_few_come(client: CheckingClient, town: Town, by_whom: dict[str, str], language: str) -> Iterator[crawl.Found]:
    """The first of each page that only these come to, in a landlord where everything has happened."""
    there, app = LivedIn(town, language), client.application
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)
    for kind, endpoints in reached.named(by_whom).items():
        wanted = set(endpoints)
        for comer in comers(there, kind):
            if not wanted:
                break
            comer.enters(client)
            for each in crawl.pages(client, *comer.starts, press=False, alike=1, through=lambda url, wanted=wanted: reached.endpoint(app, url) in wanted | scans.ON_THE_WAY):  # type: ignore[misc]
                endpoint = reached.endpoint(app, each.what.removeprefix("GET "))
                if endpoint in wanted:
                    wanted.discard(endpoint)
                    yield each
        assert not wanted, f"{kind} came to none of these"


def of_those_beside(client: CheckingClient, town: Town, complaint: Complaint, language: str) -> Iterator[crawl.Found]:
    """What is for a colleague and for those who look on; of what others read too, where each begins and one complaint are enough."""
    case, own = f"/staff/complaints/{complaint.reference}", (Role.COLLEAGUE, Role.GOVERNOR, Role.ADMINISTRATOR, Role.AUDITOR)
    with town.writing():
        operations.ombudsman_has(complaint, by=town.viewer(Role.LIAISON), theirs="HO-1")
    for role in (*READS_ALONG, *own):
        browser = client.application.test_client()
        assert isinstance(browser, CheckingClient)
        browser.get(f"/?lang={language}")
        start = let_in(browser, town, role, complaint)
        town.register.rollback()
        yield from crawl.pages(browser, start, alike=1) if role in own else seen(browser, start, case, *READS_ALONG[role])


READS_ALONG = {
    Role.SENIOR: ("/staff/account",), Role.LIAISON: ("/staff/log",), Role.LEAD: ("/staff/figures", "/staff/remedies", "/staff/money", "/staff/data-requests"),
}  # fmt: skip
"""Who reads pages that handlers and managers read too -> the few that are asked for besides."""


def for_several(client: CheckingClient, town: Town, language: str) -> Iterator[crawl.Found]:
    """What somebody sees who asks to be rung, or speaks for several homes; and what staff see of either."""
    looked = client.application.test_client()
    assert isinstance(looked, CheckingClient)
    looked.get(f"/?lang={language}")
    client.send("/ring-me", CALL)
    yield from seen(client, "/ring-me", "/ring-me/check")
    client.send("/ring-me/check")
    yield from seen(client, "/your-complaint/receipt", "/your-complaint/about-you", "/your-complaint")
    complains_for(client, OWN, EDNA)
    yield from seen(client, "/your-complaint/receipt")
    client.send("/your-complaint/receipt", form="others/1")
    yield from seen(client, "/for-somebody")
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    adds(client, TOM, add="yes")
    yield from seen(client, "/complain/group", "/complain/homes", "/complain/story")
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "other"})
    yield from seen(client, "/complain/them")
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


MANAGERS = set(reached.PAGES["manager"].split()) - {"staff.case", "staff.queue", "staff.issue", "staff.ask", "staff.send_news", "staff.tell_late"}
"""Pages that are looked at as a manager; those that stand here look otherwise to whoever has the complaint."""


def of_their_own(app: Flask, kind: str, found: crawl.Found) -> bool:
    """Whether a page is looked at with this kind of person, and not already with nobody in particular, or as a manager's."""
    method, path = found.what.split(" ")[:2]
    if kind == "handler" and found.status < 400 and reached.endpoint(app, path, method) in MANAGERS:
        return False
    ours = ("/staff", "/your-complaint", "/complain", "/ring-me", "/for-somebody")
    return found.status >= 400 or kind == "nobody" or kind in scans.FEW_COME or path.startswith(ours)


LOW = 256
"""How low a window is for somebody who shows 1280 by 1024 at four times the size."""


def trouble_with(page: Page, found: crawl.Found, *, read: bool = True, walk: bool = False) -> list[str]:
    """What axe (`read`) and our own checks find on a page of a new kind, or with places that were not read in such a window.

    The same elements in other words tell nothing new. The keyboard goes through it (`walk`) in a window as low as it may come to be.
    """
    size = page.viewport_size
    if not saved_pages.is_new(found.page, f"seen at {size}", crawl.NAMED.sub("*", found.what)):
        return []
    own.show(page, found.text)
    said = (axe.findings(page) if read else []) + own.findings(page, walk=False)
    if walk and size:
        page.set_viewport_size({"width": size["width"], "height": LOW})
        said += own.walked(page)
        page.set_viewport_size(size)
    return said


def opened(browse: Browse, width: int) -> Page:
    """A browser that notes what pages listen to, for somebody who asked for less motion."""
    page = browse("/", width=width, reduced_motion="reduce")
    own.listen(page)
    page.goto("/")
    return page


def troubles(page: Page, pages: list[Drawn], *, read: bool = True) -> list[str]:
    """What is wrong with each page, a line each; of each template, the keyboard goes through the first page."""
    first = {template: number for number, (_, template) in reversed(list(enumerate(pages)))}
    walks = [first[template] == number for number, (_, template) in enumerate(pages)]
    return [f"{each.what}: {trouble}" for (each, _), walk in zip(pages, walks, strict=True) for trouble in trouble_with(page, each, read=read, walk=walk)]


IN_COLOURS = ("resident", "handler")
"""As whom pages are looked at in other colours in CI; every page, for everybody, is by `make slow`."""
RICHEST = 3
"""How many pages of each, those with the most on them."""


def item_24_wrong_in_other_colours(page: Page, pages: Iterable[crawl.Found]) -> list[str]:
    """What axe finds wrong with the colours of pages that somebody has chosen to have dark, or yellow on black."""
    wrong = []
    for found in pages:
        own.show(page, found.text)
        for colours in ("dark", "yellow"):
            page.evaluate("name => { document.documentElement.className = name }", f"colours-{colours}")
            wrong += [f"{found.what} in {colours}: {trouble}" for trouble in axe.findings(page, ["cat.color"])]
    return wrong


def richest(pages: Iterable[crawl.Found]) -> list[crawl.Found]:
    """The few that hold most kinds of things."""
    return sorted(pages, key=lambda each: len(saved_pages.places(each.page)), reverse=True)[:RICHEST]


ONE_PAGE = {"public/answer_question.html": "public/question.html"}
"""A template that is the same page as another: before its button was pressed, and after."""


def item_6_two_pages_with_one_title(pages: list[Drawn]) -> list[str]:
    """Titles that two templates share, so that nobody can tell the two apart in a list of windows or of what they visited."""
    by_title: dict[str, set[str]] = {}
    for each, template in pages:
        by_title.setdefault(" ".join(each.page.findtext(".//title").split()), set()).add(ONE_PAGE.get(template, template))
    return [f"{title!r} is the title of {sorted(templates)}" for title, templates in by_title.items() if len(templates) > 1]


def item_10_help_that_is_not_the_same_on_every_page(pages: list[Drawn]) -> list[str]:
    """Pages of residents on which the ways to reach us are missing, in other words or order, or not between the page and its foot."""
    said = {each.what: _help_on(each) for each, _ in pages if not each.what.split(" ")[1].startswith("/staff")}
    usual = next(iter(said.values()), "")
    return [f"{what} has other help: {found[:80]!r}" for what, found in said.items() if found != usual or not found]


def _help_on(found: crawl.Found) -> str:
    return " ".join(" ".join(each.text_content().split()) for each in found.page.xpath("//main/following-sibling::aside[@class='help'][following-sibling::footer]"))


def drawn_from(app: Flask, pages: Iterator[crawl.Found]) -> Iterator[Drawn]:
    """Each page and the template it was drawn from."""
    said = [""]

    def note(_: Flask, template: Template, **more: object) -> None:
        said[0] = template.name or ""

    with template_rendered.connected_to(note, app):
        for each in pages:
            yield each, said[0]


@pytest.mark.parametrize("kind", scans.KINDS)
def test_item_7_nothing_is_wrong_on_a_narrow_phone(browse: Browse, client: CheckingClient, town: Town, kind: str) -> None:
    page = opened(browse, NARROW)
    drawn = list(drawn_from(client.application, everything(client, town, kind, "en")))
    found = [each for each in drawn if of_their_own(client.application, kind, each[0])]
    assert len(found) >= 2
    scans.note(client.application, kind, [each for each, _ in found])
    wrong = troubles(page, found) + item_6_two_pages_with_one_title(found) + item_10_help_that_is_not_the_same_on_every_page(found)
    wrong += item_24_wrong_in_other_colours(page, richest(each for each, _ in found)) if kind in IN_COLOURS else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("kind", ["resident", pytest.param("manager", marks=pytest.mark.slow)])
def test_nothing_is_wrong_from_right_to_left(browse: Browse, client: CheckingClient, town: Town, kind: str) -> None:
    page = opened(browse, 1280)
    client.get("/?lang=en@mirror")
    found = list(drawn_from(client.application, everything(client, town, kind, "en@mirror", alike=1)))
    assert all(each.page.get("dir") == "rtl" for each, _ in found)
    first = {(template, scans.state_of(each)): (each, template) for each, template in reversed(found)}
    wrong = troubles(page, list(first.values()), read=kind == "resident")
    assert not wrong, "\n".join(wrong)


def in_languages() -> Iterator[tuple[str, str]]:
    """Everybody in English, in it made longer and in it from right to left; residents in each language that they read, staff in each of theirs."""
    for kind in scans.KINDS:
        theirs = i18n.LANGUAGES if kind in ("nobody", "complaining", "speaking", "resident", "few outside") else i18n.STAFF_LANGUAGES
        yield from ((kind, language) for language in (*theirs, "en@pseudo", "en@mirror"))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "language"), [*in_languages()])
def test_nothing_is_wrong_in_any_window_or_language(
    request: pytest.FixtureRequest, browse: Browse, client: CheckingClient, town: Town, kind: str, language: str
) -> None:
    if is_made_up := language in i18n.PSEUDO:
        request.getfixturevalue("made_up")
    page = opened(browse, 1280)
    client.get(f"/?lang={language}")
    found = list(everything(client, town, kind, language))
    if not is_made_up:
        in_english = () if language in i18n.STAFF_LANGUAGES else "/staff"
        assert [each.what for each in found if each.page.get("lang") != language and not each.what.split(" ")[1].startswith(in_english)] == []
    if language == "en":
        scans.note(client.application, scans.in_every_window(kind), found)
    wrong = wrong_in_any_window(page, found, f"{kind} in {language}", coloured=language == "en")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("kinds", reached.IN_TURN, ids=" ".join)
def test_nothing_is_wrong_with_what_any_form_says_when_it_cannot_take_what_was_sent(
    browse: Browse, client: CheckingClient, town: Town, snapshot: Callable[[], Restore], kinds: tuple[str, ...]
) -> None:
    page = opened(browse, 1280)
    found = list(refused(client, town, snapshot, kinds))
    scans.note(client.application, scans.refused(kinds), found)
    wrong = wrong_in_any_window(page, found, f"refused to {kinds[0]}", coloured=False)
    assert not wrong, "\n".join(wrong)


def wrong_in_any_window(page: Page, pages: Iterable[crawl.Found], where: str, *, coloured: bool) -> list[str]:
    """What axe and our own checks find on pages of a new kind, in windows of every size; and in other colours (`coloured`)."""
    wrong = list[str]()
    for found in pages:
        if saved_pages.is_new(found.page, f"{where}, in every window", crawl.NAMED.sub("*", found.what)):
            own.show(page, found.text)
            wrong += [f"{found.what}: {trouble}" for trouble in axe.findings(page) + own.everywhere(page)]
            wrong += item_24_wrong_in_other_colours(page, [found]) if coloured else []
    return wrong


CANNOT_BE_TAKEN = ("nothing at all", "what is not on the page", "numbers that no row can have", "no key")
"""What is sent to each form, of all that may come: its answers are the refusals that pages are drawn for."""


def refused(client: CheckingClient, town: Town, snapshot: Callable[[], Restore], kinds: tuple[str, ...]) -> Iterator[crawl.Found]:
    """What each form of these people says when it is sent what it cannot take."""
    there, app = LivedIn(town), client.application
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)
    restore = snapshot()
    for kind in kinds:
        _, found = come_to(app, client, there, kind)
        for endpoint in reached.named(reached.FORMS).get(kind, []):
            comer, form = found[endpoint]
            tries = [each for each in hostile.attacks(form) if each.called in CANNOT_BE_TAKEN]
            for attack, sent, answer in answered(client, restore, comer, form, tries):
                assert not isinstance(answer, AssertionError), answer
                if answer.mimetype == "text/html" and answer.status_code >= 400:
                    yield crawl.Found(f"POST {sent.address} with {attack.called}", answer.status_code, answer.get_data(as_text=True))
        restore()
