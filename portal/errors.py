"""What is said when something cannot be done: plain, warm, with what was typed still on the page."""

from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from portal import accounts, log, web
from portal.access import Role
from portal.i18n import gettext

WORTH_KEEPING = 20
FOR_STAFF = {403: "staff/not_yours.html", 404: "staff/not_there.html"}


def add_to(app: Flask) -> None:
    """One page for each kind of error, and one log line that says nothing of what was typed."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(web.AlreadyDone, _done_before)
    app.register_error_handler(accounts.Busy, _busy)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _broken)


def _page(code: int, **context: object) -> Response:
    response = make_response(render_template(_template(code), kept=_kept(), **context), code)
    response.headers["Vary"] = "Cookie, HX-Request, HX-Target"
    return response


def _template(code: int) -> str:
    """The page for an error; a member of staff at work is told in staff's words that something is not there, or not theirs to do."""
    if code == 403 and g.get("asks_why"):
        return "staff/why_first.html"
    if code in FOR_STAFF and request.path.startswith("/staff/") and web.viewer_at(web.STAFF).is_staff:
        return FOR_STAFF[code]
    found = code if code in (400, 403, 404, 409, 413, 429, 500, 503) else 400
    return f"errors/{found}.html"


def _kept() -> list[str]:
    """What was typed and is worth giving back; only where the form was read at all."""
    is_read = "put_back" in g or (request.content_length is not None and request.content_length <= 500_000)
    if request.method != "POST" or not is_read:
        return []
    hidden = ("csrf_token", "key", "version", "code")
    return [value for name, value in request.form.items() if name not in hidden and "password" not in name and len(value) > WORTH_KEEPING]


def _refused(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):
        # It came under a name that is not ours, so no page of ours can be drawn: each has links, and they have no name to go with.
        return Response(gettext("There is no website of ours at this address."), error.code, mimetype="text/plain")
    if error.response is not None and error.code is None:
        return make_response(error.response)
    _note_refusal(error.code)
    if error.code and 300 <= error.code < 400:
        return make_response(error.get_response())
    return _page(error.code or 500)


def _note_refusal(code: int | None) -> None:
    """A line of the log for somebody we know who was refused what they asked for, or found nothing there (W5)."""
    viewer = g.get("viewer")
    if code in (403, 404) and viewer is not None and viewer.role is not Role.NOBODY:
        log.note("refused", actor=viewer.name, complaint=g.get("complaint_id"), route=request.endpoint, method=request.method, status=code)


def _done_before(error: web.AlreadyDone) -> Response:
    return web.redirect(error.answer)


def _busy(error: Exception) -> Response:
    log.note("busy", route=request.endpoint, method=request.method, fault=type(error).__name__)
    response = _page(503)
    response.headers["Retry-After"] = "5"
    return response


def _broken(error: Exception) -> Response:
    """Anything we did not foresee: an incident number that ties the page to the log, and nothing else."""
    number = web.incident()
    log.note("broken", route=request.endpoint, method=request.method, incident=number, fault=type(error).__name__)
    log.trace(error)
    if broken_off := g.pop("register", None):
        broken_off.close()
    return _page(InternalServerError.code or 500, incident=number)
