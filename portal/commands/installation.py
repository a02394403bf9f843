"""What a command works on: the settings, the engine and the sessions of this installation."""

from dataclasses import dataclass

import click
from flask import Flask, current_app
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from portal import db, migrate
from portal.complaints import erasures
from portal.config import Config, ConfigError
from portal.db import Register


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation, as its settings describe it."""

    config: Config
    engine: Engine
    sessions: sessionmaker[Register]

    @property
    def sqlite_file(self) -> str | None:
        """The database's file; None where it is not SQLite."""
        return self.engine.url.database if self.engine.dialect.name == "sqlite" else None

    def check(self) -> None:
        """ClickException unless a server would serve it: durable, its record guarded, and nothing in it that was erased."""
        self.check_database()
        with self.sessions() as register:
            if again := erasures.there_again(register, self.config.erased_list):
                raise click.ClickException(f"{len(again)} complaints are there again that were erased. Try: flask erase --listed --for-good")

    def check_database(self) -> None:
        """ClickException unless the database is durable and its record guarded."""
        try:
            if self.config.durable:
                db.check_settings(self.engine)
            migrate.check_guards(self.engine)
        except RuntimeError as fault:
            raise click.ClickException(f"{fault} Try: flask upgrade") from fault


def installation() -> Installation:
    """The installation this command was started in. ClickException, saying why, where its settings do not do."""
    found = current_app.extensions
    if fault := found.get("unset"):
        raise click.ClickException(str(fault))
    return Installation(found["portal"], found["engine"], found["sessions"])


def without_settings(app: Flask, fault: ConfigError) -> None:
    """Remember why the settings do not do, for the first command that needs them."""
    app.extensions["unset"] = fault
