"""The frame round every view: declared routes, who may come in, render(), redirect(), headers and errors."""

import hashlib
import inspect
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
    session,
    url_for,
)
from flask import redirect as flask_redirect
from flask.globals import request_ctx
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, ValidationError

from portal import access, accounts, assets, clock, coming_back, db, i18n, log, typed
from portal.access import Do, Viewer
from portal.complaints import keys, made_files, opening, queries, references
from portal.complaints.made_files import MadeFile
from portal.complaints.models import Complaint
from portal.complaints.record import ReadEvent
from portal.db import Register
from portal.forms import BaseForm, OtherWords, Stale

View = Callable[..., Any]
RESIDENT, STAFF = "resident", "staff"
LARGEST_ID = 2**31 - 1
NUMBER = f"int(max={LARGEST_ID})"
"""A number in a URL; one that no row can have is a page that does not exist."""

DECLARED: dict[str, Do] = {}
"""Every endpoint and the action it does; a route that is not here stops the portal from starting."""

FROM_HERE = ("same-origin", "none")
"""Where a browser says that a form was sent from: a page of ours, or nowhere but the browser itself."""

REGIONS: dict[str, frozenset[str]] = {}
"""The ids that htmx may ask for alone, with the pages that hold them; anything else gets the whole page."""


NEWEST: dict[str, Callable[[Complaint], str]] = {}
"""How each side of the house tells, in words, the last thing that happened to a complaint."""


OWED = {accounts.PASSWORD: "staff.password", accounts.SECOND_STEP: "staff.second_factor"}
"""Where a member of staff is led who owes something before all else."""


class AlreadyDone(Exception):
    """This very post was done before; the first one's answer is at `answer`."""

    def __init__(self, answer: str) -> None:
        self.answer = answer


class CaseConverter(BaseConverter):
    """A reference in a URL; one that cannot be a reference is a page that does not exist."""

    regex = "[0-9A-Za-z]{9}"

    def to_python(self, value: str) -> str:
        reference = references.as_reference(value)
        if reference is None or reference != value:
            raise ValidationError
        return reference

    def to_url(self, value: Any) -> str:
        return value.reference if isinstance(value, Complaint) else str(value)


