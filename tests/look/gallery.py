"""The gallery: every component and state on small pages, rendered without the portal and served to a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.access import Do
from portal.forms import is_web
from portal.template_words import mark_parts
from tests.look import samples

ROOT = Path(__file__).parents[2]
PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
ERRORS = sorted(path.stem for path in (ROOT / "templates/errors").glob("[0-9]*.html"))
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def _gettext(message: str, **words: Any) -> str:
    return message % words if words else message


def _ngettext(one: str, many: str, number: int, **words: Any) -> str:
    return (one if number == 1 else many) % {"num": number, "n": number, **words}


def _day(value: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(
        value.isoformat(), f"{value:%A} {value.day} {value:%B %Y}"
    )


def environment() -> Environment:
    """The product's templates and the gallery's pages, with words left as they are and nothing undefined let by."""
    found = Environment(
        loader=ChoiceLoader([FileSystemLoader(ROOT / "templates"), FileSystemLoader(PAGES)]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    found.globals.update(
        _=_gettext,
        ngettext=_ngettext,
        asset=lambda name: f"/static/{name}",
        csrf_token=lambda: "not-a-token",
        landlord=samples.LANDLORD,
        samples=samples,
        Do=Do,
        may=lambda do, case=None: True,
        url_for=lambda endpoint, **values: f"/{endpoint.replace('.', '/')}",
        in_language=lambda code: f"?lang={code}",
    )
    found.filters.update(
        day=_day,
        dialled=lambda number: number.replace(" ", ""),
        html_lang=lambda name: name,
        grouped=lambda text: text,
        reference_in=lambda address: address,
        weekday=lambda value: f"{value:%A}",
        day_and_month=lambda value: f"{value.day} {value:%B}",
        short_day=lambda value: f"{value:%A} {value.day} {value:%B}",
    )
    mark_parts(found)
    found.tests["web_address"] = is_web
    return found


ENVIRONMENT = environment()


def render(name: str, **context: Any) -> str:
    """One page of the gallery, or an error page by its number, as HTML."""
    template = f"errors/{name}.html" if name.isdigit() else f"{name}.html"
    return ENVIRONMENT.get_template(template).render(**{"lang": "en", "direction": "ltr", **context})


@dataclass(frozen=True)
class Answer:
    """What the gallery's server says."""

    status: int
    kind: str
    body: bytes


def answer(path: str, query: dict[str, list[str]]) -> Answer:
    """A page, or a file of static/; anything else is not there."""
    name = path.strip("/")
    if name in NAMES or name in ERRORS:
        chosen = {key: values[0] for key, values in query.items()}
        return Answer(200, "text/html; charset=utf-8", render(name, **chosen).encode())
    if name == "theme.css":
        return Answer(200, "text/css", b"")
    file = (ROOT / name).resolve()
    if file.is_relative_to(ROOT / "static") and file.is_file():
        return Answer(200, KINDS.get(file.suffix, "text/plain"), file.read_bytes())
    return Answer(404, "text/plain", b"Not here")


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        split = urlsplit(self.path)
        said = answer(split.path, parse_qs(split.query))
        self.send_response(said.status)
        for name, value in (
            ("Content-Type", said.kind),
            ("Content-Security-Policy", CSP),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests speak."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the gallery on a free port of this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
