"""What every answer carries, and what none of them tells: headers, addresses, faults and log lines (D8, J1, K3, K5, K8)."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.test import TestResponse

from portal import create_app
from portal.access import Role
from tests.browser_client import CheckingClient
from tests.doors import let_in_resident, let_in_staff
from tests.town import Town
from tests.walk import CANARY, Walk
from tests.wire.comers import whoever_may

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex",
}  # fmt: skip
PAGE = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"}
FILE = {"default-src 'none'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'", "sandbox"}
FILES = (
    "resident.file", "resident.all_of_it_file", "resident.letter_file", "resident.spoken_file", "staff.file", "staff.original",
    "resident.letter_made", "resident.spoken_letter_made", "staff.letter_made", "staff.print_letter", "staff.print_file", "public.paper_file",
)  # fmt: skip
MAY_BE_KEPT = ("public.theme",)
EVIL = "evil.example"
SECRET = "zzsecretqvalueq"
FAULTS: tuple[Exception, ...] = (
    RuntimeError(f"{SECRET} in /var/lib/portal/portal.db"), KeyError(SECRET), ValueError(SECRET), FileNotFoundError(2, SECRET, f"/var/lib/{SECRET}"),
    OperationalError(f"SELECT {SECRET}", {"name": SECRET}, RuntimeError(SECRET)), IntegrityError(f"INSERT {SECRET}", {"name": SECRET}, RuntimeError(SECRET)),
)  # fmt: skip
TELLS = (SECRET, "Traceback", "SELECT", "INSERT", "/var/lib", ".py", "sqlalchemy", "Error", "werkzeug", "Werkzeug")
CONTROLS = "one\r\nSet-Cookie: two=2\r\n\x1b[31mred\x07 \u2028 three"


def wrong_headers(answer: TestResponse, *, is_file: bool = False, may_be_kept: bool = False) -> list[str]:
    """What is missing from an answer's headers, or says too much."""
    found = [f"{name}: {answer.headers.get(name)}" for name, value in EVERYWHERE.items() if answer.headers.getlist(name) != [value]]
    policy = answer.headers.get("Content-Security-Policy", "")
    if not {part.strip() for part in policy.split(";")} >= (FILE if is_file else PAGE) or "unsafe" in policy or "*" in policy:
        found.append(f"policy: {policy}")
    if "no-store" not in answer.headers.get("Cache-Control", "") and not may_be_kept:
        found.append(f"kept: {answer.headers.get('Cache-Control')}")
    if not answer.headers.get("Permissions-Policy", "").startswith("camera=()"):
        found.append("permissions")
    return found + [name for name in ("Server", "X-Powered-By") if name in answer.headers]