class Page(Blueprint):
    """A group of routes on one side of the house; get() and post() are the only ways to add a URL."""

    def __init__(self, name: str, import_name: str, *, door: str = RESIDENT, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self.door = door
        self._frames: dict[View, View] = {}

    def get(self, rule: str, *, do: Do, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        """Declare a page that is read. TypeError without `do`."""
        return self._declare(rule, ["GET"], do, **options)

    def post(self, rule: str, *, do: Do, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        """Declare a form that is sent. TypeError without `do`."""
        return self._declare(rule, ["POST"], do, **options)

    def _declare(self, rule: str, methods: list[str], do: Do, **options: Any) -> Callable[[View], View]:
        def declare(view: View) -> View:
            endpoint = f"{self.name}.{view.__name__}"
            if DECLARED.setdefault(endpoint, do) is not do:
                raise TypeError(f"{endpoint} was declared twice, for {DECLARED[endpoint]} and for {do}.")
            framed = self._frames.setdefault(view, _framed(view, do, self.door))
            self.add_url_rule(rule, view.__name__, framed, methods=methods, **options)
            return view

        return declare


def _framed(view: View, do: Do, door: str) -> View:
    wants_case = "complaint" in inspect.signature(view).parameters

    @wraps(view)
    def framed(**given: Any) -> Any:
        viewer = viewer_at(door)
        g.do, g.viewer, g.complaint_id = do, viewer, None
        if viewer.role is access.Role.NOBODY and not access.may(viewer, do):
            return _sent_to_sign_in(door)
        if wants_case:
            complaint = queries.find(register(), viewer, given.get("complaint"))
            if complaint is None:
                abort(404)
            given["complaint"], g.complaint_id = complaint, complaint.id
        if access.owes_proof(viewer, do):
            return redirect(url_for("resident.prove", then=view.__name__))
        if not access.may(viewer, do, given.get("complaint")):
            abort(403 if wants_case else 404)
        user = _user_at(door)
        if door == STAFF and user and do not in access.BEFORE_ALL_ELSE and (owed := accounts.owes(register(), user)):
            return redirect(url_for(OWED[owed]))
        if wants_case and not _opens(viewer, do, given["complaint"]):
            return _asked_why(given["complaint"])
        if said := typed.waits(register(), viewer):
            return _put_back(said)
        touch = user is not None and user.needs_touch
        response = _looked_at(view, given) if "put_back" in g else make_response(view(**given))
        _leave(viewer, user if touch else None)
        return response

    return framed


def _put_back(kept: dict[str, Any]) -> Response:
    """The page as it answers a form that it cannot take: what was typed is in its boxes, is not sent yet, and is forgotten here (item 41)."""
    adapter = request_ctx.url_adapter
    assert adapter is not None
    g.put_back = kept
    typed.as_sent(kept)
    try:
        request.url_rule, given = adapter.match(urlsplit(kept["sent_to"]).path, method="POST", return_rule=True)
        request.view_args = dict(given)
        response = make_response(current_app.view_functions[request.endpoint or ""](**given))
    except HTTPException:
        g.was_looked_at = True
        raise
    finally:
        if "was_looked_at" in g:
            with db.transaction(register()) as writing:
                typed.forget(writing)
            session.pop(typed.COOKIE)
    response.status_code = 200 if response.status_code in (400, 409, 422) else response.status_code
    return response


def _looked_at(view: View, given: dict[str, Any]) -> Response:
    """What a view answers to words that are put back: whatever it would write is a fault of ours."""
    register().info["only_looks"] = g.was_looked_at = True
    try:
        return make_response(view(**given))
    finally:
        del register().info["only_looks"]


def is_open(complaint: Complaint) -> bool:
    """Whether a complaint that this member of staff may see is open to them: near to them, or they said in this visit why."""
    return access.opens(g.viewer, complaint) or opening.reason_in(register(), current_user.visit.id, complaint.id) is not None


def _opens(viewer: Viewer, do: Do, complaint: Complaint) -> bool:
    """Whether they open it: it is near to them, or they said in this visit why; what they said is kept with what they read."""
    if do is Do.SAY_WHY or access.opens(viewer, complaint):
        return True
    g.reason = opening.reason_in(register(), current_user.visit.id, complaint.id)
    return g.reason is not None


def _asked_why(complaint: Complaint) -> Response:
    """The page that asks why; what was sent in a form is given back beside the way there, for it has not been saved."""
    here = url_for("staff.why", complaint=complaint)
    if request.method == "POST":
        g.asks_why = here
        abort(403)
    log.note("asked why", actor=g.viewer.name, complaint=complaint.id, route=request.endpoint, method=request.method)
    return redirect(coming_back.with_way_back(here, coming_back.asked_for(STAFF), url_for("staff.case", complaint=complaint)))


def _sent_to_sign_in(door: str) -> Response:
    """A page load goes to sign in; a live part of a page is told so, and the words on that page stay where they are."""
    if request.htmx:  # type: ignore[attr-defined]
        return Response(status=401)
    if not register().info.get("writing"):
        typed.keep(register(), door)
    url = sign_in_url(door)
    if door == STAFF:
        url = coming_back.with_way_back(url, coming_back.asked_for(STAFF), url_for("staff.queue"))
    return cast(Response, flask_redirect(url, 303))


def viewer_at(door: str) -> Viewer:
    """Who is asking at this door, read from the rows of this moment: staff and residents never share a session."""
    if door == STAFF:
        return cast(Viewer, current_user.viewer) if current_user.is_authenticated else Viewer()
    found = g.get("party") or accounts.user(register(), session.get("party"))
    g.party = found
    return found.viewer if found else Viewer()


def sign_in_url(door: str) -> str:
    """Where somebody we do not know is sent."""
    return url_for("staff.sign_in") if door == STAFF else url_for("public.follow")


def _user_at(door: str) -> accounts.User | None:
    if door == STAFF:
        return cast(accounts.User, current_user) if current_user.is_authenticated else None
    return cast("accounts.User | None", g.get("party"))


def _leave(viewer: Viewer, touched: accounts.User | None) -> None:
    """Before the answer leaves: write down what staff read, that the visit goes on, and the file that a letter was made into, in a transaction of its own."""
    listed: list[int] | None = g.get("listed")
    reads = viewer.is_staff and (g.complaint_id is not None or listed is not None)
    made: list[MadeFile] = g.get("made", [])
    if g.get("signed_out") or not (reads or touched or made):
        return
    with db.transaction(register()) as writing:
        if reads:
            writing.add(
                ReadEvent(
                    staff_id=viewer.staff_id,
                    role=viewer.role,
                    complaint_id=g.complaint_id,
                    listed=",".join(map(str, listed)) if listed is not None else None,
                    route=request.endpoint,
                    reason=g.get("reason"),
                    at=clock.now(),
                )
            )
        if touched:
            accounts.touch(writing, touched)
        for each in made:
            made_files.keep_made(writing, each)


def register() -> Register:
    """This request's one session; it reads, and writes only inside transaction()."""
    if "register" not in g:
        g.register = current_app.extensions["sessions"]()
    return cast(Register, g.register)


@dataclass
class Done:
    """Where the answer to a post is found; set before the transaction ends."""

    url: str = ""


@contextmanager
def transaction(form: BaseForm) -> Iterator[Done]:
    """Write, once: AlreadyDone for a second press, OtherWords, Stale, 404 and 403 as of this moment; see db.transaction."""
    done = Done()

    def recheck() -> None:
        viewer, complaint = _still_there()
        answer = keys.claim(register(), form.key.data, _fingerprint(viewer, form))
        if answer == keys.OTHER_WORDS:
            raise OtherWords
        if answer is not None:
            raise AlreadyDone(answer)
        _still_may(viewer, complaint)
        if complaint and form.version_seen is not None and form.version_seen != complaint.version:
            raise Stale(complaint.version, NEWEST.get(_door(viewer), _nothing)(complaint))

    with db.transaction(register(), recheck=recheck) as writing:
        yield done
        keys.settle(writing, form.key.data, done.url)


@contextmanager
def keeping() -> Iterator[Register]:
    """Write what is kept of a form that is not taken, as often as it is sent: 404 and 403 as of this moment."""
    with db.transaction(register(), recheck=lambda: _still_may(*_still_there())) as writing:
        yield writing


def _still_there() -> tuple[Viewer, Complaint | None]:
    """Who is asking and of which complaint, read when it is locked: what somebody else was changing has been changed by then."""
    register().info.pop("landlord", None)
    complaint_id: int | None = g.complaint_id
    complaint = queries.locked(register(), g.viewer, complaint_id) if complaint_id else None
    viewer = _viewer_again()
    if complaint_id and complaint is None:
        abort(404)
    return viewer, complaint


def _still_may(viewer: Viewer, complaint: Complaint | None) -> None:
    if not access.may(viewer, g.do, complaint) or (complaint and not _opens(viewer, g.do, complaint)):
        abort(403)


def _door(viewer: Viewer) -> str:
    return STAFF if viewer.is_staff else RESIDENT


def _nothing(_: Complaint) -> str:
    return ""


ABOUT_ACCOUNTS = frozenset((Do.KEEP_SIGN_IN, Do.KEEP_STAFF))
"""What changes an account, maybe one's own: of two such presses of one person the second waits for the first."""


def _viewer_again() -> Viewer:
    """Who is asking, read again under the lock of the complaint: a visit that ended, or a role taken away, ends this post with it.

    Whoever would end it or take it away from now on waits for this post.
    """
    viewer: Viewer = g.viewer
    if viewer.role is access.Role.NOBODY:
        return viewer
    token = session.get("_user_id") if viewer.is_staff else session.get("party")
    accounts.hold(register(), token, alone=g.do in ABOUT_ACCOUNTS)
    found = accounts.user(register(), token)
    if found is None:
        abort(_sent_to_sign_in(_door(viewer)))
    if found.viewer != viewer:
        abort(403)
    return viewer


def _fingerprint(viewer: Viewer, form: BaseForm) -> str:
    """What was posted, by whom and where: a key seen elsewhere answers nobody but its own sender's second press.

    Of a form whose answers are nobody's, where alone: what is kept of the press could be tried against every answer there is.
    """
    if form.is_nobodys:
        return hashlib.sha256(request.path.encode()).hexdigest()
    return hashlib.sha256(f"{viewer}\n{request.path}\n{form.fingerprint}".encode()).hexdigest()


def redirect(url: str) -> Response:
    """Go and look there: 303, or the header that htmx follows with a whole page load."""
    if request.htmx:  # type: ignore[attr-defined]
        return Response(status=204, headers={"HX-Redirect": url})
    return cast(Response, flask_redirect(url, 303))


def render(template: str, *, status: int = 200, **context: Any) -> Response:
    """A page, or the one region of it that htmx asked for by id."""
    target = request.headers.get("HX-Target")
    if target in REGIONS and template in (REGIONS[target] or {template}):
        folder = template.rsplit("/", 1)[0]
        template = f"{folder}/_{target}.html"
    response = make_response(render_template(template, **context), status)
    response.headers.add("Vary", "Cookie, HX-Request, HX-Target")
    return response


def region(name: str, *pages: str) -> str:
    """Declare that `_name.html`, whose root element has this id, may be asked for alone of these pages (of any, if none)."""
    REGIONS[name] = REGIONS.get(name, frozenset()) | set(pages)
    return name


def frame(app: Flask) -> None:
    """Before each request choose the language; after it, give the language and the session back."""
    app.before_request(_choose_language)
    app.before_request(_refuse_from_elsewhere)
    app.before_request(_clean_address)
    app.url_build_error_handlers.append(_static_url)
    app.teardown_request(_fall_silent)


def check_routes(app: Flask) -> None:
    """RuntimeError if the app serves a URL that says nothing about who may use it."""
    stray = {rule.endpoint for rule in app.url_map.iter_rules()} - set(DECLARED)
    if stray:
        raise RuntimeError(f"These routes say nothing about who may use them: {sorted(stray)}")


def incident() -> str:
    """A short number that ties an error page to the log line, and says nothing else."""
    return secrets.token_hex(4)


def _static_url(error: Exception, endpoint: str, values: dict[str, Any]) -> str:
    """`url_for("static", filename=...)`: served beside the app, under a name that changes with the files."""
    if endpoint != "static":
        raise error
    return assets.url(values["filename"])


def is_for_staff() -> bool:
    """Whether what is asked for is a page of staff, there or not: those are in fewer languages."""
    return request.path.startswith("/staff/")


def is_sent_alone(path: str) -> bool:
    """Whether this is an address that forms are sent to and that is no page by itself."""
    adapter = request_ctx.url_adapter
    methods = adapter.allowed_methods(path) if adapter else []
    return bool(methods) and "GET" not in methods


def _choose_language() -> None:
    """Before each request: the language picked here, else the browser's, else English; only ours are ever used."""
    picked = _spoken_here(request.args.get("lang"))
    if picked:
        session["language"] = picked
    name = picked or _spoken_here(session.get("language")) or request.accept_languages.best_match(i18n.offered(to_staff=is_for_staff()))
    g.language = name or i18n.DEFAULT
    g.speaking = i18n.speaking(g.language)
    g.speaking.__enter__()


def _spoken_here(name: str | None) -> str | None:
    """The name itself if pages on this side of the house are in it."""
    found = i18n.known(name)
    return found if found in i18n.PSEUDO or found in i18n.offered(to_staff=is_for_staff()) else None


def _refuse_from_elsewhere() -> None:
    """400 for a form that another website sends in somebody's name; browsers that are old say nothing, and forms have tokens (K1)."""
    if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site", "none") not in FROM_HERE:
        abort(400)


def _clean_address() -> None:
    """Leave NUL out of what an address asks for, as forms do: PostgreSQL refuses it where SQLite would look for it."""
    if b"%00" in request.query_string:
        request.args = ImmutableMultiDict([(name, value.replace("\0", "")) for name, value in request.args.items(multi=True)])


def _fall_silent(_: BaseException | None = None) -> None:
    """After each request: give the language and the session back."""
    if speaking := g.pop("speaking", None):
        speaking.__exit__(None, None, None)
    if session_of_request := g.pop("register", None):
        session_of_request.close()
