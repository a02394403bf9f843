"""Where somebody was when they were sent to sign in, and the way back there: only ever to a page of our own."""

from urllib.parse import urlencode, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LONGEST = 2_000


def asked_for(group: str) -> str | None:
    """The page to come back to after this request: it, or the one a form was sent from; None where neither is a page of the group."""
    here = request.full_path.rstrip("?")
    return own_page(here, group) or own_page(sent_from(), group)


def with_way_back(url: str, back: str | None, home: str) -> str:
    """The address of a sign-in page that knows the way back, where that is not `home`, and whether something was just sent in vain."""
    said = {"next": back} if back and back != home else {}
    said |= {"unsaved": "yes"} if request.method == "POST" else {}
    return f"{url}?{urlencode(said)}" if said else url


def own_page(address: str | None, group: str) -> str | None:
    """The address as it was given, if it is one of our own pages of that group and can be looked at; None for anything else."""
    if not address or len(address) > LONGEST or not address.startswith("/") or not address.isprintable():
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "\\" in address:
        return None
    try:
        endpoint, _values = current_app.create_url_adapter(request).match(parts.path, method="GET")  # type: ignore[union-attr]
    except (HTTPException, RequestRedirect):
        return None
    return address if endpoint.startswith(f"{group}.") else None


def sent_from() -> str | None:
    """The page on this host that a form stood on."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
