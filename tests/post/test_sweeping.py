"""What is kept no longer goes each day: old drafts with their files, and the keys of forms; nothing anybody still needs."""

import io
import os
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from portal import clock, db
from portal.complaints import files, keys, operations
from portal.complaints.equality import HalfYear
from portal.complaints.papers import Attachment, DangerAlert, Draft
from portal.complaints.record import IdempotencyKey
from portal.post.sweep import sweep
from tests.town import Town


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where files are stored."""
    return tmp_path / "files"


def begun(town: Town, folder: Path) -> Draft:
    """A complaint being written, with a photograph and a danger told."""
    arrived = files.take(folder, "leak.txt", io.BytesIO(b"words in a file"), files.Room())
    with town.writing():
        draft, _ = operations.begin_draft(town.register, language="en")
        files.add_file(draft, arrived)
        operations.raise_danger(town.register, draft, {"phone": "01632 960000"})
    town.register.rollback()
    return draft


def swept_after(engine: Engine, folder: Path, **wait: float) -> int:
    """How many files go when it is so much later."""
    with clock.at(clock.now() + timedelta(**wait)):
        return sweep(db.sessions(engine), folder)


def test_a_draft_and_its_files_are_kept_for_28_days_and_no_longer(town: Town, engine: Engine, folder: Path) -> None:
    begun(town, folder)
    assert swept_after(engine, folder, days=28) == 0, "to the end of the day that was said"
    assert len(list(folder.iterdir())) == 1
    assert swept_after(engine, folder, days=29) == 1
    assert list(folder.iterdir()) == []
    assert town.register.scalars(select(Draft)).all() == []
    assert town.register.scalars(select(Attachment)).all() == []


def test_a_danger_outlives_the_draft_it_was_told_in(town: Town, engine: Engine, folder: Path) -> None:
    begun(town, folder)
    swept_after(engine, folder, days=29)
    alert = town.register.scalars(select(DangerAlert)).one()
    assert (alert.draft_id, alert.told) == (None, {"phone": "01632 960000"})


def test_what_was_sent_keeps_its_files_when_its_draft_goes(town: Town, engine: Engine, folder: Path) -> None:
    draft = begun(town, folder)
    with town.writing():
        told = operations.Told(name="Samira", words="Rain", address="14 Quarry Bank")
        operations.raise_complaint(town.register, told, draft=draft)
    town.register.rollback()
    swept_after(engine, folder, hours=1)
    assert len(town.register.scalars(select(Draft)).all()) == 1
    town.register.rollback()
    assert swept_after(engine, folder, days=3) == 0
    assert town.register.scalars(select(Draft)).all() == []
    kept = town.register.scalars(select(Attachment)).one()
    assert (folder / kept.stored_as).exists()


def test_a_file_no_row_names_goes_after_a_day(town: Town, engine: Engine, folder: Path) -> None:
    folder.mkdir()
    for name, hours in (("new", 1), ("old", 25), ("old.part", 25)):
        (folder / name).write_bytes(b"half")
        long_ago = time.time() - hours * 3600
        os.utime(folder / name, (long_ago, long_ago))
    assert sweep(db.sessions(engine), folder) == 2
    assert [path.name for path in folder.iterdir()] == ["new"]


def test_a_form_s_key_is_kept_for_30_days(town: Town, engine: Engine, folder: Path) -> None:
    with town.writing():
        keys.claim(town.register, "key", "fingerprint")
    swept_after(engine, folder, days=29.9)
    assert len(town.register.scalars(select(IdempotencyKey)).all()) == 1
    town.register.rollback()
    swept_after(engine, folder, days=30.1)
    assert town.register.scalars(select(IdempotencyKey)).all() == []


def test_what_residents_say_about_themselves_is_kept_as_numbers_for_as_long_as_the_landlord_set(town: Town, engine: Engine, folder: Path) -> None:
    with clock.at(date(2026, 9, 30)), town.writing():
        operations.count_answers(town.register, {"age": "under_25"})
    for day, are_kept in ((date(2029, 9, 30), True), (date(2029, 10, 1), False)):
        town.register.rollback()
        with clock.at(day):
            sweep(db.sessions(engine), folder)
        assert bool(town.register.scalars(select(HalfYear)).all()) is are_kept
