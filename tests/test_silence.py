"""What is another's and what never was are answered alike: in the same bytes, by the same questions, in the same time (W3, B1)."""

import gc
import random
import re
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from math import sqrt
from time import perf_counter
from typing import Any
from urllib.parse import quote

import pytest
from flask import abort
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.access import STAFF
from portal.complaints import queries
from tests import walk_table
from tests.test_access_walk import there
from tests.walk import Walk

__all__ = ["there"]

NONCES = (
    re.compile(rb'(name="(?:csrf_token|key)"[^>]*? value=)"[^"]*"'), re.compile(rb"(X-CSRFToken\W+)[\w.-]+"),
)  # fmt: skip
"""What differs from one answer to the next, whoever asks and for what."""

NOT_SAID = ("Content-Length", "Set-Cookie")
"""The body is compared itself, less the address that was asked for, which may be longer; and a browser gets its cookie with its first page."""

Pair = tuple[str, str, str, str, str]
"""Who asks, of which route, by which method, for what there is and is not theirs, and for what there never was."""

TIMED: tuple[Pair, ...] = (
    ("handler", "staff.case", "GET", "kept", "never"),
    ("colleague", "staff.case", "GET", "theirs", "never"),
    ("manager", "staff.action", "GET", "mine/second", "mine/never"),
    ("handler", "staff.note", "POST", "kept", "never"),
    ("resident", "resident.file", "GET", "theirs", "never"),
    ("representative_shown", "resident.spoken_file", "GET", "theirs", "never"),
)  # fmt: skip
"""One route of each kind: a complaint, a child of one that is theirs, a form, on either side of the house."""

NEAR, ODDS, RUNS = 0.005, 0.01, 3
"""Seconds that two medians may be apart; and how seldom chance alone may do what was seen, in so many runs after one another."""


def never_of(relation: str) -> str:
    """The same relation to something that there never was."""
    case, _, child = relation.partition("/")
    return f"{case}/never" if child else "never"


def hidden() -> Iterator[tuple[walk_table.Row, list[str]]]:
    """Each line of the table about something that there is, with everybody to whom it is not there."""
    for row in walk_table.rows():
        if not {"never", "malformed"} & set(row.relation.split("/")) and row.relation.partition("/")[0] in walk_table.ALL | {"kept"}:
            yield row, [person for person, answer in row.answers if answer == "404" and not sees(person, row.relation)]


def sees(person: str, relation: str) -> bool:
    """Whether what is named is a complaint that they see: nothing of it is hidden from them, and what is not there is not."""
    return relation in walk_table.SEES.get(person, {"mine"})


def pairs() -> Iterator[Pair]:
    """Every address of something that is not somebody's, beside one of nothing, for whoever is refused the first; and for nobody in particular."""
    for row, people in hidden():
        for person in [*people, *(["nobody"] if people else [])]:
            yield person, row.endpoint, row.method, row.relation, never_of(row.relation)


def by_day() -> list[Pair]:
    """Of each route one of them: a child before the complaint itself, and of those who are refused another one each time."""
    turn, found = count(), dict[tuple[str, str], Pair]()
    for row, people in hidden():
        if people and ("/" in row.relation or (row.endpoint, row.method) not in found):
            chosen = [*people, "nobody"][next(turn) % (len(people) + 1)]
            found[row.endpoint, row.method] = (chosen, row.endpoint, row.method, row.relation, never_of(row.relation))
    return list(found.values())


def ask(there: Walk, person: str, endpoint: str, method: str, relation: str, *, htmx: bool = False) -> TestResponse:
    """The answer itself."""
    there.town.register.rollback()
    return there.client(person).open(there.url(endpoint, relation), method=method, headers={"HX-Request": "true"} if htmx else {})


def bare(there: Walk, answer: TestResponse, endpoint: str, relation: str) -> tuple[Any, ...]:
    """All that an answer says, less its nonces and the very address that was asked for."""
    url = there.url(endpoint, relation)
    headers = sorted((name, value.partition("?")[0].replace(url, "*")) for name, value in answer.headers if name not in NOT_SAID)
    body = answer.get_data().replace(url.encode(), b"*").replace(quote(url, safe="").encode(), b"*")
    for nonce in NONCES:
        body = nonce.sub(rb"\1", body)
    return answer.status_code, headers, body


@contextmanager
def asked_of_the_database(there: Walk) -> Iterator[list[str]]:
    """Every question asked of it in the block, without what it was asked about."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    engine = there.app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def differences(there: Walk, compared: Iterator[Pair] | list[Pair]) -> list[str]:
    """Where what is another's is told from what never was: in the answer, or by what was asked of the database for it."""
    found = []
    for turn, (person, endpoint, method, relation, never) in enumerate(compared):
        htmx, said = turn % 2 == 1, list[tuple[Any, list[str]]]()
        for each in (relation, never):
            there.client(person)
            with asked_of_the_database(there) as asked:
                answer = ask(there, person, endpoint, method, each, htmx=htmx)
            said.append((bare(there, answer, endpoint, each), asked))
        if said[0] != said[1]:
            what = "the answer" if said[0][0] != said[1][0] else "what was asked of the database"
            found.append(f"{person}, {method} {endpoint}: {what} tells {relation} from {never}")
    return found


