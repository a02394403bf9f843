"""What browsers report of our pages: taken from anybody, a line of the log that says a rule and a host, and never a fault of ours (K3, D1)."""

import json
import time
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import event

from portal import giving, headers, pace
from portal.public import reported
from tests.browser.fixtures import Served
from tests.browser_client import CheckingClient
from tests.resident.journeys import signs_in
from tests.town import CODE, Town
from tests.walk import WRITES
from tests.wire.test_answers import logged

OLD, NEW = "application/csp-report", "application/reports+json"
WORDS = "zzsamira-haddad-says"
LOCAL = {"REMOTE_ADDR": "127.0.0.1"}


def old_way(**more: Any) -> bytes:
    """A report as browsers send it to `report-uri`."""
    said = {"document-uri": f"https://portal.example/{WORDS}", "referrer": WORDS, "violated-directive": "script-src 'self'", "blocked-uri": f"https://evil.example/{WORDS}?{WORDS}#{WORDS}", "script-sample": WORDS, "status-code": 200}
    return json.dumps({"csp-report": said | {name.replace("_", "-"): value for name, value in more.items()}}).encode()


def new_way(*blocked: object, kind: str = "csp-violation") -> bytes:
    """Several at once, as browsers send them to `report-to`."""
    return json.dumps([
        {"type": kind, "age": 3, "url": f"https://portal.example/{WORDS}", "user_agent": WORDS,
         "body": {"documentURL": WORDS, "effectiveDirective": "img-src", "blockedURL": one, "sample": WORDS, "originalPolicy": WORDS}}
        for one in blocked
    ]).encode()  # fmt: skip


def reports(client: CheckingClient, sent: bytes, kind: str = OLD, **environ: Any) -> tuple[int, list[dict[str, Any]]]:
    """The answer to a report, and the lines of the log that it made."""
    with logged() as lines:
        answer = client.post("/csp", data=sent, content_type=kind, environ_overrides=LOCAL | environ)
    assert not [line for line in lines if WORDS in line or WORDS in str(answer.headers)]
    return answer.status_code, [json.loads(line) for line in lines]


def test_a_report_is_a_line_with_a_rule_and_a_host_and_not_a_word_of_anybodys(client: CheckingClient) -> None:
    line = {"what": "page was stopped", "directive": "script-src", "blocked": "evil.example", "count": 1}
    assert reports(client, old_way()) == (204, [line])
    assert reports(client, new_way(f"https://evil.example/{WORDS}", "inline"), NEW) == (204, [line | {"directive": "img-src", "count": 2}])


BLOCKED: tuple[tuple[object, str], ...] = (
    ("inline", "inline"), ("eval", "eval"), ("data", "data"), (f"data:text/html,{WORDS}", "data"), (f"blob:https://portal.example/{WORDS}", "blob"), ("self", "self"),
    (f"https://{WORDS}:secret@evil.example:8443/", "evil.example"), ("HTTPS://EVIL.EXAMPLE", "evil.example"), ("https://[2001:db8::1]/x", "2001:db8::1"), ("https://a\r\nb.example/", "ab.example"),
    (f"javascript:{WORDS}", "unknown"), (WORDS, "unknown"), (f"https://{WORDS} and more/", "unknown"), (f"https://\u202e{WORDS}/", "unknown"), ("http://[", "unknown"), ("https://" + "a" * 101, "unknown"),
    ("", "unknown"), (None, "unknown"), (7, "unknown"), (["inline"], "unknown"), ({"a": 1}, "unknown"),
)  # fmt: skip
RULES: tuple[tuple[object, str], ...] = (("img-src *", "img-src"), (f"img-src-{WORDS}", "unknown"), ("", "script-src"), (None, "script-src"), (3, "unknown"), ({}, "script-src"), ([1], "unknown"))
NO_REPORTS = (
    b"", b"{", b"null", b"[]", b"{}", b'"csp-report"', b"[1, null, []]", b'{"csp-report": []}', b'{"csp-report": "x"}', b'[{"type": "csp-violation"}]', b'[{"type": "csp-violation", "body": [1]}]',
    new_way("inline", kind="deprecation"), b"\xff\xfe\x00", b"[" * 9_000, b"9" * 9_000, b'{"a":' * 1_500, b"x=1&csrf_token=2", "\u2028".encode() * 500, b'{"csp-report": NaN}', b"\0" * 100,
)  # fmt: skip


