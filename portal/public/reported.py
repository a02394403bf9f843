"""What browsers report: a page of ours asked for something that its policy forbids. A line of the log, and nothing of anybody's."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, request

from portal import log, pace
from portal.access import Do
from portal.headers import DIRECTIVES
from portal.public.blueprint import page

LONGEST = 16_384
"""Bytes of a report: it has an address or two and a few words, never a page."""

KINDS = ("application/csp-report", "application/reports+json", "application/json")
SAID = ("inline", "eval", "wasm-eval", "self", "data", "blob", "about", "filesystem")
"""What a browser says was stopped where that has no host."""

HOST = re.compile(r"[0-9a-z.:_-]{1,100}", re.ASCII)
UNKNOWN = "unknown"


@page.post("/csp", do=Do.REPORT_PAGE)
def csp() -> Response:
    """Take one report in: which rule stopped something, and which host that would have come from. 400 for what is none.

    It asks for no token. A browser sends a report by itself, without a form, and has none; and nothing can be done in anybody's
    name by it, since all that comes of it is a line of the log.
    """
    pace.brake("report")
    if (request.content_length or 0) > LONGEST or len(sent := request.get_data()) > LONGEST:
        abort(413)
    if request.mimetype not in KINDS or not (found := _violations(sent)):
        abort(400)
    pace.brake_all("report")
    rule, stopped = found[0]
    log.note("page was stopped", directive=_directive(rule), blocked=_host(stopped), count=len(found))
    return Response(status=204)


def _violations(sent: bytes) -> list[tuple[object, object]]:
    """The rule and the address of each violation, in either of the two ways that browsers write reports."""
    try:
        said: Any = json.loads(sent)
    except (ValueError, RecursionError):
        return []
    if isinstance(said, dict) and isinstance(one := said.get("csp-report"), dict):
        return [(one.get("effective-directive") or one.get("violated-directive"), one.get("blocked-uri"))]
    several = said if isinstance(said, list) else []
    found = [each.get("body") for each in several if isinstance(each, dict) and each.get("type") == "csp-violation"]
    return [(one.get("effectiveDirective"), one.get("blockedURL")) for one in found if isinstance(one, dict)]


def _directive(said: object) -> str:
    """One of the rules that a policy can have, by its name alone."""
    name = said.partition(" ")[0] if isinstance(said, str) else ""
    return name if name in DIRECTIVES else UNKNOWN


def _host(said: object) -> str:
    """The host of an address, or how a browser says what was stopped that has none; nothing of its path, or of what stood in it."""
    if not isinstance(said, str):
        return UNKNOWN
    try:
        address = urlsplit(said)
        host = address.hostname or ""
    except ValueError:
        return UNKNOWN
    if HOST.fullmatch(host):
        return host
    plain = address.scheme or said
    return plain if plain in SAID else UNKNOWN
