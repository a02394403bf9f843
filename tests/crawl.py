"""Every page that can be reached by following links from a page, and every form sent back empty."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.browser_client import CheckingClient, form_values

MOST = 2_000

UNLIKE = re.compile(r"/staff/complaints/\w+(/letters/\d+)?")
NAMED = re.compile(r"(?<=/complaints/)\w+|(?<=/)\d+(?=/|$)")
"""A case and a letter are read wherever they stand; other pages are alike where they differ only in what is named."""


@dataclass(frozen=True)
class Found:
    """One page, how it was come by, and its text as served."""

    what: str
    status: int
    text: str

    @property
    def page(self) -> html.HtmlElement:
        """The page as a tree."""
        return html.document_fromstring(self.text)


def pages(client: CheckingClient, *starts: str, press: bool = True, alike: int = MOST, through: Callable[[str], bool] = lambda url: True) -> Iterator[Found]:
    """Each page reachable from `starts` by links within the portal, once; then what each form says when sent empty (`press`).

    Of pages that are alike, no more than `alike` are read, and of forms no more are sent; of files that are alike, one. A page that
    `through` says no to is not opened.
    """
    waiting, seen, forms, kinds, files = [*starts], set(starts), Counter[str](), Counter[str](), set[str]()
    while waiting:
        url = waiting.pop(0)
        if url not in starts and not through(url):
            continue
        if _alike(url) in files:
            continue
        kinds[NAMED.sub("*", url)] += 1
        if kinds[NAMED.sub("*", url)] > alike and not UNLIKE.fullmatch(url):
            continue
        answer = client.get(url)
        if 300 <= answer.status_code < 400:
            _add(waiting, seen, urljoin(url, answer.headers["Location"]))
        if answer.mimetype != "text/html":
            files.add(_alike(url))
        if answer.mimetype != "text/html" or 300 <= answer.status_code < 400:
            continue
        found = Found(f"GET {url}", answer.status_code, answer.get_data(as_text=True))
        yield found
        assert len(seen) < MOST, f"The links go on and on: {sorted(seen)[:20]}"
        for link in found.page.iter("a"):
            _add(waiting, seen, urljoin(url, link.get("href") or "#"))
        if press:
            yield from _sent_empty(client, url, found, forms, alike)


def _alike(url: str) -> str:
    """How a file is known: those that differ only in what is named, or in which letter is printed before it goes, are alike."""
    return re.sub(r"[\w-]+(?=/letter\?size=)", "*", NAMED.sub("*", url))


def _add(waiting: list[str], seen: set[str], address: str) -> None:
    parts = urlsplit(address)
    if parts.netloc not in ("", "localhost") or parts.scheme not in ("", "http") or parts.path.startswith("/static"):
        return
    path = parts.path + (f"?{parts.query}" if parts.query and "lang=" not in parts.query else "")
    if path and path not in seen and "leave" not in path:
        seen.add(path)
        waiting.append(path)


def _sent_empty(client: CheckingClient, url: str, found: Found, forms: Counter[str], alike: int) -> Iterator[Found]:
    """What each form on a page answers when every box on it is empty; a form that then goes somewhere else is left out."""
    for form in found.page.forms:
        address = urljoin(url, form.get("action") or url)
        if (form.get("method") or "").lower() != "post" or "sign-out" in address or address.endswith("/open"):
            continue
        kind = f"like {NAMED.sub('*', address)}"
        if address in forms or forms[kind] >= alike:
            continue
        forms.update((address, kind))
        hidden = {each.get("name") for each in form.iter("input") if each.get("type") == "hidden"}
        kept = {name: value for name, value in form_values(form).items() if name in hidden}
        answer = client.post(address, data=kept)
        if answer.mimetype == "text/html" and answer.status_code >= 400:
            yield Found(f"POST {address} with nothing in it", answer.status_code, answer.get_data(as_text=True))
