"""Somebody who uses the portal by what is written on it: links by their words, boxes by their labels, buttons by theirs.

One is Flask's client, which runs no script and looks at no picture; the other is a real Chromium, with scripts or without.
A story told with either is the same story.
"""

from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from lxml import html
from playwright.sync_api import Locator, Page, Response

from tests.browser_client import CheckingClient, form_values, words_of

Where = str | None
"""The words of a group that a choice or a box belongs to, where the same label stands more than once on a page."""


class Visitor(Protocol):
    """What a person can do with a page."""

    def opens(self, path: str) -> None:
        """Go to an address."""

    def follows(self, words: str) -> None:
        """Press the link with these words."""

    def writes(self, label: str, words: str, *, within: Where = None) -> None:
        """Type into the box with this label."""

    def picks(self, label: str, *, within: Where = None) -> None:
        """Choose the answer, tick the box or take the option with this label."""

    def presses(self, words: str) -> None:
        """Press the button with these words."""

    @property
    def reads(self) -> str:
        """What the page says, its spaces evened out."""

    @property
    def heading(self) -> str:
        """The page's heading."""


class InChromium:
    """A person with a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(path)

    def follows(self, words: str) -> None:
        """Press the link with these words."""
        self._clicks(self.page.get_by_role("link", name=words, exact=True).first)

    def _clicks(self, what: Locator) -> None:
        """Click, and wait for what it brings: a new page (this one was marked), or the region htmx puts in its place."""
        self.page.locator("html").evaluate("page => { page.dataset.before = '' }")
        with self.page.expect_response(_is_the_answer) as answer:
            self._activates(what)
        if answer.value.request.is_navigation_request() or "hx-redirect" in answer.value.headers:
            self.page.locator("html:not([data-before])").wait_for(state="attached")
            self.page.wait_for_load_state()
        else:
            self.page.locator("html:not(:has(.htmx-request, .htmx-swapping, .htmx-settling))").wait_for(state="attached")

    def _activates(self, what: Locator) -> None:
        what.click()

    def _group(self, within: Where) -> Any:
        if within is None:
            return self.page.locator("main")
        group = self.page.get_by_role("group", name=within, exact=True)
        return group.or_(self.page.get_by_role("region", name=within, exact=True)).first

    def writes(self, label: str, words: str, *, within: Where = None) -> None:
        """Type into the box with this label."""
        self._group(within).get_by_label(label, exact=True).first.fill(words)

    def picks(self, label: str, *, within: Where = None) -> None:
        """Choose the answer, tick the box or take the option with this label."""
        box = self._group(within).get_by_label(label, exact=True).first
        if box.count():
            box.check()
        else:
            self.page.get_by_label(within or "", exact=True).select_option(label=label)

    def presses(self, words: str) -> None:
        """Press the button with these words."""
        self._clicks(self.page.get_by_role("button", name=words, exact=True).first)

    @property
    def reads(self) -> str:
        """What the page says, its spaces evened out."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def heading(self) -> str:
        """The page's heading."""
        return " ".join(self.page.locator("h1").inner_text().split())