def test_every_route_that_takes_a_complaint_or_a_child_of_one_is_compared(there: Walk) -> None:
    taking = {rule.endpoint for rule in there.app.url_map.iter_rules() if "complaint" in rule.arguments} | {"resident.file", "resident.spoken_file"}
    compared = {endpoint for _person, endpoint, *_rest in by_day()}
    assert taking - compared == set() and len(compared) > 100


def test_w3_b1_what_is_another_s_is_answered_in_the_very_bytes_of_what_never_was(there: Walk) -> None:
    assert differences(there, by_day()) == []


@pytest.mark.slow
def test_w3_b1_so_it_is_for_everybody(there: Walk) -> None:
    assert differences(there, pairs()) == []


# The time it takes


def times(there: Walk, pair: Pair, many: int) -> tuple[list[float], list[float]]:
    """How long each of so many pairs took, asked for turn by turn in one run, now the one first and now the other."""
    person, endpoint, method, relation, never = pair
    took: dict[str, list[float]] = {relation: [], never: []}
    order, chance = [relation, never], random.Random(17)
    client = there.client(person)
    there.town.register.rollback()
    gc.disable()
    try:
        for turn in range(-5, many):
            chance.shuffle(order)
            for each in order:
                url = there.url(endpoint, each)
                began = perf_counter()
                client.open(url, method=method)
                if turn >= 0:
                    took[each].append(perf_counter() - began)
    finally:
        gc.enable()
    return took[relation], took[never]


def odds(some: list[float], others: list[float]) -> float:
    """How likely it is that two lots of times of one kind are ranked so far apart by chance (Mann and Whitney, both tails)."""
    ranked = sorted([(took, 0) for took in some] + [(took, 1) for took in others])
    total = sum(place for place, (_took, of) in enumerate(ranked, 1) if of == 0)
    n, m = len(some), len(others)
    apart = abs(total - n * (n + m + 1) / 2) / sqrt(n * m * (n + m + 1) / 12)
    return 2 * (1 - statistics.NormalDist().cdf(apart))


def tells(some: list[float], others: list[float]) -> str:
    """What somebody learns from these times; "" where it is nothing."""
    apart, chance = abs(statistics.median(some) - statistics.median(others)), odds(some, others)
    if apart > NEAR:
        return f"the medians are {apart * 1000:.2f} ms apart"
    return f"chance does that once in {1 / max(chance, 1e-12):,.0f} times; the medians are {apart * 1000:.3f} ms apart" if chance < ODDS else ""


A_ROW = 0.0001
"""Seconds that the medians of 2,000 pairs may be apart: a question of the database that finds a row, and then may not show it, takes a fortieth of a millisecond more."""


def told_by_time(there: Walk, pair: Pair, many: int) -> str:
    """What somebody learns from how long it takes, in each of three runs after one another."""
    said = ""
    for _run in range(RUNS):
        said = tells(*times(there, pair, many))
        if not said:
            return ""
    return said


@pytest.mark.parametrize("pair", TIMED, ids=lambda pair: f"{pair[1]} {pair[3]}")
def test_w3_b1_it_takes_no_other_time(there: Walk, pair: Pair) -> None:
    person, endpoint, method, relation, never = pair
    assert {ask(there, person, endpoint, method, each).status_code for each in (relation, never)} == {404}
    assert told_by_time(there, pair, 30) == ""


@pytest.mark.slow
@pytest.mark.parametrize("pair", TIMED, ids=lambda pair: f"{pair[1]} {pair[3]}")
def test_w3_b1_it_takes_no_other_time_in_two_thousand_pairs(there: Walk, pair: Pair) -> None:
    some, others = times(there, pair, 2_000)
    assert abs(statistics.median(some) - statistics.median(others)) < A_ROW


def test_times_that_differ_are_told_apart_and_times_that_do_not_are_not() -> None:
    chance = random.Random(1)
    some, others = ([chance.gauss(0.004, 0.0004) for _ in range(300)] for _ in range(2))
    assert tells(some, others) == ""
    assert "the medians are 5.9" in tells(some, [each + 0.006 for each in others])
    assert "chance does that" in tells(some, [each + 0.0002 for each in others])


def test_a_page_that_says_no_in_another_way_is_noticed(there: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_before(*given: Any) -> Any:
        return seen(*given) if given[2] != there.references["kept"] else abort(403)

    seen = queries.find
    monkeypatch.setattr(queries, "find", as_before)
    kept = [pair for pair in pairs() if pair[3] == "kept" and pair[0] in STAFF][:10]
    assert len(differences(there, kept)) == len(kept) == 10