@contextmanager
def logged() -> Iterator[list[str]]:
    """Every line that is logged in the block, by whomever."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    loggers = [logging.getLogger(), logging.getLogger("portal")]
    for each in loggers:
        each.addHandler(handler)
    try:
        yield lines
    finally:
        for each in loggers:
            each.removeHandler(handler)


def test_N5_K3_OP1_J1_every_answer_carries_every_header_and_no_log_line_a_word_of_a_complaint(there: Walk) -> None:
    wrong = []
    with logged() as lines:
        for row, person in whoever_may("GET") + whoever_may("POST"):
            for who, htmx in ((person, {}), ("nobody", {"HX-Request": "true"})):
                client = there.client(who)
                there.town.register.rollback()
                answer = client.open(there.url(row.endpoint, row.relation), method=row.method, headers=htmx)
                is_file = row.endpoint in FILES and answer.status_code == 200
                wrong += [f"{row} as {who}, {answer.status_code}: {each}" for each in wrong_headers(answer, is_file=is_file, may_be_kept=row.endpoint in MAY_BE_KEPT)]
    assert wrong == [], "\n".join(wrong)
    assert not [line for line in lines if CANARY.search(line)]


def test_IN3_I6_staff_take_away_one_file_of_a_complaint_at_a_time_the_figures_the_letters_to_post_and_nothing_else(there: Walk) -> None:
    """Whatever else is added here takes many complaints away at once, and needs a reason, a limit and an alarm.

    The letters to post are of many: a hundred at most, of complaints that are opened without a reason, each of them written down as read.
    """
    given = set()
    for row, person in whoever_may("GET"):
        there.town.register.rollback()
        answer = there.client(person).get(there.url(row.endpoint, row.relation))
        if row.endpoint.startswith("staff.") and (answer.mimetype != "text/html" or "Content-Disposition" in answer.headers):
            given.add(row.endpoint)
    assert given == {"staff.file", "staff.original", "staff.figures_csv", "staff.letter_made", "staff.print_letter", "staff.print_file"}


@pytest.mark.parametrize(
    ("path", "method", "fields", "status"),
    [
        ("/no/such/page", "GET", {}, 404), ("/follow", "DELETE", {}, 405), ("/follow", "OPTIONS", {}, 200), ("/", "HEAD", {}, 200),
        ("/follow", "POST", {"code": "x" * 1_500_000}, 413), ("/follow", "POST", {f"box{n}": "1" for n in range(2_000)}, 422), ("/staff", "GET", {}, 308),
        ("/static/no-such-file.css", "GET", {}, 404),
    ],
)  # fmt: skip
def test_N5_K3_so_does_what_goes_wrong_before_any_page(there: Walk, path: str, method: str, fields: dict[str, str], status: int) -> None:
    answer = there.client("nobody").open(path, method=method, data=fields or None)
    assert (answer.status_code, wrong_headers(answer)) in ((status, []), (400, []))


def test_N5_K3_over_https_every_answer_asks_for_https_for_a_year_static_files_too(app: Flask) -> None:
    secure = replace(app.extensions["portal"], base_url="https://localhost")
    made = create_app(secure)
    static = made.jinja_env.from_string("{{ url_for('static', filename='site.css') }}")
    with made.test_request_context(base_url="https://localhost"):
        sheet = static.render()
    for path in ("/", sheet, "/no/such/page", "/your-complaint"):
        answer = made.test_client().get(path, base_url="https://localhost")
        assert answer.headers.getlist("Strict-Transport-Security") == ["max-age=31536000"], path
    page = made.test_client().get("/follow", base_url="https://localhost")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-") and all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie
    made.extensions["engine"].dispose()


def test_N3_K2_over_https_a_form_is_taken_without_a_word_of_where_it_stood(app: Flask) -> None:
    made = create_app(replace(app.extensions["portal"], base_url="https://localhost"))
    client = made.test_client()
    page = html.document_fromstring(client.get("/follow", base_url="https://localhost").get_data(as_text=True))
    fields = {each: page.xpath(f"string(//input[@name='{each}']/@value)") for each in ("csrf_token", "key")} | {"code": "wrong"}
    for headers in ({}, {"Referer": "https://localhost/"}, {"Referer": "https://localhost/follow", "Sec-Fetch-Site": "same-origin"}):
        assert client.post("/follow", data=fields, headers=headers, base_url="https://localhost").status_code == 422
    made.extensions["engine"].dispose()


def test_N7_K5_a_name_that_is_not_ours_is_refused_or_stands_nowhere(there: Walk) -> None:
    wrong = []
    for row, _person in whoever_may("GET") + whoever_may("POST"):
        url, client = there.url(row.endpoint, row.relation), there.client("nobody")
        there.town.register.rollback()
        named = client.open(url, method=row.method, environ_overrides={"HTTP_HOST": EVIL})
        claimed = client.open(url, method=row.method, headers={"X-Forwarded-Host": EVIL, "X-Forwarded-Server": EVIL, "Forwarded": f"host={EVIL}"})
        if named.status_code != 400:
            wrong.append(f"{row}: {named.status_code}")
        wrong += [f"{row}: says it" for each in (named, claimed) if EVIL.encode() in f"{each.headers}".encode() + each.get_data()]
    assert wrong == [], "\n".join(wrong)


def test_N7_K5_behind_a_proxy_a_name_that_the_proxy_passes_on_is_refused_too(app: Flask) -> None:
    made = create_app(replace(app.extensions["portal"], proxies=1))
    for headers, status in (({"X-Forwarded-Host": EVIL}, 400), ({"X-Forwarded-Host": f"{EVIL}, localhost"}, 200), ({"X-Forwarded-Host": f"localhost, {EVIL}"}, 400)):
        answer = made.test_client().get("/follow", headers=headers)
        assert (answer.status_code, EVIL in answer.get_data(as_text=True)) == (status, False), headers
    made.extensions["engine"].dispose()


@pytest.fixture
def broken(app: Flask, town: Town) -> tuple[Flask, dict[str, FlaskClient], list[tuple[str, str, str]]]:
    """The portal as it serves, somebody at each door, and five addresses that will break."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    complaint = town.complains()
    clients: dict[str, FlaskClient] = {name: app.test_client() for name in ("nobody", "resident", "staff")}
    let_in_resident(clients["resident"], town.register, complaint)
    let_in_staff(clients["staff"], town.register, town.staff[Role.MANAGER], Role.MANAGER)
    town.register.rollback()
    return app, clients, [
        ("nobody", "public.start", "/"), ("nobody", "public.follow", "/follow"), ("resident", "resident.case", "/your-complaint"),
        ("staff", "staff.queue", "/staff/"), ("staff", "staff.case", f"/staff/complaints/{complaint.reference}"),
    ]  # fmt: skip