def test_what_was_stopped_is_said_by_its_host_or_in_one_of_a_few_words(client: CheckingClient) -> None:
    for blocked, said in BLOCKED:
        for sent, kind in ((old_way(blocked_uri=blocked), OLD), (new_way(blocked), NEW)):
            status, lines = reports(client, sent, kind)
            assert (status, [line["blocked"] for line in lines]) == (204, [said]), blocked


def test_the_rule_is_one_that_there_is(client: CheckingClient) -> None:
    for rule, said in RULES:
        assert [line["directive"] for line in reports(client, old_way(effective_directive=rule))[1]] == [said], rule


def test_what_is_no_report_is_refused_calmly_and_makes_no_line(client: CheckingClient) -> None:
    for sent in NO_REPORTS:
        for kind in (OLD, NEW):
            assert reports(client, sent, kind) == (400, []), (sent[:20], kind)
    for kind in ("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""):
        for sent in (old_way(), b"--x\r\n\r\n", b"a=1"):
            assert reports(client, sent, kind) == (400, []), kind


def test_a_report_has_a_size(client: CheckingClient) -> None:
    whole = old_way(pad="")
    assert reports(client, old_way(pad="x" * (reported.LONGEST - len(whole))))[0] == 204
    assert reports(client, old_way(pad="x" * (reported.LONGEST - len(whole) + 1))) == (413, [])


def test_no_network_reports_for_ever_and_everybody_together_does_not_either(client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pace.MOST, "report", 3)
    monkeypatch.setitem(pace.MOST_OF_ALL, "report", 5)
    came = [reports(client, old_way(), REMOTE_ADDR=f"198.51.100.{who}") for who in (1, 1, 1, 1, 2, 2, 3, 3)]
    assert [status for status, _lines in came] == [204, 204, 204, 429, 204, 204, 429, 429]
    assert [len(lines) for _status, lines in came] == [1, 1, 1, 0, 1, 1, 0, 0], "what is too much makes no line"
    assert reports(client, old_way())[0] == 429, "nor does it from the machine itself"


def test_from_somebody_signed_in_it_needs_no_token_writes_nothing_and_tells_nobody_who_they_are(client: CheckingClient, app: Flask, town: Town) -> None:
    complaint = town.complains()
    assert signs_in(client, CODE).location == "/your-complaint"
    written: list[str] = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda _c, _k, statement, *_: written.append(statement))
    status, lines = reports(client, old_way())
    assert status == 204 and "Set-Cookie" not in client.post("/csp", data=old_way(), content_type=OLD).headers
    assert not [each for each in written if WRITES.match(each)]
    assert complaint.reference not in str(lines) and "actor" not in lines[0]
    assert client.get("/your-complaint").status_code == 200


def test_another_website_cannot_have_its_visitors_fill_our_log(client: CheckingClient) -> None:
    with logged() as lines:
        assert client.post("/csp", data=old_way(), content_type=OLD, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert lines == []


def test_every_policy_says_where_to_and_every_rule_of_it_is_known() -> None:
    for policy in (headers.POLICY, giving.ALONE):
        rules = [part.strip() for part in policy.split(";")]
        assert rules.count("report-uri /csp") == 1
        assert {rule.partition(" ")[0] for rule in rules} - {"report-uri"} <= set(headers.DIRECTIVES)


@pytest.mark.browser
def test_a_browser_that_stops_something_on_a_page_of_ours_says_so_and_it_is_one_line(chromium: Browser, served: Served) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/follow?lang=en")
    with logged() as lines:
        page.evaluate("() => { const made = document.createElement('img'); made.src = 'https://evil.example/zzwords'; document.body.append(made); }")
        until = time.monotonic() + 10
        while not (said := [json.loads(line) for line in lines if line.startswith("{")]) and time.monotonic() < until:
            page.wait_for_timeout(50)
    context.close()
    assert said == [{"what": "page was stopped", "directive": "img-src", "blocked": "evil.example", "count": 1}]