class ByKeyboard(InChromium):
    """The same person, without a mouse: Tab to get somewhere, arrows within a question, Space and Enter to choose (item 11)."""

    def _key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def _types(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def _spells(self, words: str) -> None:
        self.page.keyboard.type(words)

    def _reaches(self, what: Locator) -> None:
        """Tab until it has the focus, from wherever the page left it."""
        wanted = what.element_handle()
        for _ in range(MOST_TABS):
            if wanted.evaluate("it => it === document.activeElement"):
                return
            self._key("Tab")
        raise AssertionError(f"Tab does not lead to {what}.")

    def _activates(self, what: Locator) -> None:
        self._reaches(what)
        self._key("Enter")

    def writes(self, label: str, words: str, *, within: Where = None) -> None:
        """Tab to the box, put away what is in it, and type."""
        self._reaches(self._group(within).get_by_label(label, exact=True).first)
        self._key("Control+A")
        self._key("Delete")
        self._types(words)

    def picks(self, label: str, *, within: Where = None) -> None:
        """Space on a box to tick; into a group of answers with Tab and then the arrows; the first letters of an option."""
        box = self._group(within).get_by_label(label, exact=True).first
        if not box.count():
            self._reaches(self.page.get_by_label(within or "", exact=True).first)
            self._spells(label)
        elif box.get_attribute("type") == "checkbox":
            self._reaches(box)
            self._key("Space")
        else:
            self._moves_to(box)

    def _moves_to(self, answer: Locator) -> None:
        """Into a group of answers, and along it until this one is chosen."""
        group = answer.element_handle()
        for _ in range(MOST_TABS):
            if group.evaluate("it => document.activeElement.name === it.name"):
                break
            self._key("Tab")
        for _ in range(MOST_ANSWERS):
            if group.evaluate("it => it === document.activeElement"):
                break
            self._key("ArrowDown")
        self._key("Space")
        assert answer.is_checked()


MOST_TABS, MOST_ANSWERS = 250, 40


def _is_the_answer(answer: Response) -> bool:
    """What htmx asked for, or a page; a redirection is only on the way to one."""
    if answer.request.is_navigation_request():
        return not 300 <= answer.status < 400
    return answer.request.resource_type in ("xhr", "fetch")


class ByHand:
    """A person whose browser does nothing but links and forms."""

    def __init__(self, client: CheckingClient) -> None:
        self.client, self.path = client, "/"
        self.page: html.HtmlElement = html.fromstring("<p></p>")
        self.values: dict[str, Any] = {}

    def opens(self, path: str) -> None:
        """Go to an address."""
        self._arrive(self.client.get(path, follow_redirects=True))

    def _arrive(self, answer: Any) -> None:
        assert answer.status_code in (200, 422), (answer.request.path, answer.status_code, answer.get_data(as_text=True))
        self.path = answer.request.full_path.rstrip("?")
        self.page = html.document_fromstring(answer.get_data(as_text=True))
        self.values = {}

    def follows(self, words: str) -> None:
        """Press the link with these words."""
        link = next((each for each in self.page.iter("a") if words_of(each) == words), None)
        assert link is not None, f"There is no link {words!r} on {self.path}: {words_of(self.page)}"
        self.opens(urljoin(self.path, link.get("href")))

    def _box(self, label: str, within: Where) -> html.HtmlElement:
        for each in self.page.iter("label"):
            if words_of(each) == label and (within is None or within in _groups_round(each)):
                return self.page.get_element_by_id(each.get("for"))
        raise AssertionError(f"There is no box called {label!r} on {self.path}: {words_of(self.page)}")

    def writes(self, label: str, words: str, *, within: Where = None) -> None:
        """Type into the box with this label."""
        self.values[self._box(label, within).get("name")] = words

    def picks(self, label: str, *, within: Where = None) -> None:
        """Choose the answer, tick the box or take the option with this label."""
        if within and (box := next((b for b in self.page.iter("select") if self._called(b, within)), None)) is not None:
            option = next(each for each in box.iter("option") if words_of(each) == label)
            self.values[box.get("name")] = option.get("value")
            return
        box = self._box(label, within)
        name, value = box.get("name"), box.get("value")
        if box.get("type") == "checkbox":
            self.values[name] = [*self.values.get(name, []), value]
        else:
            self.values[name] = value

    def _called(self, box: html.HtmlElement, label: str) -> bool:
        return any(words_of(each) == label and each.get("for") == box.get("id") for each in self.page.iter("label"))

    def presses(self, words: str) -> None:
        """Press the button with these words."""
        button = next((each for each in self.page.iter("button") if words_of(each) == words), None)
        assert button is not None, f"There is no button {words!r} on {self.path}: {words_of(self.page)}"
        form = next(each for each in button.iterancestors("form"))
        filled = {**form_values(form), **self.values}
        if button.get("name"):
            filled[button.get("name")] = button.get("value")
        address = urljoin(self.path, button.get("formaction") or form.get("action") or self.path)
        kind = {"content_type": form.get("enctype")} if form.get("enctype") else {}
        if (form.get("method") or "get").lower() == "get":
            self._arrive(self.client.get(urlsplit(address).path, query_string=filled, follow_redirects=True))
        else:
            self._arrive(self.client.post(address, data=filled, follow_redirects=True, **kind))

    @property
    def reads(self) -> str:
        """What the page says, its spaces evened out."""
        return words_of(self.page)

    @property
    def heading(self) -> str:
        """The page's heading."""
        return words_of(self.page.find(".//h1"))


def _groups_round(element: html.HtmlElement) -> list[str]:
    """The legends of the fieldsets, and the headings of the sections, that an element stands in."""
    found = []
    for each in element.iterancestors("fieldset", "section"):
        legend = each.find(".//legend") if each.tag == "fieldset" else None
        if legend is None and each.get("aria-labelledby"):
            legend = each.getroottree().getroot().get_element_by_id(each.get("aria-labelledby"))
        found += [words_of(legend)] if legend is not None else []
    return found
