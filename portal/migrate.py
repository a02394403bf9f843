"""Bringing a database to the newest shape, and asserting what guards the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

FOLDER = Path(__file__).with_name("migrations")
APPEND_ONLY = ("event", "letter")
ONLY_ONCE_ERASED = "event_words_no_delete"
"""The guard that lets the words of an event go only once an event says that the complaint was erased (decision 16)."""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Run every migration that has not run yet."""
    with engine.connect() as connection, _tables_may_be_made_again(connection):
        command.upgrade(_config(connection), "head")
        connection.commit()


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take migrations back, every one unless told how far; for tests of the migrations themselves."""
    with engine.connect() as connection, _tables_may_be_made_again(connection):
        command.downgrade(_config(connection), to)
        connection.commit()


@contextmanager
def _tables_may_be_made_again(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it again, and drops the old one, which rows of others may point to: that is no fault while it lasts.

    RuntimeError where a row points to nothing afterwards. SQLite lets this be said only outside a transaction.
    """
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    raw.execute("PRAGMA foreign_keys = 0")
    try:
        yield
        if lost := raw.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"After the change these rows point to nothing: {lost[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys = 1")


def version(engine: Engine) -> str | None:
    """The migration the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The newest migration there is."""
    return ScriptDirectory(str(FOLDER)).get_current_head() or ""


def check_guards(engine: Engine) -> None:
    """RuntimeError unless every trigger that keeps the record append-only is there (decision 15)."""
    if engine.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with engine.connect() as connection:
        found = set(connection.scalars(text(query)))
    kinds = ("update", "delete") if engine.dialect.name == "sqlite" else ("update", "delete", "truncate")
    missing = {ONLY_ONCE_ERASED, *(f"{table}_no_{kind}" for table in APPEND_ONLY for kind in kinds)} - found
    if missing:
        raise RuntimeError(f"The record is not guarded; these triggers are missing: {sorted(missing)}")
