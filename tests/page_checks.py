"""What must be true of every page any test is ever given."""

import re
from collections import Counter

from lxml import html

UNTRANSLATED = re.compile(r"%\([a-z_]+\)s|\{\{|\}\}|\{%|Undefined|None</|<p>None|lazy_gettext")
LEADS_SOMEWHERE = re.compile(r"/|#|\?|(https?|mailto|tel|sms):")
BANNED_ATTRIBUTES = ("style", "required", "placeholder", "maxlength", "pattern")


def check_page(text: str, *, whole: bool = True) -> html.HtmlElement:
    """The page (or with whole=False the region) as a tree. AssertionError, in words, if it is not as every page must be."""
    page = html.document_fromstring(text) if whole else html.fragment_fromstring(text, create_parent="div")
    if whole:
        _head(page)
    _ids(page)
    if whole:
        _links(page)
    _fields(page)
    _nothing_inline(page)
    found = UNTRANSLATED.search(re.sub(r"<textarea.*?</textarea>", "", text, flags=re.S))
    assert not found, f"This was left in a page: {found.group()!r}"
    return page


def _head(page: html.HtmlElement) -> None:
    assert page.get("lang"), "The page does not say its language."
    assert page.get("dir") in ("ltr", "rtl"), "The page does not say its direction."
    headings = page.findall(".//h1")
    assert len(headings) == 1, f"The page has {len(headings)} first headings."
    title = page.findtext(".//title") or ""
    heading = " ".join(headings[0].text_content().split())
    words = " ".join(title.split())
    if page.find(".//*[@data-focus-on-load]") is not None:
        words = words[max(words.find(heading), 0) :]
    assert words.startswith(heading), f"The title {title!r} does not begin with the heading {heading!r}."
    assert len(page.findall(".//main")) == 1, "The page has not one main part."


def _ids(page: html.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    twice = {each for each, times in ids.items() if times > 1}
    assert not twice, f"These ids stand twice: {twice}"
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
        for wanted in " ".join(page.xpath(f"//@{attribute}")).split():
            assert wanted in ids, f"{attribute}={wanted!r} points at nothing."


def _links(page: html.HtmlElement) -> None:
    """Each link to a place on this very page finds it; the way past a message to its box is one."""
    ids = set(page.xpath("//@id"))
    lost = [each.get("href") for each in page.iter("a") if (each.get("href") or "").startswith("#") and each.get("href")[1:] not in ids]
    assert not lost, f"These links lead nowhere on their page: {lost}"
    astray = [href for href in page.xpath("//a/@href") if not LEADS_SOMEWHERE.match(href)]
    assert not astray, f"These links are no addresses: {astray}"


def _fields(page: html.HtmlElement) -> None:
    labelled = {label.get("for") for label in page.iter("label")}
    for field in page.iter("input", "textarea", "select"):
        if field.get("type") in ("hidden", "submit"):
            continue
        named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        assert named, f"The field {field.get('name')!r} has no label."
        if field.get("aria-invalid"):
            assert f"{field.get('id')}-error" in (field.get("aria-describedby") or ""), "An error is tied to no field."
    for form in page.iter("form"):
        if (form.get("method") or "").lower() == "post":
            assert "novalidate" in form.attrib, "A form leaves checking to the browser."
    for button in page.iter("button"):
        assert button.get("type") in ("submit", "button"), "A button does not say its type."


def _nothing_inline(page: html.HtmlElement) -> None:
    assert not page.findall(".//style"), "There is a style inside the page."
    for script in page.iter("script"):
        assert script.get("src") and not (script.text or "").strip(), "There is a script inside the page."
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name in element.attrib:
            assert not name.startswith("on") and not name.startswith("hx-on"), f"{name} is a script inside the page."
            assert name not in BANNED_ATTRIBUTES, f"{name} is on {element.tag}."