def breaks(app: Flask, endpoint: str, fault: Exception) -> None:
    """From now on the page breaks."""

    def view(**_: Any) -> str:
        raise fault

    app.view_functions[endpoint] = view


def test_N10_K8_thirty_faults_tell_nothing_but_a_number(broken: tuple[Flask, dict[str, FlaskClient], list[tuple[str, str, str]]]) -> None:
    app, clients, pages = broken
    forced = 0
    with logged() as lines:
        for who, endpoint, address in pages:
            for fault in FAULTS:
                breaks(app, endpoint, fault)
                answer = clients[who].get(address)
                said = f"{answer.headers}{answer.get_data(as_text=True)}"
                assert answer.status_code in (500, 503) and not [each for each in TELLS if each in said], (endpoint, fault)
                assert wrong_headers(answer) == []
                forced += 1
    assert forced == 30
    assert not [line for line in lines if SECRET in line], "nor does the log tell the value"
    assert len([line for line in lines if "incident" in line]) == 25, "each fault of ours has its number there"


PLACES = ("path", "question", "User-Agent", "Referer", "Accept-Language", "X-Forwarded-For", "HX-Target", "Content-Type", "Cookie", "field", "name of a field", "name of a file")


@pytest.mark.parametrize("place", PLACES)
def test_OP2_D8_what_is_sent_never_makes_a_line_of_the_log(client: CheckingClient, app: Flask, place: str) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    breaks(app, "public.follow", RuntimeError(CONTROLS))
    one_line = CONTROLS.replace("\r\n", "\x0b")
    fields, headers, address = {"code": "x"}, {}, "/follow"
    if place == "path":
        address = "/follow%0d%0aX%1b[31m"
    elif place == "question":
        address = "/follow?lang=%0d%0aX%1b[31m"
    elif place == "field":
        fields["code"] = CONTROLS
    elif place == "name of a field":
        fields[CONTROLS] = "x"
    elif place != "name of a file":
        headers[place] = one_line.encode("ascii", "replace").decode()
    with logged() as lines:
        if place == "name of a file":
            head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a\x1b[31m%0d%0ab.txt"\r\n\r\nwords\r\n--x--\r\n'
            client.post("/follow", data=head, content_type="multipart/form-data; boundary=x")
        else:
            client.post(address, data=fields, headers=headers)
    assert place == "path" or lines
    for line in lines:
        assert isinstance(json.loads(line), dict) and line.isascii() and line.isprintable(), line
        assert "31m" not in line and "Set-Cookie" not in line
