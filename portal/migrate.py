"""Bringing a database to the newest shape, and asserting what guards the record."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

FOLDER = Path(__file__).with_name("migrations")
APPEND_ONLY = ("event", "letter")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Run every migration that has not run yet."""
    with engine.connect() as connection:
        command.upgrade(_config(connection), "head")
        connection.commit()


def downgrade(engine: Engine) -> None:
    """Take every migration back; for tests of the migrations themselves."""
    with engine.connect() as connection:
        command.downgrade(_config(connection), "base")
        connection.commit()


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
    missing = {f"{table}_no_{kind}" for table in APPEND_ONLY for kind in kinds} - found
    if missing:
        raise RuntimeError(f"The record is not guarded; these triggers are missing: {sorted(missing)}")
