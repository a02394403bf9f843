"""MA1: a form changes what its own boxes say and nothing else, whatever else is posted with it (B6, I3)."""

import ast
import random
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, select

from portal import clock
from portal.db import Base
from tests import house, reached
from tests.browser_client import CheckingClient
from tests.hostile import Form
from tests.lived_in import Comer, LivedIn
from tests.test_every_form import come_to, opened
from tests.town import Town

Restore = Callable[[], None]
NEVER_THE_SAME = {
    "key", "salt", "hash", "words_hash", "previous_hash", "message_id", "token_lookup", "code_lookup", "code", "reference", "stored_as", "copy_as", "search_text", "state_hash", "token", "token_hash",
    "password_hash", "secret", "code_hash", "link_lookup", "message",
}  # fmt: skip
"""Columns that are drawn at random, or hold what was; the rest has to be equal, sealed columns opened."""

FILLED = {"email": "samira@mail.example", "phone": "01632 960111", "on": "1/5/2026", "due": "12/6/2099", "due_on": "12/6/2099", "new_date": "12/6/2099", "pounds": "35"}
"""What is written into boxes that take no plain words."""

SPREADS = ("populate_obj", "setattr")


def columns() -> set[str]:
    """The name of every column of every table."""
    return {column.name for table in Base.metadata.tables.values() for column in table.columns}


def test_MA1_B6_no_form_hands_on_more_than_its_own_fields() -> None:
    """Read in the source: nothing is copied from a request but by its name."""
    found = []
    for module in house.modules():
        for call, line in module.calls():
            if call.split(".")[-1] in SPREADS and not (call == "object.__setattr__" and module.unit == "rules"):
                found.append(f"{module.name}:{line} {call}")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.keyword) and node.arg is None and ast.unparse(node.value).startswith(("request.", "form.data", "self.data")):
                found.append(f"{module.name}:{node.value.lineno} **{ast.unparse(node.value)}")
    assert found == []


DRAWN = random.Random()
"""What references and codes are drawn by here: each try draws the same ones, which stand in letters too."""


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All of it happens at one moment, so that two tries differ in nothing else."""
    monkeypatch.setattr(secrets, "choice", DRAWN.choice)
    with clock.at(clock.now()):
        yield


@pytest.mark.parametrize("kind", ["complaining"])
def test_MA1_B6_every_column_there_is_posted_beside_a_form_changes_nothing_more(
    frozen: None, app: Flask, client: CheckingClient, engine: Engine, town: Town, snapshot: Callable[[], Restore], kind: str
) -> None:
    assert tries(app, client, engine, town, snapshot, kind) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", reached.FORMS)
def test_MA1_B6_and_so_it_is_with_every_form(
    frozen: None, app: Flask, client: CheckingClient, engine: Engine, town: Town, snapshot: Callable[[], Restore], kind: str
) -> None:
    tries(app, client, engine, town, snapshot, kind)


def tries(app: Flask, client: CheckingClient, engine: Engine, town: Town, snapshot: Callable[[], Restore], kind: str) -> int:
    """Each form of somebody's, sent as it stands on its page with and without the rest; how many of them were taken."""
    there = LivedIn(town)
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)
    restore = snapshot()
    _read, found = come_to(app, client, there, kind)
    taken, wrong = 0, []
    for endpoint in reached.named(reached.FORMS)[kind]:
        comer, form = found[endpoint]
        try:
            (status, plain), (again, more) = (sent(client, engine, restore, comer, form, extra) for extra in (False, True))
        except AssertionError as fault:
            wrong.append(f"{endpoint}: {fault}")
            continue
        if changed := {name for name in plain if plain[name] != more[name]}:
            wrong.append(f"{endpoint}: {changed}")
        if status != again:
            wrong.append(f"{endpoint}: {status}, and {again} with more")
        taken += status == 303
    assert wrong == [], "\n".join(wrong)
    return taken


def sent(client: CheckingClient, engine: Engine, restore: Restore, comer: Comer, form: Form, extra: bool) -> tuple[int, dict[str, Any]]:
    """The answer to a form, filled in with plain words where it is empty, and what every table holds then."""
    form = opened(client, restore, comer, form)
    DRAWN.seed(4)
    filled = {name: value or FILLED.get(name, "Plain words") for name, value in form.fields.items() if value or name in form.texts}
    filled |= first_choices(client.page(form.page), form)
    strange = dict.fromkeys(columns() - set(form.fields), "900") if extra else {}
    return client.post(form.address, data=strange | filled).status_code, held(engine)


def first_choices(page: html.HtmlElement, form: Form) -> dict[str, str]:
    """The first answer to each question of a form that has none picked."""
    found: dict[str, str] = {}
    for each in page.forms:
        for box in each.iter("input"):
            if box.get("type") == "radio" and not form.fields.get(box.get("name")):
                found.setdefault(box.get("name"), box.get("value"))
        for box in each.iter("select"):
            if not form.fields.get(box.get("name")):
                found.setdefault(box.get("name"), next((option.get("value") for option in box.iter("option") if option.get("value")), ""))
    return {name: value for name, value in found.items() if name in form.fields}


def held(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table, but for what is drawn at random."""
    with engine.connect() as connection:
        return {
            name: sorted(str([value for column, value in row._mapping.items() if column not in NEVER_THE_SAME]) for row in connection.execute(select(table)))
            for name, table in Base.metadata.tables.items()
        }
