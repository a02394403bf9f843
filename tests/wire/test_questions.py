"""X6: whatever stands behind the question mark of an address is a question, and never a part of how we look for its answer."""

import ast
from collections.abc import Iterator, Sequence
from random import Random
from zlib import crc32

import pytest

from tests import house, walk_table
from tests.walk import CANARY, Walk
from tests.wire.comers import HARMLESS

PARAMETERS: dict[str, str] = {
    "/": "lang", "/follow": "lang next", "/when": "received acknowledged division lang", "/paper": "size", "/display": "from", "/your-complaint/receipt": "counted", "/staff/letters/print/file": "letters", "/complain/story": "then", "/your-complaint/messages": "sent", "/your-complaint/contact": "saved", "/your-complaint/prove": "then",
    "/complain/homes": "then", "/your-complaint/not-done": "promise", "/complain/files": "then",
    "/staff/": "with stage service owed after before", "/staff/from-residents": "after", "/staff/find": "q where stage service after before",
    "/staff/given": "to chosen", "/staff/give": "with stage service after before", "/staff/actions": "service owner with after", "/staff/due": "after with",
    "/staff/remedies": "show after", "/staff/log": "had", "/staff/complaints/{theirs}/refusal": "point", "/staff/complaints/{mine}/acceptance": "point", "/staff/complaints/{mine}/outside": "kind",
    "/staff/sign-in": "next unsaved", "/staff/complaints/{mine}/news/letter": "size", "/staff/opened-elsewhere": "week", "/staff/money": "with", "/staff/complaints/{mine}/reach": "of", "/staff/complaints/{mine}/person": "of",
}  # fmt: skip
"""What may stand in an address, by the page that reads it."""

PAYLOADS = (
    "' OR '1'='1", "1; DROP TABLE event; --", "1 UNION SELECT * FROM staff", "') OR 1=1 --", "1' AND sleep(5) --", "%27", "%", "_", "*", "\\", "\0", "\x1b[31m",
    "-1", "0", "1e9", "9" * 30, "1.1.1.1", "2026-05-11.1.1", "..", "../../etc/passwd", "//evil.example", "<script>alert(1)</script>", "\U0001f600", "a" * 3_000, "\u202e" * 5,
)  # fmt: skip


def read() -> set[str]:
    """Every name that the portal's source reads out of an address."""
    found = set()
    for module in house.modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("request.args.get", "request.args.getlist", "choosing.read"):
                found |= {each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value}
            if isinstance(node, ast.Compare) and "request.args" in map(ast.unparse, node.comparators) and isinstance(node.left, ast.Constant):
                found.add(str(node.left.value))
    return found


def test_X6_D6_every_name_that_is_read_out_of_an_address_is_tried() -> None:
    assert {name for names in PARAMETERS.values() for name in names.split()} >= read()


def tries(there: Walk, most: int) -> Iterator[str]:
    """What is wrong with the answers to so many of the payloads for each name of each page."""
    for address, names in PARAMETERS.items():
        path = address.format(**there.references)
        for name in names.split():
            drawn = Random(crc32(f"{address} {name}".encode())).sample(PAYLOADS, most)
            yield from wrong(there, path, name, drawn)


def wrong(there: Walk, path: str, name: str, payloads: Sequence[str]) -> Iterator[str]:
    person = "manager" if path.startswith("/staff") else "resident" if path.startswith("/your") else "nobody"
    for payload in payloads:
        client = there.client(person)
        there.town.register.rollback()
        there.written.clear()
        answer = client.get(path, query_string={name: payload})
        said = f"{answer.headers}{answer.get_data(as_text=True)}"
        if answer.status_code not in (200, 303, 404, 422):
            yield f"{path}?{name}={payload[:30]!r}: {answer.status_code}"
        foreign = {each for each in CANARY.findall(said) if not walk_table.may_see(person, *each)}
        if foreign or not set(there.written) <= HARMLESS:
            yield f"{path}?{name}={payload[:30]!r}: {foreign or there.written}"


def test_X6_D6_a_few_of_the_payloads_in_each_are_answered_calmly(there: Walk) -> None:
    assert "\n".join(tries(there, 5)) == ""


@pytest.mark.slow
def test_X6_D6_every_payload_in_each_is_answered_calmly(there: Walk) -> None:
    assert "\n".join(tries(there, len(PAYLOADS))) == ""
