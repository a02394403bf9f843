"""A hundred thousand guesses against as many complaints: none is right, and none is answered otherwise than the rest (A3, S5)."""

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from portal import accounts
from portal.complaints import queries, references
from portal.complaints.models import Complaint
from portal.db import Register
from tests.bench import seeder
from tests.browser_client import CheckingClient, Fields, form_values, pick_form
from tests.conftest import portal_on

pytestmark = pytest.mark.slow

GUESSES = int(os.environ.get("GUESSES", "100000"))
AT_THE_DOOR = 500
"""How many of them are typed on the page itself; what the page asks of the register is asked for every one."""

SEED = 40_961
DIFFERENT = re.compile(r'(name="(?:csrf_token|key)"[^>]*value="|\?lang=)[^"]*"')


def drawn(chance: random.Random, length: int) -> str:
    """Something that could be one of ours: whoever knows how they are made wastes no guess on a check character that is wrong."""
    body = "".join(chance.choice(references.ALPHABET) for _ in range(length - 1))
    return body + references.check_character(body)


def said(client: CheckingClient, path: str, field: str, typed: str) -> tuple[int, str, str]:
    """What a page answers to what was typed: its status, where it leads, and its words, but for what is drawn anew for each page."""
    fields: Fields = form_values(pick_form(client.page(path), "ask" if "ask" in path else 0)) | {field: typed}
    answer = client.post(path, data=fields)
    words = DIFFERENT.sub("", answer.get_data(as_text=True))
    return answer.status_code, answer.location or "", words.replace(typed, "")


@pytest.fixture
def client(database_url: str, tmp_path: Path) -> Iterator[CheckingClient]:
    """A browser that has never been here, at a portal whose landlord is the seeder's."""
    app = portal_on(database_url, tmp_path / "files")
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    yield made
    app.extensions["engine"].dispose()


def test_S5_A3_a_hundred_thousand_guesses_against_as_many_complaints_find_none(client: CheckingClient, register: Register, engine: Engine) -> None:
    seeder.seed(engine, GUESSES, still_open=100)
    chance = random.Random(SEED)
    known = set(register.scalars(select(Complaint.reference)))
    assert len(known) >= GUESSES
    guesses = [drawn(chance, references.REFERENCE_LENGTH + 1) for _ in range(GUESSES)]
    assert all(references.as_reference(each) == each for each in guesses[:100])
    assert not known & set(guesses), "one in a hundred runs with other seeds would find one"
    for guess in guesses:
        for typed in (guess, drawn(chance, references.CODE_LENGTH)):
            assert accounts.party_by_code(register, typed) is None
            assert queries.draft_by_code(register, typed) is None
    register.rollback()
    refused = {said(client, "/follow", "code", guess) for guess in (*guesses[:AT_THE_DOOR], *sorted(known)[:100])}
    assert len(refused) == 1 and {status for status, _where, _words in refused} == {422}, "a reference opens nothing, right or wrong"
    assert client.get("/your-complaint").status_code == 303


def test_S5_A3_whoever_asks_for_a_code_by_guesses_learns_nothing_of_them(client: CheckingClient, register: Register, engine: Engine) -> None:
    seeder.seed(engine, 1_000, still_open=500)
    chance = random.Random(SEED)
    known = list(register.scalars(select(Complaint.reference)))
    register.rollback()
    asked = {said(client, "/follow/ask", "reference", one) for each in known[:300] for one in (each, drawn(chance, references.REFERENCE_LENGTH + 1))}
    assert len(asked) == 1 and {(status, where) for status, where, _words in asked} == {(303, "/follow/code")}
    assert client.get("/your-complaint").status_code == 303
