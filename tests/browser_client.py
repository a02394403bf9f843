"""A browser that checks, as markup, every page it is given, and fills in forms as a person would."""

import re
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests import saved_pages
from tests.page_checks import check_page

Fields = dict[str, Any]


class CheckingClient(FlaskClient):
    """Flask's test client, with every HTML answer checked and a page's own form posted back."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask for something; what comes back as HTML is checked."""
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and answer.data and not 300 <= answer.status_code < 400:
            whole = "HX-Target" not in (kwargs.get("headers") or {})
            text = answer.get_data(as_text=True)
            page = check_page(text, whole=whole)
            if whole:
                saved_pages.keep(page, text)
        return answer

    def page(self, url: str, **kwargs: Any) -> html.HtmlElement:
        """A page that must be there."""
        answer = self.get(url, follow_redirects=True, **kwargs)
        assert answer.status_code == 200, (url, answer.status_code)
        return html.document_fromstring(answer.get_data(as_text=True))

    def send(self, url: str, fields: Fields | None = None, *, form: int | str = 0, **kwargs: Any) -> TestResponse:
        """Open a page, fill in one of its forms (by place, by what is in the address it is sent to, or by what its button says) and press its button."""
        page = self.page(url)
        chosen = pick_form(page, form)
        filled = {**form_values(chosen), **(fields or {})}
        address = chosen.get("action") or url
        if chosen.get("enctype") == "multipart/form-data":
            kwargs.setdefault("content_type", "multipart/form-data")
        return self.post(address, data=filled, **kwargs)


def pick_form(page: html.HtmlElement, form: int | str) -> html.HtmlElement:
    """The form at a place in the page's main part; or the one that is sent to an address with these words in it, or whose button says them."""
    forms = [each for each in page.forms if (each.get("method") or "").lower() == "post"]
    if isinstance(form, int):
        return [each for each in forms if any(above.tag == "main" for above in each.iterancestors())][form]
    by_address = [each for each in forms if form in (each.get("action") or "")]
    return next(each for each in [*by_address, *forms] if each in by_address or form in {words_of(button) for button in each.iter("button")})


def form_values(form: html.HtmlElement) -> Fields:
    """What a browser would send if the person changed nothing."""
    values: Fields = {}
    for name, value in form.form_values():
        if name in values:
            kept = values[name] if isinstance(values[name], list) else [values[name]]
            values[name] = [*kept, value]
        else:
            values[name] = value
    return values


def words_of(page: html.HtmlElement | str) -> str:
    """What a person reads on a page, its spaces evened out."""
    element = html.document_fromstring(page) if isinstance(page, str) else page
    return re.sub(r"\s+", " ", element.text_content()).strip()
