"""Another key: everything that is kept sealed is sealed anew with it, and nothing is lost on the way."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, LargeBinary, select, type_coerce

from portal import clock, db, keyring
from portal.complaints import operations, resealing
from portal.complaints.papers import Disclosure
from portal.complaints.resealing import CannotOpen, seal_anew, sealed_columns
from portal.complaints.verify import first_fault
from portal.config import new_secrets, read_secrets
from portal.db import Register
from portal.keyring import Keyring
from tests.conftest import KEYS
from tests.town import Town

BOTH = Keyring(KEYS.field_keys | {"2": b"g" * 32}, newest="2", code_key=KEYS.code_key)
NEW_ALONE = Keyring({"2": b"g" * 32}, newest="2", code_key=KEYS.code_key)


@pytest.fixture(autouse=True)
def _the_usual_keys_again() -> Iterator[None]:
    yield
    keyring.use(KEYS)


@pytest.fixture
def lived(town: Town) -> Town:
    """Complaints with something in every sealed column that a resident fills."""
    for code in "MST":
        complaint = town.complains(code=code * 24, adjustments={"kinds": ["large_print"], "words": "Big letters"})
        town.acknowledged(complaint)
        with town.writing():
            operations.danger_told(complaint, {"words": "Gas."}, by=town.resident(complaint))
            town.register.add(Disclosure(
                complaint_id=complaint.id, words="I cannot hear.", carried=False, recorded_by="staff:1", recorded_at=clock.now()
            ))  # fmt: skip
            operations.begin_draft(town.register, language="en")
            operations.count_answers(town.register, {"age": "under_25"})
    town.register.rollback()
    return town


def everything(register: Register) -> dict[str, list[Any]]:
    """What every sealed column says, opened."""
    found: dict[str, list[Any]] = {str(each): list(register.scalars(select(each).where(each.is_not(None)).order_by(next(iter(each.table.primary_key))))) for each in sealed_columns()}
    register.rollback()
    return found


def sealed(register: Register) -> list[bytes]:
    """Every sealed value as it is kept."""
    found = [bytes(one) for each in sealed_columns() for one in register.scalars(select(type_coerce(each, LargeBinary)).where(each.is_not(None)))]
    register.rollback()
    return found


def anew(register: Register) -> int:
    """Everything is sealed anew; how many rows that was."""
    done = 0
    for column in sealed_columns():
        sealed = 1
        while sealed:
            with db.transaction(register):
                sealed = seal_anew(register, column)
            done += sealed
    return done


def test_OP4_J3_everything_is_sealed_with_the_new_key_and_says_what_it_said(lived: Town, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    before, kept = everything(register), sealed(register)
    assert sum(bool(each) for each in before.values()) >= 6
    keyring.use(BOTH)
    monkeypatch.setattr(resealing, "A_PIECE", 2)
    assert anew(register) == len(kept) == sum(map(len, before.values()))
    assert anew(register) == 0, "done once, there is nothing left to do"
    keyring.use(NEW_ALONE)
    assert everything(register) == before
    assert not set(sealed(register)) & set(kept)
    assert first_fault(register) is None


def test_OP4_J3_stopped_half_way_both_keys_open_everything_and_it_goes_on(lived: Town, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(register)
    keyring.use(BOTH)
    monkeypatch.setattr(resealing, "A_PIECE", 2)
    with db.transaction(register):
        assert seal_anew(register, next(each for each in sealed_columns() if str(each) == "event_words.words")) == 2
    assert everything(register) == before
    assert anew(register) == sum(map(len, before.values())) - 2
    keyring.use(NEW_ALONE)
    assert everything(register) == before


def test_OP4_J3_what_no_key_opens_is_named_and_left_as_it_is(lived: Town, register: Register, engine: Engine) -> None:
    kept = sealed(register)
    keyring.use(NEW_ALONE)
    with pytest.raises(CannotOpen, match=r"event_words\.words of row 1"), db.transaction(register):
        seal_anew(register, next(each for each in sealed_columns() if str(each) == "event_words.words"))
    assert sealed(register) == kept


def test_OP4_J3_a_row_that_is_changed_meanwhile_keeps_what_it_was_changed_to(lived: Town, register: Register, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is changed between its being read and its being sealed anew, as another process may on PostgreSQL."""
    keyring.use(BOTH)
    column = next(each for each in sealed_columns() if str(each) == "disclosure.words")
    was, opened = BOTH.seal("disclosure.words", '"I cannot see."'), resealing._opened

    def meanwhile(of: Any, number: int, found: bytes) -> str:
        if number == 1 and not found.startswith(b"2:"):
            register.execute(column.table.update().where(column.table.c.id == 1).values({column: db_bytes(was)}))
        return opened(of, number, found)

    monkeypatch.setattr(resealing, "_opened", meanwhile)
    with db.transaction(register):
        seal_anew(register, column)
    assert everything(register)["disclosure.words"] == ["I cannot see.", "I cannot hear.", "I cannot hear."]


def db_bytes(value: bytes) -> Any:
    """Bytes as they are, for a column that would seal them."""
    return type_coerce(value, LargeBinary)


def test_OP4_J3_a_new_key_is_put_beside_the_old_ones(tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secrets.json"
    monkeypatch.setenv("PORTAL_SECRETS", str(path))
    new_secrets(path, demo=False)
    before = json.loads(path.read_text())
    for name in range(2, 12):
        done = app.test_cli_runner().invoke(args=["new-key"])
        assert done.exit_code == 0 and f"Made key {name} " in done.output, done.output
    after = json.loads(path.read_text())
    assert after["field_keys"].pop("1") == before["field_keys"]["1"] and len(set(after.pop("field_keys").values())) == 10
    assert after == {name: value for name, value in before.items() if name != "field_keys"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and [each.name for each in tmp_path.glob("*.part")] == []
    ring = read_secrets(path, demo=False).keys
    assert ring.newest == "11", "ten and more are newer than nine"
    assert ring.open("a", read_secrets(path, demo=False).keys.seal("a", "words")) == "words"


def test_OP4_J3_the_command_says_when_it_is_done_and_when_not(app: Flask, lived: Town, register: Register) -> None:
    before = everything(register)
    keyring.use(BOTH)
    done = app.test_cli_runner().invoke(args=["rotate-keys"])
    assert done.exit_code == 0, done.output
    assert f"{sum(map(len, before.values()))} sealed anew, and everything read: key 2 opens it all." in done.output
    assert "\n0 sealed anew" in "\n" + app.test_cli_runner().invoke(args=["rotate-keys"]).output
    keyring.use(KEYS)
    refused = app.test_cli_runner().invoke(args=["rotate-keys"])
    assert refused.exit_code == 1 and "None of the keys opens" in refused.output
    keyring.use(NEW_ALONE)
    assert everything(register) == before
