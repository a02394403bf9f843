"""F13: whoever changes the record in the database, past its guards, is found; and what one chain alone cannot see is said."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, text

from portal.complaints.verify import first_fault
from portal.db import Register
from tests.complaints import tampering
from tests.complaints.tampering import WAYS, Opened
from tests.town import Town

SEED = 20_261_128


@pytest.fixture
def opened(town: Town, engine: Engine, tmp_path: Path) -> Opened:
    """The record in an intruder's hands."""
    if engine.dialect.name != "sqlite":
        pytest.skip("What an intruder does is said in SQLite's words; test_record tries the chief of it on both.")
    tampering.lived(town, tmp_path / "files")
    return Opened(str(engine.url.database), tmp_path / "files")


def missed(opened: Opened, many: int) -> list[str]:
    """Those of so many tamperings that `verify` does not see, or whose first bad entry it names wrongly."""
    assert opened.found() is None, "before anybody touched it"
    found, tried = [], Counter[str]()
    for turn in range(many):
        way = WAYS[turn % len(WAYS)]
        bad, fault = opened.after(way, Random(SEED + turn))
        tried[way.__name__] += 1
        if fault is None or (bad is not None and fault.number != bad):
            found.append(f"{way.__name__}, seed {SEED + turn}: {fault}, not {bad}")
    assert opened.found() is None and min(tried.values()) >= many // len(WAYS)
    return found


def test_F13_I2_I4_of_three_hundred_tamperings_none_is_missed_and_the_first_bad_entry_is_named(opened: Opened) -> None:
    assert missed(opened, 300) == []


@pytest.mark.slow
def test_F13_I2_I4_of_ten_thousand_tamperings_none_is_missed(opened: Opened) -> None:
    assert missed(opened, 10_000) == []


def test_F13_a_file_changed_on_the_disk_or_taken_off_it_is_seen(opened: Opened) -> None:
    stored = next(opened.files.iterdir())
    before = stored.read_bytes()
    stored.write_bytes(before[:-1] + b"?")
    assert "is not the one that came" in str(opened.found())
    stored.unlink()
    assert "is gone" in str(opened.found())
    stored.write_bytes(before)
    assert opened.found() is None


def test_F13_a_chain_written_again_with_the_code_and_the_keys_in_hand_is_not_seen(opened: Opened) -> None:
    """Said, and not only known: what shows it is a copy that the intruder does not hold (docs/security.md)."""
    opened.raw.execute("UPDATE event SET happened_on = '2001-01-01' WHERE number = 2")
    opened.raw.execute("UPDATE complaint SET words = 'All is well'")
    with opened.sessions() as session:
        session.info["writing"] = True
        tampering.write_again(session)
        session.commit()
    assert opened.found() is None


def test_F13_the_newest_complaint_taken_out_with_the_end_of_the_record_is_not_seen(town: Town, engine: Engine, register: Register) -> None:
    """The same: the end of the record cut off, and what says where it ends put back to suit."""
    if engine.dialect.name != "sqlite":
        pytest.skip("One database is enough to say it.")
    town.complains(code="M" * 24)
    number, head = register.execute(text("SELECT number, hash FROM chain_head")).one()
    register.rollback()
    complaint = town.complains(code="S" * 24).id
    town.register.rollback()
    with engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = 1"))
        for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("DELETE FROM issue WHERE letter_id IN (SELECT id FROM letter WHERE complaint_id = :id)"), {"id": complaint})
        connection.execute(text("DELETE FROM event_words WHERE number > :number"), {"number": number})
        for table in ("event", "letter", "party"):
            connection.execute(text(f"DELETE FROM {table} WHERE complaint_id = :id"), {"id": complaint})
        connection.execute(text("DELETE FROM complaint WHERE id = :id"), {"id": complaint})
        connection.execute(text("UPDATE chain_head SET number = :number, hash = :hash"), {"number": number, "hash": head})
    assert first_fault(register) is None
